"""Processes that a run or a region starts: copies of one that has imported already, and the kernel of a notebook."""
