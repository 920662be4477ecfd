"""Words counted: which set two texts apart, which a finding shares with a theme, and which are of one kind."""
