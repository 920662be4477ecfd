"""What the analyst is told of a cell that cannot be read: the column, what is wrong, what to do; never a name."""

from collections.abc import Mapping
from typing import Final, Literal

from qa_analysis.data.contracts import Column
from qa_analysis.data.reading.quoting import may_be_quoted

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
QUOTABLE_RULES: Final = {"code-not-in-list", "grade-not-known", "date-not-readable", "month-not-readable"}

CODES_NAMED = 12  # more than that are not listed in a sentence

Became = Literal["its cell is blank", "its row is listed", "its row is set aside"]
_CONSEQUENCES: Mapping[Became, str] = {
    "its cell is blank": "It counts as blank.",
    "its row is listed": "The row was not loaded.",
    "its row is set aside": "The row is set aside.",
}


def cell_message(column: Column, heading: str, rule: str, *, value: object, became: Became) -> str:
    """The sentence for one cell, and what became of it or of its row."""
    is_quoted = rule in QUOTABLE_RULES and may_be_quoted(value, column)
    shown = f'{heading} holds "{value}", which' if is_quoted else heading
    named = ", ".join(column.codes[:CODES_NAMED]) + (" …" if len(column.codes) > CODES_NAMED else "")
    return f"{shown} {CELL_RULES[rule].format(codes=named)} {_CONSEQUENCES[became]}"
