"""Immediate concerns, step by step."""

from typing import Any

from small import found, tables

from qa_analysis.measures.actions.concerns import DISCUSSED, SENT, SIGNED, SUPERVISED, TOLD, concerns
from qa_analysis.measures.figure import joined

CONCERN = {
    "audit_id": "audits-1", "found_on": "2023-06-15", "team_manager_told_on": "2023-06-16",
    "service_manager_told_on": "2023-06-15", "form_sent_on": "2023-06-17", "is_in_team_manager_tray": True,
    "is_in_service_manager_tray": False, "has_summary": True, "suggested_actions": 0, "signed_off_on": "2023-06-25",
    "signed_off_role": "assistant director", "supervision_discussed_on": "2023-06-30", "wider_review": "caseload",
}  # fmt: skip


def of(*changes: dict[str, Any], **more: Any):
    return concerns(tables(audits=[{}], immediate_concerns=[{**CONCERN, **one} for one in changes], **more))


def days(rows: Any) -> dict[str, float]:
    return {joined(row.group): row.value for row in rows if row.measure == "days_to_concern_step_median"}


def test_each_step_has_its_days_from_the_day_it_was_found() -> None:
    assert days(of({})) == {TOLD: 0, SENT: 2, SIGNED: 10, DISCUSSED: 15}


def test_a_step_not_taken_is_missing_and_a_sign_off_by_another_role_is_none() -> None:
    rows = of({}, {"form_sent_on": None, "signed_off_role": "service manager"})
    assert [found(rows, "concern_step", group=step).numerator for step in (TOLD, SENT, SIGNED)] == [2, 1, 1]


def test_the_form_is_complete_with_both_trays_a_summary_and_actions() -> None:
    rows = of({})
    held = {joined(row.group): row.numerator for row in rows if row.measure == "concern_complete"}
    assert held == {
        "Team Manager's tray": 1, "Service Manager's tray": 0, "both trays": 0, "summary of concerns": 1,
        "suggested actions": 0, "an action on the tracker": 0,
    }  # fmt: skip


def test_the_next_supervision_is_the_workers_first_from_the_day_on() -> None:
    held = [{"worker_id": "kw", "held_on": day} for day in ("2023-06-14", "2023-06-20", "2023-07-01")] + [
        {"worker_id": "another", "held_on": "2023-06-15"}
    ]
    assert days(of({}, supervision=held))[SUPERVISED] == 5


def test_steps_that_run_backwards_are_left_out_of_the_days() -> None:
    row = found(of({"form_sent_on": "2023-06-01"}), "days_to_concern_step_median", group=SENT)
    assert (row.denominator, row.note) == (0, "no dates")


def test_not_supplied_gives_no_figure_and_none_found_gives_nought() -> None:
    assert concerns(tables(audits=[{}])) == []
    assert found(of(), "concerns").value == 0
