"""The pictures of the Senior Management Team report: the figures of each, and its words."""

import pandas as pd
from matplotlib.figure import Figure as Picture

from qa_analysis.dates import months_after, months_between
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import short, wrapped
from qa_analysis.telling.claims import breaks_drawn
from qa_analysis.telling.wording import compared_periods

CYCLES_SHOWN = 24  # of the run chart: twelve that its limits are fixed on, and twelve to read against them


def good_over_time(month: Month) -> Picture:
    """Was practice graded better over time than chance would have it? One point per cycle."""
    cycles = months_between(months_after(month.month, 1 - CYCLES_SHOWN), month.month)
    return charts.run_chart(
        month.over_time("good_or_better", periods=cycles),
        month.over_time("run_chart", periods=cycles),
        centre=month.over_time("run_chart_centre", periods=cycles),
        breaks=breaks_drawn(month),
        axis="Good or better (% of headline audits)",
        below="Audit cycle and number of audits",
    )


def has_areas(month: Month) -> bool:
    """Whether any headline audit graded a key area in either period of the comparison."""
    return not month.figures("loop_good_or_better", by="key_area+side", population=LEAD).empty


def six_areas(month: Month) -> Picture:
    """In which key areas is practice good, now and six months ago? Two dots with their intervals per area.

    They are the shares that the verdicts compare.
    """
    now, then = compared_periods(month)
    return charts.dots(
        month.figures("loop_good_or_better", by="key_area+side", population=LEAD),
        titles=month.rules.key_areas,
        groups=list(month.rules.key_areas),
        sides="side",
        names={"then": then, "now": now},
        marks=(charts.LOWER, charts.UPPER),
        label=wrapped,
        with_n=False,
        axis="Good or better (% of headline audits graded in the area, with 95% confidence interval)",
        height=4.4,
    )


def grade_mix(month: Month) -> Picture:
    """How were the audits graded, overall and in each area? One bar per area, a segment per grade with its count."""
    return charts.stacked(
        pd.concat([month.figures("grade_count", by=by) for by in ("grade", "key_area+grade")]),
        titles=month.rules.key_areas,
        groups=["", *month.rules.key_areas],
        segments={grade: grade.capitalize() for grade in month.rules.grades},
        label=wrapped,
        axis="Number of headline audits",
        legend_at=0.4,
        height=4.2,
    )


def coverage_matrix(month: Month) -> Picture:
    """Which services were seen in which cycle? A grid of counts, service by cycle."""
    cycles = months_between(month.year.split("/")[0], month.month)
    return charts.grid(
        month.over_time("audits_completed", by="service_area", periods=cycles),
        across={cycle: short(cycle) for cycle in cycles},
        absent=0,
    )
