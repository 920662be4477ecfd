"""Databases: each dataset's rows by a query, from one snapshot that nobody can write through; then read like a file."""
