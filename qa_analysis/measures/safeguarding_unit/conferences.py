"""Whether conferences and reviews were held by the day they were due; those not yet held are never dropped."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, labelled, share, shares_by
from qa_analysis.measures.populations import CONFERENCES_BY_THE_DAY, CONFERENCES_DUE, CONFERENCES_HELD
from qa_analysis.measures.safeguarding_unit.periods import each_month, told_periods

DATASET: Final = "conferences"
KINDS: Final = ("initial child protection", "review child protection", "cared for review")
IN_TIME, LATE, NOT_HELD, UNREAD = "held in time", "held late", "not yet held", "day held not readable"
STATES: Final = (IN_TIME, LATE, NOT_HELD, UNREAD)
OVER: Final = {"1 to 14 days": 14, "15 to 30 days": 30, "over 30 days": None}


def due(tables: Tables) -> DataFrame:
    """The conferences and reviews whose day has come, with what became of each. One row each: state, month, over."""
    held = tables.frames[DATASET]
    is_unread = held["held_on"].isna() & tables.unread(DATASET, "held_on")
    states = [is_unread, held["held_on"].isna(), held["held_on"] <= held["due_on"]]
    known = held.assign(
        state=np.select(states, [UNREAD, NOT_HELD, IN_TIME], LATE),
        month=months_of(held["due_on"]),
        over=calendar_days(held["due_on"], pd.Series(tables.as_at, index=held.index)),
        kind=labelled(held["kind"]),
        team=labelled(held["team"]),
    )
    has_come = (known["due_on"] < tables.as_at) | (known["held_on"].notna() & (known["due_on"] <= tables.as_at))
    return known[has_come]


def held_in(tables: Tables, months: tuple[str, ...]) -> DataFrame:
    """The conferences and reviews held in some months. One row each."""
    frame = tables.frames[DATASET]
    held: DataFrame = frame[months_of(frame["held_on"]).isin(months)]
    return held.assign(kind=labelled(held["kind"]))


def overdue(tables: Tables) -> DataFrame:
    """Those whose day has passed and that had not been held by the day, longest overdue first. One row each."""
    known = due(tables)
    return known[known["state"] == NOT_HELD].sort_values(["due_on", "conference_id"])


@declares(
    Measure(
        "conferences_in_time",
        title="Conferences and reviews held in time",
        family=family.CONFERENCES,
        counts="conferences and reviews held on or before the day they were due, of those due in each month of the "
        "year, in the last three months and in the year",
        by="kind, team",
        limits="in time by the due day of the record, which is not checked against the statutory number of days; one "
        "not yet held counts as not in time; one without a due day, or whose day held cannot be read, is left out and "
        "counted apart; by team for the year that places are told of alone; a month in which none was due has no "
        "figure",
        unit="share",
    ),
    Measure(
        "conferences_due",
        title="Conferences and reviews due, by state",
        family=family.CONFERENCES,
        counts="conferences and reviews due in the month, in the last three months and in the year, by whether they "
        "were held in time, held late or not yet held by the as-at date",
        by="state, kind+state",
        limits="one whose day held cannot be read is neither",
        unit="conferences",
    ),
    Measure(
        "conferences_overdue",
        title="Conferences and reviews overdue",
        family=family.CONFERENCES,
        counts="conferences and reviews due before the as-at date, in whatever month, and not held by then",
        by="kind, days over",
        limits="a child who has closed since may stand among them until the record says so",
        unit="conferences",
    ),
    Measure(
        "conferences_overdue_longest",
        title="Days overdue of the longest overdue conference or review",
        family=family.CONFERENCES,
        counts="calendar days from the due day to the as-at date of the conference or review overdue for longest",
        limits="no figure where none is overdue",
        unit="calendar days",
    ),
    Measure(
        "conferences_held",
        title="Conferences and reviews held",
        family=family.CONFERENCES,
        counts="conferences and reviews held in each month of the year, in the last three months and in the year",
        by="kind",
        limits="one record a child: a conference of three brothers and sisters counts three times",
        unit="conferences",
    ),
    Measure(
        "conferences_without_due_day",
        title="Conferences and reviews held without a due day",
        family=family.CONFERENCES,
        counts="conferences and reviews held in the month, in the last three months and in the year that have no due "
        "day, so that nobody can say whether they were in time",
        unit="conferences",
    ),
    needs=(DATASET,),
)
def conferences(tables: Tables) -> list[Figure]:
    """How many were due, in time, late, held and still overdue. One figure per question, period and group."""
    known = due(tables)
    return [
        *(row for months in each_month(tables) for row in _in_time(tables, known, months)),
        *_by_team(tables, known),
        *(row for months in told_periods(tables) for row in _states(known, months)),
        *_overdue(tables),
        *(row for months in each_month(tables) for row in _held(tables, months)),
        *(_without_day(tables, months) for months in told_periods(tables)),
    ]


def _in_time(tables: Tables, known: DataFrame, months: tuple[str, ...]) -> Iterator[Figure]:
    """The share in time of those due in some months, all and by kind; nothing where none was due."""
    some = readable(known[known["month"].isin(months)])
    if some.empty:
        return
    labels = {"period": period_of(months), "population": CONFERENCES_DUE}
    few = tables.rules.percentage_from
    yield share("conferences_in_time", int(some["is_in_time"].sum()), len(some), few=few, **labels)
    yield from shares_by(some, "kind", "is_in_time", "conferences_in_time", few=few, **labels)


def _by_team(tables: Tables, known: DataFrame) -> list[Figure]:
    """The share in time by team, over the year that places are told of."""
    some = readable(known[known["month"].isin(tables.place_cycles)])
    labels = {"period": period_of(tables.place_cycles), "population": CONFERENCES_DUE}
    return shares_by(some, "team", "is_in_time", "conferences_in_time", few=tables.rules.percentage_from, **labels)


def readable(known: DataFrame) -> DataFrame:
    """Those of which it is known whether they were held by the day, with that answer. One row each."""
    some = known[known["state"] != UNREAD]
    return some.assign(is_in_time=some["state"] == IN_TIME)


def _states(known: DataFrame, months: tuple[str, ...]) -> Iterator[Figure]:
    """Those due in some months by state, and by kind and state; no unreadable day is not said."""
    some = known[known["month"].isin(months)]
    labels = {"period": period_of(months), "population": CONFERENCES_DUE, "unit": "conferences"}
    states = [state for state in STATES if state != UNREAD or (some["state"] == UNREAD).any()]
    yield from counts_by(some, "state", "conferences_due", groups=states, **labels)
    for kind, of_kind in some.groupby("kind"):
        for state in states:
            tally = int((of_kind["state"] == state).sum())
            yield count("conferences_due", tally, by=("kind", "state"), group=(str(kind), state), **labels)


def _overdue(tables: Tables) -> Iterator[Figure]:
    """Those overdue on the day: all, by kind and by how long, and the longest."""
    late = overdue(tables)
    labels = {"period": tables.month, "population": CONFERENCES_BY_THE_DAY}
    edges = [0.0, *(float(limit) for limit in OVER.values() if limit is not None), float("inf")]
    bands = pd.cut(late["over"].astype(float), edges, labels=list(OVER)).value_counts(sort=False)
    yield count("conferences_overdue", len(late), unit="conferences", **labels)
    yield from counts_by(late, "kind", "conferences_overdue", groups=KINDS, unit="conferences", **labels)
    for band, tally in bands.items():
        yield count("conferences_overdue", int(tally), unit="conferences", by="days over", group=str(band), **labels)
    if len(late):
        yield count("conferences_overdue_longest", int(late["over"].max()), unit="calendar days", **labels)


def _held(tables: Tables, months: tuple[str, ...]) -> Iterator[Figure]:
    some = held_in(tables, months)
    labels = {"period": period_of(months), "population": CONFERENCES_HELD, "unit": "conferences"}
    yield count("conferences_held", len(some), **labels)
    yield from counts_by(some, "kind", "conferences_held", groups=KINDS, **labels)


def _without_day(tables: Tables, months: tuple[str, ...]) -> Figure:
    undated = held_in(tables, months)["due_on"].isna()
    return count(
        "conferences_without_due_day", int(undated.sum()), period=period_of(months), population=CONFERENCES_HELD,
        unit="conferences",
    )  # fmt: skip
