"""The report on triangulation: what different sources say of one theme."""
