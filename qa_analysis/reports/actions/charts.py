"""The pictures of the actions report: the figures of each, and its words."""

import pandas as pd
from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.month.month import Month
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import DARK, ORANGE, OVER_TIME, panels

OVERDUE, IN_TIME = "overdue", "not overdue"


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


def where_they_wait(month: Month) -> Picture:
    """How old are the open actions, and where are they overdue? Bars by age, and by service in two parts."""
    ages, services = panels(2, height=OVER_TIME, widths=(2, 3))
    charts.bars(month.figures("actions_open", by="age"), axis="Open actions", axes=ages)
    return charts.stacked(
        open_by_service(month),
        segments={OVERDUE: "Overdue", IN_TIME: "Open, not yet overdue"},
        colours=(ORANGE, DARK),
        axis="Open actions",
        axes=services,
    )


def open_by_service(month: Month) -> DataFrame:
    """The open actions of each service, parted into overdue and not. One row per service and part."""
    waiting, overdue = (
        month.figures(name, by="service_area").set_index("group") for name in ("actions_open", "actions_overdue")
    )
    late = overdue["value"].reindex(waiting.index).fillna(0)
    parts = {OVERDUE: late, IN_TIME: waiting["value"] - late}
    return pd.concat(
        [
            waiting.assign(value=value, by="service_area+state", group=[f"{name}+{part}" for name in waiting.index])
            for part, value in parts.items()
        ],
        ignore_index=True,
    )


def in_time_by_month(month: Month) -> Picture:
    """Are actions completed in time more often than they were? One point a month, of those that fell due in it."""
    return charts.run_chart(
        month.over_time("actions_due_in_time", periods=month.cycles),
        axis="In time (%)",
        below="Month in which the actions fell due, and how many did",
        height=2.6,
    )


def flow_of_actions(month: Month) -> Picture:
    """Do actions close as fast as they are agreed? Two bars a calendar month, and a line of those open at its end."""
    return charts.columns(
        month.over_time("actions_flow", by="step"),
        titles={"closing": "open at the end"},
        groups=("agreed", "closed"),
        line="closing",
        axis="Actions",
    )
