import numpy as np
import pytest
from small import found, tables

from qa_analysis.measures.moderation.panel_practice import AUDITOR_APART, AUDITOR_SAT, panel_practice

MONTH = {"period": "2023-06"}
FULL = "assistant director;principal social worker;quality assurance manager;safeguarding service manager"


def test_standing_members_are_counted_and_guests_apart() -> None:
    held = tables(
        audits=[{}] * 3,
        moderations=[
            {"audit_id": "audits-1", "panel": FULL},
            {"audit_id": "audits-2", "panel": "principal social worker; team manager"},
            {"audit_id": "audits-3", "panel": None},
        ],
    )
    rows = panel_practice(held)
    sat = {
        group: found(rows, "panel_members", by="standing members", group=group, **MONTH).value
        for group in ("4", "3", "1", "0", "not recorded")
    }
    assert sat == {"4": 1, "3": 0, "1": 1, "0": 0, "not recorded": 1}
    assert found(rows, "panel_with_guest", **MONTH).value == 1
    share = found(rows, "panel_role_sat", group="assistant director", **MONTH)
    assert (share.numerator, share.denominator) == (1, 2)


def test_an_auditors_own_role_on_the_panel_is_seen() -> None:
    held = tables(
        audits=[{"auditor_role": "principal social worker"}, {}, {}],
        moderations=[
            {"audit_id": "audits-1", "panel": FULL}, {"audit_id": "audits-2", "panel": FULL}, {"audit_id": "audits-3"},
        ],
    )  # fmt: skip
    rows = panel_practice(held)
    tallies = [
        found(rows, "panel_independence", group=group, **MONTH).value
        for group in (AUDITOR_SAT, AUDITOR_APART, "not recorded")
    ]
    assert tallies == [1, 1, 1]


def test_disputes_and_concerns_that_never_reached_the_panel_are_told() -> None:
    held = tables(
        audits=[
            {"is_disputed": True},
            {"is_disputed": True},
            {"is_immediate_concern": True},
            {},
            {"is_disputed": None},
        ],
        moderations=[{"audit_id": "audits-1"}],
        immediate_concerns=[{"audit_id": "audits-4", "found_on": "2023-06-16"}],
    )
    rows = panel_practice(held)
    disputed, concern = (found(rows, f"{kind}_moderated", **MONTH) for kind in ("disputed", "concern"))
    assert (disputed.numerator, disputed.denominator) == (1, 2)
    assert (concern.numerator, concern.denominator) == (0, 2)


def test_where_disputes_were_not_recorded_none_are_counted() -> None:
    rows = panel_practice(tables(audits=[{"is_disputed": None, "is_immediate_concern": None}]))
    assert {"disputed_moderated", "concern_moderated"}.isdisjoint({row.measure for row in rows})


def test_reasons_are_those_of_changed_grades_alone() -> None:
    held = tables(
        audits=[{}] * 4,
        moderations=[
            {"audit_id": "audits-1", "overall_grade": "inadequate", "reason_about": "practice"},
            {"audit_id": "audits-2", "overall_grade": "inadequate", "reason_about": "form"},
            {"audit_id": "audits-3", "overall_grade": "inadequate"},
            {"audit_id": "audits-4", "reason_about": "practice"},
        ],
    )
    rows = panel_practice(held)
    tallies = [
        found(rows, "moderation_reason", group=group, **MONTH).value for group in ("practice", "form", "not recorded")
    ]
    assert tallies == [1, 1, 1]


def test_days_are_the_middle_ones_and_those_running_backwards_are_left_out() -> None:
    held = tables(
        audits=[{}] * 4,
        moderations=[
            {"audit_id": "audits-1", "moderated_on": "2023-06-20", "fed_back_on": "2023-06-27"},
            {"audit_id": "audits-2", "moderated_on": "2023-06-24"},
            {"audit_id": "audits-3", "moderated_on": "2023-06-30"},
            {"audit_id": "audits-4", "moderated_on": "2023-06-01"},
        ],
    )
    rows = panel_practice(held)
    panel = found(rows, "days_audit_to_panel_median", **MONTH)
    assert (panel.value, panel.denominator) == (9, 3)
    assert found(rows, "days_panel_to_feedback_median", **MONTH).value == 7
    assert found(rows, "moderation_not_fed_back", **MONTH).value == 3


@pytest.mark.parametrize("measure", ["days_audit_to_panel_median", "days_panel_to_feedback_median"])
def test_no_dates_have_no_middle(measure: str) -> None:
    row = found(panel_practice(tables(audits=[{}])), measure, **MONTH)
    assert np.isnan(row.value)
    assert row.note == "no dates recorded"
