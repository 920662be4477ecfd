"""Promises to and of workers: supervision and observation of practice."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_of
from qa_analysis.measures.framework_review.promise import COLUMNS, NO_CYCLE, PERSON, stated
from qa_analysis.measures.observations.half_years import Return
from qa_analysis.measures.observations.held import IN_TIME, made_in, when_returned
from qa_analysis.measures.observations.people import DATASET as OBSERVATIONS
from qa_analysis.measures.observations.people import EXPERIENCED, MANAGERS, people
from qa_analysis.measures.supervision.in_time import fell_due
from qa_analysis.measures.supervision.sessions import DATASET as SUPERVISION
from qa_analysis.measures.supervision.sessions import due_on, in_posts, sessions


def supervised_in_time(tables: Tables) -> DataFrame | None:
    """Whether each supervision was held by the day it was due. One row per supervision that fell due in the year.

    One after which nobody says when the next is due, and after which none was held, could not be known.
    """
    if tables.optional(SUPERVISION) is None:
        return None
    held = sessions(tables)
    due = fell_due(tables, held)
    undated = _without_due_day(tables, held)
    rows = pd.concat([due.assign(is_known=True), undated.assign(is_good=False, is_known=False)])
    rows = rows[rows["cycle_month"].isin(tables.rolling_cycles)]
    return stated(rows.assign(**{PERSON: rows["worker_id"]}), kept=rows["is_good"], known=rows["is_known"])


def _without_due_day(tables: Tables, held: DataFrame) -> DataFrame:
    """The supervisions of which nobody says when the next one is due. One row each, in the month that it was held."""
    posted = in_posts(tables, held, "held_on")
    undated = posted[due_on(posted, tables.rules).isna()]
    return undated.assign(cycle_month=months_of(undated["held_on"]))


def practitioners_observed(tables: Tables) -> DataFrame | None:
    """Whether each practitioner was observed as often and in the kind that is asked. One row per person."""
    return _observed(tables, EXPERIENCED)


def managers_observed(tables: Tables) -> DataFrame | None:
    """Whether each first-line manager was observed as often and in the kind that is asked. One row per person."""
    return _observed(tables, MANAGERS)


def observations_returned(tables: Tables) -> DataFrame | None:
    """Whether each observation of the year's two half-years was returned in time. One row per observation.

    One whose day of receipt cannot be read could not be known.
    """
    if tables.optional(OBSERVATIONS) is None or not tables.holds(OBSERVATIONS, "received_on"):
        return None
    newest = Return.up_to(tables.month, tables.rules)
    before = Return.up_to(months_after(newest.due_in, -1), tables.rules)
    parts = [
        made.assign(returned=when_returned(made, one), cycle_month=one.due_in, **{PERSON: made["worker_id"]})
        for one in (before, newest)
        if len(made := made_in(tables, one.half_year))
    ]
    if not parts:
        return DataFrame(columns=COLUMNS)
    rows = pd.concat(parts)
    unread = tables.unread(OBSERVATIONS, "received_on").reindex(rows.index)
    return stated(rows, kept=rows["returned"] == IN_TIME, known=~unread)


def _observed(tables: Tables, group: str) -> DataFrame | None:
    """The people of a group of whom any observation was asked in the year of two half-years. One row per person.

    Whoever had as many as were asked, and one or more of a kind that is not recorded, could not be known.
    """
    if tables.optional(OBSERVATIONS) is None or tables.optional("staff") is None:
        return None
    year = Return.up_to(tables.month, tables.rules).year
    if not year:
        return DataFrame(columns=COLUMNS)
    every = people(tables, year)
    asked = every[(every["required"] > 0) & (every["group"] == group)]
    made = made_in(tables, year)
    unsaid = set(made.loc[made["kind"].isna(), "worker_id"])
    may_be = (asked["held"] >= asked["required"]) & asked["worker_id"].isin(unsaid)
    rows = asked.assign(cycle_month=NO_CYCLE, **{PERSON: asked["worker_id"]})
    return stated(rows, kept=asked["lacking"] == 0, known=~may_be)
