"""The pictures of the actions report: the figures of each, and its words."""

from matplotlib.figure import Figure as Picture

from qa_analysis.month.month import Month
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import OVER_TIME, panels


def time_to_complete(month: Month) -> Picture:
    """How long do actions take, and how old are those still open? A curve with the limit, and bars by age."""
    curve, ages = panels(2, height=OVER_TIME, widths=(3, 2))
    charts.steps(
        month.figures("actions_completed_km", by="day"),
        marked=month.rules.action_days,
        marked_as=f"day {month.rules.action_days}",
        axis="Completed (% of actions)",
        below="Calendar days since agreed",
        axes=curve,
    )
    return charts.bars(month.figures("actions_open", by="age"), axis="Open actions", axes=ages)


def flow_of_actions(month: Month) -> Picture:
    """Do actions close as fast as they are agreed? Two bars a calendar month, and a line of those open at its end."""
    return charts.columns(
        month.over_time("actions_flow", by="step"),
        titles={"closing": "open at the end"},
        groups=("agreed", "closed"),
        line="closing",
        axis="Actions",
    )
