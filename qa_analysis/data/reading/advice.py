"""What the analyst is told of a cell that cannot be read: the column, what is wrong, what to do; never the value."""

import re
from typing import Final

from qa_analysis.data.contracts import Column, Severity

CELL_RULES: Final = {
    "date-not-readable": "is not a date that can be read for certain. Enter a date such as 08/06/2023.",
    "date-may-be-shifted": "is of 23:00 or just before midnight, and may be the next day shifted by its clock; the "
    "other times of the column do not say. Export the dates without a time.",
    "month-not-readable": "is not a month with its year that can be read for certain. Enter a month such as 2023-06.",
    "yes-no-not-readable": "is neither yes nor no. Enter yes or no, or leave it blank where it is not known.",
    "number-not-readable": "is not a number that can be read for certain. Enter digits alone, without a unit.",
    "whole-number-not-readable": "is not a whole number. Enter digits alone, without a unit.",
    "code-not-in-list": "is not one of the codes. Enter one of: {codes}. Or say in sources.yaml which code it means.",
    "prompt-lost-its-zero": "is a number or a date that may be more than one prompt: Excel keeps 3.10 as 3.1, "
    "and makes a date of 3-10. Format the column as text and enter the prompt again.",
    "age-not-readable": "is neither an age band, an age in years nor a date of birth that can be read for certain. "
    "Enter one of: {codes}.",
    "age-without-its-day": "is a date of birth, and the rows have no date of their own to reckon an age by. Add one.",
    "grade-not-known": "is not a grade. Enter one of the grades, or say in sources.yaml which grade it means.",
    "id-not-readable": "is not an identifier that can be read for certain. Format the column as text and enter "
    "it again.",
    "id-rounded-by-excel": "is a number of more than 15 digits, which Excel has rounded. Format the column as text and "
    "export it again.",
    "text-not-readable": "cannot be read as text for certain. Format the column as text and enter it again.",
    "error-cell": "holds an Excel error such as #N/A. Mend the formula or clear the cell.",
    "formula-without-value": "holds a formula without its result. Open the workbook in Excel, save it, and export "
    "it again.",
    "value-missing": "is blank, and without it the row means nothing. Fill it in.",
}
UNREADABLE: Final = frozenset(CELL_RULES) - {"value-missing"}  # a cell that holds something, and counts as blank
QUOTABLE_RULES: Final = {"code-not-in-list", "grade-not-known"}
QUOTED_LENGTH: Final = 30  # a longer "code" is free text in the wrong column

CODES_NAMED = 12  # more than that are not listed in a sentence

_LOOKS_LIKE_A_PERSON = re.compile(r".*(?:\d{3}|@).*|[A-Z][\w'\u2019-]*,? [A-Z][\w'\u2019-]*.*")


def cell_message(column: Column, heading: str, rule: str, *, value: object, severity: Severity, is_listed: bool) -> str:
    """The sentence for one cell."""
    shown = f'"{value}" in {heading}' if rule in QUOTABLE_RULES and _may_be_quoted(value) else heading
    named = ", ".join(column.codes[:CODES_NAMED]) + (" …" if len(column.codes) > CODES_NAMED else "")
    return f"{shown} {CELL_RULES[rule].format(codes=named)} {_consequence(severity, is_listed)}"


def looks_like_a_person(text: str) -> bool:
    """Whether a text could be a name, a number or an address of a person."""
    return bool(_LOOKS_LIKE_A_PERSON.fullmatch(text))


def _may_be_quoted(value: object) -> bool:
    """Whether a value looks like a word of a list, and not like an identifier, a name or free text."""
    return isinstance(value, str) and 0 < len(value) <= QUOTED_LENGTH and not _LOOKS_LIKE_A_PERSON.fullmatch(value)


def _consequence(severity: Severity, is_listed: bool) -> str:
    """What became of the cell or its row."""
    if severity == "error":
        return "No report until this is put right."
    return "The row was not loaded." if is_listed else "It counts as blank."
