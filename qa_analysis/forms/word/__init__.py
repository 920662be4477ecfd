"""The Word paper."""
