"""The report on performance: all indicators on one page, those that need a look first."""
