"""The yearly survey of staff: who answered, what they said, and what changed since the wave before."""
