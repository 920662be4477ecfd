"""Whether practice changed in the six months that learning is given to embed."""

from collections.abc import Mapping

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_between
from qa_analysis.measures.figure import Row, estimated
from qa_analysis.measures.grades import graded
from qa_analysis.measures.volumes import headline_audits
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.ordinal import superiority
from qa_analysis.stats.power import detectable_rise
from qa_analysis.stats.proportions import holm, newcombe

SAME_THEME, ALL_AUDITS, POOLED = "same theme", "all audits", "three cycles pooled"
POOLED_CYCLES = 3  # a quarter: t-2..t against t-8..t-6, so that no cycle is in both (docs/methods.md)

IMPROVING, WORSE, EMBEDDED = "improving", "worse", "embedded"
LITTLE, UNCLEAR, FEW = "little or no change", "no clear evidence of change", "too few to judge"


def loop(tables: Tables) -> list[Row]:
    """Good or better now less six months ago, with a verdict. One figure per population and area that has audits."""
    return [
        row
        for population, (now, then) in windows(tables).items()
        if len(now) and len(then)
        for row in [*compared(tables, now, then, population), *planner(tables, now, then, population)]
    ]


def planner(tables: Tables, now: DataFrame, then: DataFrame, population: str) -> list[Row]:
    """The smallest rise in good or better that this many audits would usually have shown. One figure."""
    after, before = graded(now, "overall_grade", tables.rules), graded(then, "overall_grade", tables.rules)
    rise = detectable_rise(int(before["is_good"].sum()), len(before), len(after))
    return [estimated("detectable_rise", rise, period=tables.month, population=population, unit="difference of shares")]


def windows(tables: Tables) -> Mapping[str, tuple[DataFrame, DataFrame]]:
    """The audits of now and of six months ago, in the three ways they are compared."""
    month, back = tables.month, tables.rules.revisit_months
    now, then = (headline_audits(tables, months=(cycle,)) for cycle in (month, months_after(month, -back)))
    recent, earlier = (
        headline_audits(tables, months=months_between(months_after(last, 1 - POOLED_CYCLES), last))
        for last in (month, months_after(month, -back))
    )
    shared = set(now["theme_code"].dropna()) & set(then["theme_code"].dropna())
    return {
        SAME_THEME: (now[now["theme_code"].isin(shared)], then[then["theme_code"].isin(shared)]),
        ALL_AUDITS: (now, then),
        POOLED: (recent, earlier),
    }


def compared(tables: Tables, now: DataFrame, then: DataFrame, population: str) -> list[Row]:
    """The difference and the ordinal shift of each area, with Holm's correction over the family in the verdict."""
    columns = {("", ""): "overall_grade"} | {
        ("key_area", area): column for area, column in tables.rules.grade_columns.items()
    }
    both = {
        label: (graded(now, name, tables.rules), graded(then, name, tables.rules)) for label, name in columns.items()
    }
    differences = {label: difference(after["is_good"], before["is_good"]) for label, (after, before) in both.items()}
    adjusted = dict(zip(differences, holm([found.p for found in differences.values()]), strict=True))
    labels = {"period": tables.month, "population": population}
    against = f"{_cycles(tables, population)} less {_cycles(tables, population, back=tables.rules.revisit_months)}"
    rows = []
    for (by, group), (after, before) in both.items():
        found = differences[by, group]
        said = verdict(found, len(after), len(before), float(adjusted[by, group]), tables)
        rows += [
            estimated("loop_difference", found, unit="difference of shares", by=by, group=group, **labels)
            | {"note": said, "method": f"{found.method}; {against}"},
            estimated(
                "loop_superiority", _superiority(tables, after, before, columns[by, group]),
                unit="probability", by=by, group=group, **labels,
            ),
        ]  # fmt: skip
    return rows


def difference(now: Series, then: Series) -> Estimate:
    """The later good-or-better share minus the earlier one."""
    return newcombe(int(now.sum()), len(now), int(then.sum()), len(then))


def verdict(found: Estimate, now: int, then: int, adjusted_p: float, tables: Tables) -> str:
    """What may be said of a change, by the rules of docs/methods.md; "embedded" needs a target, which none is set."""
    if min(now, then) < tables.rules.verdict_from:
        return FEW
    if adjusted_p < 1 - tables.rules.confidence:
        return IMPROVING if found.value > 0 else WORSE
    narrow = abs(found.lower) < tables.rules.change_margin and abs(found.upper) < tables.rules.change_margin
    return LITTLE if narrow else UNCLEAR


def _superiority(tables: Tables, now: DataFrame, then: DataFrame, column: str) -> Estimate:
    """The chance that an audit now is graded above one then, ties counted half."""
    before, after = (
        audits[column].value_counts().reindex(list(tables.rules.grades), fill_value=0) for audits in (then, now)
    )
    return superiority(before.to_numpy(), after.to_numpy())


def _cycles(tables: Tables, population: str, *, back: int = 0) -> str:
    """The cycle or the range of cycles that a population is taken from."""
    last = months_after(tables.month, -back)
    return f"{months_after(last, 1 - POOLED_CYCLES)}/{last}" if population == POOLED else last
