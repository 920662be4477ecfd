"""Extracts in, checked and pseudonymised tables out. Knows nothing of what the numbers mean."""
