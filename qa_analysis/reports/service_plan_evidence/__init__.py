"""Evidence for the quarterly review of each Service Plan: three cycles of one service together."""
