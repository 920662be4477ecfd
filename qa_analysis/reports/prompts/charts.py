"""The pictures of the report on prompts: the figures of each, and its words."""

from collections.abc import Sequence

from matplotlib.figure import Figure as Picture

from qa_analysis.measures.prompts.answers import ANSWERS, PROMPT
from qa_analysis.month.month import Month
from qa_analysis.reports.prompts.tables import label, weakest
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import DARK, in_lines

COLOURS = (DARK, "#F0B37E", "#A285D1")  # of yes, partly and no
ROW, EDGE = 0.42, 1.2  # inches: of a prompt, and of the rest
LINES = 6


def codes_of(month: Month, areas: Sequence[str]) -> list[str]:
    """The prompts of some key areas that were answered, in the framework's order."""
    found = month.figures("prompt_answer", by=(PROMPT, "answer"), period=month.year)
    held = dict.fromkeys(group.split("+")[0] for group in found["group"])
    return [code for code in held if month.rules.area_of(code) in areas]


def answers(month: Month, codes: Sequence[str]) -> Picture:
    """How was each prompt answered? A bar per prompt, in three segments."""
    found = month.figures("prompt_answer", by=(PROMPT, "answer"), period=month.year)
    return charts.stacked(
        found[found["group"].str.split("+").str[0].isin(list(codes))],
        titles={code: label(month, code) for code in codes},
        groups=codes,
        segments={answer: answer for answer in ANSWERS},
        colours=COLOURS,
        label=in_lines,
        axis="Headline audits in which the prompt was answered so (%)",
        legend_at=0.5,
        height=EDGE + ROW * len(codes),
    )


def has_cycles(month: Month) -> bool:
    """Whether two cycles or more have answers."""
    return (
        bool(weakest(month))
        and month.over_time("prompt_answered_yes", by=PROMPT, periods=month.cycles)["period"].nunique() > 1
    )


def over_cycles(month: Month) -> Picture:
    """How did the weakest prompts go, cycle by cycle? One small picture each."""
    codes = [one.group[0] for one in weakest(month, LINES)]
    found = month.over_time("prompt_answered_yes", by=PROMPT, periods=month.cycles)
    return charts.lines(
        found[found["group"].isin(codes)],
        titles={code: label(month, code) for code in codes},
        groups=codes,
        cycles=month.cycles,
        axis="Answered yes (%)",
    )
