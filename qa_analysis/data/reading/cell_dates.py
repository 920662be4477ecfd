"""Dates and months in cells: read where the value can mean one day only, a fault where it cannot."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

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
UK = ZoneInfo("Europe/London")

_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
_CLOCK = (
    r"(?:(?:,? +|T)(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?P<part>\.\d+)?)?"
    rf" ?(?P<half>am|pm)?{_ZONE})?"
)
_NUMBERS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_CLOCK}", re.IGNORECASE | re.ASCII)
_SHORT_YEAR = re.compile(rf"(\d{{1,2}})([/.])(\d{{1,2}})\2(\d{{2}}){_CLOCK}", re.IGNORECASE | re.ASCII)
_ISO = re.compile(rf"(\d{{4}})([-/])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}", re.IGNORECASE | re.ASCII)
_WEEKDAY = r"(?:(?P<weekday>[a-z]+)\.?,? +)?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[ /.-]*([a-z]{{3,9}})\.?,?[ /.-]*(\d{{4}}|'?\d{{2}}){_CLOCK}",
    re.IGNORECASE | re.ASCII,
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){_CLOCK}", re.IGNORECASE | re.ASCII
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
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


def read_moment(value: object, *, order: DateOrder = "day first") -> datetime | None:
    """The moment by the clock on the wall that a cell shows: a real date's, a stamp's, an Excel number's.

    None where the cell has no clock (a day in words says nothing of hours) or says its own time zone, which
    `read_date` goes by.
    """
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time(0))
    if isinstance(value, str):
        return _moment_of_text(one_line(value), order)
    is_serial = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return _moment_of_serial(value) if is_serial and int(value) in SERIALS else None  # type: ignore[arg-type, call-overload]


def is_moved(value: object, *, order: DateOrder = "day first") -> bool:
    """Whether a stamp with its own time zone is of another day in UK time than it writes."""
    if not isinstance(value, str) or not (matched := _matched(one_line(value), order)) or not matched[1]["zone"]:
        return False
    try:
        written = date(*matched[0])
    except ValueError:
        return False
    return _uk_day(written, matched[1]) != written


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
    if _SERIAL.fullmatch(text):
        return _of_serial(float(text))
    if (matched := _matched(text, order)) is None:
        return DATE_FAULT
    parts, found = matched
    try:
        return _plausible(_uk_day(date(*parts), found))
    except (ValueError, OverflowError):
        return DATE_FAULT


def _moment_of_text(text: str, order: DateOrder) -> datetime | None:
    """The moment a text shows, where it has a clock and no time zone."""
    if _SERIAL.fullmatch(text) and int(float(text)) in SERIALS:
        return _moment_of_serial(float(text))
    matched = _matched(text, order)
    if not matched or not matched[1]["hour"] or matched[1]["zone"]:
        return None
    try:
        return datetime.combine(date(*matched[0]), _time_of(matched[1]))
    except ValueError:
        return None


def _moment_of_serial(number: float) -> datetime | None:
    """The moment of an Excel number; a whole one is a day without a clock only as text would be, so it is midnight."""
    return datetime.combine(SERIAL_ZERO, time(0)) + timedelta(seconds=round(number * 86_400, 3))


def _matched(text: str, order: DateOrder) -> tuple[tuple[int, int, int], re.Match[str]] | None:
    """Year, month and day of a text, and what was found in it."""
    return _of_numbers(text, order) or _of_names(text)


def _of_numbers(text: str, order: DateOrder) -> tuple[tuple[int, int, int], re.Match[str]] | None:
    """Year, month and day of 08/06/2023, 2023-06-08 and their like, with or without a time."""
    if found := _ISO.fullmatch(text):
        return (int(found[1]), int(found[3]), int(found[4])), found
    found = _NUMBERS.fullmatch(text) or _SHORT_YEAR.fullmatch(text)
    if not found or (year := _full_year(found[4])) is None:
        return None
    first, second = int(found[1]), int(found[3])
    return ((year, second, first) if order == "day first" else (year, first, second)), found


def _of_names(text: str) -> tuple[tuple[int, int, int], re.Match[str]] | None:
    """Year, month and day of 8 June 2023, 08-Jun-23, Thursday 8th June 2023, June 8, 2023."""
    if found := _DAY_MONTH.fullmatch(text):
        day, name, year = found[2], found[3], _full_year(found[4])
    elif found := _MONTH_DAY.fullmatch(text):
        day, name, year = found[3], found[2], _full_year(found[4])
    else:
        return None
    month = MONTHS.get(name.casefold())
    if month is None or year is None or not _weekday_agrees(found, year, month, int(day)):
        return None
    return (year, month, int(day)), found


def _weekday_agrees(found: re.Match[str], year: int, month: int, day: int) -> bool:
    """Whether the weekday written before a date is that date's."""
    if not found["weekday"]:
        return True
    try:
        return WEEKDAYS.get(found["weekday"].casefold()) == date(year, month, day).weekday()
    except ValueError:
        return False


def _uk_day(day: date, found: re.Match[str]) -> date:
    """The day in UK time of a stamp that says its time zone; any other stamp's day as it is written."""
    zone = (found["zone"] or "").upper().replace(":", "")
    if not zone:
        return day
    east = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) if zone != "Z" else timedelta(0)
    offset = timezone(-east if zone.startswith("-") else east)
    return datetime.combine(day, _time_of(found), tzinfo=offset).astimezone(UK).date()


def _time_of(found: re.Match[str]) -> time:
    """The time of day of a stamp."""
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    hour = hour % 12 + (12 if half == "pm" else 0) if half and hour <= 12 else hour
    return time(hour, int(found["minute"]), int(found["second"] or 0), int(float(found["part"] or 0) * 1_000_000))


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
