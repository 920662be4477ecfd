from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases, same
from scipy.stats import CensoredData, ecdf
from warned import NO_WARNING

from qa_analysis.stats.proportions import wilson
from qa_analysis.stats.survival import completed_by, kaplan_meier, median_time

pytestmark = NO_WARNING

# Freireich et al. (1963), Blood 21:699-716: weeks in remission on 6-mercaptopurine, in Kalbfleisch & Prentice (1980).
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]

watched = st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=1, max_size=40)


@pytest.mark.parametrize("case", cases("kaplan_meier.json"))
def test_the_curve_is_that_of_the_reference(case) -> None:
    found, expected = kaplan_meier(case["inputs"]["time"], case["inputs"]["event"]), case["expected"]
    assert found["time"].tolist() == expected["times"]
    assert found["at_risk"].tolist() == expected["n_risk"]
    assert found["events"].tolist() == expected["n_event"]
    assert found["survival"].tolist() == pytest.approx(expected["surv"], abs=1e-7)


@pytest.mark.parametrize("case", cases("kaplan_meier.json"))
def test_the_share_done_by_the_day_is_that_of_the_reference(case) -> None:
    day, expected = case["inputs"]["at"], case["expected"]
    found = completed_by(case["inputs"]["time"], case["inputs"]["event"], day)
    assert found.value == pytest.approx(expected[f"done_by_{day}"], abs=1e-7)
    limits = expected[f"done_by_{day}_ci_log-log"]
    if None not in limits:  # null: the log-log limits do not exist, and ours are Wilson's
        assert [found.lower, found.upper] == pytest.approx(limits, abs=1e-7)


@pytest.mark.parametrize("case", cases("kaplan_meier.json"))
def test_the_median_is_that_of_the_reference(case) -> None:
    found, expected = median_time(case["inputs"]["time"], case["inputs"]["event"]), case["expected"]
    assert same(found.value, expected["median"], within=1e-7)
    assert same(found.lower, expected["median_ci_log-log"][0], within=1e-7)
    assert same(found.upper, expected["median_ci_log-log"][1], within=1e-7)


def test_remission_on_mercaptopurine() -> None:
    curve = kaplan_meier(WEEKS, RELAPSED).query("events > 0")
    assert curve["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve["survival"].tolist() == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert median_time(WEEKS, RELAPSED).value == 23


def test_an_action_done_on_the_day_is_done_by_it() -> None:
    assert completed_by([40, 41], [1, 1], 40).value == 0.5
    assert completed_by([40, 41], [1, 1], 39).value == 0


def test_an_action_done_on_the_day_it_was_agreed_counts() -> None:
    assert completed_by([0, 10], [1, 0], 0).value == 0.5
    assert kaplan_meier([0, 10], [1, 0])["survival"].tolist() == [0.5, 0.5]


def test_open_actions_count_for_as_long_as_they_were_watched() -> None:
    # Five watched 10 days, one done then; of the three still watched on day 20 one was done: 1 - 4/5 x 2/3.
    found = completed_by([10, 12, 20, 30, 30], [1, 0, 1, 0, 0], 40)
    assert found.value == pytest.approx(1 - 4 / 5 * 2 / 3)


def test_nothing_done_yet_is_nought_with_a_limit_above_it() -> None:
    found = completed_by([50] * 8, [0] * 8, 40)
    assert (found.value, found.lower, found.note) == (0, 0, "")
    assert found.upper == pytest.approx(wilson(0, 8).upper)


def test_all_done_is_one_with_a_limit_below_it() -> None:
    found = completed_by([5, 10, 15, 20, 25], [1] * 5, 40)
    assert (found.value, found.upper, found.note) == (1, 1, "")
    assert found.lower == pytest.approx(wilson(5, 5).lower)


def test_a_young_cohort_is_called_too_early() -> None:
    assert "too early" in completed_by([10, 20, 45, 50], [1, 1, 0, 0], 40).note
    assert "carried on from day 30" in completed_by([10, 20, 30], [1, 1, 0], 40).note


def test_nobody_watched_long_enough_gives_no_limits() -> None:
    found = completed_by([5, 8], [0, 0], 40)
    assert isnan(found.lower) and isnan(found.upper)
    assert "no case was watched" in found.note


def test_no_actions_give_an_empty_curve_and_no_figure() -> None:
    assert kaplan_meier([], []).empty
    assert list(kaplan_meier([], []).columns) == ["time", "at_risk", "events", "survival", "lower", "upper"]
    for found in (completed_by([], [], 40), median_time([], [])):
        assert isnan(found.value)
        assert (found.n, found.note) == (0, "no cases")


def test_a_case_without_a_time_is_left_out() -> None:
    assert completed_by([10, np.nan, 50], [1, 1, 0], 40).n == 2


def test_a_median_that_is_not_reached_is_not_a_number() -> None:
    found = median_time([10, 50, 50, 50], [1, 0, 0, 0])
    assert isnan(found.value)
    assert found.note == "fewer than half are done"


def test_a_curve_that_touches_a_half_through_rounding_has_reached_it() -> None:
    # Twenty-four done one a day: the product of 23/24, 22/23 ... 12/13 is a half but for 1e-16.
    assert kaplan_meier(range(1, 25), [1] * 24)["survival"][11] > 0.5
    assert median_time(range(1, 25), [1] * 24).value == 12


@given(watched)
@settings(max_examples=150)
def test_the_curve_is_scipys(cases_watched) -> None:
    time, done = (np.array(column) for column in zip(*cases_watched, strict=True))
    curve = kaplan_meier(time, done)
    expected = ecdf(CensoredData(uncensored=time[done], right=time[~done])).sf
    assert curve["time"].tolist() == expected.quantiles.tolist()
    assert curve["survival"].tolist() == pytest.approx(expected.probabilities.tolist(), abs=1e-12)


@given(watched, st.integers(0, 100), st.randoms())
@settings(max_examples=150)
def test_a_figure_lies_in_its_limits_and_no_order_matters(cases_watched, day, random) -> None:
    shuffled = random.sample(cases_watched, len(cases_watched))
    (time, done), (time2, done2) = (zip(*given, strict=True) for given in (cases_watched, shuffled))
    found = completed_by(time, done, day)
    assert found == completed_by(time2, done2, day) or isnan(found.lower)
    assert isnan(found.lower) <= bool(found.note)
    if not isnan(found.lower):
        assert 0 <= found.lower <= found.value + 1e-12
        assert found.value - 1e-12 <= found.upper <= 1
    middle = median_time(time, done)
    assert (isnan(middle.lower) or isnan(middle.upper)) <= bool(middle.note)
    curve = kaplan_meier(time, done)
    assert curve["survival"].is_monotonic_decreasing
    bounded = curve.dropna()
    assert (bounded["lower"] <= bounded["survival"] + 1e-12).all()
    assert (bounded["upper"] >= bounded["survival"] - 1e-12).all()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.integers(0, 60))
def test_with_nothing_open_it_is_the_plain_share(time, day) -> None:
    found = completed_by(time, [True] * len(time), day)
    assert found.value == pytest.approx(np.mean(np.array(time) <= day))
