"""Shares, differences of shares and rates, with intervals that hold when there are few cases."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, reduce
from math import nan, sqrt
from typing import Final, NamedTuple

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike

from qa_analysis.stats.boschloo import boschloo_p, mid_p
from qa_analysis.stats.estimate import Estimate, Floats, Test, undefined

LEVEL = 0.95
EXACT_UP_TO = 10_000  # cases of both sides: beyond it the exact test and the mid-p tell alike (docs/methods.md)
LARGEST_Z = 40.0  # a normal deviate beyond which a p-value is no longer a number a computer can hold
NO_CASES = "no cases"
PRIOR: Final = 0.5  # Jeffreys
PREDICTED: Final = "as of others before, beta-binomial"


def wilson(successes: float, n: float, *, level: float = LEVEL) -> Estimate:
    """A share with Wilson's score interval; `n` may be an effective number of cases.

    Wilson (1927), J. Am. Stat. Assoc. 22:209-212.
    """
    if not 0 <= successes <= n or n == 0:
        return undefined(round(max(n, 0)), NO_CASES if n == 0 else "not a part of a whole", method="Wilson")
    lower, upper = wilson_limits(successes / n, n, level=level)
    return Estimate(successes / n, float(lower), float(upper), round(n), method="Wilson")


def wilson_limits(share: ArrayLike, n: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """The limits of Wilson's interval, for one share or an array of them."""
    return _score_limits(np.asarray(share, dtype=float), np.asarray(n, dtype=float), deviate(level))


def clopper_pearson(successes: int, n: int, *, level: float = LEVEL) -> Estimate:
    """A share with the exact interval, which never covers less often than it says.

    Clopper & Pearson (1934), Biometrika 26:404-413.
    """
    if not 0 <= successes <= n or n == 0:
        return undefined(max(n, 0), NO_CASES if n == 0 else "not a part of a whole", method="Clopper-Pearson")
    limits = scipy.stats.binomtest(successes, n).proportion_ci(level, method="exact")
    return Estimate(successes / n, float(limits.low), float(limits.high), n, method="Clopper-Pearson")


def poisson_rate(events: int, exposure: float, *, per: float = 1, level: float = LEVEL) -> Estimate:
    """Events per so much of what they could happen to, with the exact interval.

    Garwood (1936), Biometrika 28:437-442. `n` is what they could happen to, as a whole number.
    """
    method = "Poisson, exact"
    if not exposure > 0:
        return undefined(0, NO_CASES, method=method)
    tail = (1 - level) / 2
    least = scipy.stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    most = scipy.stats.chi2.isf(tail, 2 * events + 2) / 2
    value, lower, upper = (per * float(number) / exposure for number in (events, least, most))
    return Estimate(value, lower, upper, round(exposure), method=method)


def newcombe(x1: int, n1: int, x2: int, n2: int, *, level: float = LEVEL) -> Estimate:
    """The first share less the second, with the hybrid score interval and the p-value that agrees with it.

    Newcombe (1998), Stat. Med. 17:873-890, method 10. `p` is 2(1 - Phi(z)) for the z at which a limit touches zero.
    """
    method = "Newcombe hybrid score"
    if n1 == 0 or n2 == 0:
        return undefined(n1 + n2, "no cases on one side" if n1 + n2 else NO_CASES, method=method)
    if not (0 <= x1 <= n1 and 0 <= x2 <= n2):
        return undefined(max(n1, 0) + max(n2, 0), "not a part of a whole", method=method)
    lower, upper = newcombe_limits(x1, n1, x2, n2, level=level)
    difference = x1 / n1 - x2 / n2
    return Estimate(difference, float(lower), float(upper), n1 + n2, p=_newcombe_p(x1, n1, x2, n2), method=method)


