"""How the audit cycle was carried out: selected, announced, done, by whom, and what comes next."""
