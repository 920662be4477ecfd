"""Workbooks to fill in, made from the contracts; what is filled in is read like any other extract."""
