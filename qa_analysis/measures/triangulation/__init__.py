"""What different sources say of one theme, beside each other, and whether they agree."""
