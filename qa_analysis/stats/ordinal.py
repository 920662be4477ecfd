"""Whether a whole distribution of grades moved, from the counts of each grade, best first."""

from collections.abc import Iterator
from math import comb, log, nan, prod, sqrt

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike

from qa_analysis.stats.estimate import Estimate, Floats, undefined
from qa_analysis.stats.proportions import LEVEL, deviate

METHOD = "probability of superiority"
FEW = 10  # below this many cases on a side the p-value is that of the exact permutation test
EDGE = 1e-9  # 0 and 1 solve the equation of the limits without being limits
CLOSE = 1e-9  # two rank sums nearer than this are the same sum


def superiority(then_counts: ArrayLike, now_counts: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """The chance that a case now is graded better than one then, ties counted half; 0.5 is no change.

    Brunner & Munzel (2000), Biom. J. 42:17-25, with a logit-transformed t interval (Brunner, Bathke & Konietschke 2018,
    Rank and Pseudo-Rank Procedures). `p` is Brunner and Munzel's, or exact where a side has under ten cases or nothing
    varies. Where nothing varies, or a side has one case, the interval is Newcombe's method 5 (2006, Stat. Med.
    25:559-573).
    """
    then, now = np.asarray(then_counts, dtype=float), np.asarray(now_counts, dtype=float)
    n = round(then.sum() + now.sum())
    if min(then.sum(), now.sum()) == 0:
        return undefined(n, "no cases on one side", method=METHOD)
    value = float(now @ _share_worse(then) / now.sum())
    variance, df = _variance(then, now)
    if not variance > CLOSE**2:
        return _without_spread(then, now, value, level)
    lower, upper = _logit_limits(value, sqrt(variance), float(scipy.stats.t.ppf((1 + level) / 2, df)))
    few = min(then.sum(), now.sum()) < FEW
    p = _exact_p(then, now) if few else 2 * float(scipy.stats.t.sf(abs(value - 0.5) / sqrt(variance), df))
    return Estimate(value, lower, upper, n, p=p, method=f"{METHOD}, logit t interval")


def _without_spread(then: Floats, now: Floats, value: float, level: float) -> Estimate:
    """The estimate where the data give no variance: one side wholly better, all alike, or a side of one case."""
    n_then, n_now = round(then.sum()), round(now.sum())
    lower, upper = _newcombe_limits(value, n_then, n_now, deviate(level))
    p = _exact_p(then, now) if min(n_then, n_now) < FEW else _separated_p(then, now, value)
    return Estimate(value, lower, upper, n_then + n_now, p=p, method=f"{METHOD}, Newcombe's method 5")


def _share_worse(others: Floats) -> Floats:
    """For each grade, the share of the others that are worse, ties counted half."""
    return np.asarray((others.sum() - np.cumsum(others) + others / 2) / others.sum())


def _variance(then: Floats, now: Floats) -> tuple[float, float]:
    """The variance of the probability and Satterthwaite's degrees of freedom, nan where a side has one case."""
    if min(then.sum(), now.sum()) < 2:
        return nan, nan
    parts = [_spread(_share_worse(other), own) / own.sum() for own, other in ((then, now), (now, then))]
    total = sum(parts)
    below = sum(part**2 / (own.sum() - 1) for part, own in zip(parts, (then, now), strict=True))
    return total, total**2 / below if below > 0 else nan


def _spread(values: Floats, weights: Floats) -> float:
    """The sample variance of values that occur as often as the weights say."""
    centre = weights @ values / weights.sum()
    return float(weights @ (values - centre) ** 2 / (weights.sum() - 1))


def _logit_limits(value: float, error: float, quantile: float) -> tuple[float, float]:
    """A symmetric interval on the logit scale, so that it cannot leave 0 to 1."""
    middle, half = log(value / (1 - value)), quantile * error / (value * (1 - value))
    return float(scipy.special.expit(middle - half)), float(scipy.special.expit(middle + half))


def _newcombe_limits(value: float, n_then: int, n_now: int, z: float) -> tuple[float, float]:
    """The probabilities that lie as far from the one seen as their own standard error allows."""
    extra = (n_then + n_now) / 2 - 1

    def beyond(theta: float) -> float:
        spread = 1 + extra * (1 - theta) / (2 - theta) + extra * theta / (1 + theta)
        return (theta - value) ** 2 - z**2 * theta * (1 - theta) * spread / (n_then * n_now)

    lower = 0.0 if value == 0 else float(scipy.optimize.brentq(beyond, 0, value - EDGE))
    upper = 1.0 if value == 1 else float(scipy.optimize.brentq(beyond, value + EDGE, 1))
    return lower, upper


def _exact_p(then: Floats, now: Floats) -> float:
    """The share of all ways to deal the grades out anew that lie as far from a half: the exact permutation test.

    Every dealing of the smaller side's cases over the grades is weighed by its number of ways.
    """
    totals, few = then + now, min(then, now, key=lambda side: float(side.sum()))
    middles = np.cumsum(totals) - totals / 2
    middles -= totals @ middles / totals.sum()
    dealings = list(_dealings([round(total) for total in totals], round(few.sum())))
    ways = np.array([float(prod(map(comb, map(round, totals), dealt))) for dealt in dealings])
    far = np.abs(np.array(dealings) @ middles) >= abs(few @ middles) - CLOSE * totals.sum()
    return float(ways[far].sum() / ways.sum())


def _dealings(totals: list[int], cases: int) -> Iterator[tuple[int, ...]]:
    """Every way to take that many cases, at most so many of each grade."""
    if not totals:
        if cases == 0:
            yield ()
        return
    for taken in range(min(totals[0], cases) + 1):
        yield from ((taken, *others) for others in _dealings(totals[1:], cases - taken))


def _separated_p(then: Floats, now: Floats, value: float) -> float:
    """The exact p-value where nothing varies: all cases alike, or one side wholly better."""
    if 0 < value < 1:
        return 1.0
    totals, n_now = np.round(then + now).astype(int), round(now.sum())
    reached = np.cumsum(totals if value == 0 else totals[::-1])
    return min((1 + int(n_now in reached)) / comb(int(totals.sum()), n_now), 1.0)
