"""How far several groups differ, each drawn towards all by as much as its few cases deserve."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, nan

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import NDArray

from qa_analysis.stats.estimate import Estimate, Floats, undefined
from qa_analysis.stats.proportions import LEVEL, deviate

METHOD = "partial pooling, restricted maximum likelihood"
NO_CASES = "no cases"
ONE_GROUP = "one group has nobody to be compared with"
ALIKE = "the groups differ by no more than chance would make them"
NO_REPEATS = "no group has two cases, so differences cannot be separated from chance"
HALF_A_MOVE = 0.5  # sum of squares supposed where nothing varies within any group: half a step of a single case
MOST_APART, POSSIBLE = 3.0, 61  # standard deviation between groups, in those within: the largest, and how many tried
LARGEST = 10.0  # log of the largest ratio of variances looked for: beyond it nothing is drawn in any more


@dataclass(frozen=True, slots=True)
class Pooled:
    """Groups drawn towards their common mean.

    `groups` has one estimate per group given, in order; `mean` is that of all; `between` is the variance of the groups'
    true means, `within` that of single cases about their group; `note` says why the groups cannot be told apart.
    """

    groups: tuple[Estimate, ...]
    mean: float
    between: float
    within: float
    note: str = ""


def partial_pooling(values: Sequence[Sequence[float]], *, level: float = LEVEL) -> Pooled:
    """What the true mean of each group is likely to be, given that it is one of all these groups.

    A random intercept fitted by restricted maximum likelihood (Patterson & Thompson 1971, Biometrika 58:545-554), as
    R's lme4 fits it; each group is drawn towards the mean of all (Robinson 1991, Stat. Sci. 6:15-32). Its interval has
    the uncertainty of its own mean, of the common one, and of how far groups differ at all: the last by averaging over
    every ratio of the variances as likely as the data leave it (Gelman 2006, Bayesian Anal. 1:515-534, flat on the
    standard deviation). A group without cases is undefined, and so is every one where there is but one group.
    """
    sizes, means, squares = _summed(values)
    if np.count_nonzero(sizes) < 2:
        alone = tuple(undefined(round(n), ONE_GROUP if n else NO_CASES, method=METHOD) for n in sizes)
        return Pooled(alone, _mean(sizes, means), nan, nan, ONE_GROUP)
    ratio = _ratio(sizes, means, squares) if sizes.max() > 1 else 0.0
    drawn, _ = _drawn(ratio, sizes, means, squares)
    mean, within = _fitted(ratio, sizes, means, squares)
    errors = _errors(drawn, sizes, means, squares)
    each = zip(drawn, errors, sizes, strict=True)
    groups = tuple(_estimate(float(value), float(error), round(n), level) for value, error, n in each)
    note = NO_REPEATS if sizes.max() == 1 else ALIKE if ratio == 0 else ""
    return Pooled(groups, mean, ratio * within, within, note)


def _drawn(ratio: float, sizes: Floats, means: Floats, squares: float) -> tuple[Floats, Floats]:
    """Each group's mean drawn towards the common one, and its variance, for one ratio of variances."""
    mean, within = _fitted(ratio, sizes, means, squares)
    trust = sizes * ratio / (1 + sizes * ratio)
    common = within / _weights(ratio, sizes).sum()
    return mean + trust * (means - mean), trust * within / np.maximum(sizes, 1) + (1 - trust) ** 2 * common


def _errors(drawn: Floats, sizes: Floats, means: Floats, squares: float) -> Floats:
    """The standard error about the drawn means, over all ratios that the data leave likely."""
    ratios = np.linspace(0, MOST_APART, POSSIBLE) ** 2
    doubt = np.array([_unlikelihood(ratio, sizes, means, squares) for ratio in ratios])
    likely = np.exp((doubt.min() - doubt) / 2)
    each = [_drawn(ratio, sizes, means, squares) for ratio in ratios]
    spread = np.array([variance + (value - drawn) ** 2 for value, variance in each])
    return np.asarray(np.sqrt(likely @ spread / likely.sum()))


def _summed(values: Sequence[Sequence[float]]) -> tuple[Floats, Floats, float]:
    """The number of cases and the mean of each group (0 where it has none), and the squares within all groups."""
    held: list[NDArray[np.float64]] = [np.asarray(group, dtype=float) for group in values]
    sizes = np.array([float(len(group)) for group in held])
    means = np.array([group.mean() if len(group) else 0.0 for group in held])
    squares = sum(float(((group - group.mean()) ** 2).sum()) for group in held if len(group))
    return sizes, means, squares or HALF_A_MOVE


def _ratio(sizes: Floats, means: Floats, squares: float) -> float:
    """The variance between groups over that within, the likeliest; 0 where none is likelier than some."""
    found = scipy.optimize.minimize_scalar(
        lambda log: _unlikelihood(exp(log), sizes, means, squares), bounds=(-LARGEST, LARGEST), method="bounded"
    )
    return exp(found.x) if found.fun < _unlikelihood(0.0, sizes, means, squares) else 0.0


def _unlikelihood(ratio: float, sizes: Floats, means: Floats, squares: float) -> float:
    """Minus twice the restricted log likelihood of a ratio of variances, up to a constant."""
    _, within = _fitted(ratio, sizes, means, squares)
    weights = _weights(ratio, sizes).sum()
    return float((sizes.sum() - 1) * np.log(within) + np.log(1 + sizes * ratio).sum() + np.log(weights))


def _fitted(ratio: float, sizes: Floats, means: Floats, squares: float) -> tuple[float, float]:
    """The common mean and the variance within groups, for a ratio of variances."""
    weights = _weights(ratio, sizes)
    mean = float(weights @ means / weights.sum())
    return mean, float((squares + weights @ (means - mean) ** 2) / (sizes.sum() - 1))


def _weights(ratio: float, sizes: Floats) -> Floats:
    """What each group's mean counts for in the common one."""
    return np.asarray(sizes / (1 + sizes * ratio))


def _mean(sizes: Floats, means: Floats) -> float:
    return float(sizes @ means / sizes.sum()) if sizes.sum() else nan


def _estimate(value: float, error: float, n: int, level: float) -> Estimate:
    """One group's drawn mean with its interval."""
    if n == 0:
        return undefined(0, NO_CASES, method=METHOD)
    half = deviate(level) * error
    return Estimate(value, value - half, value + half, n, method=METHOD)
