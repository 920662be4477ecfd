"""The tagged PDF."""
