"""A month made from extracts and kept in tables; it knows no report."""
