"""A change is told to everyone only where it is clear whatever counts lie behind the rounded ones."""

from collections.abc import Mapping
from itertools import product
from math import isnan
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from small import tables

from qa_analysis.framework import rules_for
from qa_analysis.measures.closing_the_loop.verdicts import IMPROVING, WORSE
from qa_analysis.measures.figure import joined
from qa_analysis.measures.populations import SHARED
from qa_analysis.measures.shared_edition.clear_changes import _worst_p
from qa_analysis.measures.shared_edition.protected import protected_share, shared
from qa_analysis.stats.proportions import newcombe

RULES = rules_for("2024-06")
RI = "requires improvement"


def council(now: int, then: int, *, size: int = 60) -> list[dict[str, Any]]:
    """The same auditors in both periods; the overall grade alone differs."""
    return [
        {
            "overall_grade": "good" if n < good else RI, "cycle_month": cycle, "audited_on": f"{cycle}-15",
            "auditor_id": f"auditor-{n % 6}",
        }
        for cycle, good in (("2024-06", now), ("2023-12", then))
        for n in range(size)
    ]  # fmt: skip


def told(now: int, then: int, **more: Any) -> Mapping[tuple[str, str], str]:
    rows = shared(tables("2024-06", audits=council(now, then, **more)))
    assert {row.population for row in rows} == {SHARED}
    return {(joined(row.by), joined(row.group)): row.verdict for row in rows if row.measure == "shared_verdict"}


def test_a_clear_change_is_told_as_a_word_without_a_number() -> None:
    assert told(50, 20) == {("", ""): IMPROVING}
    assert told(15, 45) == {("", ""): WORSE}
    rows = shared(tables("2024-06", audits=council(50, 20)))
    [row] = [row for row in rows if row.measure == "shared_verdict"]
    assert all(map(isnan, (row.numerator, row.denominator, row.value)))


def test_a_change_that_might_be_none_is_not_told() -> None:
    assert told(32, 27) == {}
    assert told(9, 5, size=18) == {}


def test_a_change_that_is_not_like_for_like_is_told_with_what_qualifies_it() -> None:
    others = [{**row, "auditor_id": f"new-{n}"} if n < 60 else row for n, row in enumerate(council(50, 20))]
    forms = [{**row, "form_version": "3" if n < 60 else "2"} for n, row in enumerate(council(50, 20))]
    reasons = ("many of the auditors are others now",), ("the audit form changed in June 2024",)
    for audits, reason in zip((others, forms), reasons, strict=True):
        [row] = [row for row in shared(tables("2024-06", audits=audits)) if row.measure == "shared_verdict"]
        assert (row.verdict, row.reasons) == (IMPROVING, reason)


def test_a_break_is_told_without_a_number_whether_or_not_anything_changed() -> None:
    forms = [{**row, "form_version": "3" if n < 60 else "2"} for n, row in enumerate(council(32, 27))]
    [row] = [row for row in shared(tables("2024-06", audits=forms)) if row.measure == "shared_break"]
    assert row.group == ("the audit form changed in June 2024",) and isnan(row.value)


@given(st.integers(22, 90), st.integers(22, 90), st.data())
def test_no_counts_that_look_alike_are_further_from_a_change(now: int, then: int, data: st.DataObject) -> None:
    """The p-value used is no smaller than that of any of the counts behind the same printed ones, at their corners."""
    good, good_then = (data.draw(st.integers(0, whole)) for whole in (now, then))
    held = [protected_share(*pair, RULES.shared_edition) for pair in ((good, now), (good_then, then))]
    if any(one.value != one.value for one in held):
        return
    rounded = [int(count) for one in held for count in (one.numerator, one.denominator)]
    worst = _worst_p((rounded[0], rounded[1], rounded[2], rounded[3]), RULES)
    for moves in product((-2, 2), repeat=4):
        a, b, c, d = (count + move for count, move in zip(rounded, moves, strict=True))
        if a <= b and c <= d:
            assert newcombe(a, b, c, d).p <= worst + 1e-9
