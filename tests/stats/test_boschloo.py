"""Boschloo's exact test is that of scipy, which goes through every pair of counts, without going through them."""

import tracemalloc
from math import comb

import pytest
import scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.stats.boschloo import boschloo_p, mid_p
from qa_analysis.stats.proportions import boschloo

COUNTS = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def of_scipy(x1: int, n1: int, x2: int, n2: int) -> float:
    """The p-value by every pair of counts."""
    return min(1.0, float(scipy.stats.boschloo_exact([[x1, x2], [n1 - x1, n2 - x2]]).pvalue))


@settings(max_examples=60)
@given(COUNTS, COUNTS)
def test_the_p_value_is_that_of_every_pair_of_counts(first: tuple[int, int], second: tuple[int, int]) -> None:
    if first[0] + second[0] in (0, first[1] + second[1]):
        return  # every case is alike, which `boschloo` answers before it asks
    assert boschloo_p(*first, *second) == pytest.approx(of_scipy(*first, *second), rel=1e-6)


@pytest.mark.parametrize(
    "counts",
    [
        (60, 150, 40, 140),
        (3, 200, 9, 180),
        (197, 200, 150, 160),
        (90, 180, 90, 180),
        (120, 130, 40, 170),
        (0, 90, 6, 60),
    ],
)
def test_the_p_value_is_that_of_every_pair_where_there_are_hundreds(counts: tuple[int, int, int, int]) -> None:
    assert boschloo_p(*counts) == pytest.approx(of_scipy(*counts), rel=1e-9)


@pytest.mark.parametrize("counts", [(400, 1000, 371, 1000), (12, 3000, 31, 2900)])
def test_either_side_may_come_first_and_either_outcome_count(counts: tuple[int, int, int, int]) -> None:
    x1, n1, x2, n2 = counts
    found = boschloo_p(*counts)
    assert boschloo_p(x2, n2, x1, n1) == pytest.approx(found, rel=1e-6)
    assert boschloo_p(n1 - x1, n1, n2 - x2, n2) == pytest.approx(found, rel=1e-6)


def test_thousands_of_cases_are_not_held_pair_by_pair() -> None:
    boschloo_p(3, 10, 5, 12)
    tracemalloc.start()
    boschloo_p(1650, 4000, 1500, 3900)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * 8 * 8000  # bytes: a hundred columns of the cases, where every pair would be four thousand


def of_counting(x1: int, n1: int, x2: int, n2: int) -> float:
    """The mid-p by the number of ways of every first count."""
    together, every = x1 + x2, comb(n1 + n2, x1 + x2)
    ways = {
        x: comb(n1, x) * comb(n2, together - x) / every for x in range(max(0, together - n2), min(n1, together) + 1)
    }
    above, below = (sum(way for x, way in ways.items() if sign * (x - x1) > 0) for sign in (1, -1))
    return min(1.0, 2 * (min(above, below) + ways[x1] / 2))


@given(COUNTS, COUNTS)
def test_the_mid_p_is_that_of_counting_the_ways(first: tuple[int, int], second: tuple[int, int]) -> None:
    assert mid_p(*first, *second) == pytest.approx(of_counting(*first, *second), rel=1e-9)


@pytest.mark.parametrize("counts", [(2550, 5100, 2450, 5000), (1020, 5100, 915, 5000), (510, 5100, 480, 5000)])
def test_of_ten_thousand_cases_the_mid_p_and_the_exact_test_tell_alike(counts: tuple[int, int, int, int]) -> None:
    assert mid_p(*counts) == pytest.approx(boschloo_p(*counts), abs=0.02)


def test_beyond_ten_thousand_cases_the_test_is_the_mid_p_and_takes_no_time() -> None:
    up_to, beyond = (300, 5000, 350, 5000), (300, 5000, 350, 5001)
    assert boschloo(*up_to).p == boschloo_p(*up_to)
    assert boschloo(*beyond).p == mid_p(*beyond)
    assert boschloo(160_000, 500_000, 161_000, 500_000).p == pytest.approx(0.0319, abs=5e-4)
