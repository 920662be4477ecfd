"""The usual range by each chart: the published formulas, and limits that chance alone seldom passes."""

import numpy as np
import pytest
from scipy.stats import binom, poisson

from qa_analysis.stats.control_charts import TAIL, p_chart
from qa_analysis.stats.direction.ranges import binomial_range, laney_range, poisson_range

HITS, SIZES = np.array([41.0, 38, 45, 40, 36, 44, 39, 42]), np.array([50.0, 48, 52, 50, 46, 55, 47, 51])


def test_laneys_limits_are_shewharts_times_the_spread_of_the_scores() -> None:
    # Laney 2002: z = (p - pbar) / sigma, spread = mean moving range of z / 1.128.
    plain, found = p_chart(HITS, SIZES), laney_range(HITS, SIZES)
    score = (HITS / SIZES - HITS.sum() / SIZES.sum()) / ((plain["upper"] - plain["mean"]) / 3)
    spread = np.abs(np.diff(score)).mean() / 1.128
    assert spread < 1
    expected = plain["mean"] + (plain["upper"] - plain["mean"]) * spread
    assert found.upper.tolist() == pytest.approx(expected.tolist())
    assert laney_range(HITS, SIZES, least=1).upper.tolist() == pytest.approx(plain["upper"].tolist())


def test_months_that_differ_by_more_than_chance_have_wider_limits_and_stay_within_the_whole() -> None:
    hits = np.array([300.0, 380, 310, 390, 305, 385, 300, 388])
    found, plain = laney_range(hits, np.full(8, 400.0)), p_chart(hits, np.full(8, 400.0))
    assert (found.lower < plain["lower"]).all()
    assert (found.upper <= 1).all()


def test_a_rate_has_limits_by_its_exposure() -> None:
    found = laney_range([90, 100, 110, 95], [100, 100, 100, 50], is_share=False, least=1)
    assert found.upper[3] > found.upper[0] > found.centre[0] == pytest.approx(395 / 350)
    assert (found.lower >= 0).all()


def test_exact_limits_are_passed_by_chance_no_more_than_once_in_740() -> None:
    found = binomial_range(HITS, SIZES)
    share = (HITS.sum() + 0.5) / (SIZES.sum() + 1)
    assert (binom.cdf(np.round(found.lower * SIZES) - 1, SIZES, share) < TAIL).all()
    assert (binom.sf(np.round(found.upper * SIZES), SIZES, share) < TAIL).all()
    counts = np.array([2.0, 0, 3, 1, 2, 4, 1, 2])
    rate = poisson_range(counts, np.ones(8))
    assert (poisson.sf(rate.upper, (counts.sum() + 0.5) / 8) <= TAIL).all()


def test_a_month_without_a_miss_is_not_above_a_usual_month_of_none() -> None:
    hits, sizes = np.array([30.0] * 11 + [29.0]), np.full(12, 30.0)
    found = binomial_range(hits, sizes)
    assert found.side.tolist() == [0.0] * 11 + [-1.0]
    assert not found.near(hits / sizes).any()


def test_a_gap_has_no_limit_and_no_side_and_takes_no_part() -> None:
    gap = np.array([np.nan])
    for made in (binomial_range, poisson_range):
        found = made(np.concatenate([HITS, gap]), np.concatenate([SIZES, gap]))
        assert np.isnan([found.lower[-1], found.upper[-1], found.side[-1]]).all()
        assert found.upper[:-1].tolist() == made(HITS, SIZES).upper.tolist()
