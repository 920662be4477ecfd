"""The tables of the report on prompts, ready to be shown. One row per what its name says."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.populations import POOLED
from qa_analysis.measures.prompts.against_findings import DEVELOPMENT
from qa_analysis.measures.prompts.answers import ANSWERS, PROMPT, YES
from qa_analysis.measures.prompts.changes import CLAIMED
from qa_analysis.month.month import Month
from qa_analysis.telling.claims import in_short
from qa_analysis.telling.prompts import prompt_title
from qa_analysis.telling.wording import share_of

WEAKEST: Final = 5  # of all; of each role or service fewer
OF_EACH: Final = 3
AGAINST: Final = 8
BY = {"auditor_role": "Auditor's role", "service_area": "Service"}


def label(month: Month, code: str) -> str:
    """A prompt with its number: "1.4 Identified contingency"."""
    return f"{code} {month.rules.prompts.get(code, '')}".strip()


def weakest(month: Month, most: int = WEAKEST) -> list[Figure]:
    """The prompts answered yes least often over the year, of those answered in enough audits; least often first."""
    found = figures_of(month.figures("prompt_answer", by=(PROMPT, "answer"), period=month.year))
    enough = [one for one in found if one.group[1] == YES and one.denominator >= month.rules.verdict_from]
    return sorted(enough, key=lambda one: one.value)[:most]


def answers_table(month: Month) -> DataFrame:
    """Each prompt's answers over the year, and what may be said of six months. One row per prompt."""
    shares = {
        one.group: one for one in figures_of(month.figures("prompt_answer", by=(PROMPT, "answer"), period=month.year))
    }
    changes = {
        one.group[0]: in_short(one) if one.verdict in CLAIMED else one.verdict
        for one in figures_of(month.figures("prompt_change", by=PROMPT, population=POOLED))
    }
    rows = []
    for code in dict.fromkeys(code for code, _ in shares):
        yes, partly, no = (shares[code, answer] for answer in ANSWERS)
        apart = month.count("prompt_not_applicable", by=PROMPT, group=code, period=month.year)
        rows.append(
            [label(month, code), share_of(yes), partly.numerator, no.numerator, apart,
             at_first(changes.get(code, "too few to compare"))]
        )  # fmt: skip
    return DataFrame(rows, columns=["Prompt", "Yes", *map(at_first, ANSWERS[1:]), "Not applicable", "In six months"])


def weakest_table(month: Month, by: str, period: str) -> DataFrame:
    """The weakest prompts of each auditor's role, or service. A few rows for each, in the order of the alphabet."""
    rows = [
        [group, label(month, one.group[1]), share_of(one)]
        for group, some in _grouped(month, by, period)
        for one in some
    ]
    return DataFrame(rows, columns=[BY[by], "Prompt", "Answered yes"])


def _grouped(month: Month, by: str, period: str) -> Iterator[tuple[str, list[Figure]]]:
    """The weakest prompts of each group that has enough audits."""
    found = figures_of(month.figures("prompt_answered_yes", by=(by, PROMPT), period=period))
    for group in sorted({one.group[0] for one in found}, key=str.casefold):
        some = [one for one in found if one.group[0] == group and one.denominator >= month.rules.verdict_from]
        yield at_first(group), sorted(some, key=lambda one: one.value)[:OF_EACH]


def against_table(month: Month, measure: str, heading: str) -> DataFrame:
    """The prompts where answers and findings differ most often, by what is lacking. One row per prompt."""
    found = figures_of(month.figures(measure, by=PROMPT, period=month.year))
    shown = sorted((one for one in found if one.numerator > 0), key=lambda one: -one.numerator)[:AGAINST]
    rows = [[f"{code} {prompt_title(month, code, DEVELOPMENT)}", share_of(one)] for one in shown for code in one.group]
    return DataFrame(rows, columns=["Prompt", heading])
