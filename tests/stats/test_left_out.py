"""Checked against every possible year of tiny teams, counted one by one in whole fractions."""

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest

from qa_analysis.stats.left_out import chance_of_none, expected_without, in_year


def by_hand(mine: int, of: int, due: Fraction, months: int) -> Fraction:
    """The chance that none of some records is among those audited, over every number of audits and every choice."""
    whole, part = divmod(due, 1)
    found = Fraction(0)
    for more in range(months + 1):
        chance = comb(months, more) * part**more * (1 - part) ** (months - more)
        choices = list(combinations(range(of), min(int(whole) * months + more, of)))
        found += chance * Fraction(sum(all(record >= mine for record in one) for one in choices), len(choices))
    return found


@pytest.mark.parametrize(
    ("mine", "of", "due", "months"),
    [(2, 4, Fraction(1, 2), 2), (1, 6, Fraction(4, 3), 3), (6, 6, Fraction(1, 4), 3), (3, 5, Fraction(2), 2)],
)
def test_the_chance_of_no_audit_is_that_of_counting_every_possible_year(
    mine: int, of: int, due: Fraction, months: int
) -> None:
    expected = by_hand(mine, of, due, months)
    assert chance_of_none([mine], [of], [float(due)], months=months)[0] == pytest.approx(float(expected), abs=1e-12)


def test_half_an_audit_a_month_leaves_half_of_four_records_out_for_two_months_more_often_than_not() -> None:
    assert chance_of_none([2], [4], [0.5], months=2)[0] == pytest.approx(1 / 4 + 1 / 2 * 1 / 2 + 1 / 4 * 1 / 6)


def test_a_team_that_is_due_an_audit_every_month_is_never_left_out() -> None:
    assert chance_of_none([9, 9], [9, 9], [1.0, 0.1])[1] == pytest.approx(0.9**12)
    assert chance_of_none([9], [9], [1.0])[0] == 0


def test_the_audits_of_a_year_are_as_many_as_are_due() -> None:
    selected, chances = in_year([0.35, 2.6])
    assert (selected * chances).sum(axis=1) == pytest.approx(12 * np.array([0.35, 2.6]))
    assert chances.sum(axis=1) == pytest.approx([1, 1])


def test_records_without_an_audit_are_those_that_are_left() -> None:
    assert expected_without([100, 50], [2.0, 1.0]) == pytest.approx(150 - 36)
    assert expected_without([6], [2.0]) == 0
