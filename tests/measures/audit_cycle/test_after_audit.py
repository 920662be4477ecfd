"""What is missing once an audit is done, and whose it is; what cannot be known is never missing."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from pandas import DataFrame
from small import frame

from qa_analysis.framework import rules_for
from qa_analysis.measures.audit_cycle.after_audit import (
    ACTION,
    ALERT,
    COPY,
    DATED,
    IN_TIME,
    NOTE,
    STEPS,
    SUPERVISION,
    Held,
    after_audit,
    steps_after,
)

AS_AT = pd.Timestamp("2023-07-10")
AUDIT = {
    "audit_id": "A1", "file_note_on": "2023-06-20", "manager_alert_on": "2023-06-20", "team_manager_id": "tm",
    "key_worker_id": "kw", "auditor_id": "au",
}  # fmt: skip
OTHER = {**AUDIT, "audit_id": "A2", "key_worker_id": "another"}  # of a council that records everything
HELD = {"worker_id": "kw", "supervisor_id": "sup", "held_on": "2023-06-22"}
Rows = list[Mapping[str, Any]]


def given(*audits: Mapping[str, Any], actions: Rows | None = None, supervision: Rows | None = None,
          staff: Rows | None = None) -> Held:  # fmt: skip
    held = frame("audits", audits)
    optional = [
        None if rows is None else frame(name, rows) for name, rows in (("supervision", supervision), ("staff", staff))
    ]
    return Held(held, frame("actions", actions or []), *optional, AS_AT, rules_for("2023-06"))


def states(*audits: Mapping[str, Any], **more: Any) -> dict[str, str]:
    """How each step stands of the first audit."""
    held = steps_after(given(*audits, **more))
    return dict(held.loc[held["audit_id"] == "A1", ["step", "state"]].to_numpy().tolist())


def missing(*audits: Mapping[str, Any], **more: Any) -> list[list[Any]]:
    held: DataFrame = after_audit(given(*audits, **more))
    return held[["audit_id", "step", "owner_as", "owner_id", "days"]].to_numpy().tolist()


def test_a_council_that_records_none_of_it_fails_none_of_it() -> None:
    bare = {"audit_id": "A1", "key_worker_id": "kw", "reviewing_officer_id": "iro", "overall_grade": "inadequate"}
    assert states(bare) == {**dict.fromkeys(STEPS, "not known"), IN_TIME: "not asked for"}
    assert missing(bare) == []


def test_a_blank_where_others_have_a_day_is_missing_and_the_auditors_to_see_to() -> None:
    assert missing({**AUDIT, "file_note_on": None, "manager_alert_on": None}, OTHER) == [
        ["A1", ALERT, "auditor", "au", 25],
        ["A1", NOTE, "auditor", "au", 25],
    ]


def test_a_day_that_could_not_be_read_is_not_missing() -> None:
    assert (
        states({**AUDIT, "file_note_on": None, "source_unread": "file_note_on;notice_on"}, OTHER)[NOTE] == "not known"
    )


@pytest.mark.parametrize(
    ("officer", "copied", "state"),
    [("iro", "2023-06-20", "done"), ("iro", None, "missing"), (None, None, "not asked for")],
)
def test_a_reviewing_officer_is_copied_in(officer: str | None, copied: str | None, state: str) -> None:
    other = {**OTHER, "reviewing_officer_copied_on": "2023-06-20"}
    held = states({**AUDIT, "reviewing_officer_id": officer, "reviewing_officer_copied_on": copied}, other)
    assert held[COPY] == state


@pytest.mark.parametrize(
    ("grade", "level", "state"),
    [
        ("requires improvement", None, "missing"),
        ("requires improvement", "child", "done"),
        ("requires improvement", "team", "missing"),
        ("good", None, "not asked for"),
        ("good", "child", "done"),
    ],
)
def test_an_audit_below_good_has_an_action_of_the_child(grade: str, level: str | None, state: str) -> None:
    actions = [{"audit_id": "A2"}, *([{"audit_id": "A1", "level": level}] if level else [])]
    assert states({**AUDIT, "overall_grade": grade}, OTHER, actions=actions)[ACTION] == state


@pytest.mark.parametrize(
    ("dates", "dated", "in_time"),
    [
        ([], "not asked for", "not asked for"),
        ([(None, None)], "missing", "not asked for"),
        ([("2023-07-01", "2023-07-01")], "done", "done"),
        ([("2023-07-01", "2023-07-02")], "done", "done late"),
        ([("2023-07-09", None)], "done", "missing"),
        ([("2023-07-10", None)], "done", "not due yet"),
        ([("2023-07-10", None), (None, None)], "missing", "not due yet"),
        ([("2023-07-01", "2023-07-02"), ("2023-07-09", None)], "done", "missing"),
    ],
)
def test_actions_have_a_date_and_are_completed_by_it(dates: list[tuple[str, str]], dated: str, in_time: str) -> None:
    actions = [{"audit_id": "A1", "due_on": due, "completed_on": done} for due, done in dates]
    held = states(AUDIT, OTHER, actions=[*actions, {"audit_id": "A2", "due_on": "2023-07-20"}])
    assert (held[DATED], held[IN_TIME]) == (dated, in_time)


@pytest.mark.parametrize(
    ("supervision", "state"),
    [
        ([{**HELD, "audit_id": "A1"}], "done"),
        ([HELD], "missing"),
        ([HELD, {**HELD, "held_on": "2023-07-03", "audit_id": "A1"}], "done late"),
        ([{**HELD, "held_on": "2023-06-15"}], "not due yet"),  # on the day of the audit
    ],
)
def test_the_audit_is_discussed_in_the_next_supervision(supervision: Rows, state: str) -> None:
    elsewhere = {"worker_id": "another", "held_on": "2023-06-23", "audit_id": "A2"}
    assert states(AUDIT, OTHER, supervision=[*supervision, elsewhere])[SUPERVISION] == state


def test_what_was_not_discussed_is_for_whoever_held_the_supervision() -> None:
    elsewhere = {"worker_id": "another", "held_on": "2023-06-23", "audit_id": "A2"}
    assert missing(AUDIT, OTHER, supervision=[HELD, elsewhere]) == [["A1", SUPERVISION, "supervisor", "sup", 25]]


def test_a_key_worker_who_left_before_the_next_supervision_fails_nobody() -> None:
    elsewhere = {"worker_id": "another", "held_on": "2023-06-23", "audit_id": "A2"}
    post = {"worker_id": "kw", "role": "social worker", "started_on": "2020-01-01", "ended_on": "2023-06-30"}
    assert states(AUDIT, OTHER, supervision=[elsewhere], staff=[post])[SUPERVISION] == "not known"
    assert (
        states(AUDIT, OTHER, supervision=[elsewhere], staff=[{**post, "ended_on": None}])[SUPERVISION] == "not due yet"
    )


def test_without_a_recorded_team_manager_it_is_whoever_managed_the_key_worker_on_the_day() -> None:
    posts = [
        {"worker_id": "kw", "manager_id": "then", "started_on": "2020-01-01", "ended_on": "2023-06-20"},
        {"worker_id": "kw", "manager_id": "now", "started_on": "2023-06-21"},
    ]
    late = [{"audit_id": "A1", "due_on": "2023-07-01"}]
    assert missing({**AUDIT, "team_manager_id": None}, actions=late, staff=posts) == [
        ["A1", IN_TIME, "Team Manager", "then", 25]
    ]  # fmt: skip


def test_without_an_audit_there_is_no_step() -> None:
    assert missing() == []
    assert steps_after(given()).empty
