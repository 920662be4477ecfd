"""The moderation report."""
