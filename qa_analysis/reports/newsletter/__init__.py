"""The newsletter's paragraph."""
