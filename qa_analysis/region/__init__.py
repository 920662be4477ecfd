"""A region: one month of many councils, each published by itself as `qa-analysis run` would publish it."""
