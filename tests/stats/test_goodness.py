import numpy as np
import pytest

from qa_analysis.stats.goodness import fit, pooled, residual_ps


def test_pearsons_statistic_is_the_textbooks() -> None:
    """Mendel's peas, 315, 108, 101 and 32 against 9 : 3 : 3 : 1: 0.47 on three degrees of freedom."""
    found = fit([315, 108, 101, 32], [312.75, 104.25, 104.25, 34.75])
    assert (round(found.statistic, 3), found.df, round(found.p, 3)) == (0.470, 3, 0.925)


def test_groups_of_which_few_are_expected_are_put_together() -> None:
    seen, due = pooled(np.array([1.0, 3.0, 20.0, 30.0]), np.array([2.0, 1.5, 22.0, 28.5]))
    assert due.tolist() == [28.5, 25.5]  # two alone are too few, so the next smallest joins them
    assert seen.tolist() == [30.0, 24.0]


def test_one_group_is_no_comparison() -> None:
    assert "too few" in fit([3, 4], [3.5, 3.5]).note
    assert np.isnan(fit([3, 4], [3.5, 3.5]).p)


def test_the_group_furthest_away_has_the_smallest_p() -> None:
    ps = residual_ps(np.array([30.0, 50.0, 20.0]), np.array([15.0, 60.0, 25.0]))
    assert ps.argmin() == 0
    assert ps[0] == pytest.approx(2 * 1.34e-5, rel=0.02)  # 15 / sqrt(15 x 0.85) = 4.2 standard deviations
