"""The tables of the report on the yearly survey of staff, ready to be shown. One row per what its name says."""

from typing import Final

from pandas import DataFrame

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.staff_survey.answers import ANSWER, QUESTION, SAID
from qa_analysis.month.month import Month
from qa_analysis.reports.staff_survey.words import agreed
from qa_analysis.telling.wording import TOO_FEW_TO_SHOW, change_in_points, percent, share_of

BY: Final = {"service_area": "Service", "team": "Team", "role": "Role"}


def numbered(month: Month, wave: str) -> dict[str, int]:
    """The questions of a wave with their numbers on the page."""
    return {one.group[0]: number for number, one in enumerate(agreed(month, wave), start=1)}


def response_table(month: Month, held: list[str]) -> DataFrame:
    """Who answered: the whole in each wave, every service, and the teams and roles of enough. One row per group."""
    rows = [
        [f"All, {month_name(wave)}", *_answered(one)]
        for wave in reversed(held)
        if (one := month.figure("staff_survey_response", period=wave))
    ]
    for by, noun in BY.items():
        found = figures_of(month.figures("staff_survey_response", by=by, period=held[-1]))
        shown = [one for one in found if by == "service_area" or one.is_given]
        rows += [[f"{noun}: {one.group[0]}", *_answered(one)] for one in sorted(shown, key=lambda one: one.group)]
    return DataFrame(rows, columns=["Who", "Answered", "In post", "Response rate"])


def _answered(one: Figure) -> list[str]:
    if not one.is_given:
        return [TOO_FEW_TO_SHOW if one.is_withheld else at_first(one.note), "", ""]
    return [f"{one.numerator:,}", f"{one.denominator:,}", percent(one.value)]


def answers_table(month: Month, wave: str) -> DataFrame:
    """How each question was answered. One row per question, with the standard that it asks about where it has one."""
    codes, standards = month.rules.staff_survey_standards, month.rules.employer_standards
    rows = []
    for number, one in enumerate(agreed(month, wave), start=1):
        question = one.group[0]
        standard = f"{codes[question]} {standards[codes[question] - 1]}" if question in codes else ""
        counts = (
            month.figure("staff_survey_answer", by=(QUESTION, ANSWER), group=(question, word), period=wave)
            for word in SAID.values()
        )
        each = [f"{some.numerator:,}" if some else "0" for some in counts]
        rows.append([f"{number} {question}", standard, share_of(one), *each])
    shown = DataFrame(rows, columns=["Question", "Standard", "Agree or strongly agree", *map(at_first, SAID.values())])
    return shown if shown["Standard"].any() else shown.drop(columns="Standard")


def change_table(month: Month, held: list[str]) -> DataFrame:
    """Agreement in both waves and what changed. One row per question of the newest."""
    now, then = held[-1], held[-2]
    before = {one.group: one for one in agreed(month, then)}
    rows = []
    for number, one in enumerate(agreed(month, now), start=1):
        change = month.figure("staff_survey_change", by=QUESTION, group=one.group[0], period=now)
        rows.append(
            [f"{number} {one.group[0]}", _percent(before.get(one.group)), _percent(one),
             at_first(change_in_points(change)) if change else "Not asked before",
             at_first(change.verdict) if change else ""]
        )  # fmt: skip
    return DataFrame(rows, columns=["Question", month_name(then), month_name(now), "Change", "What may be said"])


def _percent(one: Figure | None) -> str:
    return f"{percent(one.value)} of {one.denominator:,}" if one else "Not asked"


def places_table(month: Month, by: str, wave: str) -> DataFrame:
    """Who agrees by service, team or role, of those with enough answers. One row per place, one column per question."""
    found = figures_of(month.figures("staff_survey_agree", by=(QUESTION, by), period=wave))
    shares = {one.group: one for one in found}
    numbers = numbered(month, wave)
    rows = [
        [at_first(place), *(_percent_or(shares.get((question, place))) for question in numbers)]
        for place in sorted({group[1] for group in shares}, key=str.casefold)
    ]
    return DataFrame(rows, columns=[BY[by], *(f"Question {number}" for number in numbers.values())])


def _percent_or(one: Figure | None) -> str:
    return f"{one.numerator:,} of {one.denominator:,} ({percent(one.value)})" if one else at_first(TOO_FEW_TO_SHOW)
