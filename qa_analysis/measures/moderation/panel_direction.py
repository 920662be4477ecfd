"""Which way the panel moves grades, and whether auditors are the milder side."""

import numpy as np
from numpy.typing import NDArray

from qa_analysis.measures.figure import TOO_FEW, Row, estimated
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.marginal import mean_shift, moves, share_lowered, sign_test
from qa_analysis.stats.proportions import LEVEL

CHANGES_FROM = 5  # changes: with fewer, even all of them one way would be no evidence (docs/methods.md)
FEW_CHANGES = "too few changes to say"
MILDER, STRICTER, UNCLEAR = "lowers more than it raises", "raises more than it lowers", "no clear direction"


def optimism(table: NDArray[np.int64], *, period: str, population: str, **labels: str) -> list[Row]:
    """The share of changes that were downwards, how far grades moved on the whole, and whether that is a direction.

    One figure per question.
    """
    lowered, _, raised = moves(table)
    shares = {"numerator": lowered, "denominator": lowered + raised}
    where = {"period": period, "population": population, **labels}
    few = FEW_CHANGES if lowered + raised < CHANGES_FROM else ""
    shift = mean_shift(table)
    return [
        estimated("moderation_optimism", share_lowered(table), unit="share", **where) | shares | {"note": few},
        estimated("moderation_mean_steps", shift, unit="grades", **where)
        | {"note": shift.note or (TOO_FEW if shift.n < CHANGES_FROM else "")},
        estimated("moderation_direction", tested(table), unit="p-value", **where) | shares,
    ]


def tested(table: NDArray[np.int64]) -> Estimate:
    """The sign test of lowered against raised, its p-value as the value and what may be said in the note."""
    lowered, _, raised = moves(table)
    found = sign_test(table, mid_p=True)
    return Estimate(
        found.p, float("nan"), float("nan"), lowered + raised,
        method="exact sign test, mid-p", note=said(lowered, raised, found.p),
    )  # fmt: skip


def said(lowered: int, raised: int, p: float) -> str:
    """What may be said of the direction."""
    if lowered + raised < CHANGES_FROM:
        return FEW_CHANGES
    if not p < 1 - LEVEL:
        return UNCLEAR
    return MILDER if lowered > raised else STRICTER
