"""The monthly report of the Safeguarding Unit, for managers."""
