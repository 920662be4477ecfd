"""How many of some people something will happen to, where of others like them it happened to so many."""

from collections.abc import Iterable
from functools import reduce
from typing import Final, NamedTuple

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none

from qa_analysis.stats.estimate import Estimate, Floats, undefined

PRIOR: Final = 0.5  # Jeffreys
METHOD: Final = "as of others before, beta-binomial"


class Group(NamedTuple):
    """So many people now, and to how many of others like them it happened before."""

    now: int
    happened: int
    of: int


def expected(groups: Iterable[Group], *, level: float = 0.95) -> Estimate:
    """To how many it will happen, all groups together, with the range in which the number will lie.

    Each group's number is beta-binomial: Jeffreys' prior and what happened before. The range counts chance among those
    of now and how little is known of those before; it does not count that times may change. `nan` where a group of now
    has nobody before.
    """
    held = [group for group in groups if group.now]
    size = sum(group.now for group in held)
    if not held:
        return Estimate(0, 0, 0, 0, method=METHOD)
    if any(not group.of for group in held):
        return undefined(size, "nobody was in that position before", method=METHOD)
    chances = reduce(np.convolve, (_chances(group) for group in held))
    reached, tail = np.cumsum(chances), (1 - level) / 2
    mean = float(np.arange(size + 1) @ chances)
    lower, upper = (int(np.searchsorted(reached, at)) for at in (tail, 1 - tail))
    return Estimate(mean, lower, upper, size, method=METHOD)


def _chances(group: Group) -> Floats:
    """The chance of each number of a group, from none to all."""
    number = np.arange(group.now + 1)
    yes, no = group.happened + PRIOR, group.of - group.happened + PRIOR
    beta, choose = scipy.special.betaln, scipy.special.gammaln
    ways = choose(group.now + 1) - choose(number + 1) - choose(group.now - number + 1)
    chances: Floats = np.exp(ways + beta(number + yes, group.now - number + no) - beta(yes, no))
    return chances
