"""How many actions stood open and overdue a year before the day, to set beside those that do now."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, day_name, months_after
from qa_analysis.measures import family
from qa_analysis.measures.actions.flow import OVER_BANDS, banded
from qa_analysis.measures.actions.stock import AGE_BANDS
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import ALL_ACTIONS

A_YEAR = 12  # months
YOUNG = 80  # days: a tracker younger than twice the limit could hold hardly any old action yet

_AS_NOW = (
    "as the tracker has the dates today: a due date that was moved since counts as moved; an action without a date of "
    "agreement is not in it; no figure where the tracker begins later; the note says so where it began shortly before"
)


@declares(
    Measure(
        "actions_open_year_before",
        title="Actions open a year before",
        family=family.ACTIONS,
        counts="actions agreed by the same day of the year before the as-at date and not completed by then",
        by="age",
        limits=_AS_NOW,
        unit="actions",
    ),
    Measure(
        "actions_overdue_year_before",
        title="Actions overdue a year before",
        family=family.ACTIONS,
        counts="actions open on the same day of the year before the as-at date whose due date lay before that day",
        by="days over",
        limits=_AS_NOW,
        unit="actions",
    ),
)
def year_before(tables: Tables) -> list[Figure]:
    """Actions open and overdue a year before, in bands of age. One figure each; none where no tracker was kept then."""
    day, begun = tables.as_at - pd.DateOffset(months=A_YEAR), tables.actions["agreed_on"].min()
    if not begun <= day or months_after(tables.month, -A_YEAR) < tables.rules.first_cycle:
        return []
    held = open_on(tables.actions, day)
    late = held[held["due_on"] < day]
    note = f"the tracker begins on {day_name(begun.date())}" if (day - begun).days < YOUNG else ""
    ages = banded(calendar_days(held["agreed_on"], _same(held, day)), AGE_BANDS, lowest=-1.0)
    over = banded(calendar_days(late["due_on"], _same(late, day)), OVER_BANDS, lowest=0.0)
    figures = [
        *_counts(tables, "actions_open_year_before", len(held), "age", ages),
        *_counts(tables, "actions_overdue_year_before", len(late), "days over", over),
    ]
    return [figure.but(note=note) for figure in figures]


def open_on(actions: DataFrame, day: pd.Timestamp) -> DataFrame:
    """The actions agreed by a day and not completed by then. One row per action."""
    return actions[(actions["agreed_on"] <= day) & ~(actions["completed_on"] <= day)]


def _counts(tables: Tables, measure: str, whole: int, by: str, bands: dict[str, int]) -> list[Figure]:
    labels = {
        "period": months_after(tables.month, -A_YEAR), "population": ALL_ACTIONS, "unit": "actions",
    }  # fmt: skip
    each = (count(measure, tally, by=by, group=band, **labels) for band, tally in bands.items())
    return [count(measure, whole, **labels), *each]


def _same(rows: DataFrame, day: pd.Timestamp) -> "pd.Series[pd.Timestamp]":
    return pd.Series(day, index=rows.index)
