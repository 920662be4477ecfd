"""The pictures of the report on observations: the figures of each, and its words."""

from matplotlib.figure import Figure as Picture

from qa_analysis.month.month import Month
from qa_analysis.telling import charts

ROW, EDGE = 0.27, 1.3  # inches: of a place, and of the rest


def has_places(month: Month, by: str, period: str) -> bool:
    """Whether two places or more may be told of."""
    found = month.figures("people_observed_as_required", by=by, period=period)
    return int(found["value"].notna().sum()) > 1


def by_place(month: Month, by: str, period: str) -> Picture:
    """Where were people observed as required? Dots with intervals, one per service or team."""
    found = month.figures("people_observed_as_required", by=by, period=period).dropna(subset="value")
    return charts.dots(
        found.sort_values("group"),
        axis="% of people observed as required, with 95% confidence interval",
        height=EDGE + ROW * len(found),
    )
