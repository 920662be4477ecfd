"""Observation of practice: what was held and returned, against what is asked of each person."""