def newcombe_limits(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """The limits of Newcombe's interval, for one pair of shares or arrays of them."""
    sizes = np.asarray(n1, dtype=float), np.asarray(n2, dtype=float)
    return _hybrid_limits(np.asarray(x1 / sizes[0]), sizes[0], np.asarray(x2 / sizes[1]), sizes[1], deviate(level))


def boschloo(x1: int, n1: int, x2: int, n2: int) -> Test:
    """An exact test that two shares are the same, twice the smaller one-sided p-value.

    Boschloo (1970), Stat. Neerl. 24(1); how it is found without every pair of counts is told in `boschloo_p`. Of more
    than `EXACT_UP_TO` cases together, which no council has, the p-value is Fisher's mid-p (`mid_p`).
    """
    if min(n1, n2) == 0:
        return Test(nan, nan, nan, "no cases on one side")
    difference = x1 / n1 - x2 / n2
    if x1 + x2 in (0, n1 + n2):
        return Test(difference, nan, 1.0, "every case is alike")
    p = boschloo_p if n1 + n2 <= EXACT_UP_TO else mid_p
    return Test(difference, nan, p(x1, n1, x2, n2))


def holm(p_values: ArrayLike) -> Floats:
    """p-values raised so that a whole family of tests errs at most as often as one would; `nan` stays out.

    Holm (1979), Scand. J. Stat. 6:65-70.
    """
    p = np.asarray(p_values, dtype=float)
    adjusted = np.full(p.shape, nan)
    order = np.argsort(p)[: np.count_nonzero(~np.isnan(p))]
    raised = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(raised), 1)
    return adjusted


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """p-values raised so that, of the tests that pass, a known share at most is false; `nan` stays out.

    Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289-300.
    """
    p = np.asarray(p_values, dtype=float)
    adjusted, known = np.full(p.shape, nan), ~np.isnan(p)
    if known.any():
        adjusted[known] = scipy.stats.false_discovery_control(p[known])
    return adjusted


def effective_n(n: float, *, mean_cluster: float, icc: float) -> float:
    """How many independent cases `n` clustered ones are worth.

    Kish (1965), Survey Sampling, the design effect: n / (1 + (mean cluster size - 1) x intraclass correlation).
    """
    return n / (1 + (mean_cluster - 1) * icc)


@cache
def deviate(level: float) -> float:
    """The normal deviate of a two-sided interval: 1.96 for 0.95."""
    return float(scipy.special.ndtri((1 + level) / 2))


def hypergeometric_limits(found: int, drawn: int, total: int, *, level: float = LEVEL) -> tuple[int, int]:
    """How few and how many of `total` may have a trait when `found` of `drawn` at random do.

    Konijn's method: the exact one-sided tests inverted, Buonaccorsi (1987), Am. Stat. 41:215-218.
    """
    if drawn == total:
        return found, found
    tail, possible = (1 - level) / 2, range(found, total - drawn + found + 1)
    lowest = bisect_left(
        possible, True, key=lambda k: bool(scipy.stats.hypergeom.sf(found - 1, total, k, drawn) > tail)
    )
    beyond = bisect_left(possible, True, key=lambda k: bool(scipy.stats.hypergeom.cdf(found, total, k, drawn) <= tail))
    return possible[lowest], possible[beyond - 1]


def two_phase(
    auditor_good: int,
    audits: int,
    *,
    referred: Sequence[tuple[int, int]],
    sample: Sequence[tuple[int, int]],
    level: float = LEVEL,
) -> Estimate:
    """The share that would be good had the panel seen every audit.

    `referred` (a census) and `sample` (at random from the rest) hold pairs: good to the auditor, good to the panel.
    The two-phase difference estimator, Cochran (1977), Sampling Techniques, chapter 12. Where no sampled grade changed,
    the half-width is the largest number of changes that the sample would miss one time in twenty.
    """
    method, rest, drawn = "two-phase difference", audits - len(referred), len(sample)
    if audits == 0 or (drawn == 0 and rest > 0) or drawn > rest:
        note = NO_CASES if audits == 0 else "no audit was moderated at random" if drawn == 0 else "more drawn than held"
        return undefined(max(audits, 0), note, method=method)
    moved = np.array([panel - auditor for auditor, panel in sample], dtype=float)
    shift = sum(panel - auditor for auditor, panel in referred) + rest * (moved.mean() if drawn else 0)
    value = float(np.clip((auditor_good + shift) / audits, 0, 1))
    half = _two_phase_half(moved, rest, level) / audits
    note = "one random moderation gives no interval" if np.isnan(half) else ""
    lower, upper = np.clip([value - half, value + half], 0, 1)
    return Estimate(value, float(lower), float(upper), audits, method=method, note=note)


