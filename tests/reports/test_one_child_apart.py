"""What everyone may read says the same of two councils that are one child apart, unless a rounded count is another.

Words can tell what numbers do not: the order of themes, which of two ties comes first, a row that is missing, what is
said of a picture. So every word of the two pages must follow from the rounded figures, and their order as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from runs import SHARED
from sections import said
from small import month, tables

from qa_analysis.month.shared import SharedMonth, shared_of

CODES = ("1.1", "2.1", "3.10", "4.1")  # found equally often
THEN = "2022-12"
Row = Mapping[str, Any]


@cache
def council(without: int | None = None, worse: int | None = None, also: int | None = None) -> SharedMonth:
    """Forty-one audits now and six months ago; without one of them, one graded worse, or a theme found in one more."""
    now, then = (
        [
            {"audit_id": f"{cycle}-{n}", "cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": f"{cycle}-{n}",
             "overall_grade": "good" if n % 3 and n != worse else "inadequate"}
            for n in range(41)
        ]
        for cycle in ("2023-06", THEN)
    )  # fmt: skip
    found = [
        {"audit_id": f"2023-06-{n}", "theme_code": code, "polarity": polarity}
        for place, code in enumerate(CODES)
        for polarity in ("strength", "development")
        for n in range(place, 12 + place + (polarity == "strength") * 5)
    ]
    found += [{"audit_id": f"2023-06-{also}", "theme_code": CODES[-1], "polarity": "strength"}] if also else []
    kept = [audit for audit in now if audit["audit_id"] != f"2023-06-{without}"]
    ids = {audit["audit_id"] for audit in kept}
    return shared_of(month(tables(audits=[*kept, *then], findings=[one for one in found if one["audit_id"] in ids])))


def figures(held: SharedMonth) -> list[tuple[object, ...]]:
    """The rounded figures in their order, as comparable things."""
    return [tuple(map(repr, row)) for row in held.measures.itertuples(index=False)]


CHANGES: Sequence[dict[str, int]] = (
    *({"without": n} for n in (0, 1, 5, 13, 40)), *({"worse": n} for n in (1, 4)), {"also": 30}
)  # fmt: skip


def test_some_children_change_a_rounded_count_and_some_do_not() -> None:
    same = [figures(council(**change)) == figures(council()) for change in CHANGES]
    assert any(same)
    assert not all(same)


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_figures_that_are_the_same_come_in_the_same_order(change: dict[str, int]) -> None:
    ours, theirs = figures(council()), figures(council(**change))
    both = set(ours) & set(theirs)
    assert [row for row in ours if row in both] == [row for row in theirs if row in both]


@pytest.mark.parametrize("report", SHARED)
@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_every_word_follows_from_the_rounded_figures(report: str, change: dict[str, int]) -> None:
    """The month of the one council, given the rounded figures of the other, says what the other says."""
    other = council(**change)
    assert list(said(report, replace(council(), held=other.held))) == list(said(report, other))


@pytest.mark.parametrize("report", SHARED)
def test_where_no_rounded_count_is_another_every_word_is_the_same(report: str) -> None:
    same = [change for change in CHANGES if figures(council(**change)) == figures(council())]
    words = list(said(report, council()))
    assert len(words) > 5
    for change in same:
        assert list(said(report, council(**change))) == words
