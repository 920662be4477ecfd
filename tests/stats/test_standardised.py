"""A change split into mix and remainder."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.stats.proportions import newcombe
from qa_analysis.stats.standardised import NO_STRATUM, split_change


def test_a_change_of_mix_alone_leaves_no_remainder() -> None:
    # Kinds at 80% and 20%, both times; the first is 10 of 40 then and 30 of 40 now: 65% less 35%.
    found = split_change([24, 2], [30, 10], [8, 6], [10, 30])
    assert found.mix == pytest.approx(0.3)
    assert found.remainder.value == pytest.approx(0.0)


def test_a_change_within_kinds_is_all_remainder_where_the_mix_is_the_same() -> None:
    found = split_change([15, 10], [20, 20], [10, 5], [20, 20])
    assert (found.mix, found.remainder.value) == pytest.approx((0.0, 0.25))


def test_kitagawas_parts_are_weighted_by_the_mean_of_both_mixes() -> None:
    # Weights (.5 + .25)/2 and (.5 + .75)/2; changes within kinds .4 and .2.
    found = split_change([16, 8], [20, 20], [4, 6], [10, 30])
    assert found.remainder.value == pytest.approx(0.375 * 0.4 + 0.625 * 0.2)
    assert found.mix + found.remainder.value == pytest.approx(24 / 40 - 10 / 40)


def test_one_kind_is_newcombes_interval() -> None:
    found, plain = split_change([56], [70], [48], [80]).remainder, newcombe(56, 70, 48, 80)
    assert (found.lower, found.upper) == pytest.approx((plain.lower, plain.upper))


def test_kinds_of_one_period_only_are_mix_and_are_counted() -> None:
    found = split_change([5, 5, 0], [10, 10, 0], [5, 0, 2], [10, 0, 4])
    assert (found.remainder.value, found.outside) == (0.0, 14)
    assert found.mix == pytest.approx(10 / 20 - 7 / 14)


def test_without_a_common_kind_there_is_no_remainder() -> None:
    found = split_change([1, 0], [2, 0], [0, 1], [0, 2])
    assert (isnan(found.remainder.value), found.remainder.note) == (True, NO_STRATUM)
    assert split_change([], [], [], []).remainder.note == "no cases on one side"


@settings(max_examples=200)
@given(st.lists(st.tuples(*[st.integers(0, 20)] * 4), min_size=1, max_size=6))
def test_the_parts_make_the_whole_and_the_interval_holds_the_remainder(cells: list[tuple[int, int, int, int]]) -> None:
    good_now, bad_now, good_then, bad_then = np.array(cells).T
    now, then = good_now + bad_now, good_then + bad_then
    found = split_change(good_now, now, good_then, then)
    if isnan(found.remainder.value):
        return
    assert found.mix + found.remainder.value == pytest.approx(good_now.sum() / now.sum() - good_then.sum() / then.sum())
    assert -1 <= found.remainder.lower <= found.remainder.value <= found.remainder.upper <= 1
