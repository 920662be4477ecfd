"""Groups drawn towards their common mean, held to R's lme4."""

from collections.abc import Mapping
from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases

from qa_analysis.stats.pooling import ALIKE, NO_REPEATS, ONE_GROUP, partial_pooling

MIXED = 1e-6  # lme4's own figures are printed to fifteen digits; both sides stop their search about here


@pytest.mark.parametrize("block", [*cases("extra.json", "auditor_shift"), *cases("extra.json", "auditor_shift_2")])
def test_means_and_variances_are_those_of_lme4(block: Mapping[str, Any]) -> None:
    found = partial_pooling(block["shifts"])
    assert [group.value for group in found.groups] == pytest.approx(block["blup"], abs=MIXED)
    assert (found.mean, found.between, found.within) == pytest.approx(
        (block["grand_mean"], block["tau2"], block["sigma2"]), abs=MIXED
    )


def test_the_same_without_the_reference_file() -> None:
    """R 4.2.2, lme4 1.1-31, lmer(shift ~ 1 + (1 | auditor)), REML."""
    shifts = [
        [1, 0, 1, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0], [1, 1, 0, 1, 0, 1, 0, 1], [0, -1, 0, 0, 0], [1, 1],
        [0, 1, 0, 0, 1, 0, 0], [0, 0, 1, -1, 0, 0, 0, 1, -1], [0, 1, 0], [1, 0, 1, 0, 1, 0],
    ]  # fmt: skip
    found = partial_pooling(shifts)
    assert (found.mean, found.between, found.within) == pytest.approx((0.29246448, 0.04179924, 0.28447270), abs=MIXED)
    assert found.groups[5].value == pytest.approx(0.45316408, abs=MIXED)  # raw mean 1.0, of two cases


def test_fewer_cases_are_drawn_further() -> None:
    few, many = (partial_pooling([[1] * n, [0, 0, 1, 0] * 3, [0] * 8]).groups[0].value for n in (2, 10))
    assert 0 < few < many < 1


@pytest.mark.parametrize("values", [[], [[]], [[1, 0, 1]], [[1, 0], []]])
def test_one_group_alone_has_nobody_to_be_compared_with(values: list[list[float]]) -> None:
    found = partial_pooling(values)
    assert found.note == ONE_GROUP
    assert all(isnan(group.value) and group.note for group in found.groups)


def test_groups_that_differ_by_chance_alone_are_drawn_all_the_way() -> None:
    found = partial_pooling([[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    assert (found.note, found.between) == (ALIKE, 0.0)
    assert {round(group.value, 9) for group in found.groups} == {round(1 / 3, 9)}


def test_single_cases_cannot_tell_groups_apart() -> None:
    assert partial_pooling([[0], [1], [1]]).note == NO_REPEATS


def test_no_move_at_all_is_not_certain() -> None:
    found = partial_pooling([[0, 0, 0], [0, 0]])
    assert all(group.value == 0 and group.lower < 0 < group.upper for group in found.groups)


@settings(max_examples=150)
@given(st.lists(st.lists(st.integers(-3, 3), max_size=6), max_size=6))
def test_a_drawn_mean_lies_between_its_own_and_the_common_one_within_its_interval(values: list[list[int]]) -> None:
    found = partial_pooling(values)
    assert len(found.groups) == len(values)
    for group, own in zip(found.groups, values, strict=True):
        if isnan(group.value):
            assert group.note
            continue
        low, high = sorted((float(np.mean(own)), found.mean))
        assert low - 1e-9 <= group.value <= high + 1e-9
        assert group.lower <= group.value <= group.upper
