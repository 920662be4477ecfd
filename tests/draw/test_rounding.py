"""Whole audits from shares: the sum exact, each within one, and on average exactly what is due."""

from fractions import Fraction
from math import ceil, floor, lcm

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from qa_analysis.draw.rounding import by_remainder, chance_of_first, chance_of_last, rounded

PARTS = some.lists(some.integers(0, 40), min_size=1, max_size=12)


def shares_of(parts: list[int], whole: int) -> list[Fraction]:
    """A whole number of audits shared in proportion."""
    return [Fraction(whole * part, sum(parts)) for part in parts]


@settings(max_examples=60, deadline=None)
@given(PARTS.filter(any), some.integers(0, 30), some.fractions(0, 1).filter(lambda start: start < 1))
def test_the_sum_is_exact_and_every_run_of_neighbours_within_one(parts: list[int], whole: int, start: Fraction) -> None:
    shares = shares_of(parts, whole)
    numbers = rounded(shares, start)
    assert sum(numbers) == whole
    for first in range(len(shares)):
        for last in range(first + 1, len(shares) + 1):
            due = sum(shares[first:last])
            assert floor(due) <= sum(numbers[first:last]) <= ceil(due)


@settings(max_examples=30, deadline=None)
@given(PARTS.filter(any), some.integers(1, 12))
def test_over_all_offsets_each_share_is_met_exactly(parts: list[int], whole: int) -> None:
    shares = shares_of(parts, whole)
    steps = lcm(*(share.denominator for share in shares))
    draws = [rounded(shares, Fraction(step, steps)) for step in range(steps)]
    assert [Fraction(sum(numbers), steps) for numbers in zip(*draws, strict=True)] == shares


def test_a_tiny_team_has_its_expected_audits_over_a_year_where_the_largest_remainder_gives_it_none() -> None:
    shares = shares_of([300, 297, 3], 16)  # a team of three records among six hundred
    year = [rounded(shares, Fraction(step, 1200)) for step in range(1200)]  # a hundred years of months
    assert Fraction(sum(numbers[2] for numbers in year), 100) == 12 * Fraction(16 * 3, 600)
    assert by_remainder(dict(zip("abc", shares, strict=True)), 16)["c"] == 0


def test_the_largest_remainder_goes_by_name_where_remainders_are_alike() -> None:
    assert by_remainder({"b": Fraction(1, 2), "a": Fraction(1, 2)}, 1) == {"b": 0, "a": 1}


@pytest.mark.parametrize(
    ("due", "first", "last", "chances"),
    [
        (Fraction(3, 2), 4, 2, (Fraction(3, 8), Fraction(0))),
        (Fraction(3, 2), 1, 2, (Fraction(1), Fraction(1, 4))),
        (Fraction(1, 2), 1, 1, (Fraction(1, 2), Fraction(0))),
        (Fraction(2), 0, 4, (Fraction(0), Fraction(1, 2))),
        (Fraction(0), 3, 0, (Fraction(0), Fraction(0))),
    ],
)
def test_the_chance_of_those_that_come_first_and_of_those_left(
    due: Fraction, first: int, last: int, chances: tuple[Fraction, Fraction]
) -> None:
    assert (chance_of_first(due, first), chance_of_last(due, first, last)) == chances
