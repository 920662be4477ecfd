"""Counts of events in two periods of the same length."""

from math import inf

import scipy  # its parts load when they are first used: a notebook that tells a month uses none

from qa_analysis.stats.estimate import Estimate, undefined
from qa_analysis.stats.proportions import LEVEL, clopper_pearson


def ratio_of_counts(now: int, then: int, *, level: float = LEVEL) -> Estimate:
    """How many times as many events there were, with its exact interval and p.

    Given their sum, one of two Poisson counts is binomial: Przyborowski & Wilenski (1940), Biometrika 31:313-323. The
    interval is Clopper and Pearson's, as odds. Of no event at all there is no ratio.
    """
    method = "exact conditional test of two counts"
    if now + then == 0:
        return undefined(0, "none in either period", method=method)
    share = clopper_pearson(now, now + then, level=level)
    ratio, lower, upper = (one / (1 - one) if one < 1 else inf for one in (share.value, share.lower, share.upper))
    p = float(scipy.stats.binomtest(now, now + then, 0.5).pvalue)
    return Estimate(ratio, lower, upper, now + then, p=p, method=method)
