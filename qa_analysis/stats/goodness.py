"""Whether what was selected is made up as what it was selected from: Pearson's chi-square, small groups pooled."""

from collections.abc import Sequence
from math import nan

import numpy as np
import scipy

from qa_analysis.stats.estimate import Floats, Test

LEAST_EXPECTED = 5.0  # of each group: below it the chi-square distribution is no good guide (Cochran 1954)


def fit(observed: Sequence[float], expected: Sequence[float]) -> Test:
    """A test that counts come as expected. Groups of which fewer than five are expected are put together.

    Pearson (1900), Phil. Mag. 50:157-175; Cochran (1954), Biometrics 10:417-451.
    """
    seen, due = pooled(np.asarray(observed, dtype=float), np.asarray(expected, dtype=float))
    if len(due) < 2:
        return Test(nan, nan, nan, "too few audits for a comparison of groups")
    statistic, df = float(((seen - due) ** 2 / due).sum()), len(due) - 1
    return Test(statistic, df, float(scipy.stats.chi2.sf(statistic, df)))


def pooled(observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """The groups with those put together of which too few are expected, the smallest first."""
    order = np.argsort(expected, kind="stable")
    small = int((expected < LEAST_EXPECTED).sum())
    while small and expected[order[:small]].sum() < LEAST_EXPECTED and small < len(order):
        small += 1
    together, apart = order[:small], np.sort(order[small:])
    return tuple(
        np.append(values[apart], values[together].sum()) if small else values[apart] for values in (observed, expected)
    )  # type: ignore[return-value]


def residual_ps(observed: Floats, expected: Floats) -> Floats:
    """How often chance alone would put each group so far from what was expected of it. One p-value per group."""
    total = expected.sum()
    spread = np.sqrt(np.maximum(expected * (1 - expected / total), 1e-12))
    ps: Floats = 2 * scipy.stats.norm.sf(np.abs(observed - expected) / spread)
    return ps
