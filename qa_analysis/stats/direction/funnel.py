"""Teams beside each other: which differ from all of them together by more than chance at their own number of cases."""

import numpy as np
from numpy.typing import ArrayLike
from pandas import DataFrame

from qa_analysis.stats.control_charts import TAIL, fewest

FEWEST_CASES = 3  # of fewer nothing is said: they are too few to protect whoever is in them


def funnel(x: ArrayLike, n: ArrayLike, *, share: float | None = None, tail: float = TAIL) -> DataFrame:
    """Each place's share against the range that chance alone seldom leaves at its own n. One row per place.

    Columns: y, centre, lower, upper, outside ("above", "below" or ""), can_be_above, can_be_below. Limits are the exact
    ones of the binomial distribution (not mid-p): each is passed with a probability of at most `tail` where the
    place is as all others are. Without a `share`, the centre is that of all places together.
    """
    hits, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    judged = sizes >= FEWEST_CASES
    usual = hits[judged].sum() / sizes[judged].sum() if share is None and judged.any() else share
    if usual is None:
        usual = np.nan
    low, high = (
        np.array([fewest(int(size), one, tail=tail) if ok else np.nan for size, ok in zip(sizes, judged, strict=True)])
        for one in (usual, 1 - usual)
    )
    y = np.divide(hits, sizes, out=np.full(len(sizes), np.nan), where=judged)
    lower, upper = low / sizes, 1 - high / sizes
    above, below = judged & (hits > sizes - high), judged & (hits < low)
    return DataFrame(
        {
            "y": y, "centre": usual, "lower": lower, "upper": upper,
            "outside": np.where(above, "above", np.where(below, "below", "")),
            "can_be_above": judged & (high > 0), "can_be_below": judged & (low > 0),
        }
    )  # fmt: skip
