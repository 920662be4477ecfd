"""The clocks of a complaint: when each stage began, the last day to answer it in time, and whether it was."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import working_days_after

DATASET: Final = "complaints_compliments"
WITHDRAWN: Final = "withdrawn"
USUAL, ALLOWED, LONGEST = "usual", "as agreed", "longest"


@dataclass(frozen=True)
class Clock:
    """One clock: its name, the stage it is of, the rule with its working days, and the columns it runs between."""

    name: str
    stage: str
    rule: str
    starts: str
    ends: str


STAGE_1 = Clock("stage 1", "1", "1", "received_on", "responded_on")
FROM_REQUEST = Clock("stage 2, from the request", "2", "2", "received_on", "responded_on")
FROM_STATEMENT = Clock("stage 2, from the agreed statement", "2", "2", "statement_agreed_on", "responded_on")
PANEL = Clock("stage 3, panel met", "3", "panel", "received_on", "panel_met_on")
PANEL_REPORT = Clock("stage 3, panel reported", "3", "panel report", "panel_met_on", "panel_reported_on")
PANEL_RESPONSE = Clock("stage 3, answered", "3", "panel response", "panel_reported_on", "responded_on")
CLOCKS: Final = (STAGE_1, FROM_REQUEST, FROM_STATEMENT, PANEL, PANEL_REPORT, PANEL_RESPONSE)


def complaints(tables: Tables) -> DataFrame:
    """Every complaint received by the as-at date, a stage each. One row per record; `whole` names its complaint.

    What was decided is known with the answer: an outcome without one, unless it was withdrawn, is not known yet.
    """
    frame = tables.frames[DATASET]
    held = frame[frame["kind"].eq("complaint")]
    is_known = held["responded_on"].notna() | held["outcome"].eq(WITHDRAWN) | _unread(tables, held, "responded_on")
    return held.assign(whole=held["first_record_id"].fillna(held["record_id"]), outcome=held["outcome"].where(is_known))


def running(tables: Tables, clock: Clock, *, limit: str) -> DataFrame:
    """Each complaint that a clock runs or ran for. One row per record: starts_on, ends_on, last_on, is_in_time.

    `limit` is the usual one, the longest, or the one agreed: the longest where more time was. It runs for none whose
    start is not recorded, none that was withdrawn, and none whose end cannot be read or lies before its start.
    """
    held = complaints(tables)
    held = held[held["stage"].eq(clock.stage) & held[clock.starts].notna() & ~held["outcome"].eq(WITHDRAWN)]
    held = held[~_unread(tables, held, clock.ends) & ~held[clock.ends].lt(held[clock.starts])]
    last = working_days_after(held[clock.starts], _days(tables, clock, held, limit))
    return held.assign(
        starts_on=held[clock.starts], ends_on=held[clock.ends], last_on=last, is_in_time=held[clock.ends] <= last
    )


def _unread(tables: Tables, held: DataFrame, column: str) -> "Series[bool]":
    """Whether each record holds something in a column that could not be read."""
    return tables.unread(DATASET, column).reindex(held.index)


def limits(tables: Tables, clock: Clock) -> tuple[str, ...]:
    """Which limits a clock has: one of stage 3, and of the others that agreed only where extensions are recorded."""
    if len(tables.rules.complaint_days[clock.rule]) == 1:
        return (USUAL,)
    is_kept = tables.holds(DATASET, "is_extended")
    return (USUAL, ALLOWED, LONGEST) if is_kept else (USUAL, LONGEST)


def days_of(tables: Tables, clock: Clock, limit: str) -> int:
    """How many working days a limit is; of the one agreed, the usual."""
    days = tables.rules.complaint_days[clock.rule]
    return days[-1] if limit == LONGEST else days[0]


def _days(tables: Tables, clock: Clock, held: DataFrame, limit: str) -> "Series[int] | int":
    """The working days that each record has."""
    if limit != ALLOWED:
        return days_of(tables, clock, limit)
    usual, longest = (days_of(tables, clock, one) for one in (USUAL, LONGEST))
    is_longer = held["is_extended"].astype("boolean").fillna(False)
    return pd.Series(usual, index=held.index, dtype="int64").mask(is_longer, longest)
