"""The rules of the staff survey as framework.yaml must give them: a floor that protects, and questions with a code."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

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


def survey_month(value: Any) -> int:
    """The calendar month of the survey.

    Raises:
        WrongUse: it is none.
    """
    if type(value) is not int or not 1 <= value <= 12:
        raise WrongUse("framework.yaml: staff_survey_month is no calendar month from 1 to 12")
    return value


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
