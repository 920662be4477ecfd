"""Cells: one value as found in, one canonical value out, or a fault where it cannot be read for certain."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from qa_analysis.data.contracts import Column
from qa_analysis.data.reading.cell_dates import read_date, read_month
from qa_analysis.data.reading.cell_text import (
    ERROR_CELL,
    EXCEL_DIGITS,
    EXCEL_ERRORS,
    NO_VALUE,
    PLACEHOLDER,
    TEXT_FAULT,
    Fault,
    one_line,
    read_text,
    text_of,
)
from qa_analysis.data.reading.raw import Cell, Source

Value: TypeAlias = str | int | float | bool | date | Fault | None
Read = Callable[[Cell], Value]

ID_FAULT = Fault("id-not-readable")
ROUNDED_ID = Fault("id-rounded-by-excel")
BOOLEAN_FAULT = Fault("yes-no-not-readable")
NUMBER_FAULT = Fault("number-not-readable")
WHOLE_FAULT = Fault("whole-number-not-readable")
CODE_FAULT = Fault("code-not-in-list")
PROMPT_FAULT = Fault("prompt-lost-its-zero")
GRADE_FAULT = Fault("grade-not-known")

YES = {"yes", "y", "true", "t", "1"}
NO = {"no", "n", "false", "f", "0"}
NO_ID = NO_VALUE | {"none"}

_PREFIX = re.compile(r"[a-z]{1,2}\) *", re.IGNORECASE)  # "a) Male": the sector's coded lists
_POINT_ZERO = re.compile(r"(-?\d+)\.0+", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+\.\d+e[+-]?\d+|\d+e\+\d+", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_NUMBERED = re.compile(r"(?:grade )?([1-4])(?: ?[-\N{EN DASH}\N{EM DASH}:.,)=/]+ ?| )(.+)", re.IGNORECASE)  # "3 - RI"
_NUMBER_AFTER = re.compile(r"(.+?) ?[-\N{EN DASH}\N{EM DASH}:,(=/ ] ?(?:grade )?([1-4])\)?", re.IGNORECASE)  # "RI (3)"
_JOINS = re.compile(r"[\s_\-\N{EN DASH}\N{EM DASH}]+")


def read_id(value: Cell) -> str | Fault | None:
    """An identifier as text: leading zeros kept, 612306.0 as 612306, -1 and n/a as blank."""
    if isinstance(value, int | float) and abs(value) >= 10**EXCEL_DIGITS:
        return ROUNDED_ID
    if isinstance(value, bool | date) or (isinstance(value, float) and value == value and not value.is_integer()):
        return ID_FAULT
    text = read_text(value, is_free=False)
    if not isinstance(text, str):
        return ID_FAULT if text is TEXT_FAULT else text
    text = found[1] if (found := _POINT_ZERO.fullmatch(text)) else text
    if text.casefold() in NO_ID:
        return None
    if text == "-1":
        return PLACEHOLDER
    return ID_FAULT if text == "NA" or _SCIENTIFIC.fullmatch(text) else text


def read_boolean(value: Cell) -> bool | Fault | None:
    """Yes or no, however a form writes it."""
    text = read_text(value, is_free=False)
    if not isinstance(text, str):
        return BOOLEAN_FAULT if text is TEXT_FAULT else text
    word = _POINT_ZERO.sub(r"\1", _PREFIX.sub("", text, count=1)).casefold()
    if word in YES or word in NO:
        return word in YES
    return None if word in NO_VALUE else BOOLEAN_FAULT


def read_number(value: Cell) -> float | Fault | None:
    """A number; thousands may have commas, anything with a unit or a percent sign is a fault."""
    if isinstance(value, bool | date):
        return NUMBER_FAULT
    text = text_of(value)
    if not isinstance(text, str):
        return NUMBER_FAULT if text is TEXT_FAULT else text
    if text.casefold() in NO_VALUE:
        return None
    if text in EXCEL_ERRORS:
        return ERROR_CELL
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else NUMBER_FAULT


def read_whole_number(value: Cell) -> int | Fault | None:
    """A whole number; 6.138 is a fault."""
    number = read_number(value)
    if number is NUMBER_FAULT:
        return WHOLE_FAULT
    if not isinstance(number, float):
        return number
    return int(number) if number.is_integer() and abs(number) < 10**EXCEL_DIGITS else WHOLE_FAULT


def read_code(value: Cell, codes: Mapping[str, str], *, is_open: bool = False) -> str | Fault | None:
    """The code a word stands for, by `code_list`; where the list is open a word not in it stands for itself."""
    text = read_text(value, is_free=False)
    if not isinstance(text, str):
        return CODE_FAULT if text is TEXT_FAULT else text
    code = codes.get(code_word(text)) or codes.get(code_word(_PREFIX.sub("", text, count=1)))
    if code or text.casefold() in NO_VALUE:
        return code
    return text if is_open else CODE_FAULT


def read_prompt(
    value: Cell, codes: Mapping[str, str], prompts: Collection[str], *, is_open: bool = False
) -> str | Fault | None:
    """A prompt or another code; a fault where Excel holds a number that may be either of two: 3.1, or 3.10 cut short.

    A date is one too, because Excel makes 3-10 the third of October.

    Text says which it is, so 3.1 in a CSV file or a text cell is 3.1.
    """
    if prompts and (isinstance(value, date) or (isinstance(value, float) and f"{text_of(value)}0" in prompts)):
        return PROMPT_FAULT
    return read_code(value, codes, is_open=is_open)


def read_codes(value: Cell, codes: Mapping[str, str], *, is_open: bool = False) -> str | Fault | None:
    """Several codes joined by semicolons, each read as `read_code` does; one that is unknown makes a fault."""
    text = text_of(value)
    if not isinstance(text, str):
        return CODE_FAULT if text is TEXT_FAULT else text
    parts = [read_code(part, codes, is_open=is_open) for part in text.split(";")]
    faults = [part for part in parts if isinstance(part, Fault)]
    return faults[0] if faults else ";".join(dict.fromkeys(part for part in parts if isinstance(part, str))) or None


def read_grade(value: Cell, synonyms: Mapping[str, str], allowed: Sequence[str] = ()) -> str | Fault | None:
    """The grade a word stands for, by the synonyms alone: a number or "Good/RI" is a fault.

    A number and a word together are the word's grade where the number is its place in Ofsted's order ("3 - RI"), or
    where sources.yaml says that it is.
    """
    text = read_text(value, is_free=False)
    if not isinstance(text, str):
        return GRADE_FAULT if text is TEXT_FAULT else text
    words = (text.casefold(), _PREFIX.sub("", text, count=1).casefold())
    grade = next((synonyms[word] for word in words if word in synonyms), None)
    if grade is None:
        grade = _numbered_grade(words[0], synonyms, allowed)
    if grade is None:
        return None if text.casefold() in NO_VALUE else GRADE_FAULT
    return GRADE_FAULT if grade and allowed and grade not in allowed else grade or None


def _numbered_grade(text: str, synonyms: Mapping[str, str], allowed: Sequence[str]) -> str | None:
    """The grade of a word with a number, where both say the same; `allowed` is in Ofsted's order, 1 the best."""
    if found := _NUMBERED.fullmatch(text):
        number, word = found[1], found[2]
    elif found := _NUMBER_AFTER.fullmatch(text):
        number, word = found[2], found[1]
    else:
        return None
    by_word, order = synonyms.get(word.strip(" ()")), dict(zip("1234", allowed, strict=False))
    return by_word if by_word and by_word == synonyms.get(number, order.get(number)) else None


