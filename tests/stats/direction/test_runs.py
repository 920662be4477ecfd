"""Anhøj's rules: the published limits of runs and crossings, and which points of a short series they mark."""

import numpy as np
import pytest

from qa_analysis.stats.control_charts import COMMON
from qa_analysis.stats.direction.runs import anhoej, run_causes


@pytest.mark.parametrize(
    ("points", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10)]
)
def test_the_limits_are_the_published_ones(points: int, longest: int, crossings: int) -> None:
    # Anhøj & Olesen 2014, appendix: the longest run, round(log2 n) + 3, and fewest crossings, qbinom(.05, n - 1, .5).
    found = anhoej([0, 1] * (points // 2))
    assert (found.useful, found.longest_usual, found.fewest_usual) == (points, longest, crossings)


def test_points_on_the_median_and_missing_ones_are_left_out() -> None:
    found = anhoej([1, 5, 3, np.nan, 3, 5, 1])
    assert (found.useful, found.longest, found.crossings) == (4, 2, 2)


def test_a_rise_that_crosses_the_median_once_is_a_signal_of_its_newest_run() -> None:
    y = np.array([1.0, 2, 1, 2, 1, 7, 8, 7, 8, 7])
    assert anhoej(y).is_seldom_crossed
    assert run_causes(y).tolist() == [COMMON] * 5 + ["Few Crossings, Above Median"] * 5


def test_a_run_longer_than_usual_is_marked_wherever_it_is() -> None:
    y = np.array([5.0, 1, 9, 9, 9, 9, 9, 9, 9, 1, 9, 1, 1, 1, 9, 1, 1, 1, 1, 9])
    assert anhoej(y).longest == 7
    assert not anhoej(y).is_long
    longer = np.array([9.0] * 9 + [1, 9, 1, 1, 9, 1, 1, 9, 1, 1, 1, 9, 1, 1, 1, 1, 1])
    assert run_causes(longer)[:9].tolist() == ["Long Run Above Median"] * 9
    assert (run_causes(longer)[9:] == COMMON).all()


@pytest.mark.parametrize("y", [[], [1], [1, 1, 1], [np.nan, np.nan], [3, 4]])
def test_too_little_is_no_signal(y: list[float]) -> None:
    assert not anhoej(y).is_signal
    assert (run_causes(np.array(y, dtype=float)) == COMMON).all()
