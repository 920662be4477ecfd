"""Runs a month and publishes it whole: notebooks, staging, front pages, the lab."""
