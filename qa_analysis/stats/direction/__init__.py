"""Direction of travel: the chart that suits a series, its limits, what they say and what they cannot."""
