"""The pictures of the Safeguarding Unit's report: the figures of each, and its words."""

import pandas as pd
from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.english import at_first
from qa_analysis.measures.safeguarding_unit.alert_times import ANSWERED, CURVE_DAYS, STEPS
from qa_analysis.measures.safeguarding_unit.alerts import KINDS, WAY
from qa_analysis.measures.safeguarding_unit.children import STATUS
from qa_analysis.month.month import Month
from qa_analysis.reports.safeguarding_unit.words import agencies, lately
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import OVER_TIME, panels, picture_of

SIDES = {"partner_attended": "came", "partner_reported": "sent a report"}
STACKED = {"CLA": "Cared for", "CP": "On a plan"}
ENOUGH = 5  # alerts: a curve of fewer is a list of days


def children_by_month(month: Month) -> Picture:
    """How many children, month end by month end? One bar in two parts each."""
    return charts.stacked(
        month.over_time("unit_children", by=STATUS), segments=STACKED, axis="Children", below="Month end",
        is_upright=True, height=2.7,
    )  # fmt: skip


def in_time_by_month(month: Month) -> Picture:
    """Are conferences and reviews held in time? One point a month, of those due in it."""
    return charts.run_chart(
        month.over_time("conferences_in_time", periods=month.cycles),
        axis="Held in time (%)",
        below="Month in which they were due, and how many were",
        height=2.6,
    )


def alerts_by_month(month: Month) -> Picture:
    """How many alerts were raised, formally and informally? Two bars a month."""
    return charts.columns(
        month.over_time("alerts_raised", by=WAY, periods=month.cycles),
        groups=KINDS,
        titles={"formal": "formal", "informal": "informal"},
        axis="Alerts raised",
        height=2.8,
    )


def curves(month: Month) -> list[str]:
    """The steps with a curve worth drawing."""
    return [step for step in STEPS if (found := _curve(month, step))["denominator"].max() >= ENOUGH and len(found) > 1]


def time_to_answer(month: Month) -> Picture:
    """How soon are alerts answered, and resolved? A curve each, with the day by which most answers are due."""
    drawn = curves(month)
    panes = panels(len(drawn), height=OVER_TIME)
    for step, axes in zip(drawn, panes, strict=True):
        charts.steps(
            _curve(month, step), axis=f"{'Answered' if step == ANSWERED else 'Resolved'} (% of alerts)",
            below="Calendar days since raised", axes=axes,
        )  # fmt: skip
        axes.set_xlim(0, CURVE_DAYS)
    return picture_of(panes[0])


def _curve(month: Month, step: str) -> DataFrame:
    """The figures of one step, by day alone."""
    found = month.figures("alerts_done_km", by=("step", "day"), period=month.year)
    own = found[found["group"].str.startswith(f"{step}+")]
    return own.assign(by="day", group=own["group"].str.removeprefix(f"{step}+"))


def partners_by_agency(month: Month) -> Picture:
    """Do partners come, and do their reports? Two marks an agency, with their intervals."""
    found = pd.concat(
        [month.figures(name, by="agency", period=lately(month)) for name in SIDES], ignore_index=True
    ).dropna(subset="value")
    return charts.dots(
        found, sides="measure", names=SIDES, groups=[name for name in agencies(month) if name in set(found["group"])],
        titles={name: at_first(name) for name in agencies(month)}, with_n=False,
        axis="% of invitations, with 95% confidence interval",
    )  # fmt: skip
