"""What a learning session starts from."""
