"""How small a change a number of audits can show."""

import numpy as np
from scipy.stats import binom

from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import newcombe_limits, wilson

POWER = 0.8  # "usually notice": four times in five
STEP = 0.01


def detectable_rise(successes_then: int, n_then: int, n_now: int, *, power: float = POWER) -> Estimate:
    """The smallest rise of a share that a comparison of this size would show four times in five.

    A rise is shown when the lower Newcombe limit is above nought. The share then is taken as observed; every pair of
    counts is weighed by its binomial probability, so nothing is approximated. `nan` where no rise would be shown.
    """
    if min(n_then, n_now) < 1:
        return Estimate(np.nan, np.nan, np.nan, min(n_then, n_now), note="no audits in one of the periods")
    then = wilson(successes_then, n_then).value
    lower = newcombe_limits(np.arange(n_now + 1)[:, None], n_now, np.arange(n_then + 1)[None, :], n_then)[0]
    shown = (lower > 0).astype(float) @ binom.pmf(np.arange(n_then + 1), n_then, then)
    for rise in np.arange(STEP, 1 - then + STEP / 2, STEP):
        if binom.pmf(np.arange(n_now + 1), n_now, min(then + rise, 1.0)) @ shown >= power:
            return Estimate(float(round(rise, 2)), np.nan, np.nan, n_now, method="exact power of the Newcombe interval")
    return Estimate(np.nan, np.nan, np.nan, n_now, note="no rise would be shown four times in five")
