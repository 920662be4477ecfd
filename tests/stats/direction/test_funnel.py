"""Teams beside each other: limits enumerated exactly for every number of cases from 3 to 40."""

import numpy as np
import pytest
from scipy.stats import binom

from qa_analysis.stats.control_charts import TAIL
from qa_analysis.stats.direction.funnel import funnel

SHARES = (0.05, 0.2, 0.5, 0.64, 0.8, 0.92, 0.99)
OUTCOMES = [(x, n) for n in range(3, 41) for x in range(n + 1)]


@pytest.mark.parametrize("share", SHARES)
def test_chance_alone_passes_a_limit_no_more_often_than_told_whatever_the_number_of_cases(share: float) -> None:
    x, n = (np.array(column) for column in zip(*OUTCOMES, strict=True))
    found = funnel(x, n, share=share).assign(n=n, chance=binom.pmf(x, n, share))
    for side in ("above", "below"):
        errs = found["chance"].where(found["outside"] == side, 0).groupby(found["n"]).sum()
        assert len(errs) == 38
        assert (errs <= TAIL).all()


@pytest.mark.parametrize("share", SHARES)
def test_limits_are_as_close_as_that_allows(share: float) -> None:
    """One case more within the limits would pass them too often."""
    for n in range(3, 41):
        row = funnel([0], [n], share=share).iloc[0]
        lowest, highest = round(row["lower"] * n), round(row["upper"] * n)
        assert binom.cdf(lowest, n, share) >= TAIL
        assert binom.sf(highest - 1, n, share) >= TAIL
        assert bool(row["can_be_below"]) == (binom.cdf(0, n, share) < TAIL)
        assert bool(row["can_be_above"]) == (binom.pmf(n, n, share) < TAIL)


def test_a_team_of_two_is_not_judged_and_a_team_of_three_seldom_can_be() -> None:
    found = funnel([0, 0, 60], [2, 3, 70])
    assert found["y"].isna().tolist() == [True, False, False]
    assert found["outside"].tolist() == ["", "", ""]
    assert found["can_be_above"].tolist() == [False, False, True]
    assert found["centre"].tolist() == pytest.approx([60 / 73] * 3)


def test_a_team_far_below_the_others_is_outside() -> None:
    found = funnel([5, 36, 35, 37], [40, 40, 40, 40])
    assert found["outside"].tolist() == ["below", "", "", "above"]


def test_no_team_is_no_error() -> None:
    assert funnel([], []).empty
    assert funnel([1], [2])["outside"].tolist() == [""]
