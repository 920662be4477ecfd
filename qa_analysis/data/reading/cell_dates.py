"""Dates and months in cells: read where the value can mean one day only, a fault where it cannot."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from qa_analysis.data.reading.cell_text import ERROR_CELL, EXCEL_ERRORS, NO_VALUE, PLACEHOLDER, Fault, one_line
from qa_analysis.data.reading.raw import DateOrder

DATE_FAULT = Fault("date-not-readable")
MONTH_FAULT = Fault("month-not-readable")
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)  # staff start dates to review dates
SERIALS = range(36526, 73051)  # Excel's count of days for 2000-01-01 to 2099-12-31
SERIAL_ZERO = date(1899, 12, 30)
EMPTY_DATES = {date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31)}  # a database's blank; Excel's 0 shown as date
NO_DATE = NO_VALUE | {"none", "na", "not applicable"}
TWO_DIGIT_YEARS = range(0, 50)  # 2000 to 2049

_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
_CLOCK = rf"(?:(?:,? +|T)(?P<hour>[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d(?:\.\d+)?)? ?(?:am|pm)?{_ZONE})?"
_NUMBERS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_CLOCK}", re.IGNORECASE | re.ASCII)
_SHORT_YEAR = re.compile(rf"(\d{{1,2}})(/)(\d{{1,2}})/(\d{{2}}){_CLOCK}", re.IGNORECASE | re.ASCII)
_ISO = re.compile(rf"(\d{{4}})([-/])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}", re.IGNORECASE | re.ASCII)
_WEEKDAY = r"(?:(?P<weekday>[a-z]+)\.?,? +)?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[ /.-]*([a-z]{{3,9}})\.?,?[ /.-]*(\d{{4}}|'?\d{{2}}){_CLOCK}",
    re.IGNORECASE | re.ASCII,
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){_CLOCK}", re.IGNORECASE | re.ASCII
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[-/ ](\d{1,2})|(\d{4})(\d{2})(?:\.0+)?", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/ ](\d{4})", re.ASCII)
_NAME_YEAR = re.compile(r"([a-z]{3,9})\.?,?[ /-]*(\d{4}|'?\d{2})", re.IGNORECASE | re.ASCII)
_YEAR_NAME = re.compile(r"(\d{4})[ /-]*([a-z]{3,9})", re.IGNORECASE | re.ASCII)

MONTHS = {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())} | {"sept": 9}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {form: number for number, name in enumerate(_DAYS) for form in (name, name[:3])}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}


@dataclass(frozen=True)
class Orders:
    """How many dates of a column are day first for certain, month first for certain, or read but could be either."""

    day_first: int
    month_first: int
    doubtful: int


def read_date(value: object, *, order: DateOrder = "day first") -> date | Fault | None:
    """The day a cell means, None where it is blank, a fault where it cannot be told for certain."""
    if isinstance(value, str):
        return _date_of_text(one_line(value), order)
    if isinstance(value, bool | time | timedelta):
        return PLACEHOLDER if value == time(0) else DATE_FAULT  # Excel's 0 in a date cell
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, int | float):
        return _of_serial(value)
    return value if isinstance(value, Fault) else None


def read_month(value: object, *, order: DateOrder = "day first") -> str | Fault | None:
    """The month (YYYY-MM) a cell means, None where it is blank, a fault where it cannot be told for certain."""
    text = _digits(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if isinstance(text, str) and (parts := _month_of_text(one_line(text))):
        year, month = parts
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and _is_year(year) else MONTH_FAULT
    day = read_date(value, order=order)
    if isinstance(day, date):
        return f"{day:%Y-%m}"
    return MONTH_FAULT if day is DATE_FAULT else day


def orders(values: Iterable[object], *, is_month: bool = False) -> Orders:
    """Whether the dates of a column look British or American.

    A real date counts by its day, because Excel turns an American text it can read into a wrong real date and leaves
    the others as text. In a column of months, the first of the month in second place looks American.
    """
    counts = Counter(value for value in values if isinstance(value, str | date))
    pairs = [(*pair, times) for value, times in counts.items() if (pair := _day_and_month(value))]
    return Orders(
        day_first=sum(times for a, b, times in pairs if a > 12 or (is_month and a == 1 < b)),
        month_first=sum(times for a, b, times in pairs if b > 12 or (is_month and b == 1 < a <= 12)),
        doubtful=sum(times for a, b, times in pairs if a <= 12 and b <= 12 and not (is_month and a == 1)),
    )


def _date_of_text(text: str, order: DateOrder) -> date | Fault | None:
    """The day a text means."""
    if text.casefold() in NO_DATE:
        return None
    if text in EXCEL_ERRORS:
        return ERROR_CELL
    if serial := _SERIAL.fullmatch(text):
        return _of_serial(int(serial[1]))
    parts = _of_numbers(text, order) or _of_names(text)
    if parts is None:
        return DATE_FAULT
    try:
        return _plausible(date(*parts))
    except ValueError:
        return DATE_FAULT


def _of_numbers(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day of 08/06/2023, 2023-06-08 and their like, with or without a time."""
    if (found := _ISO.fullmatch(text)) and _is_local(found):
        return int(found[1]), int(found[3]), int(found[4])
    found = _NUMBERS.fullmatch(text) or _SHORT_YEAR.fullmatch(text)
    if not found or not _is_local(found) or (year := _full_year(found[4])) is None:
        return None
    first, second = int(found[1]), int(found[3])
    return (year, second, first) if order == "day first" else (year, first, second)


