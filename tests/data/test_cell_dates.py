"""Dates and months in cells, however they are written."""

import string
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa_analysis.data.reading.cell_dates import orders, read_date, read_month
from qa_analysis.data.reading.cell_text import PLACEHOLDER, Fault, one_line
from qa_analysis.data.reading.cells import (
    read_boolean,
    read_id,
    read_number,
    read_whole_number,
)

MONTHS = [f"{date(2023, month, 1):%B}" for month in range(1, 13)]
DAYS = st.dates(date(1950, 1, 2), date(2100, 12, 31))


def written(day: date) -> dict[str, str]:
    """A day in every form that is read, by a name for it."""
    month = MONTHS[day.month - 1]
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    return {
        "iso": f"{day:%Y-%m-%d}",
        "iso midnight": f"{day:%Y-%m-%d} 00:00:00.000",
        "iso T": f"{day:%Y-%m-%d}T14:30:05",
        "iso UTC": f"{day:%Y-%m-%d}T09:00:00Z",
        "iso summer": f"{day:%Y-%m-%d}T23:59:00+01:00",
        "iso slashes": f"{day:%Y/%m/%d}",
        "iso short": f"{day.year}-{day.month}-{day.day}",
        "slashes": f"{day:%d/%m/%Y}",
        "slashes short": f"{day.day}/{day.month}/{day.year}",
        "slashes time": f"{day:%d/%m/%Y} 14:30",
        "slashes 12-hour": f"{day:%d/%m/%Y}, 2:30:00 PM",
        "dots": f"{day:%d.%m.%Y}",
        "dashes": f"{day:%d-%m-%Y}",
        "words": f"{day.day} {month} {day.year}",
        "words short": f"{day.day:02d} {month[:3]} {day.year}",
        "Excel": f"{day.day:02d}-{month[:3]}-{day.year}",
        "shouted": f"{day.day:02d}-{month[:3].upper()}-{day.year}",
        "ordinal": f"{day.day}{suffix} {month} {day.year}",
        "weekday": f"{day:%A} {day.day} {month} {day.year}",
        "weekday short": f"{day:%a}, {day.day} {month[:3]} {day.year}",
        "American words": f"{month} {day.day}, {day.year}",
    }


# Dates ----------------------------------------------------------------------------------------------------------------


@settings(max_examples=500)
@given(DAYS)
def test_a_day_is_read_the_same_however_it_is_written(day: date):
    assert {name: read_date(text) for name, text in written(day).items()} == dict.fromkeys(written(day), day)


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_year_of_two_digits_is_this_century(day: date):
    assert (
        read_date(f"{day:%d/%m/%y}")
        == read_date(f"{day:%d.%m.%y}")
        == read_date(f"{day.day:02d}-{MONTHS[day.month - 1][:3]}-{day:%y}")
        == day
    )


@pytest.mark.parametrize("text", ["08/06/76", "08.06.76", "08-06-23", "08.06/23"])
def test_a_year_of_two_digits_that_could_be_otherwise_is_refused(text: str):
    assert read_date(text) == Fault("date-not-readable")


@settings(max_examples=500)
@given(st.integers(0, 99), st.integers(0, 99), st.integers(1950, 2100), st.sampled_from("/-."))
def test_numbers_are_day_first_or_refused_never_swapped(first: int, second: int, year: int, join: str):
    try:
        expected: date | Fault = date(year, second, first)
    except ValueError:
        expected = Fault("date-not-readable")
    expected = PLACEHOLDER if expected in (date(1900, 1, 1),) else expected
    assert read_date(f"{first:02d}{join}{second:02d}{join}{year}") == expected


@given(DAYS)
def test_numbers_are_month_first_where_the_analyst_says_so(day: date):
    assert read_date(f"{day:%m/%d/%Y}", order="month first") == day
    assert read_date(f"{day:%Y-%m-%d}", order="month first") == day


@given(st.integers(36526, 73050), st.floats(0, 0.99))
def test_an_excel_serial_is_its_day_as_number_or_as_text(serial: int, part_of_day: float):
    day = date(1899, 12, 30) + timedelta(days=serial)
    assert (
        read_date(serial)
        == read_date(serial + part_of_day)
        == read_date(str(serial))
        == read_date(f"{serial}.0")
        == day
    )


@given(st.floats().filter(lambda number: not 36526 <= number < 73051))
@example(float("inf"))
@example(-5.0)
def test_any_other_number_is_no_date(number: float):
    assert read_date(number) == (None if number != number else Fault("date-not-readable"))


