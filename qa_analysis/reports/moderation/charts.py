"""The pictures of the moderation report: the figures of each, and its words."""

import pandas as pd
from matplotlib.figure import Figure as Picture

from qa_analysis.month.month import Month
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import DARK, ORANGE, wrapped

CORNERS = ("Above the diagonal: panel graded lower", "Below the diagonal: panel graded higher")


def auditor_and_panel(month: Month, population: str) -> Picture:
    """Does the panel agree with auditors? A grid of counts, the diagonal framed, both directions named."""
    grades = {grade: grade.capitalize() for grade in month.rules.grades}
    return charts.grid(
        month.figures("moderation_pairs", by="auditor+panel", period=month.year, population=population),
        down=grades,
        across=grades,
        absent=0,
        is_framed=True,
        corners=CORNERS,
        axis=("Auditor's grade", "Panel's grade"),
        width=7,
        height=4.4,
    )


def blind_and_sighted(month: Month, population: str) -> Picture:
    """Does a panel that has seen the auditor's grade uphold it more often? Two dots with their intervals, the year."""
    return charts.dots(
        month.figures("agreement_exact", by="was_blind", period=month.year, population=population),
        titles={"blind": "Panel had not seen the grade", "not blind": "Panel had seen the grade"},
        axis="Grades upheld (%, with 95% confidence interval)",
        height=1.9,
    )


def has_view(month: Month) -> bool:
    """Whether there is any figure of what the panel would have said of the year's audits."""
    found = month.over_time("good_or_better_adjusted", periods=[month.year])
    return bool(found["value"].notna().any())


def auditors_or_panel(month: Month) -> Picture:
    """How good would practice look by the panel's standard? Two dots with their intervals per area, over the year."""
    names = {"good_or_better": "as auditors graded", "good_or_better_adjusted": "by the panel's standard"}
    titles = {"": "Overall", **month.rules.key_areas}
    return charts.dots(
        pd.concat([month.figures(name, by=by, period=month.year) for name in names for by in ("", "key_area")]),
        titles=titles,
        groups=list(titles),
        sides="measure",
        names=names,
        marks=(charts.Mark(ORANGE, "s", -0.14), charts.Mark(DARK, "o", 0.14)),
        label=wrapped,
        with_n=False,
        axis="Good or better (% of headline audits, with 95% confidence interval)",
        height=4.6,
    )
