"""What the framework asks for once an audit is done, and what of it is missing: whose it is to see to.

The file note, the alert to the Team Manager's tray, the copy to the reviewing officer, an action on the child's record,
a date for each action and its completion by then, and the discussion in the key worker's next supervision (D1 to D7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables, is_unread
from qa_analysis.framework import Rules
from qa_analysis.measures.closing_the_loop.in_supervision import discussed_in
from qa_analysis.measures.posts import are_held
from qa_analysis.measures.states import first_that_holds

NOTE, ALERT, COPY = "file note", "alert to the Team Manager's tray", "copy to the reviewing officer"
ACTION, DATED, IN_TIME = "action on the child's record", "date for each action", "actions completed by their date"
SUPERVISION = "discussed in the next supervision"
STEPS: Final = (NOTE, ALERT, COPY, ACTION, DATED, IN_TIME, SUPERVISION)
DONE, LATE, MISSING = "done", "done late", "missing"
NOT_YET, NOT_ASKED, NOT_KNOWN = "not due yet", "not asked for", "not known"
AUDITOR, MANAGER, SUPERVISOR = "auditor", "Team Manager", "supervisor"
WHOSE: Final[Mapping[str, str]] = MappingProxyType(
    {
        NOTE: AUDITOR,
        ALERT: AUDITOR,
        COPY: AUDITOR,
        ACTION: AUDITOR,
        DATED: MANAGER,
        IN_TIME: MANAGER,
        SUPERVISION: SUPERVISOR,
    }
)
COLUMNS: Final = ("audit_id", "cycle_month", "team", "step", "state", "owner_id", "owner_as", "days")


@dataclass(frozen=True, eq=False)
class Held:
    """What is held of some audits, and of what came after each, on the as-at day. One row per audit, per action."""

    audits: DataFrame
    actions: DataFrame
    supervision: DataFrame | None
    staff: DataFrame | None
    as_at: pd.Timestamp
    rules: Rules

    @classmethod
    def of(cls, tables: Tables, audits: DataFrame) -> "Held":
        """What a month's tables hold of some of their audits."""
        supervision, staff = tables.optional("supervision"), tables.optional("staff")
        return cls(audits, tables.actions, supervision, staff, tables.as_at, tables.rules)


def after_audit(held: Held) -> DataFrame:
    """What is missing after each audit, and whose it is. One row per audit and missing step.

    `owner_id` is who has to see to it, blank where that is not recorded; `owner_as` says as what; `days` how long ago
    the audit was. Nothing is missing that cannot be known (see `steps_after`).
    """
    steps = steps_after(held)
    missing = steps[steps["state"] == MISSING].drop(columns="state")
    return missing.sort_values(["days", "audit_id", "step"], ascending=[False, True, True], ignore_index=True)


def steps_after(held: Held) -> DataFrame:
    """Every step after every audit and how it stands. One row per audit and step, in the order of STEPS.

    `state` is "done", "done late" (an action after its date, a discussion after the next supervision), "missing", "not
    due yet" (no supervision held since, an action whose date lies ahead), "not asked for" (no reviewing officer, no
    action to date, an audit graded good or better without an action) or "not known": the council records the step of no
    audit, the cell could not be read, or the key worker has left. A share of what is done counts the first three alone.
    """
    if held.audits.empty:
        return DataFrame(columns=list(COLUMNS))
    return pd.concat(each_step(held).values(), ignore_index=True)


def each_step(held: Held) -> dict[str, DataFrame]:
    """The same, a table for each step: one row per audit, of which there is at least one."""
    audits, said = held.audits, discussed_in(held.supervision, held.audits)
    of_audit = _actions(held.actions, audits, held.as_at)
    states = {
        NOTE: _recorded(audits, "file_note_on"),
        ALERT: _recorded(audits, "manager_alert_on"),
        COPY: _copied(audits),
        ACTION: _on_the_record(of_audit, held),
        DATED: _dated(of_audit, held.actions),
        IN_TIME: _in_time(of_audit),
        SUPERVISION: _discussed(said, held),
    }
    manager = _manager(audits, held.staff)
    supervisor = _supervisor(audits, held.supervision, said, manager)
    owners = {AUDITOR: audits["auditor_id"], MANAGER: manager, SUPERVISOR: supervisor}
    days = (held.as_at - audits["audited_on"]).dt.days
    return {
        step: audits[["audit_id", "cycle_month", "team"]].assign(
            step=step, state=state, owner_id=owners[WHOSE[step]], owner_as=WHOSE[step], days=days
        )
        for step, state in states.items()
    }


def _recorded(audits: DataFrame, column: str) -> Series:
    """Whether the day of a step is recorded; not known where no audit has one, or it could not be read."""
    if audits[column].isna().all():
        return _not_known(audits)
    states = {NOT_KNOWN: is_unread(audits, column), DONE: audits[column].notna()}
    return first_that_holds(states, otherwise=MISSING, index=audits.index)


