"""Ages: the age band of a child whose tracker gives a date of birth or an age in years; neither is kept."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.cell_dates import read_date
from qa_analysis.data.reading.cell_text import Fault
from qa_analysis.data.reading.cells import Value, read_number
from qa_analysis.data.reading.raw import Cell
from qa_analysis.data.reading.sheet_issues import ReadColumn

AGE_BAND: Final = "age_band"
OLDEST: Final = 26  # care leavers are supported up to their 25th birthday
AGE_FAULT: Final = Fault("age-not-readable")
BIRTH_FAULT: Final = Fault("age-without-its-day")
_BIRTH = re.compile(r"\bd\.?o\.?b\b|birth|born", re.IGNORECASE)
_BAND = re.compile(r"(\d+)-(\d+)|(\d+)\+")
_YEARS = re.compile(r"(\d{1,2})(?: ?(?:years?|yrs?|y))?(?: old)?", re.IGNORECASE)


def with_age_bands(columns: Sequence[ReadColumn], contract: Contract) -> list[ReadColumn]:
    """The columns, an age or a date of birth read as the age band on the day of the record."""
    days = next((column.canonical for column in columns if column.column.name == contract.happens_on), ())
    return [_banded(column, days) if column.column.name == AGE_BAND else column for column in columns]


def is_birth_heading(heading: str) -> bool:
    """Whether a heading is that of dates of birth."""
    return bool(_BIRTH.search(heading))


def age_on(born: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _banded(read: ReadColumn, days: Sequence[Value]) -> ReadColumn:
    """The column with each cell that its list could not read taken as an age or a date of birth."""
    is_birth = is_birth_heading(read.heading)
    on = days or [None] * len(read.cells)
    if is_birth and not days:
        return replace(read, canonical=[BIRTH_FAULT if isinstance(value, Fault) else value for value in read.canonical])
    values = [
        _band_of(cell, day, read.column.codes, is_birth=is_birth) if isinstance(value, Fault) else value
        for cell, value, day in zip(read.cells, read.canonical, on, strict=True)
    ]
    return replace(read, canonical=values)


def _band_of(cell: Cell, day: Value, bands: Sequence[str], *, is_birth: bool) -> Value:
    """The band of an age in years, or of a date of birth on a day.

    Under any other heading a date is no date of birth: Excel makes October 2015 of the band 10-15.
    """
    years = None if is_birth else _years(cell)
    if years is None and not is_birth:
        return AGE_FAULT
    if years is None:
        born = read_date(cell)
        if not isinstance(born, date):
            return AGE_FAULT
        if not isinstance(day, date):
            return None  # the row's own date is told of
        years = age_on(born, day)
    return next((band for band in bands if _holds(band, years)), AGE_FAULT) if 0 <= years < OLDEST else AGE_FAULT


def _years(cell: Cell) -> int | None:
    """Full years where a cell is an age: 6, 6.138, "6 years"."""
    if isinstance(cell, str) and (found := _YEARS.fullmatch(cell.strip())):
        return int(found[1])
    number = read_number(cell)
    return int(number) if isinstance(number, float) and 0 <= number < OLDEST else None


def _holds(band: str, years: int) -> bool:
    """Whether an age lies in a band such as 5-9 or 16+."""
    found = _BAND.fullmatch(band)
    if not found:
        return False
    return int(found[3]) <= years if found[3] else int(found[1]) <= years <= int(found[2])
