"""Wide sheets: one row of a council's tracker holds an audit, its moderation, its actions and its findings."""
