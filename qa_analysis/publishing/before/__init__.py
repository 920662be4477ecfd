"""What was published before, and what a new month says of it."""