def code_word(text: str) -> str:
    """A code as it is looked up: no case, and spaces, hyphens and underscores alike."""
    return _JOINS.sub(" ", one_line(text)).strip().rstrip(".").casefold()


def code_list(column: Column, words: Mapping[str, str]) -> dict[str, str]:
    """Every word met for a column's codes -> the code; `words` are those of sources.yaml and come first."""
    own = {code: code for code in column.codes}
    return {code_word(word): code for word, code in {**column.code_aliases, **own, **words}.items()}


def reader(column: Column, grade_synonyms: Mapping[str, str], source: Source, *, prompts: Collection[str] = ()) -> Read:
    """How the cells of a column are read."""
    order, codes = source.date_order(column.name), code_list(column, source.codes.get(column.name, {}))
    synonyms, is_open = {**grade_synonyms, **source.grades}, not column.codes
    known_prompts = prompts if column.holds_prompts else ()
    readers: dict[str, Read] = {
        "text": lambda value: read_text(value, is_free=column.free_text),
        "id": read_id,
        "date": lambda value: read_date(value, order=order),
        "month": lambda value: read_month(value, order=order),
        "boolean": read_boolean,
        "whole number": read_whole_number,
        "number": read_number,
        "code": lambda value: read_prompt(value, codes, known_prompts, is_open=is_open),
        "codes": lambda value: read_codes(value, codes, is_open=is_open),
        "grade": lambda value: read_grade(value, synonyms, column.codes),
    }
    return readers[column.kind]


def read_column(values: Sequence[Cell], read: Read) -> list[Value]:
    """Every cell of a column read, each distinct value once. One value per cell."""
    if len({bool, int, float}.intersection(map(type, values))) <= 1:
        seen = {value: read(value) for value in set(values)}
        return [seen[value] for value in values]
    kinds = [(value.__class__, value) for value in values]  # 1, 1.0 and True are equal but not the same
    apart = {kind: read(kind[1]) for kind in set(kinds)}
    return [apart[kind] for kind in kinds]
