"""How many audits were graded inadequate, cycle by cycle: what stands beside good or better over time."""

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_up_to, period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.grades.grades import RUN_CHART_CYCLES, graded
from qa_analysis.measures.populations import HEADLINE


@declares(
    Measure(
        "graded_inadequate",
        title="Graded inadequate",
        family=family.GRADES,
        counts="headline audits graded with the lowest grade overall, of those graded on the four-grade scale, in each "
        "of 24 cycles up to the month and in twelve cycles together",
        limits="the auditors' grades, not the panel's; blank grades leave the denominator; a cycle without a graded "
        "headline audit has no figure",
        unit="share",
    ),
)
def inadequate(tables: Tables) -> list[Figure]:
    """The share graded inadequate, of each cycle and of the year. One figure per period that has any graded audit."""
    cycles, rules = months_up_to(tables.month, RUN_CHART_CYCLES), tables.rules
    headline = headline_audits(tables, months=cycles, columns=("cycle_month", "overall_grade"))
    audits = graded(headline, "overall_grade", rules)
    is_worst = audits["overall_grade"] == rules.grades[-1]
    sizes = is_worst.groupby(audits["cycle_month"]).agg(["sum", "size"])
    periods = [*((cycle,) for cycle in cycles), tables.rolling_cycles]
    each = ((months, sizes[sizes.index.isin(months)].sum()) for months in periods)
    return [
        share(
            "graded_inadequate", int(some["sum"]), int(some["size"]),
            period=period_of(months), population=HEADLINE, few=rules.percentage_from,
        )
        for months, some in each
        if some["size"]
    ]  # fmt: skip
