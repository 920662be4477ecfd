"""Supervision: in time, reflective, next due, and whether what an audit found was talked about."""
