"""Months, and working days in England."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np
import pandas as pd
from pandas import Series

from qa_analysis.errors import WrongUse

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_FIRST_YEAR, _LAST_YEAR = 2000, 2050


def parse_month(month: str) -> str:
    """The month itself where it is written YYYY-MM.

    Raises:
        WrongUse: it is not a month.
    """
    if not isinstance(month, str) or not _MONTH.fullmatch(month):
        raise WrongUse(f'"{month}" is not a month. Write it as year and month, such as 2023-06.')
    return month


def parse_day(day: str) -> date:
    """The day that is written YYYY-MM-DD.

    Raises:
        WrongUse: it is not a day.
    """
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise WrongUse(f'"{day}" is not a day. Write it as year, month and day, such as 2023-07-10.') from None


def refuse_day_to_come(day: date, *, today: date) -> None:
    """Stop where the data are to be as at a day that has not come: what happens until then would change the figures.

    Raises:
        WrongUse: naming the day, and today's.
    """
    if day > today:
        raise WrongUse(
            f"{day_name(day)}, the date of the data, lies in the future: today is {day_name(today)}. Run on that day "
            f"or later; or say that the data are as at an earlier day, such as --as-at {today:%Y-%m-%d}."
        )


def months_after(month: str, months: int) -> str:
    """The month so many months later (earlier where negative)."""
    return str(pd.Period(month, "M") + months)


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from first to last, both included; none where the last comes before the first."""
    return tuple(str(period) for period in pd.period_range(first, last, freq="M"))


def months_up_to(last: str, months: int) -> tuple[str, ...]:
    """So many months, the last of them the one given."""
    return months_between(months_after(last, 1 - months), last)


def first_day_of(month: str) -> date:
    """The first day of a month."""
    return date.fromisoformat(f"{month}-01")


def last_day_of(month: str) -> date:
    """The last day of a month."""
    return first_day_of(months_after(month, 1)) - timedelta(days=1)


def period_of(months: Sequence[str]) -> str:
    """The month, or the range of months, as figures write it: "2023-06", "2022-07/2023-06"; of none, nothing."""
    return "/".join(dict.fromkeys((months[0], months[-1]))) if months else ""


def ends_of(period: str) -> tuple[str, str]:
    """The first and the last month of a period as figures write it; of one month, that one twice."""
    first, _, last = period.partition("/")
    return first, last or first


def span_name(period: str) -> str:
    """A period as people write it: "June 2023", "April to June 2023", "November 2022 to January 2023"."""
    first, last = ends_of(period)
    if first == last:
        return month_name(last)
    begins = month_name(first)
    return f"{begins.removesuffix(f' {last[:4]}')} to {month_name(last)}"


def month_name(month: str) -> str:
    """The month as people write it: "June 2023"."""
    return pd.Period(month, "M").strftime("%B %Y")


def day_name(day: date) -> str:
    """The day as people write it: "10 July 2023"."""
    return f"{day.day} {day:%B %Y}"


@cache
def bank_holidays() -> Sequence[np.datetime64]:
    """Bank holidays in England, as the holidays library knows them."""
    days = holidays.country_holidays("GB", subdiv="ENG", years=range(_FIRST_YEAR, _LAST_YEAR + 1))
    return [np.datetime64(day) for day in sorted(days)]


def days_written(days: Series) -> Series:
    """Each day as lists for people write it: 31/12/2023. One per row; blank where there is none."""
    written: Series = pd.to_datetime(days).dt.strftime("%d/%m/%Y")
    return written


def months_of(days: Series) -> Series:
    """The month in which each day lies, as YYYY-MM. One per row; blank where the day is."""
    places, different = pd.factorize(days, use_na_sentinel=False)  # each day is written once, however often it comes
    return Series(Series(different).dt.strftime("%Y-%m").array.take(places), index=days.index, name=days.name)


def working_days_after(start: Series, days: Series | int) -> Series:
    """The last of so many working days after each day, which itself is day 0. One row per day; blank where it is.

    Of a day at a weekend or on a bank holiday the next working day is day 1.
    """
    known = start.notna()
    many = days[known].to_numpy() if isinstance(days, Series) else days
    begins = start[known].to_numpy().astype("datetime64[D]")
    last = np.busday_offset(begins, many, roll="backward", holidays=bank_holidays())
    return Series(pd.to_datetime(last), index=start.index[known]).reindex(start.index).astype("datetime64[us]")


def working_days(start: Series, end: Series) -> Series:
    """Working days from start to end, counted from the day after start. One row per pair; blank where either is."""
    known = start.notna() & end.notna()
    day = np.timedelta64(1, "D")
    counted = np.busday_count(
        start[known].to_numpy().astype("datetime64[D]") + day,
        end[known].to_numpy().astype("datetime64[D]") + day,
        holidays=bank_holidays(),
    )
    return pd.Series(counted, index=start.index[known], dtype="Int64").reindex(start.index)


def calendar_days(start: Series, end: Series) -> Series:
    """Calendar days from start to end. One row per pair; blank where either is."""
    return (end - start).dt.days.astype("Int64")


def looks_back_further(start: Series, end: Series, *, months: int) -> "Series[bool]":
    """Whether each period begins more than so many months before it ends; false where either day is blank.

    Six months before 31 August is the last day of February.
    """
    return start < end - pd.DateOffset(months=months)
