import numpy as np
import pytest

from qa_analysis.stats.settling import drift, moved


def test_the_mean_has_students_interval_and_a_band_for_the_next() -> None:
    found = moved([1, 2, 3, 4])  # t(.975, 3) = 3.18245, s = 1.29099
    assert found.mean == 2.5
    assert (found.mean_lower, found.mean_upper) == pytest.approx((0.4457397, 4.5542603))
    assert (found.band_lower, found.band_upper) == pytest.approx((-2.0934656, 7.0934656))


def test_the_median_has_the_exact_interval_of_order_statistics() -> None:
    found = moved(range(10, 0, -1))  # of ten, the second and the ninth: 97.9%
    assert (found.median, found.median_lower, found.median_upper) == (5.5, 2, 9)


def test_too_few_changes_have_no_interval() -> None:
    assert np.isnan([moved([1, 2]).mean_lower, moved([1, 2]).band_upper, moved(range(5)).median_lower]).all()
    assert moved([]).changes == 0


def test_a_slope_is_tested_from_twelve_vintages_on() -> None:
    slope, p = drift(range(12), [2 * lag for lag in range(12)])
    assert slope == pytest.approx(2)
    assert p < 0.001
    assert np.isnan(drift(range(11), range(11))).all()
    assert np.isnan(drift(range(12), [0] * 12)).all()
