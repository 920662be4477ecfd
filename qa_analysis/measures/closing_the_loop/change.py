"""Whether practice changed in the six months that learning is given to embed: how far, and how sure that is.

The verdicts are in `verdicts`, what else changed meanwhile in `likeness`.
"""

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import across
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, count, estimated, share
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.grades.windows import Window, graded_sides, windows
from qa_analysis.measures.populations import LEAD
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.ordinal import superiority
from qa_analysis.stats.power import audits_needed, detectable_rise
from qa_analysis.stats.proportions import EXACT_UP_TO, boschloo, newcombe

RISES = (0.10, 0.15, 0.20, 0.25)  # of the share good or better, that readers ask how many audits would show


@declares(
    Measure(
        "loop_good_or_better",
        title="Good or better in each of the two periods",
        family=family.SIX_MONTHS_ON,
        counts="headline audits graded outstanding or good, of those graded, in the last three cycles (now) and "
        "in the three cycles six months before them (then): the two shares that the verdict compares",
        by="side, key_area+side",
        limits="not the month's own share, which is Good or better",
        unit="share",
    ),
    Measure(
        "loop_difference",
        title="Good or better now, less six months ago",
        family=family.SIX_MONTHS_ON,
        counts="the share of graded headline audits that were graded outstanding or good now, less the share six "
        "months ago: for the cycle (all audits), for its audit themes that were audited then too (same "
        "theme), and for three cycles pooled",
        by="key_area",
        limits="only the three cycles pooled carry a verdict; under ten graded audits on either side are too few "
        "to judge; several audits of one worker are taken as independent",
        unit="difference of shares",
        compares_periods=True,
    ),
    Measure(
        "loop_superiority",
        title="Chance that an audit now is graded better than one then",
        family=family.SIX_MONTHS_ON,
        counts="the chance that a headline audit now has a better grade than one six months ago, ties counted as "
        "half, so that 0.5 is no shift: for the cycle, for the same audit themes, and for three cycles "
        "pooled",
        by="key_area",
        limits="support for the comparison, never the verdict",
        unit="probability",
        compares_periods=True,
    ),
    Measure(
        "loop_exact_test",
        title="Exact test of good or better now against six months ago",
        family=family.SIX_MONTHS_ON,
        counts="the p-value of Boschloo's exact test that the share graded outstanding or good is the same now "
        "as six months ago: for the cycle, for the same audit themes, and for three cycles pooled",
        by="key_area",
        limits="support for the comparison, never the verdict; not corrected for testing seven grades; of more than "
        "10,000 audits together Fisher's mid-p stands in its place",
        unit="p-value",
        compares_periods=True,
    ),
    Measure(
        "detectable_rise",
        title="Smallest rise that would reliably be shown",
        family=family.SIX_MONTHS_ON,
        counts="the smallest rise in the share graded outstanding or good since six months ago that a comparison "
        "of this many audits would show four times in five: for the cycle, for the same audit themes, and "
        "for three cycles pooled",
        limits="for the overall grade alone; takes the share six months ago as it was observed",
        unit="difference of shares",
    ),
    Measure(
        "audits_needed",
        title="Audits needed to notice a rise",
        family=family.SIX_MONTHS_ON,
        counts="graded audits that each of the two periods would need to show a rise of 10, 15, 20 or 25 "
        "percentage points in the share graded outstanding or good four times in five",
        by="rise",
        limits="for the overall grade alone; takes the share six months ago as it was observed; no figure where "
        "more than about 2,000 audits would be needed, or where the share would pass 100%",
        unit="audits a side",
    ),
)
def loop(tables: Tables) -> list[Figure]:
    """Good or better now less six months ago, and the shift of all grades. One figure per population and area."""
    return sides(tables, windows(tables)[LEAD]) + [
        row
        for population, window in windows(tables).items()
        if len(window.now) and len(window.then)
        for row in [
            *compared(tables, window, population),
            *exact_tests(tables, window, population),
            *planner(tables, window, population),
        ]
    ]


