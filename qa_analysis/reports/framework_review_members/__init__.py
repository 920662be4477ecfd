"""The annual review of the framework as everyone may read it."""
