"""The report for the Safeguarding Partnership on multi-agency working."""
