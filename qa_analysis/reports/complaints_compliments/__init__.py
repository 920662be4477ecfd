"""The report on complaints and compliments."""
