"""The picture of an answer: shares as dots with their intervals, counts as bars, grades over time as a run chart."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import TOO_FEW, figures_of, parts
from qa_analysis.measures.themes.in_audits import POLARITIES
from qa_analysis.month.month import Month
from qa_analysis.questions.scope import Scope
from qa_analysis.telling.blocks import printable
from qa_analysis.telling.charts import DARK, ORANGE, auditor_and_panel, good_over_time, style

DRAWN: Mapping[str, str] = {  # the measure a question's picture shows
    "grades": "good_or_better", "change": "good_or_better", "findings": "theme_prevalence",
    "families": "family_contact_attempted", "agreement": "agreement_exact", "direction": "moderation_lowered",
    "actions": "actions_open", "overdue": "actions_overdue", "coverage": "audits_completed",
}  # fmt: skip
AXES: Mapping[str, str] = {
    "good_or_better": "Good or better (% of audits graded)", "theme_prevalence": "Found in (% of audits)",
    "family_contact_attempted": "A family was contacted (% of audits)", "agreement_exact": "Upheld (% of grades)",
    "moderation_lowered": "Lowered by the panel (% of grades)", "actions_open": "Open actions",
    "actions_overdue": "Overdue actions", "audits_completed": "Audits", "finding_count": "Findings",
    "grade_count": "Audits",
}  # fmt: skip
MARKS = ((DARK, "o", -0.14), (ORANGE, "s", 0.14))  # the first period, then the second: never by colour alone
ROW_INCHES, CLOSE_INCHES, EDGE_INCHES = 0.34, 0.24, 1.3
CLOSE_FROM = 24  # rows: more stand closer, or the picture would be taller than a screen
MOST_ROWS = 70  # a large council's teams; a taller picture is read nowhere, and the table has every group
PROMPTS_DRAWN = 6  # of each polarity
LONGEST = 46  # letters of a name beside a picture


def picture(scope: Scope, month: Month, titles: Mapping[str, str]) -> Picture | None:
    """The picture of an answer; none where there is too little to draw."""
    asked, measures = scope.asked, month.measures
    if asked.question == "trend":
        return good_over_time(month) if len(month.over_time("good_or_better")) > 1 else None
    if asked.question == "agreement" and not asked.by:
        pairs = measures[measures["measure"] == "moderation_pairs"]
        return None if pairs.empty else auditor_and_panel(month, pairs["population"].iloc[0])
    if asked.question == "findings":
        measures = _most_often(measures)
    drawn = measures[measures["measure"].isin([DRAWN[asked.question], "finding_count"]) & (measures["by"] != "")]
    if drawn.empty:
        drawn = measures[measures["measure"] == "grade_count"]
    if drawn.empty or drawn["group"].nunique() > MOST_ROWS:
        return None
    return dots(drawn, titles) if drawn["unit"].iloc[0] == "share" else bars(drawn, titles)


def _most_often(rows: DataFrame) -> DataFrame:
    """The prompts found most often, the strengths first. One row per prompt and polarity."""
    way = pd.Series([figure.group[-1] for figure in figures_of(rows)], index=rows.index, dtype="str")
    sides = [rows[way == polarity] for polarity in POLARITIES]
    return pd.concat([side.sort_values("value", ascending=False, kind="stable").head(PROMPTS_DRAWN) for side in sides])


def dots(rows: DataFrame, titles: Mapping[str, str]) -> Picture:
    """Shares with their 95 % intervals. One row per group, in the table's order; one mark per period.

    Where there are too few cases to say, the place stays empty.
    """
    style()
    groups, periods = list(dict.fromkeys(rows["group"])), list(dict.fromkeys(rows["period"]))
    drawn, axes = plt.subplots(figsize=(9, _height(len(groups) * len(periods) ** 0.5)))
    for period, (colour, marker, offset) in zip(periods, MARKS, strict=False):
        some = rows[(rows["period"] == period) & (rows["verdict"] != TOO_FEW)]
        places = np.array([groups.index(group) for group in some["group"]]) + (offset if len(periods) > 1 else 0)
        centre = 100 * some["value"].to_numpy(dtype=float)
        spread = np.abs(100 * some[["lower", "upper"]].to_numpy(dtype=float).T - centre)
        axes.errorbar(centre, places, xerr=spread, fmt=marker, color=colour, capsize=3, label=_spoken(period))
    sizes = rows.groupby("group", sort=False)["denominator"].max()
    of = dict(zip(rows["group"], rows["by"], strict=True))
    axes.set_yticks(
        range(len(groups)), [f"{_name(of[group], group, titles)}  n={sizes[group]:.0f}" for group in groups]
    )
    axes.set(xlim=(0, 100), ylim=(len(groups) - 0.5, -0.5), xlabel=f"{AXES[rows['measure'].iloc[0]]}, 95 % interval")
    if len(periods) > 1:
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False)
    return drawn


def bars(rows: DataFrame, titles: Mapping[str, str]) -> Picture:
    """Counts. One bar per group, in the table's order, with its number."""
    style()
    drawn, axes = plt.subplots(figsize=(9, _height(len(rows))))
    lengths = axes.barh(range(len(rows)), rows["value"], color=DARK)
    axes.set_yticks(
        range(len(rows)), [_name(by, group, titles) for by, group in zip(rows["by"], rows["group"], strict=True)]
    )
    axes.bar_label(lengths, [f"{value:.0f}" for value in rows["value"]], padding=3)
    axes.invert_yaxis()
    axes.set(xlabel=AXES[rows["measure"].iloc[0]], xlim=(0, max(float(rows["value"].max()) * 1.12, 1)))
    return drawn


def _height(rows: float) -> float:
    return rows * (CLOSE_INCHES if rows >= CLOSE_FROM else ROW_INCHES) + EDGE_INCHES


def _name(by: str, group: str, titles: Mapping[str, str]) -> str:
    """A group's title, short enough to stand beside the picture; after it what else divides it, such as a polarity."""
    code, *more = parts(by, group)
    title = printable(titles.get(code, code))
    title = title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
    return " ".join([f"{at_first(title)}", *(f"({printable(titles.get(part, part))})" for part in more)])


def _spoken(period: str) -> str:
    first, _, last = period.partition("/")
    return f"{month_name(first)} to {month_name(last)}" if last else month_name(first)
