"""How far figures move after they were first published: mean, median and band of changes, and whether they drift."""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike

FEWEST_FOR_BAND = 3  # with two, a band spans almost anything
FEWEST_FOR_SLOPE = 12  # vintages


@dataclass(frozen=True)
class Moved:
    """How far figures moved: the mean with its interval, the median with its own, and where the next will lie."""

    changes: int
    mean: float = nan
    mean_lower: float = nan
    mean_upper: float = nan
    median: float = nan
    median_lower: float = nan
    median_upper: float = nan
    band_lower: float = nan
    band_upper: float = nan


def moved(changes: ArrayLike, *, confidence: float = 0.95) -> Moved:
    """Changes summed up. The median's interval is exact (order statistics); the band is one for a further change.

    Intervals are `nan` where there are too few changes: under three, and under six for the median.
    """
    held = np.sort(np.asarray(changes, dtype="float64"))
    n = len(held)
    if not n:
        return Moved(0)
    mean, median = float(held.mean()), float(np.median(held))
    if n < FEWEST_FOR_BAND:
        return Moved(n, mean, median=median)
    spread, t = float(held.std(ddof=1)), float(scipy.stats.t.ppf((1 + confidence) / 2, n - 1))
    half, band = t * spread / sqrt(n), t * spread * sqrt(1 + 1 / n)
    place = int(scipy.stats.binom.ppf((1 - confidence) / 2, n, 0.5)) - 1
    lower, upper = (float(held[place]), float(held[n - 1 - place])) if place >= 0 else (nan, nan)
    return Moved(n, mean, mean - half, mean + half, median, lower, upper, mean - band, mean + band)


def drift(lags: ArrayLike, changes: ArrayLike) -> tuple[float, float]:
    """Theil's slope of change by lag, and Kendall's p; both `nan` under twelve, or where nothing moves."""
    x, y = np.asarray(lags, dtype="float64"), np.asarray(changes, dtype="float64")
    if len(np.unique(x)) < FEWEST_FOR_SLOPE or np.ptp(y) == 0:
        return nan, nan
    return float(scipy.stats.theilslopes(y, x).slope), float(scipy.stats.kendalltau(x, y).pvalue)
