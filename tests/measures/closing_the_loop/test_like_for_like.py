"""What else changed between the two periods."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.measures.closing_the_loop.like_for_like import likeness
from qa_analysis.measures.figure import joined
from qa_analysis.measures.grades.windows import windows
from qa_analysis.measures.populations import LEAD

NOW, THEN = "2024-06", "2023-12"


def audit(cycle: str, grade: str = "good", **more: Any) -> dict[str, Any]:
    return {"cycle_month": cycle, "audited_on": f"{cycle}-10", "overall_grade": grade, **more}


def test_the_change_is_split_by_what_was_recorded() -> None:
    # Service A is 80% good and B 20%, both times: only their shares change.
    def side(cycle: str, a: int, b: int) -> list[dict[str, Any]]:
        return [
            audit(cycle, "good" if n < size * good else "inadequate", service_area=name)
            for name, size, good in (("A", a, 0.8), ("B", b, 0.2))
            for n in range(size)
        ]

    rows = likeness(tables(NOW, audits=[*side(NOW, 30, 10), *side(THEN, 10, 30)]))
    kind = "service and case status"
    assert found(rows, "loop_mix", group=kind).value == pytest.approx(0.3)
    assert found(rows, "loop_remainder", group=kind).value == pytest.approx(0.0)
    assert not [row for row in rows if joined(row.group) == "age band"]  # recorded in no audit


def test_those_who_audited_in_both_periods_are_counted_on_each_side() -> None:
    rows = likeness(
        tables(
            NOW, audits=[audit(NOW, auditor_id=who) for who in "aabc"] + [audit(THEN, auditor_id=who) for who in "abd"]
        )
    )
    shares = {joined(row.group): (row.numerator, row.denominator) for row in rows if joined(row.by) == "side"}
    assert shares == {"now": (3, 4), "then": (2, 3)}


def test_children_audited_in_both_periods_are_counted() -> None:
    rows = likeness(
        tables(NOW, audits=[audit(NOW, child_id=c) for c in "xxy"] + [audit(THEN, child_id=c) for c in "xz"])
    )
    assert found(rows, "loop_same_children").value == 1


def test_reviews_that_look_back_into_the_earlier_period_are_counted() -> None:
    now = [audit(NOW, review_from_on=day) for day in ("2023-12-10", "2023-12-11", None)]
    rows = likeness(tables(NOW, audits=[*now, audit(THEN)]))
    overlap = found(rows, "loop_reviews_overlapping")
    assert (overlap.numerator, overlap.denominator) == (1, 2)


def test_a_theme_picked_because_it_looked_bad_is_named() -> None:
    held = tables(
        NOW,
        audits=[audit(NOW), audit(THEN, theme_code="neglect"), audit(THEN)],
        audit_plan=[
            {"cycle_month": THEN, "theme_code": "neglect", "factor": "external scrutiny"},
            {"cycle_month": THEN, "theme_code": "supervision", "factor": "close the loop"},
        ],
    )
    picked = found(likeness(held), "loop_picked_for_weakness")
    assert (picked.numerator, picked.denominator) == (1, 2)


def test_a_break_lies_between_only_where_audits_lie_on_both_sides_of_it() -> None:
    across = tables("2023-01", audits=[audit("2023-01"), audit("2022-07")])
    after = tables("2023-08", audits=[audit("2023-08"), audit("2023-02")])
    assert windows(across)[LEAD].breaks == ("managers began to audit in December 2022",)
    assert windows(after)[LEAD].breaks == ()


def test_without_an_earlier_period_nothing_is_compared() -> None:
    assert likeness(tables(audits=[{}])) == []
