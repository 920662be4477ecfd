"""The observations that were made in a half-year: of what, by whom, for what reason, and when they were returned."""

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, labelled, share
from qa_analysis.measures.observations.half_years import Return, last_day
from qa_analysis.measures.observations.people import DATASET
from qa_analysis.measures.populations import OBSERVATIONS

IN_TIME, LATE, NOT_RECEIVED = "in time", "late", "not received"
RETURNS: Final = (IN_TIME, LATE, NOT_RECEIVED)
KINDS: Final = ("direct work", "supervision", "meeting", "peer", "other")
TRIGGERS: Final = ("interval", "asye", "audit action", "supervision", "pdr")
POOLED_ROLES: Final = "roles of few observers, together"


@declares(
    Measure(
        "observations_made",
        title="Observations of practice made",
        family=family.OBSERVATIONS,
        counts="observations of practice by the day on which they were made, in the half-year of the newest return, "
        "in the half-year before and in the year that ends with it: all, by what was observed and by what led to it; "
        "in the two half-years by the role of who observed",
        by="kind, trigger, observer_role",
        limits="those recorded by the as-at date: what was made and not recorded is not in it; roles held by under "
        "three observers are put together",
        unit="observations",
    ),
    Measure(
        "observations_by_return",
        title="Observations of the half-year by when they were returned",
        family=family.OBSERVATIONS,
        counts="observations made in the half-year, by whether the Practice Improvement Team received them by the last "
        "day of the month of the return, later, or not by the as-at date",
        by="return",
        limits="only where the day received is recorded for any; a day left blank counts as not received",
        unit="observations",
    ),
    Measure(
        "observations_in_time",
        title="Observations of the half-year returned in time",
        family=family.OBSERVATIONS,
        counts="observations made in the half-year that were received by the last day of the month of the return, of "
        "all of them",
        limits="as for observations by when they were returned; observations of which nobody knows are in neither part",
        unit="share",
    ),
    needs=(DATASET,),
)
def observations_made(tables: Tables) -> list[Figure]:
    """How many observations were made, of what, why and by whom, and how many were returned in time."""
    newest = Return.up_to(tables.month, tables.rules)
    halves = tuple(dict.fromkeys(filter(None, (newest.half_year, newest.half_year_before))))
    rows = [
        row
        for months in dict.fromkeys(filter(None, (*halves, newest.year)))
        for row in _counted(made_in(tables, months), period_of(months))
    ]
    return [*rows, *_by_role(tables, halves), *_returned(tables, newest)]


def made_in(tables: Tables, months: Sequence[str]) -> DataFrame:
    """The observations made in some months. One row per observation."""
    held = tables.frames[DATASET]
    if not months:
        return held.iloc[:0]
    return held[held["observed_on"].between(pd.Timestamp(f"{months[0]}-01"), last_day(months[-1]))]


def when_returned(made: DataFrame, newest: Return) -> "Series[str]":
    """In time, late or not received, by the last day of the month of the return. One word per observation."""
    received = made["received_on"]
    words = Series(NOT_RECEIVED, index=made.index, dtype="str").mask(received.notna(), LATE)
    return words.mask(received <= newest.due_on, IN_TIME)


def _counted(made: DataFrame, period: str) -> Iterator[Figure]:
    labels = {"period": period, "population": OBSERVATIONS, "unit": "observations"}
    yield count("observations_made", len(made), **labels)
    for column, groups in (("kind", KINDS), ("trigger", TRIGGERS)):
        yield from counts_by(made, column, "observations_made", groups=groups if len(made) else (), **labels)


def _by_role(tables: Tables, halves: Sequence[Sequence[str]]) -> Iterator[Figure]:
    """The observations of each half-year by the role of who observed. One figure per role and half-year."""
    each = {period_of(months): made_in(tables, months) for months in halves}
    both = pd.concat([made.assign(half_year=period) for period, made in each.items()]) if each else None
    if both is None or both.empty:
        return
    seen = by_observer(both, both["half_year"], tables.rules.floor[MANAGERS].auditors)
    for period in each:
        labels = {"period": period, "population": OBSERVATIONS, "unit": "observations"}
        yield from counts_by(seen[seen["half_year"] == period], "observer_role", "observations_made", **labels)


def by_observer(made: DataFrame, periods: "Series[str]", fewest: int) -> DataFrame:
    """The observations with the observer's role, roles of few observers under one name: a role of one is a person.

    One row per observation; none where the observers are too few together. A role is under one name in every period,
    so that none seems to come or go: it is told apart where it has enough observers in each that it observed in.
    """
    roles = labelled(made["observer_role"])
    who = made["observer_id"].fillna(made["observation_id"])  # unknown observers are not taken for one person
    sizes = who.groupby([roles, periods]).nunique().groupby(level=0).min().sort_values(kind="stable")
    pooled = list(sizes.index[sizes < fewest])

    def is_small() -> bool:
        return bool((who[roles.isin(pooled)].groupby(periods).nunique() < fewest).any())

    while pooled and is_small() and len(pooled) < len(sizes):
        pooled.append(sizes.index[len(pooled)])
    shown = made.assign(observer_role=roles.mask(roles.isin(pooled), POOLED_ROLES))
    return shown if len(pooled) < len(sizes) or not is_small() else shown.iloc[:0]


def _returned(tables: Tables, newest: Return) -> Iterator[Figure]:
    """When the half-year's observations were received; nothing where that is never recorded."""
    made = made_in(tables, newest.half_year)
    if made.empty or not tables.holds(DATASET, "received_on"):
        return
    words = when_returned(made, newest)
    labels = {"period": newest.period, "population": OBSERVATIONS}
    for word in RETURNS:
        named = {**labels, "by": "return", "group": word}
        yield count("observations_by_return", int((words == word).sum()), unit="observations", **named)
    in_time = int((words == IN_TIME).sum())
    yield share("observations_in_time", in_time, len(made), few=tables.rules.percentage_from, **labels)
