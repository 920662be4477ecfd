"""Complaints and compliments: how many, answered in time, still open, upheld, and about what."""
