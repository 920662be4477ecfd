"""What became of what was agreed."""
