"""Which changes since six months ago may be told to everyone: those clear whatever lies behind the rounded counts."""

from collections.abc import Mapping, Sequence
from math import nan

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import Rules
from qa_analysis.measures.closing_the_loop.verdicts import CLAIMS, Claim, Sides, verdicts
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.grades.grades import Area, areas
from qa_analysis.measures.grades.windows import Window
from qa_analysis.stats.proportions import holm, newcombe

OTHER_AUDITORS = "many of the auditors are others now"  # who stayed, and what they saw, is not everyone's to know


def clear_changes(tables: Tables, window: Window, graded: Sequence[Figure]) -> list[Figure]:
    """What is claimed of each grade that changed for certain, without a number. One figure per such grade.

    `graded` holds the protected shares of both sides. The claim is that of `verdicts`, with what qualifies it, given
    where the change is clear (after Holm) at the worst of the counts that look like those printed.
    """
    p_values = [_worst_p(_sides(graded, window, area), tables.rules) for area in areas(tables.rules)]
    clear = [
        area for area, p in zip(areas(tables.rules), holm(p_values), strict=True) if p < 1 - tables.rules.confidence
    ]
    said = {(figure.by, figure.group): figure for figure in (verdicts(tables) if clear else [])}
    claimed = [said[area] for area in clear if area in said and said[area].verdict in CLAIMS]
    word_alone = {"measure": "shared_verdict", "unit": "verdict", "numerator": nan, "denominator": nan, "value": nan}
    return [
        Claim(figure.verdict, window.breaks or (OTHER_AUDITORS,) if figure.reasons else ()).on(
            graded[0].but(by=figure.by, group=figure.group, **word_alone)
        )
        for figure in claimed
    ]


def _worst_p(sides: Sides | None, rules: Rules) -> float:
    """The p-value of the counts furthest from a change among those that look alike once rounded; 1 where none shows."""
    if sides is None:
        return 1.0
    good, now, good_then, then = sides
    is_up, reach = good / now > good_then / then, rules.shared_edition.nearest // 2
    step = -reach if is_up else reach
    worst = newcombe(
        max(0, min(good + step, now - step)), now - step, max(0, min(good_then - step, then + step)), then + step
    )
    return worst.p if (worst.value > 0) == is_up else 1.0


def _sides(graded: Sequence[Figure], window: Window, area: Area) -> Sides | None:
    """The rounded counts of both periods; none unless both are told."""
    periods: Mapping[str, Figure] = {row.period: row for row in graded if (row.by, row.group) == area}
    sides = [periods.get(period_of(cycles)) for cycles in (window.now_cycles, window.then_cycles)]
    told = [row for row in sides if row is not None and row.is_given]
    if len(told) < 2:
        return None
    (good, now), (good_then, then) = ((int(row.numerator), int(row.denominator)) for row in told)
    return good, now, good_then, then
