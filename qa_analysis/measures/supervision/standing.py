"""Where everybody who is supervised stands on the day: next one not yet due, overdue, none recorded, on leave."""

from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share
from qa_analysis.measures.populations import PEOPLE_SUPERVISED
from qa_analysis.measures.posts import in_post
from qa_analysis.measures.supervision.sessions import DATASET, due_on, in_posts, newly_qualified, on_leave, sessions
from qa_analysis.measures.too_few import without_numbers

NOT_DUE: Final = "next one not yet due"
OVERDUE: Final = "overdue"
SINCE_LEAVE: Final = "none since a long leave"
NONE_YET: Final = "none recorded"
UNDATED: Final = "no date for the next one"
AWAY: Final = "on long leave"
STATES: Final = (NOT_DUE, OVERDUE, SINCE_LEAVE, NONE_YET, UNDATED, AWAY)
FIRST_LINE: Final = "team manager"


@declares(
    Measure(
        "people_supervised",
        title="People who are supervised, by how they stand",
        family=family.SUPERVISION,
        counts="people in post on the as-at date whose role is supervised, each once by how their supervision stands: "
        "next one not yet due, overdue, none since a long leave, none recorded, no date for the next one, on long "
        "leave",
        by="state",
        limits="only where staff were supplied; supervised are the roles that work with children, first-line managers, "
        "and every other role of which a supervision is recorded; a newcomer without one counts as none recorded until "
        "the council says how often it is; of a place of under three people nothing is told",
        unit="people",
    ),
    Measure(
        "supervision_not_overdue",
        title="People whose supervision is not overdue",
        family=family.SUPERVISION,
        counts="people in post and not on long leave on the as-at date whose next supervision is not yet due, of all "
        "whose role is supervised; who never had one counts among them",
        limits="as for people who are supervised",
        unit="share",
    ),
    needs=(DATASET, "staff"),
)
def standing_counts(tables: Tables) -> list[Figure]:
    """How everybody who is supervised stands on the day. One figure for all, one per state, and the share."""
    people = standing(tables)
    labels = {"period": tables.month, "population": PEOPLE_SUPERVISED, "unit": "people"}
    sizes = people["state"].value_counts()
    told = [
        count("people_supervised", len(people), **labels),
        *(count("people_supervised", int(sizes.get(state, 0)), by="state", group=state, **labels) for state in STATES),
        *_share(tables, people),
    ]
    floor = tables.rules.floor[MANAGERS].children  # here those who could be known are the people supervised
    if len(people) >= floor:
        return told
    return [without_numbers(figure, note=f"not shown: fewer than {floor} people supervised") for figure in told]


def _share(tables: Tables, people: DataFrame) -> list[Figure]:
    """The share of those expected whose next one is not yet due; none where no date tells."""
    here = people[people["state"] != AWAY]
    if here.empty or (here["state"] == UNDATED).all():
        return []
    return [
        share(
            "supervision_not_overdue", int((here["state"] == NOT_DUE).sum()), len(here), period=tables.month,
            population=PEOPLE_SUPERVISED, few=tables.rules.percentage_from,
        )
    ]  # fmt: skip


def standing(tables: Tables) -> DataFrame:
    """Everybody in post on the day whose role is supervised. One row per person, with the newest post of theirs.

    Adds held_on, the day of the last supervision by the day, is_reflective of it, due_on and `state`.
    """
    people = in_post(tables.frames["staff"], tables.as_at).drop_duplicates("worker_id", keep="last")
    people = people[people["role"].isin(supervised_roles(tables))]
    last = sessions(tables).drop_duplicates("worker_id", keep="last").set_index("worker_id")
    is_new = (
        people.set_index("worker_id")
        .index.to_series()
        .map(Series(newly_qualified(people, tables.as_at).to_numpy(), index=people["worker_id"]))
    )
    held = last.reindex(people["worker_id"]).assign(is_new=is_new.fillna(value=False).astype(bool))
    begun = held.assign(held_on=held["held_on"].fillna(people.set_index("worker_id")["started_on"]))
    due = due_on(begun, tables.rules)
    shown = people.assign(
        held_on=held["held_on"].to_numpy(), is_reflective=held["is_reflective"].to_numpy(), due_on=due.to_numpy()
    )
    return shown.assign(state=_states(shown, tables.as_at)).reset_index(drop=True)


def supervised_roles(tables: Tables) -> frozenset[str]:
    """The roles that are supervised: who works with children, first-line managers, and all of whom one is recorded."""
    staff, audits = tables.frames["staff"], tables.audits
    caseload = tables.optional("caseload")
    workers = set(audits["key_worker_id"].dropna())
    workers |= set() if caseload is None else set(caseload["key_worker_id"].dropna())
    managers = set(staff.loc[staff["role"].isin(list(tables.rules.management_ranks)), "role"])
    with_cases = set(staff.loc[staff["worker_id"].isin(workers), "role"]) - managers
    recorded = set(in_posts(tables, sessions(tables), "held_on")["role"].dropna())
    return frozenset({FIRST_LINE} | with_cases | recorded)


def _states(people: DataFrame, day: pd.Timestamp) -> "Series[str]":
    """How each person stands: the first that holds."""
    never = people["held_on"].isna()
    was_away = (people["leave_from_on"] <= people["due_on"]) & (people["leave_to_on"] >= people["due_on"])
    holds = {
        AWAY: on_leave(people, day),
        NOT_DUE: people["due_on"] >= day,
        NONE_YET: never,
        UNDATED: people["due_on"].isna(),
        SINCE_LEAVE: was_away & (people["held_on"] < people["leave_from_on"]),
    }
    flags = [flag.fillna(value=False).to_numpy(dtype=bool) for flag in holds.values()]
    return Series(np.select(flags, list(holds), OVERDUE), index=people.index, dtype="str")