def _two_phase_half(moved: Floats, rest: int, level: float) -> float:
    """Half the interval of the number of changes among the unsampled, `nan` where a single draw changed."""
    drawn = len(moved)
    if drawn == rest:
        return 0.0
    if not moved.any():
        return float(hypergeometric_limits(0, drawn, rest, level=2 * level - 1)[1])
    if drawn == 1:
        return nan
    return float(
        scipy.stats.t.ppf((1 + level) / 2, drawn - 1) * rest * sqrt((1 - drawn / rest) * moved.var(ddof=1) / drawn)
    )


def _newcombe_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """Twice the tail beyond the normal deviate at which the nearer limit touches zero."""
    if x1 * n2 == x2 * n1:
        return 1.0
    if x1 * n2 < x2 * n1:
        return _newcombe_p(x2, n2, x1, n1)
    p1, p2, size1, size2 = (np.asarray(value, dtype=float) for value in (x1 / n1, x2 / n2, n1, n2))

    def nearer(z: float) -> float:
        return float(_hybrid_limits(p1, size1, p2, size2, z)[0])

    if nearer(LARGEST_Z) > 0:
        return 0.0
    return 2 * float(scipy.stats.norm.sf(scipy.optimize.brentq(nearer, 0, LARGEST_Z, xtol=1e-12)))


def _hybrid_limits(p1: Floats, n1: Floats, p2: Floats, n2: Floats, z: float) -> tuple[Floats, Floats]:
    (lower1, upper1), (lower2, upper2) = _score_limits(p1, n1, z), _score_limits(p2, n2, z)
    difference = p1 - p2
    return (
        np.asarray(difference - np.hypot(p1 - lower1, upper2 - p2)),
        np.asarray(difference + np.hypot(upper1 - p1, p2 - lower2)),
    )


def _score_limits(p: Floats, n: Floats, z: float) -> tuple[Floats, Floats]:
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return np.clip(centre - half, 0, p), np.clip(centre + half, p, 1)


class Others(NamedTuple):
    """So many people now, and to how many of others like them it happened before."""

    now: int
    happened: int
    of: int


def predicted(groups: Iterable[Others], *, level: float = LEVEL) -> Estimate:
    """To how many it will happen, all groups together, with the range in which the number will lie.

    Each group's number is beta-binomial: Jeffreys' prior and what happened before. The range counts chance among those
    of now and how little is known of those before; it does not count that times may change. `nan` where a group of now
    has nobody before.
    """
    held = [group for group in groups if group.now]
    size = sum(group.now for group in held)
    if not held:
        return Estimate(0, 0, 0, 0, method=PREDICTED)
    if any(not group.of for group in held):
        return undefined(size, "nobody was in that position before", method=PREDICTED)
    chances = reduce(np.convolve, (_chances(group) for group in held))
    reached, tail = np.cumsum(chances), (1 - level) / 2
    mean = float(np.arange(size + 1) @ chances)
    lower, upper = (int(np.searchsorted(reached, at)) for at in (tail, 1 - tail))
    return Estimate(mean, lower, upper, size, method=PREDICTED)


def _chances(group: Others) -> Floats:
    """The chance of each number of a group, from none to all."""
    number = np.arange(group.now + 1)
    yes, no = group.happened + PRIOR, group.of - group.happened + PRIOR
    beta, choose = scipy.special.betaln, scipy.special.gammaln
    ways = choose(group.now + 1) - choose(number + 1) - choose(group.now - number + 1)
    chances: Floats = np.exp(ways + beta(number + yes, group.now - number + no) - beta(yes, no))
    return chances
