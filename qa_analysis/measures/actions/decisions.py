"""What SMT decided before, and what became of it."""

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import day_name
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import DECISIONS

NO_POST = "post not recorded"
STATES = ("done", "open", "overdue")
COLUMNS = ("decided_on", "item", "owner", "due_on", "status")


def decisions(tables: Tables) -> DataFrame:
    """The decisions of the latest meeting and every older one still open. One row per decision, no names.

    `owner` is the post the owner holds on the day; the text of the decision stays out, because it may hold names.
    """
    supplied = tables.optional("smt_decisions")
    if supplied is None:
        return pd.DataFrame(columns=list(COLUMNS))
    done = supplied["completed_on"].notna()
    shown = supplied[(supplied["meeting_on"] == supplied["meeting_on"].max()) | ~done]
    ordered = shown.sort_values(
        ["meeting_on", "due_on", "decision_id"], ascending=[False, True, True], ignore_index=True
    )
    return pd.DataFrame(
        {
            "decided_on": _iso(ordered["meeting_on"]),
            "item": ordered["item"],
            "owner": posts(tables, ordered["owner_id"]),
            "due_on": _iso(ordered["due_on"]),
            "status": _status(ordered, tables.as_at),
        }
    )


@declares(
    Measure(
        "decisions_open",
        title="Decisions open",
        family=family.DECISIONS,
        counts="decisions of the Senior Management Team not completed by the as-at date, overdue or not",
        by="owner",
        limits="only where decisions were supplied; by the post its owner holds on the day, where staff were supplied",
        unit="decisions",
    ),
    Measure(
        "decisions_overdue",
        title="Decisions overdue",
        family=family.DECISIONS,
        counts="decisions of the Senior Management Team not completed by the as-at date whose due date lies before it",
        by="owner",
        limits="only where decisions were supplied; a decision without a due date is never overdue; by the post its "
        "owner holds on the day, where staff were supplied",
        unit="decisions",
    ),
    Measure(
        "decisions_open_oldest_days",
        title="Age of the oldest open decision",
        family=family.DECISIONS,
        counts="calendar days from the meeting of the oldest decision not completed by the as-at date to that date; "
        "the note gives the day of the meeting",
        by="owner",
        limits="no figure where none is open, or decisions were not supplied",
        unit="calendar days",
    ),
)
def decision_counts(tables: Tables) -> list[Figure]:
    """Decisions of SMT open and overdue on the day, and the oldest: all, and by owner's post. One figure each."""
    supplied = tables.optional("smt_decisions")
    if supplied is None:
        return []
    status = _status(supplied, tables.as_at)
    still = supplied.assign(owner=posts(tables, supplied["owner_id"]), is_overdue=status == "overdue")
    still = still[status != "done"]
    owners = (_standing(tables, some, owner=str(owner)) for owner, some in still.groupby("owner"))
    return [row for rows in (_standing(tables, still), *owners) for row in rows]


@declares(
    Measure(
        "decisions_by_meeting",
        title="Decisions of each meeting",
        family=family.DECISIONS,
        counts="decisions of the Senior Management Team by the meeting that took them, and by their progress: "
        "done, open, or overdue on the as-at date",
        by="meeting+state",
        limits="only where decisions were supplied; one that comes back to a later meeting counts as one of that",
        unit="decisions",
    ),
    needs=("smt_decisions",),
)
def by_meeting(tables: Tables) -> list[Figure]:
    """How many decisions of each meeting are done, open and overdue, the oldest meeting first. Three figures each."""
    supplied = tables.frames["smt_decisions"]
    every = supplied.assign(state=_status(supplied, tables.as_at))
    return [
        count(
            "decisions_by_meeting", int((some["state"] == state).sum()), period=tables.month, population=DECISIONS,
            by=("meeting", "state"), group=(str(meeting), state), unit="decisions",
        )
        for meeting, some in every.groupby(_iso(every["meeting_on"]))
        for state in STATES
    ]  # fmt: skip


def _standing(tables: Tables, still: DataFrame, *, owner: str = "") -> list[Figure]:
    """How many of some open decisions there are, how many are overdue, and how old the oldest is. One figure each."""
    labels = {
        "period": tables.month, "population": DECISIONS, "by": "owner" if owner else "", "group": owner,
    }  # fmt: skip
    oldest = still["meeting_on"].min()
    age = [] if pd.isna(oldest) else [
        count("decisions_open_oldest_days", (tables.as_at - oldest).days, unit="calendar days", **labels).but(
            note=day_name(oldest.date())
        )
    ]  # fmt: skip
    return [
        count("decisions_open", len(still), unit="decisions", **labels),
        count("decisions_overdue", int(still["is_overdue"].sum()), unit="decisions", **labels),
        *age,
    ]


def posts(tables: Tables, workers: Series) -> Series:
    """The role each worker holds on the day; "post not recorded" where staff were not supplied or do not tell."""
    staff = tables.optional("staff")
    if staff is None:
        return pd.Series(NO_POST, index=workers.index)
    held = staff[~(staff["ended_on"] < tables.as_at)].sort_values("started_on")
    roles = held.drop_duplicates("worker_id", keep="last").set_index("worker_id")["role"]
    return workers.map(roles).astype("str").fillna(NO_POST)


def _status(supplied: DataFrame, day: pd.Timestamp) -> Series:
    """Done, overdue or open, on the day."""
    status = pd.Series("open", index=supplied.index)
    status[supplied["due_on"] < day] = "overdue"
    status[supplied["completed_on"].notna()] = "done"
    return status


def _iso(days: Series) -> Series:
    written: Series = days.dt.strftime("%Y-%m-%d")
    return written
