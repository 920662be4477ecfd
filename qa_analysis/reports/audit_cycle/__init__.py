"""The report on the audit cycle."""
