"""In which direction the second grader moves grades: tests on a square table, rows the auditor, columns the panel."""

from math import nan, sqrt

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike

from qa_analysis.stats.estimate import Estimate, Floats, Test, undefined
from qa_analysis.stats.proportions import LEVEL, wilson, wilson_limits

NO_CHANGE = "no grade was changed"
RANK = 1e-10  # an eigenvalue this small beside the largest is zero
MOST_EXACT = 5000  # changes beyond which the normal approximation is as good, and quicker


def moves(table: ArrayLike) -> tuple[int, int, int]:
    """How many grades the panel lowered, left and raised."""
    cells = np.asarray(table, dtype=float)
    return round(np.triu(cells, 1).sum()), round(np.trace(cells)), round(np.tril(cells, -1).sum())


def share_lowered(table: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """Of the grades that the panel changed, the share it lowered, with Wilson's interval: a half is no direction."""
    lowered, _, raised = moves(table)
    changed = lowered + raised
    return wilson(lowered, changed, level=level) if changed else undefined(0, NO_CHANGE, method="Wilson")


def mean_shift(table: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """By how many grades the panel moves a grade downwards on the whole; above zero the auditors are the milder.

    Limits of both directions are Wilson's, with the number of cases that gives each its variance, joined by the method
    of variance estimates recovery with the correlation of two parts of one whole (Zou & Donner 2008, Stat. Med.
    27:1693-1702).
    """
    cells, method = np.asarray(table, dtype=float), "mean shift, variance estimates recovery"
    n = cells.sum()
    if not n:
        return undefined(0, "no pairs of grades", method=method)
    steps = np.subtract.outer(np.arange(len(cells)), np.arange(len(cells)))
    (down, low, high), (up, least, most) = (_side(cells, np.maximum(way, 0), level) for way in (-steps, steps))
    rho = _correlation(cells, steps)
    value = down - up
    below = sqrt((down - low) ** 2 + (most - up) ** 2 - 2 * rho * (down - low) * (most - up))
    above = sqrt((high - down) ** 2 + (up - least) ** 2 - 2 * rho * (high - down) * (up - least))
    return Estimate(value, value - below, value + above, round(n), method=method)


def sign_test(table: ArrayLike, *, mid_p: bool = False) -> Test:
    """Whether the panel lowers more grades than it raises, or fewer: the exact two-sided sign test.

    Dixon & Mood (1946), J. Am. Stat. Assoc. 41:557-566. `mid_p` counts half the probability of the table itself
    (Lancaster 1961, J. Am. Stat. Assoc. 56:223-234), which errs about as often as it says instead of half as often.
    """
    lowered, _, raised = moves(table)
    changed = lowered + raised
    if changed == 0:
        return Test(nan, 0, nan, NO_CHANGE)
    p = float(scipy.stats.binomtest(lowered, changed).pvalue)
    if mid_p and lowered != raised:
        p -= float(scipy.stats.binom.pmf(lowered, changed, 0.5))
    return Test(lowered, changed, p)


def sign_flip_test(table: ArrayLike) -> Test:
    """Whether the panel moves grades down or up on the whole, a move of two grades counting twice: exact.

    Fisher (1935), The Design of Experiments, section 21. Every change could as well have gone the other way.
    """
    cells = np.asarray(table, dtype=float)
    steps = range(1, len(cells))
    lowered, raised = ([round(np.trace(side, step)) for step in steps] for side in (cells, cells.T))
    changed = [down + up for down, up in zip(lowered, raised, strict=True)]
    if not sum(changed):
        return Test(nan, 0, nan, NO_CHANGE)
    total = sum(step * (down - up) for step, down, up in zip(steps, lowered, raised, strict=True))
    p = _normal_p(changed, total) if sum(changed) > MOST_EXACT else _flip_p(changed, total)
    return Test(total, sum(changed), min(p, 1.0))


def stuart_maxwell(table: ArrayLike) -> Test:
    """Whether auditor and panel use the grades equally often.

    Stuart (1955), Biometrika 42:412-416; Maxwell (1970), Br. J. Psychiatry 116:651-655. The pseudo-inverse and its rank
    as degrees of freedom keep it right where a grade is unused or the grades fall into groups that never mix.
    """
    cells = np.asarray(table, dtype=float)
    difference = cells.sum(axis=1) - cells.sum(axis=0)
    covariance = np.diag(cells.sum(axis=1) + cells.sum(axis=0)) - cells - cells.T
    df = int(np.linalg.matrix_rank(covariance, rtol=RANK, hermitian=True)) if covariance.any() else 0
    if df == 0:
        return Test(nan, 0, nan, NO_CHANGE)
    statistic = float(difference @ np.linalg.pinv(covariance, rtol=RANK, hermitian=True) @ difference)
    return Test(statistic, df, float(scipy.stats.chi2.sf(statistic, df)))


def bowker(table: ArrayLike) -> Test:
    """Whether each move between two grades happens as often one way as the other.

    Bowker (1948), J. Am. Stat. Assoc. 43:572-574. Degrees of freedom are the pairs of grades with any move; SAS and R
    count empty pairs too.
    """
    cells = np.asarray(table, dtype=float)
    upper = np.triu_indices(len(cells), 1)
    above, below = cells[upper], cells.T[upper]
    moved = above + below > 0
    df = int(moved.sum())
    if df == 0:
        return Test(nan, 0, nan, NO_CHANGE)
    statistic = float(((above - below)[moved] ** 2 / (above + below)[moved]).sum())
    return Test(statistic, df, float(scipy.stats.chi2.sf(statistic, df)))


def _side(cells: Floats, steps: Floats, level: float) -> tuple[float, float, float]:
    """The mean of the moves one way with its limits, on the scale of the longest move made."""
    n, longest = cells.sum(), max((steps * (cells > 0)).max(), 1)
    share = (cells * steps).sum() / n / longest
    variance = (cells * (steps / longest) ** 2).sum() / n - share**2
    worth = n * share * (1 - share) / variance if variance > RANK else n
    lower, upper = wilson_limits(share, worth, level=level)
    return float(share * longest), float(lower * longest), float(upper * longest)


def _correlation(cells: Floats, steps: Floats) -> float:
    """How lowering and raising go together: never both at once, so at most zero."""
    p = cells / cells.sum()
    (down, down_var), (up, up_var) = (
        ((p * way).sum(), (p * way**2).sum() - (p * way).sum() ** 2)
        for way in (np.maximum(-steps, 0), np.maximum(steps, 0))
    )
    return float(-down * up / sqrt(down_var * up_var)) if down_var > RANK and up_var > RANK else 0.0


def _flip_p(changed: list[int], total: int) -> float:
    """How often coins carry the sum of moves as far; `changed` counts moves of one grade, two and so on."""
    chances = np.ones(1)
    for step, moved in enumerate(changed, start=1):
        tossed = np.zeros(2 * moved * step + 1)
        tossed[:: 2 * step] = scipy.stats.binom.pmf(np.arange(moved + 1), moved, 0.5)
        chances = np.convolve(chances, tossed)
    reach = len(chances) // 2
    return float(chances[np.abs(np.arange(-reach, reach + 1)) >= abs(total)].sum())


def _normal_p(changed: list[int], total: int) -> float:
    """The same by the normal approximation."""
    return 2 * float(
        scipy.stats.norm.sf(abs(total) / sqrt(sum(step**2 * moved for step, moved in enumerate(changed, start=1))))
    )
