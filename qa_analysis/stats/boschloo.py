"""Boschloo's exact test of two shares, without going through every pair of counts.

Boschloo (1970), Stat. Neerl. 24:1-35. The pairs of counts that speak at least as strongly as those seen lie beyond a
staircase, because Fisher's p-value falls as the first count rises and as the second falls (the property of
convexity, Barnard 1947, Biometrika 34:123-138). One walk along the stairs finds it, and each step of the walk gives
the next p-value from the last, so the work grows with the number of cases and not with its square.
"""

from collections.abc import Callable
from functools import lru_cache
from math import exp, lgamma, pi

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none

from qa_analysis.stats.estimate import Floats

CLOSE = 1e-7  # two of Fisher's p-values nearer than this, of themselves, are the same
EXACT = 1e-9  # how near the place of the largest chance is found, by its arcsine
LOOKS = 200  # places, evenly spaced by their arcsine, where the largest chance is looked for first
NEAREST = 3  # of these, the best from which it is looked for further


def boschloo_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """Twice the smaller one-sided p-value."""
    return min(1.0, 2 * min(_one_sided(x1, n1, x2, n2), _one_sided(n1 - x1, n1, n2 - x2, n2)))


def mid_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """Twice the smaller one-sided mid-p of Fisher's exact test: half the chance of the counts seen, and all beyond.

    Lancaster (1961), J. Am. Stat. Assoc. 56:223-234. It costs as much for a million cases as for ten, and comes nearer
    to the test above the more cases there are (Hwang & Yang 2001, Stat. Sin. 11:807-826).
    """
    alike = scipy.stats.hypergeom(n1 + n2, x1 + x2, n1)
    return min(1.0, 2 * float(min(alike.sf(x1), alike.cdf(x1 - 1)) + alike.pmf(x1) / 2))


def _one_sided(x1: int, n1: int, x2: int, n2: int) -> float:
    """The largest chance, whatever share both have, of counts that speak as strongly for the first being larger."""
    logs = _log_factorials(n1 + n2)
    stairs = _stairs(x1, n1, x2, n2, logs)
    seconds = np.arange(len(stairs))
    ways = logs[n2] - logs[seconds] - logs[n2 - seconds]

    def chance(angle: float) -> float:
        share = np.sin(angle) ** 2
        of_second = np.exp(ways + seconds * np.log(share) + (n2 - seconds) * np.log1p(-share))
        beyond = scipy.special.bdtrc(stairs - 1, n1, share)  # of a first count on the stair or beyond it
        return float(beyond @ of_second)

    angles = np.linspace(0, pi / 2, LOOKS + 1)[1:-1]
    found = [chance(angle) for angle in angles]
    return max(*found, *(_largest_near(chance, angles[place]) for place in np.argsort(found)[-NEAREST:]))


def _largest_near(chance: Callable[[float], float], angle: float) -> float:
    """The largest chance between two places where it was looked for."""
    step = pi / 2 / LOOKS
    found = scipy.optimize.minimize_scalar(
        lambda near: -chance(near),
        bounds=(angle - step, angle + step), method="bounded", options={"xatol": EXACT},
    )  # fmt: skip
    return float(-found.fun)


def _stairs(x1: int, n1: int, x2: int, n2: int, logs: Floats) -> Floats:
    """For each second count, from none on, the least first count that speaks as strongly as those seen.

    It ends with the last second count for which there is one.
    """
    seen = _tail(x1, n1, x1 + x2, n2, logs) * (1 + CLOSE)
    first = next(x for x in range(n1 + 1) if _alike(x, n1, x, n2, logs) <= seen)
    p, stairs = _alike(first, n1, first, n2, logs), [first]
    for second in range(1, n2 + 1):
        together = first + second - 1
        p += _alike(first - 1, n1, together, n2, logs) * (n1 - first + 1) / (n1 + n2 - together) if first else 0.0
        while first <= n1 and p > seen:
            together = first + second
            p -= _alike(first, n1, together, n2, logs) * (n2 - second) / (n1 + n2 - together) if second < n2 else 0.0
            p = 0.0 if first == n1 else p
            first += 1
        if first > n1:
            break
        stairs.append(first)
    return np.array(stairs, dtype=float)


@lru_cache(maxsize=8)
def _log_factorials(most: int) -> Floats:
    """The logarithm of the factorial of every number up to one."""
    return np.array([lgamma(number + 1) for number in range(most + 1)])


def _tail(x1: int, n1: int, together: int, n2: int, logs: Floats) -> float:
    """Fisher's one-sided p-value: the chance of a first count of so many or more."""
    return sum(_alike(x, n1, together, n2, logs) for x in range(max(x1, together - n2), min(n1, together) + 1))


def _alike(x1: int, n1: int, together: int, n2: int, logs: Floats) -> float:
    """The chance of a first count where so many of both sides together have the trait: hypergeometric."""
    x2 = together - x1
    if not (0 <= x1 <= n1 and 0 <= x2 <= n2):
        return 0.0
    ways = logs[n1] - logs[x1] - logs[n1 - x1] + logs[n2] - logs[x2] - logs[n2 - x2]
    return exp(ways - logs[n1 + n2] + logs[together] + logs[n1 + n2 - together])
