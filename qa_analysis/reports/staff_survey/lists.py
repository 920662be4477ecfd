"""The comments of the newest wave, looked through for names: for the Quality Assurance Manager alone (tier A)."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.disclosure.naming import Naming
from qa_analysis.english import listed
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.staff_survey.waves import waves
from qa_analysis.month.named import Named

FILE: Final = "staff-survey-comments.xlsx"
WIDTHS: Final = {"Question": 44, "Comment": 80, "May name somebody": 40}
LINES: Final = (
    "In the order of their words, without team, role or form: so that no two can be seen to be of one person.",
    "A comment may still tell who wrote it. Pass on what was meant, in words of your own, and not the comment.",
)


def comments(named: Named) -> Iterator[Book]:
    """Every comment of the newest wave, with the words in it that may name somebody. Nothing where there is none."""
    shown = commented(named)
    if not shown.empty:
        yield Book(
            FILE, "Comments in the staff survey", (Sheet("Comments", "Comments", shown, lines=LINES, widths=WIDTHS),)
        )


def commented(named: Named) -> DataFrame:
    """The comments with their question, in the order of their words. One row per comment."""
    held = waves(named.tables)
    if not held:
        return DataFrame()
    said = held[-1].answers.dropna(subset="comment").sort_values(["question", "comment"], kind="stable")
    naming = Naming.of_council(named.tables, set(named.identities.originals.values()))
    marks = [listed([mark.words for mark in naming.marks(text)]) for text in said["comment"]]
    return DataFrame(
        {"Question": said["question"], "Comment": said["comment"], "May name somebody": marks}
    ).reset_index(drop=True)
