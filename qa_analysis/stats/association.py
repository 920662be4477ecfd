"""Whether two things are found together more often than chance would have it."""

from math import exp, nan, sqrt
from typing import NamedTuple

import scipy  # its parts load when they are first used: a notebook that tells a month uses none

from qa_analysis.stats.estimate import Estimate, undefined
from qa_analysis.stats.proportions import LEVEL, deviate, wilson


class Together(NamedTuple):
    """How far two things go together: their overlap, and how many times as often as by chance."""

    jaccard: Estimate
    lift: Estimate


def together(both: int, left: int, right: int, n: int, *, level: float = LEVEL) -> Together:
    """Jaccard's overlap of two things and their lift, from how many of `n` cases have both, the one and the other.

    Jaccard: with both, of those with either; Wilson's interval. Lift: P(both) / (P(left) P(right)); its interval is
    normal on the logarithm, with the variance of a multinomial sample (delta method), and its p is Fisher's exact test,
    two-sided (Fisher 1935).
    """
    return Together(wilson(both, left + right - both, level=level), _lift(both, left, right, n, level=level))


def _lift(both: int, left: int, right: int, n: int, *, level: float) -> Estimate:
    method = "lift, Fisher's exact test"
    if min(left, right) == 0 or max(left, right) == n:
        return undefined(n, f"one of the two was {'never' if min(left, right) == 0 else 'always'} found", method=method)
    value = both * n / (left * right)
    p = float(scipy.stats.fisher_exact([[both, left - both], [right - both, n - left - right + both]]).pvalue)
    if both == 0:
        return Estimate(value, 0.0, nan, n, p=p, method=method, note="never together: no upper limit")
    spread = exp(deviate(level) * sqrt(_log_variance(both, left, right, n)))
    return Estimate(value, value / spread, value * spread, n, p=p, method=method)


def _log_variance(both: int, left: int, right: int, n: int) -> float:
    """The variance of log lift: of log p(both) - log p(left) - log p(right) in a multinomial sample."""
    return 1 / both - 1 / left - 1 / right - 1 / n + 2 * both / (left * right)