def _of_names(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of 8 June 2023, 08-Jun-23, Thursday 8th June 2023, June 8, 2023."""
    if found := _DAY_MONTH.fullmatch(text):
        day, name, year = found[2], found[3], _full_year(found[4])
    elif found := _MONTH_DAY.fullmatch(text):
        day, name, year = found[3], found[2], _full_year(found[4])
    else:
        return None
    month = MONTHS.get(name.casefold())
    if month is None or year is None or not _is_local(found) or not _weekday_agrees(found, year, month, int(day)):
        return None
    return year, month, int(day)


def _weekday_agrees(found: re.Match[str], year: int, month: int, day: int) -> bool:
    """Whether the weekday written before a date is that date's."""
    if not found["weekday"]:
        return True
    try:
        return WEEKDAYS.get(found["weekday"].casefold()) == date(year, month, day).weekday()
    except ValueError:
        return False


def _is_local(found: re.Match[str]) -> bool:
    """Whether a stamp's day is the same in UK time: one in UTC after 11 at night may be the next day's."""
    zone = (found["zone"] or "").upper().replace(":", "")
    return zone in ("", "+0100") or (zone in ("Z", "+0000") and int(found["hour"]) < 23)


def _full_year(text: str) -> int | None:
    """2023 of 2023, 23 or '23; None of a short year that could be another century's."""
    year = int(text.lstrip("'"))
    if len(text) == 4:
        return year
    return 2000 + year if year in TWO_DIGIT_YEARS else None


def _is_year(year: int) -> bool:
    """Whether a year can occur in an extract."""
    return EARLIEST.year <= year <= LATEST.year


def _plausible(day: date) -> date | Fault:
    """The day itself, unless it is a placeholder for a blank or out of all range."""
    if day in EMPTY_DATES:
        return PLACEHOLDER
    return day if EARLIEST <= day <= LATEST else DATE_FAULT


def _of_serial(number: float) -> date | Fault | None:
    """The day of an Excel serial."""
    if math.isnan(number):
        return None
    if not math.isfinite(number) or int(number) not in SERIALS:
        return DATE_FAULT
    return SERIAL_ZERO + timedelta(days=int(number))


def _digits(value: float) -> str:
    """A whole number as digits, so that 202306 is read as a month and 45085 as a serial."""
    return str(int(value)) if value == value and float(value).is_integer() else ""


def _month_of_text(text: str) -> tuple[int, int] | None:
    """Year and month of 2023-06, 06/2023, Jun 2023, Jun-23, June 2023."""
    if found := _YEAR_MONTH.fullmatch(text):
        return int(found[1] or found[3]), int(found[2] or found[4])
    if found := _MONTH_YEAR.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _NAME_YEAR.fullmatch(text):
        name, year = found[1], _full_year(found[2])
    elif found := _YEAR_NAME.fullmatch(text):
        name, year = found[2], _full_year(found[1])
    else:
        return None
    return (year, MONTHS[name.casefold()]) if year is not None and name.casefold() in MONTHS else None


def _day_and_month(value: object) -> tuple[int, int] | None:
    """First and second number of a date whose order matters; a real date as Excel in the UK read it."""
    if isinstance(value, date):
        return value.day, value.month
    line = one_line(value) if isinstance(value, str) else ""
    found = _NUMBERS.fullmatch(line) or _SHORT_YEAR.fullmatch(line)
    return (int(found[1]), int(found[3])) if found else None
