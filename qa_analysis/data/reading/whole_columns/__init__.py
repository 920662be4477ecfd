"""What the cells of one column mean together, where one cell alone cannot say."""
