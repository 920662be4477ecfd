"""How small a change a number of audits can show, and how many audits would show it."""

from functools import cache, lru_cache

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none

from qa_analysis.stats.estimate import Estimate, Floats
from qa_analysis.stats.proportions import deviate, newcombe_limits, wilson

POWER = 0.8  # "usually notice": four times in five
STEP = 0.01
MOST_AUDITS = 2000  # a side: no council audits more in six months


def detectable_rise(successes_then: int, n_then: int, n_now: int, *, power: float = POWER) -> Estimate:
    """The smallest rise of a share that a comparison of this size would show four times in five.

    A rise is shown when the lower Newcombe limit is above zero. The share then is taken as observed; every pair of
    counts is weighed by its binomial probability, so nothing is approximated. `nan` where no rise would be shown.
    No pair is gone through by itself: for each count now, those of then that it would show are the smaller ones.
    """
    if min(n_then, n_now) < 1:
        return Estimate(np.nan, np.nan, np.nan, min(n_then, n_now), note="no audits in one of the periods")
    then = wilson(successes_then, n_then).value
    shown = _shown(n_then, n_now, then)
    for rise in np.arange(STEP, 1 - then + STEP / 2, STEP):
        if scipy.stats.binom.pmf(np.arange(n_now + 1), n_now, min(then + rise, 1.0)) @ shown >= power:
            return Estimate(float(round(rise, 2)), np.nan, np.nan, n_now, method="exact power of the Newcombe interval")
    return Estimate(np.nan, np.nan, np.nan, n_now, note="no rise would be shown four times in five")


def power_to_show(then: float, rise: float, n: int) -> float:
    """How often a comparison of n audits a side would show a rise from a share: exact, as for `detectable_rise`."""
    return float(scipy.stats.binom.pmf(np.arange(n + 1), n, then + rise) @ _shown(n, n, then))


@cache
def audits_needed(then: float, rise: float, *, power: float = POWER) -> int:
    """The fewest audits a side that would show a rise from a share four times in five; 0 where none could.

    The normal approximation says about where to look (Fleiss, Levin & Paik 2003, chapter 4); the answer is exact.
    """
    if not 0 <= then < then + rise <= 1:
        return 0
    mean = then + rise / 2
    spread = deviate(0.95) * np.sqrt(2 * mean * (1 - mean))
    spread += deviate(2 * power - 1) * np.sqrt(then * (1 - then) + (then + rise) * (1 - then - rise))
    n = max(2, int((spread / rise) ** 2))
    if n > MOST_AUDITS:
        return 0
    while n > 2 and power_to_show(then, rise, n - 1) >= power:
        n -= 1
    while power_to_show(then, rise, n) < power:
        n += 1
    return n


def _shown(n_then: int, n_now: int, then: float) -> Floats:
    """For each count now, how likely it is that the count then was small enough for a rise to be shown."""
    up_to = np.concatenate([[0.0], np.cumsum(scipy.stats.binom.pmf(np.arange(n_then + 1), n_then, then))])
    return np.asarray(up_to[smaller_counts(n_then, n_now)], dtype=float)


@lru_cache(maxsize=8)
def smaller_counts(n_then: int, n_now: int) -> Floats:
    """For each count now, how many counts of then would show a rise: all below it, as the limit falls when then rises.

    They are halved until one is left, for all counts now at once.
    """
    now = np.arange(n_now + 1)
    few, many = np.zeros(n_now + 1, dtype=int), np.full(n_now + 1, n_then + 1)
    while (few < many).any():
        middle = np.minimum((few + many) // 2, n_then)
        is_shown = newcombe_limits(now, n_now, middle, n_then)[0] > 0
        is_open = few < many
        few, many = np.where(is_shown & is_open, middle + 1, few), np.where(~is_shown & is_open, middle, many)
    return few
