"""What may be said to an auditor, and what may not."""

import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from small import found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.moderation.calibration import (
    ALONE,
    AS_OTHERS,
    FEW_CASES,
    MILDER,
    STRICTER,
    calibration,
    cards,
    grade_mix,
    pooled,
)

LOWER, SAME, HIGHER = "requires improvement", "good", "outstanding"


def council(**panels: list[str]) -> dict[str, Any]:
    """One auditor per name, whose audits were all graded good; the panel's grades of those drawn at random."""
    audits = [{"auditor_id": name} for name, grades in panels.items() for _ in grades]
    decisions = [grade for grades in panels.values() for grade in grades]
    moderations = [{"audit_id": f"audits-{n}", "overall_grade": grade} for n, grade in enumerate(decisions, start=1)]
    return {"audits": audits, "moderations": moderations}


def test_under_three_random_moderations_nothing_is_said_of_a_person() -> None:
    held = cards(tables(**council(ann=[SAME] * 4, bob=[LOWER] * 2))).set_index("auditor_id")
    assert (held.loc["bob", "random_moderations"], held.loc["bob", "said"]) == (2, FEW_CASES)
    assert math.isnan(held.loc["bob", "shift"])


def test_under_ten_the_drawn_value_stands_alone() -> None:
    held = cards(tables(**council(ann=[SAME] * 9, bob=[LOWER] * 10))).set_index("auditor_id")
    assert held.loc["ann", ["upheld", "lowered", "raised"]].isna().all()
    assert held.loc["bob", ["upheld", "lowered", "raised"]].tolist() == [0, 10, 0]


def test_a_clear_difference_is_worth_a_conversation_and_no_more() -> None:
    panels = {f"a{n}": [SAME] * 7 + [LOWER] for n in range(8)}
    held = cards(tables(**council(mild=[LOWER] * 20, hard=[HIGHER] * 20, **panels))).set_index("auditor_id")
    assert (held.loc["mild", "said"], held.loc["hard", "said"], held.loc["a0", "said"]) == (MILDER, STRICTER, AS_OTHERS)


def test_a_difference_of_a_few_cases_is_not_told_from_chance() -> None:
    panels = {f"a{n}": [SAME] * 5 + [LOWER] for n in range(8)}
    held = cards(tables(**council(one=[LOWER, LOWER, SAME], **panels))).set_index("auditor_id")
    assert held.loc["one", "said"] == AS_OTHERS


def test_referred_audits_are_counted_apart_and_move_nothing() -> None:
    alone = council(ann=[SAME] * 4, bob=[SAME, SAME, LOWER])
    more = {
        "audits": [*alone["audits"], {"auditor_id": "ann"}],
        "moderations": [*alone["moderations"], {"audit_id": "audits-8", "overall_grade": LOWER, "route": "dispute"}],
    }
    first, second = (cards(tables(**held)).set_index("auditor_id") for held in (alone, more))
    assert second.loc["ann", "referred_moderations"] == 1
    assert first.loc["ann", "shift"] == second.loc["ann", "shift"]


def test_an_auditor_without_any_moderation_is_listed_with_nothing_said() -> None:
    held = cards(tables(audits=[{"auditor_id": "ann"}]))
    assert held[["auditor_id", "audits", "random_moderations", "said"]].to_dict("records") == [
        {"auditor_id": "ann", "audits": 1, "random_moderations": 0, "said": FEW_CASES}
    ]


def test_the_grades_an_auditor_gave_are_counted_over_the_whole_scale() -> None:
    held = grade_mix(tables(audits=[{"auditor_id": "ann"}, {"auditor_id": "ann", "overall_grade": "inadequate"}]))
    assert held.loc["ann"].to_dict() == {"outstanding": 0, "good": 1, "requires improvement": 0, "inadequate": 1}


def test_one_auditor_alone_is_compared_with_nobody() -> None:
    held = tables(**council(ann=[SAME] * 4))
    assert cards(held)["said"].tolist() == [ALONE]
    spread = found(calibration(held), "auditor_spread")
    assert (math.isnan(spread.value), spread.note) == (True, "one group has nobody to be compared with")


def test_the_published_figures_count_auditors_and_name_none() -> None:
    rows = calibration(tables(**council(ann=[SAME] * 4, bob=[LOWER] * 3, cat=[SAME])))
    assert found(rows, "auditors").value == 3
    assert found(rows, "auditors_with_a_card").value == 2
    assert found(rows, "auditor_spread").denominator == 8
    assert {joined(row.group) for row in rows} == {""}


MOVE = st.tuples(st.sampled_from(["ann", "bob", "cat", None]), st.sampled_from([LOWER, SAME, HIGHER]))


@settings(max_examples=40, deadline=None)
@given(st.lists(MOVE, max_size=15))
def test_each_auditors_moves_are_those_of_their_own_audits_in_order(moves: list[tuple[str | None, str]]) -> None:
    steps = {LOWER: 1.0, SAME: 0.0, HIGHER: -1.0}
    expected: dict[str, list[float]] = {}
    for auditor, grade in moves:
        if auditor:
            expected.setdefault(auditor, []).append(steps[grade])
    held = tables(
        audits=[{}, *({"auditor_id": auditor} for auditor, _ in moves)],
        moderations=[
            {"audit_id": f"audits-{place}", "overall_grade": grade} for place, (_, grade) in enumerate(moves, start=2)
        ],
    )
    found_ones, fitted = pooled(held)
    assert found_ones == expected
    assert list(found_ones) == sorted(expected)
    assert [estimate.n for estimate in fitted.groups] == [len(expected[auditor]) for auditor in sorted(expected)]
