"""The rules of the staff survey and Practice Week as framework.yaml must give them: floor, codes, months and days."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from qa_analysis.dates import parse_day
from qa_analysis.errors import WrongUse

FEWEST_FORMS: Final = 5  # below, one team's few answers would be told
STANDARDS: Final = 8  # for Employers of Social Workers


def survey_floor(value: Any) -> int:
    """The fewest forms that a figure of the staff survey rests on.

    Raises:
        WrongUse: it is no whole number, or one that would protect nobody.
    """
    if type(value) is not int or value < FEWEST_FORMS:
        raise WrongUse(f"framework.yaml: staff_survey_floor is no whole number of {FEWEST_FORMS} or more")
    return value


def calendar_month(value: Any) -> int:
    """The calendar month in which the survey, or Practice Week, is held.

    Raises:
        WrongUse: it is none.
    """
    if type(value) is not int or not 1 <= value <= 12:
        raise WrongUse(
            f"framework.yaml: staff_survey_month and practice_week_month are calendar months from 1 to 12, not {value}"
        )
    return value


def first_days(value: Mapping[str, Any]) -> Mapping[str, str]:
    """The first day of each year's Practice Week, as YYYY-MM-DD.

    Raises:
        WrongUse: a day is none, or lies in another year than it stands for.
    """
    days = {str(year): str(day) for year, day in value.items()}
    for year, day in days.items():
        if parse_day(day).year != int(year):
            raise WrongUse(f"framework.yaml: practice_week gives a day of another year for {year}")
    return MappingProxyType(days)


def coded_questions(value: Mapping[str, Any]) -> Mapping[str, int]:
    """The standard that each question asks about.

    Raises:
        WrongUse: a code is no number of a standard; the question is named.
    """
    if wrong := [name for name, code in value.items() if type(code) is not int or not 1 <= code <= STANDARDS]:
        raise WrongUse(
            f'framework.yaml: staff_survey_standards gives "{wrong[0]}" no number of a standard from 1 to {STANDARDS}'
        )
    return MappingProxyType({str(name): code for name, code in value.items()})
