"""Pure numerics. Knows nothing of audits."""
