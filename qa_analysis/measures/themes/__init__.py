"""What auditors found."""
