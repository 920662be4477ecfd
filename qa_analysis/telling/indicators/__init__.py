"""Figures watched month by month, told: which need a look, with latest value, target, signal and small picture."""
