"""The half-yearly report on observations of practice."""
