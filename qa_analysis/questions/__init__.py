"""Questions that no report foresaw, and their answers."""
