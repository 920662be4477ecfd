"""How much of a change of a share is left when both times have the same mix of cases."""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from qa_analysis.stats.estimate import Estimate, undefined
from qa_analysis.stats.proportions import LEVEL, newcombe_limits

METHOD = "Kitagawa's remainder, stratified Newcombe"
NO_STRATUM = "no kind of case was seen in both periods"


@dataclass(frozen=True, slots=True)
class Split:
    """A change of a share in two parts: that of the mix of cases, and what remains with the mix held still.

    `outside` is the number of cases of kinds seen in one of the periods only; they count as mix.
    """

    mix: float
    remainder: Estimate
    outside: int


def split_change(
    good_now: ArrayLike, now: ArrayLike, good_then: ArrayLike, then: ArrayLike, *, level: float = LEVEL
) -> Split:
    """The later share less the earlier one, split into mix and remainder. Arrays hold one number per kind of case.

    Kitagawa (1955), J. Am. Stat. Assoc. 50:1168-1194: the remainder is the sum of the changes within kinds, each
    weighted by the mean of its shares of both periods. Its interval is Newcombe's with each side's standardised share
    and the number of cases its weights leave (Yan & Su 2010, Stat. Biopharm. Res. 2:329-335).
    """
    x1, n1, x0, n0 = (np.asarray(values, dtype=float) for values in (good_now, now, good_then, then))
    if n1.sum() == 0 or n0.sum() == 0:
        return Split(nan, undefined(round(n1.sum() + n0.sum()), "no cases on one side", method=METHOD), 0)
    change = x1.sum() / n1.sum() - x0.sum() / n0.sum()
    both = (n1 > 0) & (n0 > 0)
    outside = round(float((n1 + n0)[~both].sum()))
    if not both.any():
        return Split(nan, undefined(round(n1.sum() + n0.sum()), NO_STRATUM, method=METHOD), outside)
    x1, n1, x0, n0 = x1[both], n1[both], x0[both], n0[both]
    weights = (n1 / n1.sum() + n0 / n0.sum()) / 2
    p1, p0 = (float(weights @ (x / n)) for x, n in ((x1, n1), (x0, n0)))
    worth1, worth0 = (1 / float((weights**2 / n).sum()) for n in (n1, n0))
    lower, upper = newcombe_limits(p1 * worth1, worth1, p0 * worth0, worth0, level=level)
    cases = round(n1.sum() + n0.sum())
    remainder = Estimate(p1 - p0, float(lower), float(upper), cases, method=METHOD)
    return Split(float(change - (p1 - p0)), remainder, outside)
