"""Whether complaints are answered in time, by each clock and limit, how long they take, and which run out next."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import working_days
from qa_analysis.measures import family
from qa_analysis.measures.complaints.clocks import (
    ALLOWED,
    CLOCKS,
    DATASET,
    FROM_REQUEST,
    LONGEST,
    USUAL,
    WITHDRAWN,
    Clock,
    complaints,
    limits,
    running,
)
from qa_analysis.measures.complaints.periods import Year, within, year_of
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, estimated, share
from qa_analysis.measures.populations import COMPLAINTS
from qa_analysis.stats.survival import median_time

APPOINTED: Final = {
    "investigating officer": "investigator_appointed_on",
    "independent person": "independent_person_appointed_on",
}
SOON: Final = 5  # working days: a week in which something can still be done
PAST, NEXT, LATER, NOT_STARTED = "past the last day", "last day within a week", "later", "stage not recorded"


@declares(
    Measure(
        "complaints_in_time",
        title="Complaints answered in time",
        family=family.COMPLAINTS,
        counts="complaints answered on or before the last day of a clock, of those whose last day fell in the year to "
        "date and has come",
        by="clock+limit",
        limits="working days, the first being the day after; one not answered yet counts as late once its last day is "
        "past; withdrawn ones, and those whose start is not recorded, are left out; as agreed: the longest limit "
        "where more time was recorded as agreed, the usual one where it was not",
        unit="share",
    ),
    Measure(
        "complaint_days_median",
        title="Median working days of a complaint",
        family=family.COMPLAINTS,
        counts="the working days by which half of the complaints were answered whose clock began in the year to date, "
        "those still open counted for as long as they have been",
        by="clock",
        unit="working days",
    ),
    Measure(
        "complaint_days_longest",
        title="Longest complaint",
        family=family.COMPLAINTS,
        counts="the working days of the longest of the complaints whose clock began in the year to date, answered or "
        "still open; the note says which",
        by="clock",
        unit="working days",
    ),
    Measure(
        "complaint_days_to_appoint",
        title="Median working days to appoint",
        family=family.COMPLAINTS,
        counts="the working days by which half of the investigating officers and independent persons were appointed "
        "after stage 2 was asked for in the year to date; those not appointed yet counted for as long",
        by="appointed",
        limits="only where the days are recorded",
        unit="working days",
    ),
    Measure(
        "complaints_not_appointed",
        title="Stage 2 complaints without an appointment",
        family=family.COMPLAINTS,
        counts="complaints at stage 2, not answered, with nobody appointed by the as-at date",
        by="appointed",
        unit="complaints",
    ),
    Measure(
        "complaints_open",
        title="Open complaints by their last day",
        family=family.COMPLAINTS,
        counts="complaints not answered by the as-at date, by when the clock of their stage that runs out first does: "
        "the longest limit where more time is recorded as agreed, or where extensions are not recorded",
        by="state",
        limits="whenever they were received; one with an outcome and no day of answer counts as open",
        unit="complaints",
    ),
    needs=(DATASET,),
)
def timeliness(tables: Tables) -> list[Figure]:
    """Answered in time by clock and limit, days, appointments, and those still open. One figure each."""
    year = year_of(tables)
    return [
        *(figure for clock in CLOCKS for figure in _of_clock(tables, clock, year)),
        *_appointed(tables, year),
        *_open(tables, year),
    ]


def _of_clock(tables: Tables, clock: Clock, year: Year) -> Iterator[Figure]:
    """One clock: the share in time by each limit, and the days it ran."""
    labels, few = {"period": year.period, "population": COMPLAINTS}, tables.rules.percentage_from
    for limit in limits(tables, clock):
        held = within(running(tables, clock, limit=limit), "last_on", year.now)
        due = held[held["last_on"] < tables.as_at]
        if len(due):
            yield share(
                "complaints_in_time", int(due["is_in_time"].sum()), len(due), few=few, by=("clock", "limit"),
                group=(clock.name, limit), **labels,
            )  # fmt: skip
    begun = within(running(tables, clock, limit=USUAL), "starts_on", year.now)
    if begun.empty:
        return
    days = days_so_far(begun["starts_on"], begun["ends_on"], tables.as_at)
    found = median_time(days, begun["ends_on"].notna())
    yield estimated("complaint_days_median", found, unit="working days", by="clock", group=clock.name, **labels)
    longest = int(np.argmax(days.to_numpy()))
    is_open = bool(pd.isna(begun["ends_on"].iloc[longest]))
    yield count(
        "complaint_days_longest", float(days.iloc[longest]), unit="working days", by="clock", group=clock.name, **labels
    ).but(note="still open" if is_open else "")


def days_so_far(starts: Series, ends: Series, as_at: pd.Timestamp) -> Series:
    """The working days from start to end, or to the as-at date of what has not ended. One per record."""
    return working_days(starts, ends.fillna(as_at)).astype("float64")


def _appointed(tables: Tables, year: Year) -> Iterator[Figure]:
    """How long appointments at stage 2 took, and who is still to be appointed. Nothing where no day is recorded."""
    labels = {"period": year.period, "population": COMPLAINTS}
    held = running(tables, FROM_REQUEST, limit=USUAL)
    for who, column in APPOINTED.items():
        if not tables.holds(DATASET, column):
            continue
        begun = within(held[~held[column].lt(held["starts_on"])], "starts_on", year.now)
        ended = begun[column].fillna(begun["ends_on"])  # of one answered without, waiting ended with the answer
        days = days_so_far(begun["starts_on"], ended, tables.as_at)
        if len(days):
            found = median_time(days, begun[column].notna())
            yield estimated(
                "complaint_days_to_appoint", found, unit="working days", by="appointed", group=who, **labels
            )
        waiting = held[held["ends_on"].isna() & held[column].isna()]
        yield count("complaints_not_appointed", len(waiting), unit="complaints", by="appointed", group=who, **labels)


def _open(tables: Tables, year: Year) -> Iterator[Figure]:
    """The open complaints by when they run out. One figure per state."""
    states = open_ones(tables)["state"].value_counts()
    labels = {"period": year.period, "population": COMPLAINTS}
    for state in (PAST, NEXT, LATER, NOT_STARTED):
        yield count("complaints_open", int(states.get(state, 0)), unit="complaints", by="state", group=state, **labels)


def open_ones(tables: Tables) -> DataFrame:
    """Every open complaint with the last day of the clock that runs out first. One row per record, the next first.

    At stage 3 that is the clock of the step it stands at.
    """
    held = complaints(tables)
    is_unread = tables.unread(DATASET, "responded_on").reindex(held.index)
    held = held[held["responded_on"].isna() & ~is_unread & ~held["outcome"].eq(WITHDRAWN)]
    last = pd.concat([_last_days(tables, clock) for clock in CLOCKS], axis=1).reindex(held.index).min(axis=1)
    held = held.assign(last_on=last, state=_states(last, tables.as_at))
    return held.sort_values(["last_on", "record_id"], na_position="last")


def _last_days(tables: Tables, clock: Clock) -> Series:
    """The last day of a clock that still runs. One per record."""
    limit = ALLOWED if ALLOWED in limits(tables, clock) else LONGEST if LONGEST in limits(tables, clock) else USUAL
    held = running(tables, clock, limit=limit)
    return held.loc[held["ends_on"].isna(), "last_on"].rename(clock.name)


def _states(last: Series, as_at: pd.Timestamp) -> Series:
    """In which state each open complaint is, by its last day."""
    soon = working_days(pd.Series(as_at, index=last.index), last).le(SOON).fillna(False).astype(bool)
    state = pd.Series(LATER, index=last.index, dtype="object").mask(soon, NEXT).mask(last < as_at, PAST)
    return state.mask(last.isna(), NOT_STARTED)
