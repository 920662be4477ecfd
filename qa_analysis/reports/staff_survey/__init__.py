"""The report on the yearly survey of staff."""
