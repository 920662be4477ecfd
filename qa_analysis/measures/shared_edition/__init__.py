"""What may be told to everyone."""
