import math

import pytest
from measures.moderation.test_panel_view import council
from small import found, tables

from qa_analysis.measures.grades.grades import grades
from qa_analysis.measures.moderation.panel_gap import panel_gap
from qa_analysis.measures.moderation.panel_movement import movement
from qa_analysis.measures.moderation.panel_view import panel_view

GAP, YEAR = "good_or_better_auditors_less_panel", "2022-07/2023-06"


def test_auditors_who_call_twice_as_many_good_as_the_panel_are_that_far_above_it() -> None:
    held = tables(**council(60, 60, seen_good=20, seen_poor=20, lowered=10))
    row = found(panel_gap(held), GAP, period="2023-06", by="")
    assert row.value == pytest.approx(0.25, abs=0.01)
    assert row.lower < 0.25 < row.upper
    assert row.denominator == 120


def test_the_years_difference_is_of_the_years_two_shares_and_has_an_interval_of_both() -> None:
    held = tables(**council(30, 30, seen_good=10, seen_poor=10, lowered=4))
    row = found(panel_gap(held), GAP, period=YEAR, by="")
    ours = found(grades(held), "good_or_better", period=YEAR, by="")
    panel = found(panel_view(held), "good_or_better_adjusted", period=YEAR, by="")
    assert row.value == pytest.approx(ours.value - panel.value)
    assert row.lower == pytest.approx(row.value - math.hypot(ours.value - ours.lower, panel.upper - panel.value))
    assert row.upper == pytest.approx(row.value + math.hypot(ours.upper - ours.value, panel.value - panel.lower))


def test_where_too_little_was_moderated_there_is_no_difference_and_the_reason() -> None:
    row = found(panel_gap(tables(**council(30, 30, seen_good=3, seen_poor=0))), GAP, period=YEAR, by="")
    assert not row.is_given
    assert row.note == "too little to correct with: 3 random moderations in 12 cycles"


def test_blind_panels_and_sighted_ones_are_told_apart_and_those_not_recorded_are_neither() -> None:
    audits = [{}] * 7
    seen = [
        (True, "good"),
        (True, "inadequate"),
        (True, "inadequate"),
        (False, "good"),
        (False, "good"),
        (None, "good"),
    ]
    decisions = [
        {"audit_id": f"audits-{number}", "was_blind": blind, "overall_grade": grade}
        for number, (blind, grade) in enumerate(seen, start=1)
    ]
    rows = movement(tables(audits=audits, moderations=decisions))
    upheld = {
        row.group[0]: (row.numerator, row.denominator)
        for row in rows
        if row.measure == "agreement_exact" and row.by == ("was_blind",)
    }
    assert upheld == {"blind": (1, 3), "not blind": (2, 2), "not recorded": (1, 1)}
