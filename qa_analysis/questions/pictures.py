"""The picture of an answer: shares as dots with their intervals, counts as bars, grades over time as a run chart."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import TOO_FEW
from qa_analysis.measures.themes.in_audits import POLARITIES
from qa_analysis.month.month import Month
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.every import SUBJECTS
from qa_analysis.questions.tables import finding_titles
from qa_analysis.telling import charts
from qa_analysis.telling.claims import breaks_drawn

DRAWN: Mapping[str, tuple[str, ...]] = {  # the measures a question's picture may show, the first there is
    "grades": ("good_or_better",), "change": ("good_or_better",), "families": ("family_contact_attempted",),
    "agreement": ("agreement_exact",), "direction": ("moderation_lowered",), "actions": ("actions_open",),
    "overdue": ("actions_overdue",), "coverage": ("audits_completed",),
    **{name: tuple(subject.drawn) for name, subject in SUBJECTS.items()},
}  # fmt: skip
AXES: Mapping[str, str] = {
    "good_or_better": "Good or better (% of audits graded)",
    "family_contact_attempted": "A family was contacted (% of audits)", "agreement_exact": "Upheld (% of grades)",
    "moderation_lowered": "Lowered by the panel (% of grades)", "actions_open": "Open actions",
    "actions_overdue": "Overdue actions", "audits_completed": "Audits", "grade_count": "Audits",
    **{measure: axis for subject in SUBJECTS.values() for measure, axis in subject.drawn.items()},
}  # fmt: skip
MOST_ROWS = 70  # a large council's teams; a taller picture is read nowhere, and the table has every group
PROMPTS_DRAWN = 6  # of each polarity


def picture(scope: Scope, month: Month, titles: Mapping[str, str]) -> Picture | None:
    """The picture of an answer; none where there is too little to draw."""
    asked, measures = scope.asked, month.measures
    if asked.question == "trend":
        return _over_time(month)
    if asked.question == "agreement" and not asked.by:
        return _auditor_and_panel(month)
    if asked.question == "findings" and asked.by in ("prompt", "key_area"):
        measures = _most_often(measures)
        titles = {**titles, **finding_titles(measures, titles)}
    elif asked.prompt:
        measures = _of_one_prompt(measures)
    drawn = _drawn(measures, asked)
    if drawn.empty:
        drawn = measures[measures["measure"] == "grade_count"]
    if drawn.empty or drawn["group"].nunique() > MOST_ROWS or _is_of_two(drawn, asked.question):
        return None
    return _by_group(drawn, {**titles, **month_titles(drawn)})


def _drawn(measures: DataFrame, asked: Asked) -> DataFrame:
    """The groups' figures of the first measure that has any."""
    split = measures[measures["by"] != ""]
    if asked.by and (measures["by"] == asked.by).any():
        split = split[split["by"] == asked.by]
    for measure in DRAWN[asked.question]:
        if (split["measure"] == measure).any():
            return split[split["measure"] == measure]
    return split.iloc[:0]


def _of_one_prompt(measures: DataFrame) -> DataFrame:
    """Figures of one prompt alone, by the group they are of: the prompt is in the question."""
    split = measures["by"].str.contains("+", regex=False)
    side = measures["by"].str.endswith("+polarity") & ~measures["group"].str.endswith("+development")
    kept = measures[split & ~side] if split.any() else measures
    return kept.assign(
        by=kept["by"].str.partition("+")[0],
        group=[
            group.rsplit("+", by.count("+"))[0] for by, group in zip(kept["by"], kept["group"], strict=True)
        ],
    )  # fmt: skip


def _is_of_two(drawn: DataFrame, question: str) -> bool:
    """Whether every figure is of a group and a prompt: too much for one picture, and the table has it."""
    return question in ("prompts", "views", "findings") and bool(
        (drawn["by"].str.contains("+", regex=False) & ~drawn["by"].eq("theme_code+polarity")).any()
    )


def month_titles(drawn: DataFrame) -> dict[str, str]:
    """The names of months among the groups."""
    months = drawn.loc[drawn["by"] == "month", "group"]
    return {month: month_name(month) for month in months if month[:1].isdigit()}


def _by_group(drawn: DataFrame, titles: Mapping[str, str]) -> Picture:
    """What has intervals as dots, counts as bars. A share of too few cases keeps its row and its n, and has no dot."""
    names, axis = {**titles, **_large(drawn, titles)}, AXES[drawn["measure"].iloc[0]]
    if drawn["lower"].isna().all():
        return charts.bars(drawn, titles=names, axis=axis)
    enough = drawn.assign(value=drawn["value"].where(drawn["verdict"] != TOO_FEW))
    several = len(set(enough["period"])) > 1
    return charts.dots(
        enough, titles=names, sides="period", axis=f"{axis}, 95% confidence interval", n_at_dots=several
    )  # fmt: skip


def _over_time(month: Month) -> Picture | None:
    """Good or better in each cycle, with its usual range."""
    graded = month.over_time("good_or_better")
    if len(graded) < 2:
        return None
    return charts.run_chart(
        graded,
        month.over_time("run_chart"),
        centre=month.over_time("run_chart_centre"),
        breaks=breaks_drawn(month),
        axis="Good or better (% of headline audits)",
        below="Audit cycle and number of audits",
    )


def _auditor_and_panel(month: Month) -> Picture | None:
    """Auditors' grades against the panel's; what was upheld is framed."""
    pairs = month.figures("moderation_pairs", by="auditor+panel", period=month.year)
    if pairs.empty:
        return None
    grades = {grade: grade.capitalize() for grade in month.rules.grades}
    return charts.grid(
        pairs,
        down=grades,
        across=grades,
        absent=0,
        is_framed=True,
        corners=("Above the diagonal: panel graded lower", "Below the diagonal: panel graded higher"),
        axis=("Auditor's grade", "Panel's grade"),
        width=7,
        height=4.4,
    )


def _most_often(rows: DataFrame) -> DataFrame:
    """The prompts found most often, the strengths first. One row per prompt and polarity, which are one name."""
    parts = [rows[rows["group"].str.endswith(f"+{polarity}")] for polarity in POLARITIES]
    most = pd.concat([part.sort_values("value", ascending=False, kind="stable").head(PROMPTS_DRAWN) for part in parts])
    return most.assign(by="found")


def _large(drawn: DataFrame, titles: Mapping[str, str]) -> dict[str, str]:
    """The title of each group with a large first letter; of one split twice, that of its first part."""
    firsts = [group.rsplit("+", by.count("+"))[0] for by, group in zip(drawn["by"], drawn["group"], strict=True)]
    found = {first: titles.get(first, first) for first in firsts}
    return {first: at_first(title) for first, title in found.items()}
