"""The pictures of the Senior Management Team report: the figures of each, and its words."""

import pandas as pd
from matplotlib.figure import Figure as Picture

from qa_analysis.measures.populations import LEAD, random_third
from qa_analysis.month.month import Month
from qa_analysis.reports.smt_report.words import verdict_words
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import panels, picture_of, short, wrapped
from qa_analysis.telling.claims import breaks_drawn
from qa_analysis.telling.wording import compared_periods

HALF, HALF_HEIGHT = 5.2, 3.5  # inches: of a picture with another beside it

CYCLES_SHOWN = 24  # of the run chart: twelve that its limits are fixed on, and twelve to read against them


def good_over_time(month: Month) -> Picture:
    """Was practice graded better over time than chance would have it? One point per cycle."""
    cycles = month.rules.cycles_up_to(month.month, CYCLES_SHOWN)
    return charts.run_chart(
        month.over_time("good_or_better", periods=cycles),
        month.over_time("run_chart", periods=cycles),
        centre=month.over_time("run_chart_centre", periods=cycles),
        breaks=breaks_drawn(month),
        axis="Good or better (% of headline audits)",
        below="Audit cycle and number of audits",
        height=2.9,
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
        names={"now": now, "then": then},
        marks=(charts.UPPER, charts.LOWER),
        label=wrapped,
        beside=verdict_words(month),
        axis="Good or better (% of headline audits graded in the area, with 95% confidence interval)",
        height=3.5,
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
    return charts.grid(
        month.over_time("audits_completed", by="service_area", periods=month.cycles),
        across={cycle: short(cycle) for cycle in month.cycles},
        absent=0,
    )


def has_pairs(month: Month) -> bool:
    """Whether the panel graded any randomly selected audit of the year."""
    third = random_third(month.rules)
    return not month.figures("moderation_pairs", by="auditor+panel", period=month.year, population=third).empty


def auditors_and_panel(month: Month) -> Picture:
    """Does the panel agree with our auditors? A grid of the year's randomly selected audits, the diagonal framed."""
    grades = {grade: grade.capitalize().replace(" ", "\n") for grade in month.rules.grades}
    return charts.grid(
        month.figures("moderation_pairs", by="auditor+panel", period=month.year, population=random_third(month.rules)),
        down=grades,
        across=grades,
        absent=0,
        is_framed=True,
        axis=("Auditor's grade", "Panel's grade"),
        label_sizes=(9, 9),
        width=HALF,
        height=HALF_HEIGHT,
    )


def time_to_complete(month: Month) -> Picture:
    """How long do actions take? A curve by day, with the limit of the framework."""
    return charts.steps(
        month.figures("actions_completed_km", by="day"),
        marked=month.rules.action_days,
        marked_as=f"day {month.rules.action_days}",
        axis="Completed (% of actions)",
        below="Calendar days since agreed",
        width=HALF,
        height=HALF_HEIGHT,
    )


def good_and_inadequate(month: Month) -> Picture:
    """How many audits were good or better, and how many inadequate, cycle by cycle? Two small pictures on one scale."""
    cycles = month.cycles
    parts = {"good_or_better": "Good or better", "graded_inadequate": month.rules.grades[-1].capitalize()}
    return charts.lines(
        pd.concat(
            [month.over_time(name, periods=cycles).assign(by="grade", group=words) for name, words in parts.items()]
        ),
        groups=list(parts.values()),
        cycles=cycles,
        across=2,
        axis="% of headline audits",
    )


def children_seen(month: Month) -> Picture:
    """Which of the open children had an audit in the year? Dots with intervals by service and by age."""
    services, ages = panels(2, height=2.6, widths=(1, 1))
    for by, axes in (("service_area", services), ("age_band", ages)):
        charts.dots(
            month.figures("open_children_audited", by=by, period=month.year).sort_values(
                "group", key=lambda groups: groups.map(_age_or_name)
            ),
            axis="% of open children",
            axes=axes,
        )
    return picture_of(services)


def _age_or_name(group: str) -> str:
    """What age bands, and names, are ordered by: "5-9" before "10-15"."""
    first = group.rstrip("+").partition("-")[0]
    return f"{int(first):03d}" if first.isdigit() else group
