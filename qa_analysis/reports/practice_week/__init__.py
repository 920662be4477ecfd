"""The report on Practice Week."""
