from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.dates import (
    calendar_days,
    day_name,
    months_after,
    months_between,
    months_up_to,
    parse_month,
    period_of,
    working_days,
)
from qa_analysis.errors import WrongUse


def days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


@pytest.mark.parametrize("month", ["2023-13", "2023-00", "June 2023", "2023-6", "202306", "", "2023-06-01", "1999-01"])
def test_what_is_not_a_month_is_refused(month: str) -> None:
    with pytest.raises(WrongUse, match="2023-06"):
        parse_month(month)


def test_forty_working_days_from_mid_november_end_after_christmas() -> None:
    # Inventory J5: agreed 15/11/2022, forty working days end on 13/01/2023, forty calendar days on Christmas Day.
    assert working_days(days("2022-11-15"), days("2023-01-13")).tolist() == [40]
    assert calendar_days(days("2022-11-15"), days("2022-12-25")).tolist() == [40]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-06-01", "2022-06-06", 1),  # Jubilee: 2 and 3 June, then a weekend
        ("2022-09-16", "2022-09-20", 1),  # 19 September 2022, the state funeral
        ("2023-05-05", "2023-05-09", 1),  # 8 May 2023, the coronation
        ("2024-02-28", "2024-03-01", 2),  # 29 February is a working day
        ("2023-03-24", "2023-03-27", 1),  # the clocks change on the 26th
        ("2023-06-12", "2023-06-12", 0),
        ("2023-06-10", "2023-06-11", 0),  # Saturday to Sunday
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, end: str, expected: int) -> None:
    assert working_days(days(start), days(end)).tolist() == [expected]


def test_a_blank_date_gives_a_blank_count() -> None:
    counted = working_days(days("2023-06-01", None), days(None, "2023-06-02"))
    assert counted.isna().all()


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(0, 200))
def test_working_days_are_never_more_than_calendar_days(start: date, more: int) -> None:
    end = pd.Timestamp(start) + pd.Timedelta(days=more)
    counted = working_days(days(str(start)), days(str(end.date()))).iloc[0]
    assert 0 <= counted <= more


@given(st.integers(2000, 2099), st.integers(1, 12), st.integers(-24, 24))
def test_months_go_forth_and_back(year: int, month: int, step: int) -> None:
    start = f"{year}-{month:02d}"
    assert months_after(months_after(start, step), -step) == start


def test_six_months_before_august_is_february() -> None:
    assert months_after("2023-08", -6) == "2023-02"
    assert months_between("2022-11", "2023-02") == ("2022-11", "2022-12", "2023-01", "2023-02")


def test_days_are_written_as_people_write_them() -> None:
    assert day_name(date(2023, 7, 1)) == "1 July 2023"


def test_so_many_months_end_with_the_one_given() -> None:
    assert months_up_to("2024-01", 3) == ("2023-11", "2023-12", "2024-01")
    assert months_up_to("2024-01", 1) == ("2024-01",)


def test_a_period_is_written_by_its_first_and_last_month_and_a_month_as_itself() -> None:
    assert period_of(("2023-06",)) == "2023-06"
    assert period_of(("2022-07", "2022-08", "2023-06")) == "2022-07/2023-06"
