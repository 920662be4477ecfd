"""Many places beside each other where places differ by more than chance: their common value and a funnel about it."""

from math import sqrt
from typing import Final

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike
from pandas import DataFrame

from qa_analysis.stats.estimate import Estimate, Floats, undefined
from qa_analysis.stats.proportions import LEVEL

DEVIATIONS: Final = 3.0  # of a limit from the centre: as in the product's other charts
WINSORISED: Final = 0.1  # of the places at each end count as the place there: a few far out must not widen the limits
METHOD: Final = "ratio of sums, clustered by place"


def clustered_ratio(x: ArrayLike, n: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """All places' x to all places' n, with an interval in which a place, and not a case, is what chance chooses.

    The ratio estimator with the variance between places, Cochran (1977), Sampling Techniques, 6.4, and Student's t with
    one degree of freedom fewer than places. The interval is not cut off at 0 or 1. `n` of the answer is that of places.
    """
    parts, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    places = len(parts)
    if places < 2:
        return undefined(places, "one place has nobody to be compared with", method=METHOD)
    ratio = parts.sum() / sizes.sum()
    variance = places / (places - 1) * ((parts - ratio * sizes) ** 2).sum() / sizes.sum() ** 2
    half = float(scipy.stats.t.ppf((1 + level) / 2, places - 1)) * sqrt(variance)
    return Estimate(float(ratio), float(ratio - half), float(ratio + half), places, method=METHOD)


def additive_funnel(x: ArrayLike, n: ArrayLike, *, spread: float, rounding: ArrayLike = 0.0) -> DataFrame:
    """Each place's x to its n against limits that widen by as much as places differ anyway. One row per place.

    Columns: y, centre, chance, between, lower, upper, outside ("above", "below" or ""). `spread` is the variance of a
    single case about the centre, `rounding` what rounding adds to the variance of each x. Spiegelhalter (2005), Qual.
    Saf. Health Care 14:347-351: z scores about the common value are winsorised, and a variance `between` places, that
    of DerSimonian and Laird, is added to that of chance where they lie further out than chance would have them.
    """
    parts, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    y, centre = parts / sizes, parts.sum() / sizes.sum()
    chance = np.sqrt(spread / sizes + np.asarray(rounding, dtype=float) / sizes**2)
    between = variance_between((y - centre) / chance, chance)
    half = DEVIATIONS * np.sqrt(chance**2 + between)
    outside = np.where(y > centre + half, "above", np.where(y < centre - half, "below", ""))
    return DataFrame(
        {
            "y": y, "centre": centre, "chance": chance, "between": between,
            "lower": centre - half, "upper": centre + half, "outside": outside,
        }
    )  # fmt: skip


def variance_between(z: Floats, chance: Floats) -> float:
    """How far places truly differ, as a variance: nought where their z scores vary no more than chance would make them.

    Quantiles of the z scores are those between neighbours (R's type 7).
    """
    kept = np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))
    weights, places = 1 / chance**2, len(z)
    beyond = float((kept**2).sum()) - (places - 1)
    return max(0.0, beyond / float(weights.sum() - (weights**2).sum() / weights.sum())) if places > 1 else 0.0
