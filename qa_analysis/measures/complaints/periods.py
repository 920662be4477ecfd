"""The year that complaints are told of: from the month in which it begins to the month reported on."""

from dataclasses import dataclass

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import ends_of, months_after, months_between, months_of, period_of


@dataclass(frozen=True)
class Year:
    """The year to date, and the same months a year before."""

    now: tuple[str, ...]
    then: tuple[str, ...]

    @property
    def period(self) -> str:
        """The year to date, as figures write it."""
        return period_of(self.now)


def year_to_date(month: str, begins: int) -> Year:
    """The months from the beginning of the year to a month, and those a year before."""
    number = int(month[5:])
    first = f"{int(month[:4]) - (number < begins)}-{begins:02}"
    now = months_between(first, month)
    return Year(now, tuple(months_after(one, -12) for one in now))


def year_of(tables: Tables) -> Year:
    """The year to date of the month reported on."""
    return year_to_date(tables.month, tables.rules.complaint_year_begins)


def within(frame: DataFrame, column: str, months: tuple[str, ...]) -> DataFrame:
    """The records whose day lies in some months. One row per record."""
    first, last = ends_of(period_of(months))
    named = months_of(frame[column])
    found: DataFrame = frame[named.ge(first) & named.le(last)]
    return found
