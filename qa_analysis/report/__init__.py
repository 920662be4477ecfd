"""Words, pictures, notebooks, pages and the published month. Knows no formulas."""
