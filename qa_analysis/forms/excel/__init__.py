"""Accessible workbooks."""
