"""The Safeguarding Unit as the partnership and the Corporate Parenting Board may read it."""
