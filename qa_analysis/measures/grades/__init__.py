"""How practice was graded."""
