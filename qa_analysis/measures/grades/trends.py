"""Whether a month's grades lie outside the range that months usually have, or within the ordinary ups and downs.

Whether practice changed is another question, which the comparison with six months ago answers (docs/decisions/019).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import known_breaks
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, count, estimated
from qa_analysis.measures.grades.grades import RUN_CHART_CYCLES, graded
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.stats.control_charts import binomial_chart
from qa_analysis.stats.estimate import Estimate

BASELINE_CYCLES = 12  # limits are fixed on a year, so that a real change cannot hide inside its own limits
FEWEST_CYCLES, FEWEST_AUDITS = 6, 60  # since a break; fewer make no limits
WITHIN, ABOVE, BELOW = "within the usual range", "above the usual range", "below the usual range"


@declares(
    Measure(
        "run_chart",
        title="Good or better, against its usual range",
        family=family.GRADES,
        counts="a cycle's share of graded headline audits that were graded outstanding or good, beside the "
        "limits of the usual range for that number of audits (up to 24 cycles); the note says whether it is within, "
        "above or below",
        limits="lower and upper are the limits of the usual range, not a 95% confidence interval; they rest on the "
        "first twelve cycles since the last break and begin anew after each; a cycle of under ten graded audits is "
        "never outside, of under five is left out; under six cycles or sixty audits since a break have no limits",
        unit="share",
    ),
    Measure(
        "run_chart_centre",
        title="Centre of the usual range",
        family=family.GRADES,
        counts="the share graded outstanding or good in the cycles that a cycle's usual range rests on",
        limits="the same for every cycle between two breaks",
        unit="share",
    ),
    Measure(
        "run_chart_quarter",
        title="Good or better in three cycles, against the usual range",
        family=family.GRADES,
        counts="the share graded outstanding or good in the last three cycles together, beside the limits of the "
        "usual range for that number of audits; the note says whether it is within, above or below",
        limits="only where the last cycle alone has too few audits to be above its usual range, or below it, whatever "
        "its grades; lower and upper are limits of the usual range, not a 95% confidence interval",
        unit="share",
    ),
    Measure(
        "run_chart_break",
        title="Cycles in which a new usual range begins",
        family=family.GRADES,
        counts="changes in the way of auditing among the cycles of the run chart, each in its first cycle: what the "
        "council's rules name, and another version of the audit form",
        by="reason",
        unit="breaks",
    ),
)
def trends(tables: Tables) -> list[Figure]:
    """Each cycle's good-or-better share against its usual range. One figure per cycle, centre, quarter and break.

    `lower` and `upper` are exact binomial limits for the cycle's own number of audits, not a confidence interval.
    """
    charts = [_chart(stretch) for stretch in stretches(tables) if _has_limits(stretch)]
    return [
        *(row for chart in charts for row in _against_limits(tables, chart)),
        *(row for chart in charts[-1:] for row in _quarter(tables, chart)),
        *_breaks(tables),
    ]


def stretches(tables: Tables) -> list[DataFrame]:
    """The run chart's cycles, those between two breaks together: good and graded audits. One row per cycle."""
    headline = headline_audits(tables, months=_cycles(tables), columns=("cycle_month", "overall_grade"))
    audits = graded(headline, "overall_grade", tables.rules)
    by_cycle = audits.groupby("cycle_month")["is_good"].agg(["sum", "size"])
    enough = by_cycle[by_cycle["size"] >= tables.rules.percentage_from]
    starts = [found.cycle for found in known_breaks(tables)]
    before = [sum(start <= cycle for start in starts) for cycle in enough.index]
    return [part for _, part in enough.groupby(before)]


def _has_limits(stretch: DataFrame) -> bool:
    """Whether there is enough since the last break to know what is usual."""
    baseline = stretch.iloc[:BASELINE_CYCLES]
    return len(baseline) >= FEWEST_CYCLES and baseline["size"].sum() >= FEWEST_AUDITS


def _chart(stretch: DataFrame) -> DataFrame:
    """The cycles of a stretch with their limits. One row per cycle."""
    chart = binomial_chart(stretch["sum"], stretch["size"], fix_after=BASELINE_CYCLES)
    return stretch.join(chart.set_index(stretch.index))


def _against_limits(tables: Tables, chart: DataFrame) -> Iterator[Figure]:
    """Each cycle with its limits and what they say, and the centre between them. Two figures per cycle."""
    baseline = chart.iloc[:BASELINE_CYCLES]
    good, whole = int(baseline["sum"].sum()), int(baseline["size"].sum())
    for cycle, point in chart.to_dict("index").items():
        labels = {"period": str(cycle), "population": HEADLINE, "unit": "share"}
        yield _judged(tables, "run_chart", point, labels)
        centre = Estimate(point["mean"], float("nan"), float("nan"), whole, method="share of the baseline")
        yield estimated("run_chart_centre", centre, **labels).but(numerator=good)


def _quarter(tables: Tables, chart: DataFrame) -> Iterator[Figure]:
    """The last three cycles together, where the last one alone could not be above its usual range, or not below it."""
    months = tables.rules.cycles_up_to(tables.month, POOLED_CYCLES)
    newest = chart.to_dict("index").get(tables.month)
    if newest is None or is_outspoken(newest):
        return
    quarter, baseline = (part[["sum", "size"]].sum() for part in (chart.loc[months[0] :], chart.iloc[:BASELINE_CYCLES]))
    both = binomial_chart([baseline["sum"], quarter["sum"]], [baseline["size"], quarter["size"]], fix_after=1)
    point = {**both.iloc[1], **quarter}
    yield _judged(
        tables, "run_chart_quarter", point, {"period": period_of(months), "population": HEADLINE, "unit": "share"}
    )


def is_outspoken(point: Mapping[Any, Any]) -> bool:
    """Whether so many audits could lie outside the usual range on either side."""
    return bool(point["lower"] > 0 and point["upper"] < 1)


def _judged(tables: Tables, measure: str, point: Mapping[Any, Any], labels: dict[str, str]) -> Figure:
    """One share with the limits of its usual range, and where it lies."""
    held = Estimate(point["y"], point["lower"], point["upper"], int(point["size"]), method="exact binomial limits")
    found = estimated(measure, held, **labels).but(numerator=int(point["sum"]))
    if found.denominator < tables.rules.verdict_from:
        return found.judged(TOO_FEW_TO_JUDGE)
    return found.judged(ABOVE if found.value > found.upper else BELOW if found.value < found.lower else WITHIN)


def _breaks(tables: Tables) -> list[Figure]:
    """The breaks among the cycles shown. One figure per break."""
    shown = _cycles(tables)
    return [
        count("run_chart_break", 1, unit="breaks", period=found.cycle, population=HEADLINE, by="reason",
              group=found.name)
        for found in known_breaks(tables)
        if shown[0] <= found.cycle <= shown[-1]
    ]  # fmt: skip


def _cycles(tables: Tables) -> tuple[str, ...]:
    return tables.rules.cycles_up_to(tables.month, RUN_CHART_CYCLES)
