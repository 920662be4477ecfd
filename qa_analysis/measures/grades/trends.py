"""Whether the run of monthly grades shows more than chance would explain, or only the ordinary ups and downs."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, estimated
from qa_analysis.measures.grades.grades import RUN_CHART_CYCLES, graded
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.stats.control_charts import xmr
from qa_analysis.stats.estimate import Estimate

BASELINE_CYCLES = 12  # limits are fixed on a year, so that a real change cannot hide inside its own limits
FEWEST_CYCLES = 6  # fewer make no limits
CHANCE = "as chance would explain"
BETTER, WORSE = "better than chance would explain", "worse than chance would explain"
IN_WORDS = {"common_cause": CHANCE, "special_cause_improvement": BETTER, "special_cause_concern": WORSE}


@declares(
    Measure(
        "run_chart",
        title="Good or better, against its usual range",
        family=family.GRADES,
        counts="a cycle's share of graded headline audits that were graded outstanding or good, beside the "
        "limits of its usual range (XmR chart, up to 24 cycles); the note says whether it is better or "
        "worse than chance would explain",
        limits="lower and upper are the limits of the usual range, not a 95% confidence interval; they rest on "
        "the first "
        "twelve cycles shown where there are more than twelve, and otherwise on all; cycles with under "
        "five graded audits stay out, and under six cycles there is no chart",
        unit="share",
    ),
)
def trends(tables: Tables) -> list[Figure]:
    """Each cycle's good-or-better share against limits fixed on the first year. One figure per cycle.

    `lower` and `upper` are the process limits of an XmR chart, not a confidence interval; the verdict says in plain
    words whether a cycle is a signal (special cause). Cycles with under five graded audits stay out (docs/methods.md).
    """
    cycles = _shares(tables)
    if len(cycles) < FEWEST_CYCLES:
        return []
    values = np.array([share for share, _ in cycles.values()])
    fixed = BASELINE_CYCLES if len(cycles) > BASELINE_CYCLES else None
    chart = xmr(values, fix_after=fixed)
    return [
        estimated("run_chart", _against_limits(point, n), period=cycle, population=HEADLINE, unit="share").judged(
            IN_WORDS[point["point_type"]]
        )
        for (cycle, (_, n)), point in zip(cycles.items(), chart.to_dict("records"), strict=True)
    ]  # fmt: skip


def _shares(tables: Tables) -> dict[str, tuple[float, int]]:
    """The share good or better and the number graded of each cycle that has enough audits."""
    months = tables.rules.cycles_up_to(tables.month, RUN_CHART_CYCLES)
    audits = graded(headline_audits(tables, months=months), "overall_grade", tables.rules)
    by_cycle = audits.groupby("cycle_month")["is_good"].agg(["mean", "size"])
    enough = by_cycle[by_cycle["size"] >= tables.rules.percentage_from]
    return {str(cycle): (float(row["mean"]), int(row["size"])) for cycle, row in enough.iterrows()}


def _against_limits(point: Mapping[Any, Any], n: int) -> Estimate:
    """One point with its limits."""
    return Estimate(point["y"], point["lower"], point["upper"], n, method="XmR limits")
