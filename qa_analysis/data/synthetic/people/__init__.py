"""Who is in a synthetic council: services and teams, posts and staff, children, auditors."""
