"""Whether last half-year's learning stuck."""
