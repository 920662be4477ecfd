"""Partners' attendance and reports: of invitations, agency by agency, and none held against another."""

from collections.abc import Iterable
from math import comb
from typing import Any

import pytest
from small import found
from unit_council import conferences, invited, of

from qa_analysis.measures.figure import Figure, joined
from qa_analysis.measures.safeguarding_unit.partners import OTHERS, UNDER_HALF, p_of_under_half, partners

LATELY = "2023-04/2023-06"


def made(records: list[dict[str, Any]], held: int = 30) -> list[Figure]:
    return partners(of(conferences=conferences(*[{}] * held), partner_contributions=records))


def came(agency: str, part: int, whole: int) -> list[dict[str, Any]]:
    return [invited(f"c{n}", agency, attended=n <= part) for n in range(1, whole + 1)]


def judged(rows: Iterable[Figure]) -> set[str]:
    return {f"{row.measure} {joined(row.group)}" for row in rows if row.verdict == UNDER_HALF}


def test_who_was_not_invited_is_not_said_to_have_stayed_away() -> None:
    rows = made(
        [*came("police", 3, 5), *(invited(f"c{n}", "police", is_invited=False, attended=False) for n in (6, 7))]
    )
    attended = found(rows, "partner_attended", by="agency", group="police", period=LATELY)
    asked = found(rows, "partner_invited", by="agency", group="police", period=LATELY)
    assert (attended.numerator, attended.denominator) == (3, 5)
    assert (asked.numerator, asked.denominator) == (5, 7)


def test_what_is_not_recorded_is_left_out() -> None:
    rows = made([*came("GP", 2, 5), invited("c6", "GP", attended=None, report_received=False)])
    assert found(rows, "partner_attended", by="agency", group="GP", period=LATELY).denominator == 5
    assert found(rows, "partner_reported", by="agency", group="GP", period=LATELY).denominator == 6


def test_agencies_with_under_five_are_told_together_so_that_a_slip_of_the_pen_names_nobody() -> None:
    rows = made([*came("school", 5, 5), *came("Mrs Lamb, school", 1, 2), *came("nursery", 1, 2)])
    names = {row.group[0] for row in rows if row.measure == "partner_attended" and row.by == ("agency",)}
    assert names == {"school", OTHERS}


def test_conferences_of_other_months_and_those_not_held_are_left_out() -> None:
    held = conferences({}, {"held_on": "2022-06-30"}, {"held_on": None})
    records = [invited(f"c{n}", "police") for n in (1, 2, 3)]
    rows = partners(of(conferences=held, partner_contributions=records))
    assert found(rows, "partner_attended", by="", period=LATELY).denominator == 1


def test_clearly_under_half_needs_enough_cases_and_allows_for_several_questions() -> None:
    few, many = made(came("GP", 0, 9)), made([*came("GP", 5, 20), *came("police", 9, 20)])
    assert judged(few) == set()  # nine are too few for a word
    assert judged(many) == set()  # 5 of 20 would be clear alone (p = 0.021), and is not among four
    assert judged(made([*came("GP", 3, 20), *came("police", 9, 20)])) == {"partner_attended GP"}


def test_all_agencies_together_are_never_judged() -> None:
    assert judged(made(came("GP", 1, 30))) == {"partner_attended GP"}


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (5, 20), (19, 165)])
def test_the_test_against_a_half_is_the_binomial_tail(part: int, whole: int) -> None:
    assert p_of_under_half(part, whole) == pytest.approx(sum(comb(whole, n) for n in range(part + 1)) / 2**whole)
