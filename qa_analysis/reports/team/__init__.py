"""The Team Manager's sheet, filled in as far as the figures go."""
