"""What reviews from outside recommended, what is still open, and for how long."""
