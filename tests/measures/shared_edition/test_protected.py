"""What everyone may read: three cycles together, rounded, and no count that could be told."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from small import found, tables

from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import TOO_FEW, joined
from qa_analysis.measures.populations import SHARED
from qa_analysis.measures.shared_edition.protected import (
    ALMOST_ALL,
    FEW,
    SMALL,
    Protected,
    protected_count,
    protected_share,
    shared,
)
from qa_analysis.protection import Protection

HELD = rules_for("2023-06").shared_edition
RI = "requires improvement"
NOW, THEN = "2023-04/2023-06", "2022-10/2022-12"
WIDE = 3  # how far apart the least and the most that a count may be must lie


def audits(number: int, good: int, *, cycle: str = "2023-06", **more: Any) -> list[dict[str, Any]]:
    grades = ["good" if n < good else RI for n in range(number)]
    return [{"overall_grade": grade, "cycle_month": cycle, "audited_on": f"{cycle}-15", **more} for grade in grades]


def findings(code: str, polarity: str, numbers: Iterable[int]) -> list[dict[str, Any]]:
    return [{"audit_id": f"audits-{n}", "theme_code": code, "polarity": polarity, "text": "x"} for n in numbers]


def test_one_to_seven_are_not_given_and_the_others_to_the_nearest_five() -> None:
    told = {tally: protected_count(tally, HELD) for tally in (0, 1, 7, 8, 12, 13, 102, 103)}
    assert {tally: value for tally, value in told.items() if value == value} == {
        0: 0, 8: 10, 12: 10, 13: 15, 102: 100, 103: 105,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (45, 112, (45, 110, 0.40, "")),
        (14, 38, (15, 40, 0.40, "")),
        (7, 40, (None, 40, None, FEW)),
        (0, 40, (None, 40, None, FEW)),
        (40, 40, (None, 40, None, ALMOST_ALL)),
        (38, 42, (None, 40, None, ALMOST_ALL)),
        (9, 450, (None, 450, None, FEW)),
        (197, 200, (None, 200, None, ALMOST_ALL)),
        (10, 17, (None, 15, None, TOO_FEW)),
        (2, 5, (None, None, None, TOO_FEW)),
        (0, 0, (None, 0, None, TOO_FEW)),
    ],
)
def test_a_share_is_told_in_whole_fives_of_twenty_or_more(part: int, whole: int, told: tuple[Any, ...]) -> None:
    assert tuple(None if value != value else value for value in protected_share(part, whole, HELD)) == told


def test_three_cycles_are_taken_together_and_headline_routes_alone() -> None:
    held = tables(
        audits=[
            *audits(15, 8, cycle="2023-04"), *audits(15, 8, cycle="2023-05"), *audits(14, 7),
            *audits(30, 30, cycle="2023-03"), *audits(30, 30, selection_route="reactive"),
        ]
    )  # fmt: skip
    rows = shared(held)
    assert found(rows, "shared_audits").value == 45
    good = found(rows, "shared_good_or_better", by="", period=NOW)
    assert (good.numerator, good.denominator, good.value) == (25, 45, 0.55)


def test_every_figure_is_of_the_whole_service_and_without_an_interval() -> None:
    rows = shared(tables(audits=audits(40, 20), family_feedback=[{"audit_id": "audits-1"}]))
    assert {row.population for row in rows} == {SHARED}
    assert {joined(row.by) for row in rows} <= {"", "key_area", "theme_code+polarity"}
    assert all(isnan(row.lower) and isnan(row.upper) for row in rows)


def test_a_theme_is_told_from_eight_audits_on_and_a_councils_own_code_never() -> None:
    rows = shared(
        tables(
            audits=audits(40, 20),
            findings=[
                *findings("4.1", "strength", range(1, 13)), *findings("4.1", "strength", range(1, 5)),
                *findings("3.6", "development", range(1, 9)), *findings("5.1", "development", range(1, 8)),
                *findings("X9", "development", range(1, 20)),
            ],
        )
    )  # fmt: skip
    told = {joined(row.group): row.numerator for row in rows if row.measure == "shared_theme"}
    assert told == {"4.1+strength": 10, "3.6+development": 10}


def test_actions_are_counted_that_reached_their_fortieth_working_day_in_these_months() -> None:
    """An action agreed on 1 March reaches it on 28 April, one of 10 May on 7 July, after the three months."""
    agreed = {"agreed_on": "2023-03-01"}
    actions = [
        *[{**agreed, "completed_on": "2023-04-26"}] * 24,
        *[{**agreed, "completed_on": "2023-05-02"}] * 6, *[agreed] * 10,
        *[{"agreed_on": "2023-05-10", "completed_on": "2023-05-11"}] * 30, *[{"agreed_on": "2022-12-01"}] * 30,
    ]  # fmt: skip
    row = found(shared(tables(audits=audits(20, 10), actions=actions)), "shared_actions_in_time")
    assert (row.numerator, row.denominator, row.value) == (25, 40, 0.65)


@pytest.mark.parametrize(
    ("done", "in_time"), [("2023-04-28", 20), ("2023-05-02", 10)]
)  # the 40th working day, the 41st
def test_an_action_done_on_the_fortieth_day_is_in_time_in_the_shared_edition_too(done: str, in_time: int) -> None:
    agreed = {"agreed_on": "2023-03-01"}
    actions = [
        *[{**agreed, "completed_on": done}] * 10,
        *[{**agreed, "completed_on": "2023-04-26"}] * 10,
        *[agreed] * 20,
    ]
    row = found(shared(tables(audits=audits(20, 10), actions=actions)), "shared_actions_in_time")
    assert (row.numerator, row.denominator) == (in_time, 40)


def test_an_action_whose_fortieth_day_is_the_day_of_the_data_is_counted() -> None:
    """An action agreed on 3 May 2023 reaches its fortieth working day on 30 June."""
    actions = [{"agreed_on": "2023-05-03"}] * 40
    on_the_day, before = (
        found(shared(tables(audits=audits(20, 10), actions=actions, as_at=day)), "shared_actions_in_time").denominator
        for day in ("2023-06-30", "2023-06-29")
    )
    assert (on_the_day, before) == (40, 0)


def test_families_and_moderation_are_counted_once_an_audit() -> None:
    talked = [{"audit_id": f"audits-{n}"} for n in range(1, 11)]
    rows = shared(
        tables(
            audits=audits(40, 20),
            family_feedback=[*talked, *talked, {"audit_id": "audits-30", "outcome": "declined"}],
            moderations=[{"audit_id": f"audits-{n}"} for n in range(1, 21)],
        )
    )
    assert found(rows, "shared_families_spoken_to").value == 0.25
    assert found(rows, "shared_moderated").value == 0.5
    assert "shared_families_spoken_to" not in {row.measure for row in shared(tables(audits=audits(9, 9)))}


def test_one_audit_is_too_few_to_say_anything_of() -> None:
    rows = shared(tables(audits=audits(1, 1)))
    assert found(rows, "shared_audits").note == SMALL
    assert [row for row in rows if row.measure != "shared_actions_in_time" and row.value == row.value] == []
    assert {row.note for row in rows} == {SMALL, TOO_FEW}


@given(st.integers(0, 400), st.integers(0, 400))
def test_whatever_the_counts_no_small_one_and_no_exact_share_is_told(one: int, other: int) -> None:
    part, whole = sorted((one, other))
    told = protected_share(part, whole, HELD)
    counts = [count for count in (told.numerator, told.denominator, protected_count(part, HELD)) if count == count]
    assert all(count % 5 == 0 and not 1 <= count <= 7 for count in counts)
    if told.value == told.value:
        assert told.denominator >= 20
        assert round(100 * told.value) in range(5, 100, 5)
        assert abs(100 * told.value - round(100 * told.value)) < 1e-9
        assert (told.word, told.numerator > 0) == ("", True)
    else:
        assert told.word in (FEW, ALMOST_ALL, TOO_FEW)
        assert told.numerator != told.numerator


# The attacker knows the rules and how counts belong together, and tries every count that could lie behind what is told.

MOST = 160


@cache
def behind() -> dict[str, list[tuple[int, int]]]:
    """Every part and whole, by what is told of them."""
    pairs = defaultdict(list)
    for whole in range(MOST + 1):
        for part in range(whole + 1):
            pairs[repr(protected_share(part, whole, HELD))].append((part, whole))
    return pairs


def spread(values: Iterable[int]) -> int:
    held = list(values)
    return max(held) - min(held)


def test_no_part_no_whole_and_no_rest_can_be_told_from_any_share() -> None:
    told = {
        key: (spread(p for p, _ in pairs), spread(w for _, w in pairs), spread(w - p for p, w in pairs))
        for key, pairs in behind().items()
        if pairs != [(0, 0)]  # no audit at all is nobody's
        and all(whole <= MOST - 5 for _, whole in pairs)
    }
    assert len(told) > 200
    assert {key: widths for key, widths in told.items() if min(widths) < WIDE} == {}


@settings(max_examples=60)
@given(st.integers(20, 140), st.integers(0, 12), st.tuples(*[st.integers(0, 140)] * 3))
def test_figures_of_the_same_audits_do_not_tell_one_another(every: int, ungraded: int, parts: tuple[int, ...]) -> None:
    """Audits, of which some are graded, of which some are good; and of all of them those with a theme and a family."""
    graded = every - min(ungraded, every)
    good, theme, family = (min(part, whole) for part, whole in zip(parts, (graded, every, every), strict=True))
    of_graded = behind()[repr(protected_share(good, graded, HELD))]
    of_all = [behind()[repr(protected_share(part, every, HELD))] for part in (theme, family)]
    possible = [
        whole
        for whole in range(MOST + 1)
        if protected_count(whole, HELD) == protected_count(every, HELD)
        and all(any(held == whole for _, held in pairs) for pairs in of_all)
        and any(held <= whole for _, held in of_graded)
    ]
    most = max(possible)
    assert spread(possible) >= WIDE
    assert spread(held for _, held in of_graded if held <= most) >= WIDE
    assert spread(part for part, held in of_graded if held <= most) >= WIDE
    for pairs in of_all:
        assert spread(part for part, held in pairs if held in possible) >= WIDE
        assert spread(held - part for part, held in pairs if held in possible) >= WIDE


@settings(max_examples=25)
@given(st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=6, max_size=9))
def test_editions_that_overlap_do_not_tell_a_months_count(months: list[int]) -> None:
    """Each edition pools three cycles and the next one two of the same: subtracting them must not tell a cycle."""
    editions = [(first, sum(months[first : first + 3])) for first in range(len(months) - 2)]
    rows = np.array([[float(first <= month < first + 3) for month in range(len(months))] for first, _ in editions])
    alike = [_alike(total) for _, total in editions]
    questions = [(rows[place], total) for place, (_, total) in enumerate(editions)]
    questions += [(np.eye(len(months))[place], count) for place, count in enumerate(months)]
    for asked, truth in questions:
        least, most = (way * _extreme(way * asked, rows, alike) for way in (1, -1))
        is_nobody = most < 1e-6 and truth == 0
        assert is_nobody or most - least >= WIDE - 1e-6


def _alike(total: int) -> tuple[int, int]:
    """The least and the most that are told as this total is."""
    told = repr(protected_count(total, HELD))
    same = [count for count in range(max(0, total - 20), total + 20) if repr(protected_count(count, HELD)) == told]
    return min(same), max(same)


def _extreme(goal: Any, rows: Any, alike: list[tuple[int, int]]) -> float:
    """The least of the goal over every month's counts that would give the editions as they were told."""
    least, most = np.array(alike, dtype=float).T
    done = linprog(goal, A_ub=np.vstack([rows, -rows]), b_ub=np.concatenate([most, -least]), bounds=(0, None))
    assert done.status in (0, 3)
    return float(done.fun) if done.status == 0 else -np.inf


def test_exact_counts_would_be_told_by_the_same_attackers() -> None:
    """The attackers are no good unless they find what is not protected."""
    weak = Protection(hidden_to=0, nearest=1, share_from=1, share_step=1)
    assert repr(protected_share(3, 7, weak)) == repr(Protected(3.0, 7.0, 0.43, ""))
    rows, months = np.array([[1.0, 1, 1, 0], [0, 1, 1, 1]]), np.array([4.0, 2, 1, 9])
    exact = [(int(total), int(total)) for total in rows @ months]
    change = np.array([-1.0, 0, 0, 1])
    assert [way * _extreme(way * change, rows, exact) for way in (1, -1)] == pytest.approx([5, 5])
