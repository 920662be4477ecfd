"""How much was audited, where and how fairly."""
