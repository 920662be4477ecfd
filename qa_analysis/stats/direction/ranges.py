"""The usual range of a stretch of months, by each chart: its centre, its limits, and on which side a point lies.

Limits of shares are cut off at 0 and 1 and those of rates at 0, except on the XmR chart, which follows the NHS tool.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike

from qa_analysis.stats.control_charts import NEAR, SCREEN, TAIL, Bools, fewest, xmr
from qa_analysis.stats.direction.choosing import Chart
from qa_analysis.stats.estimate import Floats

NEAR_TAIL = 0.02275  # of a normal distribution beyond two standard deviations, two thirds of the way to a limit
MEAN_RANGE = 1.128  # mean moving range of two over the standard deviation: d2 of Shewhart's table


@dataclass(frozen=True, eq=False)
class Range:
    """Where points usually lie. One number a month: the centre, the limits, two thirds of the way, and the side."""

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    side: Floats  # 1 above the centre, -1 below it, 0 on it, blank where nothing is known

    def outside(self, y: Floats) -> Bools:
        """Whether each point lies strictly beyond a limit."""
        return (y < self.lower) | (y > self.upper)

    def near(self, y: Floats) -> Bools:
        """Whether each point lies beyond two thirds of the way to a limit."""
        return (y < self.near_lower) | (y > self.near_upper)


def xmr_range(y: Floats, *, fix_after: int | None = None) -> Range:
    """The range of an XmR chart, from the steps between neighbouring months."""
    chart = xmr(y, fix_after=fix_after)
    centre, lower, upper = (chart[name].to_numpy(dtype=float) for name in ("mean", "lower", "upper"))
    near = NEAR * (upper - centre)
    return Range(centre, lower, upper, centre - near, centre + near, np.sign(y - centre))


def binomial_range(x: Floats, n: Floats, *, fix_after: int | None = None) -> Range:
    """The range of a share by the binomial distribution at each month's own number of cases, exactly.

    The side is that of the distribution's median, so that a month without a miss is not above a usual month of none.
    """
    known = ~np.isnan(x + n)
    hits, sizes = x[:fix_after][known[:fix_after]].sum(), n[:fix_after][known[:fix_after]].sum()
    share = (hits + 0.5) / (sizes + 1)  # so that a baseline without a single miss does not rule one out

    def limits(tail: float) -> tuple[Floats, Floats]:
        low, high = (
            np.array([fewest(int(size), one, tail=tail) if ok else np.nan for size, ok in zip(n, known, strict=True)])
            for one in (share, 1 - share)
        )
        return low / n, (n - high) / n

    whole = np.nan_to_num(n).astype(int)
    below, up_to = (
        np.where(known, scipy.special.bdtr(np.nan_to_num(places), whole, share), np.nan) for places in (x - 1, x)
    )
    return _exact(hits / sizes, limits, np.where(x > 0, below, np.where(known, 0.0, np.nan)), up_to)


def poisson_range(x: Floats, n: Floats, *, fix_after: int | None = None) -> Range:
    """The range of a rate by the Poisson distribution at each month's own exposure, exactly."""
    known = ~np.isnan(x + n)
    hits, sizes = x[:fix_after][known[:fix_after]].sum(), n[:fix_after][known[:fix_after]].sum()
    usual = (hits + 0.5) / sizes * n

    def limits(tail: float) -> tuple[Floats, Floats]:
        return scipy.stats.poisson.ppf(tail, usual) / n, scipy.stats.poisson.ppf(1 - tail, usual) / n

    return _exact(
        hits / sizes, limits, np.where(x > 0, scipy.special.pdtr(x - 1, usual), 0.0), scipy.special.pdtr(x, usual)
    )


def laney_range(
    x: ArrayLike, n: ArrayLike, *, is_share: bool = True, fix_after: int | None = None, least: float = 0
) -> Range:
    """The range of a share (p′) or a rate (u′) whose months differ by more than chance alone.

    Laney (2002), Improved control charts for attributes, Quality Engineering 14(4). `least` is what the spread over
    that of chance is at least taken to be; 1 keeps limits from being narrower than chance alone.
    """
    hits, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    known = ~np.isnan(hits + sizes)[:fix_after]
    centre = hits[:fix_after][known].sum() / sizes[:fix_after][known].sum()
    chance = np.sqrt(centre * ((1 - centre) if is_share else 1) / sizes)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = (hits / sizes - centre) / chance
    spread = chance * max(_spread(score[:fix_after]), least)
    ends = (0, 1 if is_share else np.inf)
    lower, upper = (np.clip(centre + way * 3 * spread, *ends) for way in (-1, 1))
    whole = np.full(len(hits), centre)
    return Range(whole, lower, upper, whole - 2 * spread, whole + 2 * spread, np.sign(hits / sizes - centre))


def usual_range(chart: Chart, y: Floats, x: Floats, n: Floats, *, fix_after: int | None) -> Range:
    """The range that a chart gives a stretch of months."""
    by_cases: Mapping[Chart, Callable[..., Range]] = {Chart.P: binomial_range, Chart.U: poisson_range}
    if chart in by_cases:
        return by_cases[chart](x, n, fix_after=fix_after)
    if chart in (Chart.P_LANEY, Chart.U_LANEY):
        return laney_range(x, n, is_share=chart == Chart.P_LANEY, fix_after=fix_after, least=1)
    if chart == Chart.XMR:
        return xmr_range(y, fix_after=fix_after)
    return median_range(y) if chart == Chart.RUN else _nothing(y)


def median_range(y: Floats) -> Range:
    """The range of a run chart: its median, and trial limits about the mean, which decide nothing."""
    trial, median = xmr(y), np.full(len(y), np.nanmedian(y))
    lower, upper = (trial[name].to_numpy(dtype=float) for name in ("lower", "upper"))
    blank = np.full(len(y), np.nan)
    return Range(median, lower, upper, blank, blank, np.sign(y - median))


def _exact(
    centre: float, limits: Callable[[float], tuple[Floats, Floats]], below: Floats, up_to: Floats
) -> Range:  # fmt: skip
    """The range from a distribution: `below` and `up_to` are the chances of less than each point, and of at most it."""
    (lower, upper), (near_lower, near_upper) = limits(TAIL), limits(NEAR_TAIL)
    side = np.where(np.isnan(up_to), np.nan, (below >= 0.5).astype(float) - (up_to <= 0.5))
    return Range(np.full(len(lower), centre), lower, upper, near_lower, near_upper, side)


def _spread(score: Floats) -> float:
    """The standard deviation of scores from the steps between neighbours; outlying steps are left out once."""
    steps = np.abs(np.diff(score))
    steps = steps[~np.isnan(steps)]
    if not steps.any():
        return 0.0 if len(steps) else np.nan
    return float(steps[steps < SCREEN * steps.mean()].mean() / MEAN_RANGE)


def _nothing(y: Floats) -> Range:
    blank = np.full(len(y), np.nan)
    return Range(blank, blank, blank, blank, blank, blank)