def _copied(audits: DataFrame) -> Series:
    """Whether the reviewing officer was copied in; not asked for where there is none, as for a child in need."""
    return _recorded(audits, "reviewing_officer_copied_on").mask(audits["reviewing_officer_id"].isna(), NOT_ASKED)


def _actions(actions: DataFrame, audits: DataFrame, as_at: pd.Timestamp) -> DataFrame:
    """The actions of each audit, counted: all, of the child, with a date, late, overdue, ahead. One row per audit."""
    due, done = actions["due_on"], actions["completed_on"]
    counts = DataFrame(
        {
            "all": 1,
            "child": actions["level"] == "child",
            "dated": due.notna(),
            "late": done > due,
            "overdue": done.isna() & (due < as_at),
            "ahead": done.isna() & (due >= as_at),
        },
        index=actions.index,
    ).astype(int)
    numbers, named = pd.factorize(actions["audit_id"])
    places = pd.Index(named).get_indexer(pd.Index(audits["audit_id"]))
    known = numbers >= 0
    return DataFrame(
        {
            name: np.append(np.bincount(numbers[known], flags[known], minlength=len(named)), 0.0)[places]
            for name, flags in ((name, counts[name].to_numpy()) for name in counts)
        },
        index=audits.index,
    )


def _on_the_record(of_audit: DataFrame, held: Held) -> Series:
    """Whether an action is on the child's record, where the audit was graded below good."""
    grades = held.audits["overall_grade"]
    is_so = grades.isin(held.rules.good_grades) | grades.isna()
    state = _chosen({DONE: of_audit["child"] > 0, NOT_ASKED: is_so}, otherwise=MISSING)
    return state if held.actions["audit_id"].notna().any() else _not_known(held.audits)


def _dated(of_audit: DataFrame, actions: DataFrame) -> Series:
    """Whether each action of an audit has a date; not known where no action of the council has one."""
    states = {NOT_ASKED: of_audit["all"] == 0, DONE: of_audit["dated"] == of_audit["all"]}
    return _chosen(states, otherwise=MISSING) if actions["due_on"].notna().any() else _not_known(of_audit)


def _in_time(of_audit: DataFrame) -> Series:
    """Whether the dated actions of an audit were completed by their dates."""
    states = {
        NOT_ASKED: of_audit["dated"] == 0,
        MISSING: of_audit["overdue"] > 0,
        NOT_YET: of_audit["ahead"] > 0,
        LATE: of_audit["late"] > 0,
    }
    return _chosen(states, otherwise=DONE)


def _discussed(said: DataFrame | None, held: Held) -> Series:
    """Whether the audit was discussed in the key worker's next supervision; not known of whoever left before one."""
    if said is None:
        return _not_known(held.audits)
    states = {
        NOT_KNOWN: said["next_on"].isna() & _have_left(held.audits["key_worker_id"], held.staff, held.as_at),
        NOT_YET: said["next_on"].isna(),
        DONE: said["is_in_next"],
        LATE: said["discussed_on"].notna(),
    }
    return _chosen(states, otherwise=MISSING)


def _have_left(workers: Series, staff: DataFrame | None, as_at: pd.Timestamp) -> Series:
    """Whether each worker is known and holds no post any more."""
    if staff is None:
        return Series(False, index=workers.index)
    here = staff.loc[~(staff["ended_on"] < as_at), "worker_id"]
    return workers.isin(staff["worker_id"]) & ~workers.isin(here)


def _manager(audits: DataFrame, staff: DataFrame | None) -> Series:
    """The Team Manager of each audit; where none is recorded, whoever managed the key worker on the day."""
    recorded = audits["team_manager_id"]
    if staff is None:
        return recorded
    asked = audits.loc[recorded.isna(), ["key_worker_id", "audited_on"]].dropna().rename_axis("row").reset_index()
    posts = asked.merge(staff, left_on="key_worker_id", right_on="worker_id").sort_values("started_on")
    held = posts[are_held(posts, posts["audited_on"])]
    return recorded.fillna(held.drop_duplicates("row", keep="last").set_index("row")["manager_id"])


def _supervisor(audits: DataFrame, supervision: DataFrame | None, said: DataFrame | None, manager: Series) -> Series:
    """Who held the next supervision; where that is not recorded, the Team Manager."""
    if supervision is None or said is None:
        return manager
    held = supervision.dropna(subset=["worker_id", "held_on"]).drop_duplicates(["worker_id", "held_on"])
    next_ones = DataFrame({"worker_id": audits["key_worker_id"], "held_on": said["next_on"]})
    found = next_ones.merge(held[["worker_id", "held_on", "supervisor_id"]], how="left", on=["worker_id", "held_on"])
    return Series(found["supervisor_id"].to_numpy(), index=audits.index, dtype="str").fillna(manager)


def _not_known(audits: DataFrame) -> Series:
    return Series(NOT_KNOWN, index=audits.index, dtype="str")


def _chosen(states: Mapping[str, Series], *, otherwise: str) -> Series:
    """The first state that holds of each audit."""
    return first_that_holds(states, otherwise=otherwise, index=next(iter(states.values())).index)
