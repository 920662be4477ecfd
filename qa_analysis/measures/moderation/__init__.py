"""Whether the panel would have graded alike."""
