"""The planner, held to the table of the methods."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.stats.power import audits_needed, detectable_rise, power_to_show, smaller_counts
from qa_analysis.stats.proportions import newcombe_limits

# From 40% good or better: audits a side, the rise shown four times in five, power for +20 and for +10 points.
TABLE = [
    (20, 0.42, 0.22, 0.08), (30, 0.35, 0.35, 0.12), (40, 0.31, 0.46, 0.15), (60, 0.25, 0.61, 0.20),
    (90, 0.22, 0.76, 0.27), (120, 0.19, 0.87, 0.34),
]  # fmt: skip


@pytest.mark.parametrize(("n", "rise", "power_20", "power_10"), TABLE)
def test_power_is_that_of_exact_enumeration(n: int, rise: float, power_20: float, power_10: float) -> None:
    assert detectable_rise(round(0.4 * n), n, n).value == pytest.approx(rise, abs=0.005)
    assert power_to_show(0.4, 0.2, n) == pytest.approx(power_20, abs=0.005)
    assert power_to_show(0.4, 0.1, n) == pytest.approx(power_10, abs=0.006)


def test_the_audits_needed_are_the_fewest_about_the_usual_formula() -> None:
    n = audits_needed(0.4, 0.2)
    assert n == 97
    assert power_to_show(0.4, 0.2, n) >= 0.8 > power_to_show(0.4, 0.2, n - 1)


@pytest.mark.parametrize(("then", "rise"), [(0.9, 0.2), (0.4, 0.0), (0.4, -0.1), (0.5, 0.001)])
def test_where_no_number_would_show_it_none_is_named(then: float, rise: float) -> None:
    assert audits_needed(then, rise) == 0


@settings(max_examples=25)
@given(st.floats(0.1, 0.6), st.sampled_from([0.2, 0.3, 0.39]))
def test_a_larger_rise_needs_no_more_audits(then: float, rise: float) -> None:
    assert (
        0 < audits_needed(then, rise + 0.01) <= audits_needed(then, rise) + 2
    )  # power goes up in small steps and down


@given(st.integers(1, 60), st.integers(1, 60))
def test_for_each_count_now_those_of_then_that_show_a_rise_are_the_smaller_ones(n_then: int, n_now: int) -> None:
    now, then = np.arange(n_now + 1)[:, None], np.arange(n_then + 1)[None, :]
    shown = newcombe_limits(now, n_now, then, n_then)[0] > 0
    smaller = smaller_counts(n_then, n_now)
    assert (shown == (then < smaller[:, None])).all()


def test_thousands_of_audits_are_not_held_pair_by_pair() -> None:
    tracemalloc.start()
    detectable_rise(1600, 4000, 3900)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * 8 * 8000  # bytes: a hundred columns of the audits, where every pair would be four thousand
