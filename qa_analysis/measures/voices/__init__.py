"""What practitioners and families said."""
