"""The report on the framework itself: which of its promises were kept, and what that asks of it."""
