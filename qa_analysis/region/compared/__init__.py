"""Councils of a region beside each other, from what may leave each of them: rounded counts above the threshold."""
