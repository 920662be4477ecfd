"""Each indicator of the quarter: what was counted in its three months added up, out of all their cases."""

from collections.abc import Iterator
from math import nan

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.performance.figures import BY
from qa_analysis.measures.performance.lines import DATASET, Line, lines
from qa_analysis.measures.performance.readings import Known
from qa_analysis.measures.service_plan.quarter import quarter_up_to

SHARE, VALUE = "quarter_indicator_share", "quarter_indicator_value"
LIMITS = (
    "numerators and denominators of three months are added, a mean of months is never taken; whoever is counted in "
    "each month counts in each; none where a month is missing or not shown, or nothing was counted"
)


@declares(
    Measure(
        SHARE,
        title="Indicator of the quarter (a share)",
        family=family.SERVICE_PLAN,
        counts="an indicator that is a share, of the three months of the quarter together, of the whole and of each "
        "service; the note is what it is called",
        by=f"{BY}, {BY}+service_area",
        limits=LIMITS,
        unit="share",
    ),
    Measure(
        VALUE,
        title="Indicator of the quarter (no share)",
        family=family.SERVICE_PLAN,
        counts="an indicator that is a number of cases, or a rate, of the three months of the quarter together, of the "
        "whole and of each service; the note is what it is called",
        by=f"{BY}, {BY}+service_area",
        limits=f"{LIMITS}; a rate is a month's; without an interval",
        unit="value",
    ),
    needs=(DATASET,),
)
def quarter_indicators(tables: Tables) -> list[Figure]:
    """Every indicator of the quarter that can be added up, of the whole and of each service. One figure each."""
    cycles = quarter_up_to(tables.month, tables.rules)
    wanted = [line for line in lines(tables) if line.by in ((), ("service_area",))]
    return [figure for line in wanted for figure in _figures(tables, line, cycles)]


def _figures(tables: Tables, line: Line, cycles: tuple[str, ...]) -> Iterator[Figure]:
    """The quarter of one line, where each of its months has numbers to add."""
    held = [line.readings.get(month) for month in cycles]
    known = [one for one in held if isinstance(one, Known) and one.numerator == one.numerator]
    if not cycles or len(known) < len(cycles):
        return
    part, whole = sum(one.numerator for one in known), sum(one.denominator for one in known)
    by, group = (BY, *line.by), (line.code, *line.place)
    period, is_rate = period_of(cycles), line.unit.kind == "rate"
    if line.unit.kind == "share":
        yield share(
            SHARE, int(part), int(whole), few=tables.rules.percentage_from, by=by, group=group, period=period,
            population=line.population,
        ).but(note=line.name)  # fmt: skip
        return
    yield Figure(
        measure=VALUE, by=by, group=group, period=period, population=line.population, numerator=part,
        denominator=whole if is_rate else nan, value=line.unit.told * part / whole if is_rate else part, unit="value",
        method=f"per {line.unit.told:,.0f} a month" if is_rate else "count", note=line.name,
    )  # fmt: skip