@given(st.datetimes(datetime(1950, 1, 2), datetime(2100, 12, 31)))
def test_a_real_date_keeps_its_day_and_loses_its_time(moment: datetime):
    assert read_date(moment) == read_date(moment.date()) == moment.date()


@pytest.mark.parametrize(
    "value",
    ["TBC", "ongoing", "asap", "w/c 3/4", "next supervision", "31/04/2023", "29/02/2023", "06/13/2023", "June 2023",
     "2023", "8 June", "Friday 8 June 2023", "8 Juni 2023", "08/06/2023 25:00", "08/06/2023 (sent)", "20230608",
     "1/2/2203", "0023-06-08", "=A1", "#", True, time(0, 45), timedelta(hours=30),
     "٠٨/٠٦/٢٠٢٣", datetime(1850, 1, 1)],
)  # fmt: skip
def test_what_could_be_no_day_or_several_is_refused(value: Any):
    assert read_date(value) == Fault("date-not-readable")


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2023-06-07T23:00:00Z", date(2023, 6, 8)),
        ("2023-06-07T23:00:00.000+00:00", date(2023, 6, 8)),
        ("2023-06-08T22:59:59Z", date(2023, 6, 8)),
        ("2023-12-07T23:00:00Z", date(2023, 12, 7)),  # in winter the UK is in UTC
        ("2023-06-08T00:30:00+02:00", date(2023, 6, 7)),
        ("2023-12-08T00:30:00+01:00", date(2023, 12, 7)),
        ("2023-06-07T20:00:00-0500", date(2023, 6, 8)),
        ("07/06/2023 11:00 PMZ", date(2023, 6, 8)),
    ],
)
def test_a_stamp_that_says_its_time_zone_is_the_day_in_the_uk(stamp: str, day: date):
    assert read_date(stamp) == day
    assert read_month(stamp) == f"{day:%Y-%m}"


@pytest.mark.parametrize("value", [None, "", " ", "-", "–", "n/a", "N/A", "NULL", "None", "\u00a0", float("nan")])
def test_no_date_is_blank(value: Any):
    assert read_date(value) is None
    assert read_month(value) is None


@pytest.mark.parametrize(
    "value", ["01/01/1900", "1900-01-01 00:00:00.000", datetime(1900, 1, 1), time(0), "30/12/1899"]
)
def test_a_databases_empty_date_is_a_placeholder(value: Any):
    assert read_date(value) is PLACEHOLDER


@given(st.text())
def test_no_text_at_all_stops_a_reader(text: str):
    for read in (read_date, read_month, read_boolean, read_number, read_whole_number, read_id):
        read(text)


@settings(max_examples=300)
@given(st.text(alphabet=string.digits + "/-. :TZJunMay", max_size=14))
def test_a_text_that_is_read_as_a_day_holds_that_day(text: str):
    found = read_date(text)
    if isinstance(found, date) and not one_line(text).replace(".", "").isdecimal():
        assert str(found.day) in text and (str(found.year % 100).zfill(2) in text)


# Months ---------------------------------------------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_month_is_read_the_same_however_it_is_written(day: date):
    name = MONTHS[day.month - 1]
    numbers = [f"{day:%Y-%m}", f"{day:%Y/%m}", f"{day:%m/%Y}", f"{day:%Y%m}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"]
    names = [f"{name} {day.year}", f"{name[:3]} {day.year}", f"{name[:3]}-{day:%y}", f"{name[:3]} '{day:%y}"]
    texts = [*numbers, *names, f"{day.year} {name}"]
    serial = (day - date(1899, 12, 30)).days
    for value in [*texts, day, datetime(day.year, day.month, day.day), int(f"{day:%Y%m}"), float(serial)]:
        assert read_month(value) == f"{day:%Y-%m}", value


def test_sept_22_is_a_month():
    assert read_month("Sept 22") == "2022-09"


@pytest.mark.parametrize(
    "value", ["September", "06/23", "2023-13", "2023-00", "Q1 2023", "2022-23", "22/23", 6, 2023, True]
)
def test_a_month_without_its_year_is_refused(value: Any):
    assert read_month(value) == Fault("month-not-readable")


def test_dates_that_only_make_sense_month_first_are_counted():
    found = orders(["06/13/2023", "06/05/2023", "25/05/2023", "2023-05-31", "TBC", None, datetime(2023, 5, 6)])
    assert (found.month_first, found.day_first, found.doubtful) == (1, 1, 2)


def test_months_written_as_american_first_days_are_counted():
    found = orders(["06/01/2023", "07/01/2023"], is_month=True)
    assert (found.month_first, found.day_first, found.doubtful) == (2, 0, 2)
    assert orders(["01/06/2023", "01/07/2023"], is_month=True).month_first == 0
