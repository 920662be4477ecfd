"""How many of some people, by what happened to others like them."""

import numpy as np
import pytest
from scipy import stats

from qa_analysis.stats.proportions import Others, predicted


def test_one_group_is_the_beta_binomial_of_scipy() -> None:
    found = predicted([Others(12, 7, 30)])
    model = stats.betabinom(12, 7.5, 23.5)
    assert found.value == pytest.approx(model.mean())
    assert (found.lower, found.upper) == (model.ppf(0.025), model.ppf(0.975))


def test_groups_add_up_and_their_ranges_are_of_the_sum() -> None:
    one, other = Others(30, 10, 20), Others(30, 12, 20)
    both = predicted([one, other])
    assert both.value == pytest.approx(predicted([one]).value + predicted([other]).value)
    assert both.upper - both.lower < sum(predicted([each]).upper - predicted([each]).lower for each in (one, other))


def test_nobody_left_is_none_and_nobody_before_is_unknown() -> None:
    assert (predicted([Others(0, 3, 9)]).value, predicted([]).upper) == (0, 0)
    assert predicted([Others(3, 0, 0)]).note == "nobody was in that position before"


def test_the_range_holds_the_number_about_as_often_as_it_says() -> None:
    chance, held = np.random.default_rng(5), 0
    for _ in range(400):
        rates = chance.uniform(0.1, 0.9, 2)
        before = chance.binomial(25, rates)
        truth = int(chance.binomial(20, rates).sum())
        found = predicted(Others(20, int(happened), 25) for happened in before)
        held += found.lower <= truth <= found.upper
    assert 0.93 <= held / 400 <= 0.99
