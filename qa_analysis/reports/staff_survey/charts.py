"""The picture of the report on the yearly survey of staff."""

from typing import Final

from matplotlib.figure import Figure as Picture

from qa_analysis.measures.staff_survey.answers import ANSWER, QUESTION, SAID
from qa_analysis.month.month import Month
from qa_analysis.reports.staff_survey.tables import numbered
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import in_lines

COLOURS: Final = ("#12436D", "#7FB2DD", "#D9DBDC", "#F0B37E", "#801650")  # from strongly agree to strongly disagree
ROW, EDGE = 0.55, 1.3  # inches: of a question, and of the rest


def answers(month: Month, wave: str) -> Picture:
    """How was each question answered? A bar per question, in five segments."""
    numbers = numbered(month, wave)
    return charts.stacked(
        month.figures("staff_survey_answer", by=(QUESTION, ANSWER), period=wave),
        titles={question: f"{number} {question}" for question, number in numbers.items()},
        groups=list(numbers),
        segments={word: word for word in SAID.values()},
        colours=COLOURS,
        label=in_lines,
        axis="Answers (%)",
        legend_at=0.3,  # five long names begin above the questions
        height=EDGE + ROW * len(numbers),
    )
