"""What the panel would have said of all: good or better by its standard, not the auditors'."""

import numpy as np
from numpy.typing import NDArray

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.english import counted
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, estimated
from qa_analysis.measures.grades.grades import Area, areas
from qa_analysis.measures.moderation.panel_sample import Graded, headline_graded
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.stats.estimate import Estimate, undefined
from qa_analysis.stats.panel import corrected, partly_pooled

Counts = NDArray[np.int64]
METHOD = "corrected shares, variance estimates recovery"


@declares(
    Measure(
        "good_or_better_adjusted",
        title="Good or better by the panel's standard",
        family=family.MODERATION,
        counts="the share of headline audits that the panel would have graded outstanding or good if it "
        "had moderated all of them, in the month and in twelve cycles",
        by="key_area",
        limits="supposes that the panel's habits held over the year; no value with under ten random moderations "
        "in the year, or hardly any on one side of the Good line; a panel that saw the auditor's grade "
        "corrects too little",
        unit="share",
    ),
    needs=("moderations",),
)
def panel_view(tables: Tables) -> list[Figure]:
    """The month's and the year's good-or-better corrected by the random third. One figure per period and area."""
    year = tables.rolling_cycles
    return [
        estimated(
            "good_or_better_adjusted", found, unit="share",
            period=period_of(months),
            population=HEADLINE, by=by, group=group,
        )
        for months in ((tables.month,), year)
        for (by, group), found in by_panel(tables, months, habit_cycles=year).items()
    ]  # fmt: skip


@remembered  # the verdicts and the change by the panel ask for the same windows as this
def by_panel(tables: Tables, months: tuple[str, ...], *, habit_cycles: tuple[str, ...]) -> dict[Area, Estimate]:
    """The share good or better by the panel's standard over some cycles, by area.

    The panel's habits are learnt from the random third of `habit_cycles`, all areas lending each other strength.
    """
    pairs, good = _learnt(tables, habit_cycles)
    return {
        area: view(headline_graded(tables, months, column), good, pairs, row=row, rules=tables.rules)
        for row, (area, column) in enumerate(areas(tables.rules).items())
    }


@remembered
def _learnt(tables: Tables, cycles: tuple[str, ...]) -> tuple[Counts, Counts]:
    """The panel's habits in some cycles, as `_habits` counts them. One row per area."""
    each = [_habits(headline_graded(tables, cycles, column)) for column in areas(tables.rules).values()]
    pairs, good = zip(*each, strict=True)
    return np.stack(pairs), np.stack(good)


def view(held: Graded, good: Counts, pairs: Counts, *, row: int, rules: Rules) -> Estimate:
    """One corrected share: the panel's word where it looked, its habits over the year where it did not."""
    best, many = len(rules.good_grades), len(held.auditor)
    left = held.by_grade(~held.is_seen)
    note = too_little(left, pairs, row=row, best=best, rules=rules)
    if note or not many:
        return undefined(many, note or "no audits", method="auditors' grades corrected by the random third")
    return corrected(
        left,
        held.by_grade(held.is_seen & ~held.is_referred),
        int(np.count_nonzero(held.is_good)),
        int(np.count_nonzero(held.is_seen & held.is_referred)),
        partly_pooled(good, pairs, row=row, best=best),
    )


def too_little(left: Counts, pairs: Counts, *, row: int, best: int, rules: Rules) -> str:
    """Why the panel's habits cannot be told, if they cannot: too few pairs, or none on a side of the Good line."""
    if not left.sum():
        return ""
    found = int(pairs[row].sum())
    if found < rules.verdict_from:
        return f"too little to correct with: {counted(found, 'random moderation')} in {rules.rolling_cycles} cycles"
    for side, words in ((slice(0, best), "graded good or better"), (slice(best, None), "graded below good")):
        if left[side].sum() and pairs[:, side].sum() < rules.percentage_from:
            return f"too little to correct with: hardly any random moderation of an audit {words}"
    return ""


def less(now: Estimate, then: Estimate) -> Estimate:
    """One share less another of which one is corrected or both, its limits joined from both (Zou & Donner 2008).

    What the two have in common, audits or the panel's habits of overlapping years, is not taken off, so the interval is
    wide rather than narrow.
    """
    if now.note or then.note:
        return undefined(now.n + then.n, now.note or then.note, method=METHOD)
    change = now.value - then.value
    lower = change - np.hypot(now.value - now.lower, then.upper - then.value)
    upper = change + np.hypot(now.upper - now.value, then.value - then.lower)
    return Estimate(change, float(lower), float(upper), now.n + then.n, method=METHOD)


def _habits(held: Graded) -> tuple[Counts, Counts]:
    """How many of the random third had each grade of the auditor, and how many of those the panel calls good.

    Disputed audits are left out: they come before the panel anyway, so nothing has to be said for them.
    """
    sample = held.is_seen & held.is_drawn & ~held.is_referred
    return held.by_grade(sample), held.by_grade(sample & held.is_good)
