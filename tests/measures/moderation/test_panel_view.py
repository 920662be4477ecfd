from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from small import AREAS, found, tables

from qa_analysis.measures.moderation.panel_view import panel_view

BAD = "requires improvement"


def council(
    good: int, poor: int, *, seen_good: int, seen_poor: int, lowered: int = 0
) -> dict[str, list[Mapping[str, Any]]]:
    """Audits graded good and audits graded below, some of each seen at random, some of the good ones lowered."""
    audits = [*[{}] * good, *[{"overall_grade": BAD, **dict.fromkeys(AREAS, BAD)}] * poor]
    seen = [*range(1, seen_good + 1), *range(good + 1, good + seen_poor + 1)]
    moderations = []
    for place, number in enumerate(seen):
        grade = "good" if lowered <= place < seen_good else BAD
        moderations.append({"audit_id": f"audits-{number}", "overall_grade": grade, **dict.fromkeys(AREAS, grade)})
    return {"audits": audits, "moderations": moderations}


def test_a_panel_that_lowers_half_the_good_grades_halves_the_share() -> None:
    held = tables(**council(60, 60, seen_good=20, seen_poor=20, lowered=10))
    row = found(panel_view(held), "good_or_better_adjusted", period="2023-06", by="")
    assert row.value == pytest.approx(0.25, abs=0.01)
    assert row.lower < 0.25 < row.upper < 0.5
    assert row.denominator == 120


def test_a_panel_that_agrees_leaves_the_share_nearly_alone() -> None:
    held = tables(**council(30, 30, seen_good=10, seen_poor=10))
    row = found(panel_view(held), "good_or_better_adjusted", period="2023-06", by="")
    assert row.value == pytest.approx(0.5, abs=0.02)


def test_every_area_and_the_year_are_corrected_too() -> None:
    rows = panel_view(tables(**council(30, 30, seen_good=10, seen_poor=10)))
    assert len(rows) == 2 * (1 + len(AREAS))
    assert {row.period for row in rows} == {"2023-06", "2022-07/2023-06"}
    assert {row.population for row in rows} == {"headline routes"}


@pytest.mark.parametrize(
    ("seen", "said"), [(0, "0 random moderations"), (1, "1 random moderation"), (9, "9 random moderations")]
)
def test_too_few_random_moderations_correct_nothing_and_say_so(seen: int, said: str) -> None:
    held = tables(**council(30, 30, seen_good=seen, seen_poor=0))
    row = found(panel_view(held), "good_or_better_adjusted", period="2023-06", by="")
    assert np.isnan(row.value)
    assert row.note == f"too little to correct with: {said} in 12 cycles"


def test_one_side_of_the_line_never_drawn_corrects_nothing_and_says_which() -> None:
    held = tables(**council(30, 30, seen_good=12, seen_poor=0))
    row = found(panel_view(held), "good_or_better_adjusted", period="2023-06", by="")
    assert np.isnan(row.value)
    assert row.note.endswith("hardly any random moderation of an audit graded below good")


def test_a_month_seen_whole_needs_no_correction() -> None:
    held = tables(**council(4, 2, seen_good=4, seen_poor=2, lowered=1))
    row = found(panel_view(held), "good_or_better_adjusted", period="2023-06", by="")
    assert row.value == pytest.approx(3 / 6)


def test_the_disputed_do_not_teach_the_habits_of_the_panel() -> None:
    held = council(40, 40, seen_good=20, seen_poor=20)
    disputed = [{"is_disputed": True}] * 10
    lowered = [{"audit_id": f"audits-{number}", "route": "dispute", "overall_grade": BAD} for number in range(81, 91)]
    both = tables(audits=[*held["audits"], *disputed], moderations=[*held["moderations"], *lowered])
    row = found(panel_view(both), "good_or_better_adjusted", period="2023-06", by="")
    assert row.value == pytest.approx(40 / 90, abs=0.02)


def test_showcased_audits_are_not_in_it() -> None:
    held = council(30, 30, seen_good=10, seen_poor=10)
    showcased = [{"selection_route": "nominated good"}] * 40
    plain, mixed = (
        found(panel_view(tables(**{**held, "audits": audits})), "good_or_better_adjusted", period="2023-06", by="")
        for audits in (held["audits"], [*held["audits"], *showcased])
    )
    assert plain == mixed
