"""The report on what changed in figures that were published before."""
