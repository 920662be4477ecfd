"""What auditors, panels, families and practitioners of a synthetic council write."""