def sides(tables: Tables, window: Window) -> list[Figure]:
    """What the comparison that carries the verdicts compares: good or better now, and then. Two figures per area."""
    labels = {"period": tables.month, "population": LEAD}
    return [
        share(
            "loop_good_or_better", int(audits["is_good"].sum()), len(audits), few=tables.rules.percentage_from,
            by=(*by, "side"), group=(*group, side), **labels,
        )
        for (by, group), _, now, then in graded_sides(tables, window)
        for side, audits in (("now", now), ("then", then))
        if len(audits)
    ]  # fmt: skip


def compared(tables: Tables, window: Window, population: str) -> list[Figure]:
    """The difference of shares and the ordinal shift of the overall grade and of each area. Two figures per area."""
    rows = []
    for (by, group), column, now, then in graded_sides(tables, window):
        labels = {"period": tables.month, "population": population}
        found, shift = difference(now["is_good"], then["is_good"]), _superiority(tables, now, then, column)
        few = TOO_FEW_TO_JUDGE if min(len(now), len(then)) < tables.rules.verdict_from else ""
        change = estimated("loop_difference", found, unit="difference of shares", by=by, group=group, **labels)
        rows += [
            across(change.but(method=f"{found.method}; {window.words}").judged(few), window.breaks),
            across(
                estimated("loop_superiority", shift, unit="probability", by=by, group=group, **labels), window.breaks
            ),
        ]
    return rows


def exact_tests(tables: Tables, window: Window, population: str) -> list[Figure]:
    """The exact test of the same differences. One figure per area."""
    return [
        across(
            estimated(
                "loop_exact_test", exact(now["is_good"], then["is_good"]),
                unit="p-value", period=tables.month, population=population, by=by, group=group,
            ),
            window.breaks,
        )
        for (by, group), _, now, then in graded_sides(tables, window)
    ]  # fmt: skip


def planner(tables: Tables, window: Window, population: str) -> list[Figure]:
    """The smallest rise this many audits would usually have shown, and how many a side would show smaller ones."""
    now, then = (graded(audits, "overall_grade", tables.rules) for audits in (window.now, window.then))
    good = int(then["is_good"].sum())
    labels = {"period": tables.month, "population": population}
    rise = detectable_rise(good, len(then), len(now))
    needed = {step: audits_needed(good / len(then), step) for step in RISES} if len(then) else {}
    return [
        estimated("detectable_rise", rise, unit="difference of shares", **labels),
        *(
            count("audits_needed", n, unit="audits a side", by="rise", group=f"{step:.2f}", **labels)
            for step, n in needed.items()
            if n
        ),
    ]


def difference(now: Series, then: Series) -> Estimate:
    """The later good-or-better share minus the earlier one."""
    return newcombe(int(now.sum()), len(now), int(then.sum()), len(then))


def exact(now: Series, then: Series) -> Estimate:
    """Boschloo's exact test of the same two shares, its p-value as the value: a support, never the verdict."""
    found = boschloo(int(now.sum()), len(now), int(then.sum()), len(then))
    nan = float("nan")
    return Estimate(found.p, nan, nan, len(now) + len(then), method=_test_of(now, then), note=found.note)


def _test_of(now: Series, then: Series) -> str:
    """What the test is called: of so many audits as no council has it is no longer the exact one."""
    return "Boschloo's exact test" if len(now) + len(then) <= EXACT_UP_TO else "Fisher's exact test, mid-p"


def _superiority(tables: Tables, now: DataFrame, then: DataFrame, column: str) -> Estimate:
    """The chance that an audit now is graded above one then, ties counted half."""
    before, after = (
        audits[column].value_counts().reindex(list(tables.rules.grades), fill_value=0) for audits in (then, now)
    )
    return superiority(before.to_numpy(), after.to_numpy())
