"""The Senior Management Team report."""
