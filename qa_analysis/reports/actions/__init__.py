"""The actions report."""
