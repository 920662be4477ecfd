"""Which way the panel moves grades, and whether auditors are the milder side."""

from math import nan

import numpy as np
from numpy.typing import NDArray

from qa_analysis.measures.figure import TOO_FEW, TOO_FEW_CHANGES, Figure, Names, estimated
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.marginal import mean_shift, moves, share_lowered, sign_test
from qa_analysis.stats.proportions import LEVEL

CHANGES_FROM = 5  # changes: with fewer, even all of them one way would be no evidence (docs/methods.md)
MILDER, STRICTER, UNCLEAR = "lowers more than it raises", "raises more than it lowers", "no clear direction"


def optimism(
    table: NDArray[np.int64], *, period: str, population: str, by: Names = (), group: Names = ()
) -> list[Figure]:
    """The share of changes that were downwards, how far grades moved on the whole, and whether that is a direction.

    One figure per question.
    """
    lowered, _, raised = moves(table)
    labels = {"period": period, "population": population}
    lower, steps, way = (
        estimated(measure, found, unit=unit, by=by, group=group, **labels)
        for measure, found, unit in (
            ("moderation_optimism", share_lowered(table), "share"),
            ("moderation_mean_steps", mean_shift(table), "grades"),
            ("moderation_direction", tested(table), "p-value"),
        )
    )
    of_changes = {"numerator": lowered, "denominator": lowered + raised}
    word = said(lowered, raised, way.value)
    is_few = steps.denominator < CHANGES_FROM
    return [
        lower.but(**of_changes).judged(TOO_FEW_CHANGES if word == TOO_FEW_CHANGES else ""),
        steps.but(verdict=TOO_FEW, note=steps.note or TOO_FEW) if is_few else steps,
        way.but(**of_changes).judged(word),
    ]


def tested(table: NDArray[np.int64]) -> Estimate:
    """The sign test of lowered against raised, its p-value as the value."""
    lowered, _, raised = moves(table)
    return Estimate(sign_test(table, mid_p=True).p, nan, nan, lowered + raised, method="exact sign test, mid-p")


def said(lowered: int, raised: int, p: float) -> str:
    """What may be said of the direction."""
    if lowered + raised < CHANGES_FROM:
        return TOO_FEW_CHANGES
    if not p < 1 - LEVEL:
        return UNCLEAR
    return MILDER if lowered > raised else STRICTER
