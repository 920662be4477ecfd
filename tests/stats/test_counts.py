"""Two counts of events, compared exactly."""

from math import inf, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qa_analysis.stats.counts import ratio_of_counts


def test_the_ratio_and_its_exact_p() -> None:
    found = ratio_of_counts(20, 10)
    assert found.value == pytest.approx(2)
    assert found.p == pytest.approx(2 * stats.binom.sf(19, 30, 0.5))  # the binomial's own tail, both ends


def test_the_interval_is_that_of_an_exact_share_as_odds() -> None:
    found, share = ratio_of_counts(12, 4), stats.binomtest(12, 16).proportion_ci(method="exact")
    assert (found.lower, found.upper) == (
        pytest.approx(share.low / (1 - share.low)),
        pytest.approx(share.high / (1 - share.high)),
    )


def test_of_none_before_the_ratio_has_no_upper_end_and_of_none_at_all_there_is_none() -> None:
    assert (ratio_of_counts(3, 0).value, ratio_of_counts(3, 0).upper) == (inf, inf)
    assert ratio_of_counts(0, 3).lower == 0
    none = ratio_of_counts(0, 0)
    assert isnan(none.value)
    assert none.note == "none in either period"


@given(st.integers(0, 60), st.integers(0, 60))
def test_turning_the_periods_round_turns_the_ratio_round(now: int, then: int) -> None:
    one, other = ratio_of_counts(now, then), ratio_of_counts(then, now)
    if now and then:
        assert one.value == pytest.approx(1 / other.value)
        assert one.lower == pytest.approx(1 / other.upper)
    if now + then:
        assert one.p == pytest.approx(other.p)
