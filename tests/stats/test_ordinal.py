from itertools import combinations
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases
from scipy.stats import brunnermunzel
from warned import NO_WARNING

from qa_analysis.stats.ordinal import superiority

pytestmark = NO_WARNING

grades = st.lists(st.integers(0, 15), min_size=4, max_size=4)
few = st.lists(st.integers(0, 2), min_size=4, max_size=4)


@pytest.mark.parametrize("case", cases("ordinal_two_sample.json"))
def test_the_chance_of_better_is_that_of_the_reference(case) -> None:
    inputs, expected = case["inputs"], case["expected"]
    found = superiority(inputs["x_counts"], inputs["y_counts"])
    assert found.value == pytest.approx(expected["prob_now_better"], abs=1e-6)
    if "prob_now_better_ci_logit_t" in expected:
        assert [found.lower, found.upper] == pytest.approx(expected["prob_now_better_ci_logit_t"], abs=1e-6)


@pytest.mark.parametrize("case", cases("ordinal_two_sample.json"))
def test_its_p_value_is_brunner_and_munzels_or_exact_where_few_or_parted(case) -> None:
    inputs, expected = case["inputs"], case["expected"]
    found = superiority(inputs["x_counts"], inputs["y_counts"])
    exact = min(sum(inputs["x_counts"]), sum(inputs["y_counts"])) < 10 or not expected.get("bm_se")
    assert found.p == pytest.approx(expected["mwu_exact_permutation_p" if exact else "bm_p"], abs=1e-6)


def test_pain_scores_of_two_treatments() -> None:
    # Brunner & Munzel (2000), Biom. J. 42:17-25, Table 1: P(X < Y) + P(X = Y) / 2 = 0.789, p = 0.0058.
    found = superiority([11, 2, 0, 1, 0], [3, 1, 4, 2, 1])
    assert 1 - found.value == pytest.approx(0.789, abs=5e-4)
    assert found.p == pytest.approx(0.0058, abs=5e-5)


@pytest.mark.parametrize(("then", "now"), [([0, 0, 0, 0], [1, 2, 3, 4]), ([1, 2, 3, 4], [0] * 4), ([0] * 4, [0] * 4)])
def test_nothing_on_one_side_is_not_a_number(then, now) -> None:
    found = superiority(then, now)
    assert isnan(found.value) and isnan(found.lower) and isnan(found.p)
    assert found.note == "no cases on one side"


def test_one_case_on_each_side_says_almost_nothing() -> None:
    found = superiority([0, 0, 1, 0], [0, 1, 0, 0])
    assert (found.value, found.p) == (1, 1)
    assert found.lower < 0.3


def test_all_better_now_is_strong_but_not_certain() -> None:
    found = superiority([0, 0, 6, 4], [3, 7, 0, 0])
    assert (found.value, found.upper) == (1, 1)
    assert 0.5 < found.lower < 1
    assert found.p == pytest.approx(2 / 184_756)  # two of the ways to choose 10 of 20


def test_all_better_now_is_one_tailed_where_the_other_extreme_is_out_of_reach() -> None:
    # Then 4 of grade 3 and 8 of grade 4, now 10 of grade 1: dealing the worst 10 to now would split a grade.
    found = superiority([0, 0, 4, 8], [10, 0, 0, 0])
    assert found.p == pytest.approx(1 / 646_646)  # one of the ways to choose 10 of 22


def test_all_alike_at_both_times_is_a_half_with_no_evidence() -> None:
    found = superiority([0, 12, 0, 0], [0, 15, 0, 0])
    assert (found.value, found.p) == (0.5, 1)
    assert found.lower < 0.4 < 0.6 < found.upper


@given(grades, grades)
@settings(max_examples=150)
def test_now_and_then_turned_round_are_mirror_images(then, now) -> None:
    there, back = superiority(then, now), superiority(now, then)
    assert isnan(there.value) == bool(there.note)
    if not there.note:
        mirrored = (1 - back.value, 1 - back.upper, 1 - back.lower, back.p)
        assert (there.value, there.lower, there.upper, there.p) == pytest.approx(mirrored, abs=1e-8)
        assert 0 <= there.lower <= there.value <= there.upper <= 1
        assert there.lower < there.upper
        assert 0 <= there.p <= 1


@given(grades, grades)
@settings(max_examples=100)
def test_the_chance_is_the_share_of_pairs_that_now_wins(then, now) -> None:
    found = superiority(then, now)
    if not found.note:
        earlier, later = (np.repeat(np.arange(4), side) for side in (then, now))
        won = np.sign(earlier[:, None] - later[None, :])
        assert found.value == pytest.approx((won.mean() + 1) / 2)


@given(grades, grades)
@settings(max_examples=100)
def test_from_ten_a_side_the_p_value_is_scipys(then, now) -> None:
    found = superiority(then, now)
    if min(sum(then), sum(now)) >= 10 and "logit" in found.method:
        samples = [np.repeat(np.arange(4), side) for side in (then, now)]
        assert found.p == pytest.approx(brunnermunzel(*samples).pvalue, abs=1e-9)


@given(few, few)
@settings(max_examples=60)
def test_under_ten_a_side_the_p_value_counts_every_dealing(then, now) -> None:
    found = superiority(then, now)
    if not found.note:
        pool = np.repeat(np.arange(4), np.array(then) + np.array(now))
        dealt = [pool[list(chosen)] for chosen in combinations(range(len(pool)), sum(now))]
        ranks = {grade: (pool < grade).sum() + (pool == grade).sum() / 2 for grade in pool}
        sums = np.array([sum(ranks[grade] for grade in hand) for hand in dealt])
        seen = sum(ranks[grade] for grade in np.repeat(np.arange(4), now))
        middle = sum(now) * len(pool) / 2
        assert found.p == pytest.approx((np.abs(sums - middle) >= abs(seen - middle) - 1e-9).mean())
