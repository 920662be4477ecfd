"""Which half-year the newest return was of, the year it ends, and the year it begins."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from qa_analysis.dates import months_after, months_between, period_of
from qa_analysis.framework import Rules

YEAR = 12  # months


@dataclass(frozen=True)
class Return:
    """The newest half-yearly return up to a month: `due_in` is the month in which it is made."""

    due_in: str
    rules: Rules

    @staticmethod
    def up_to(month: str, rules: Rules) -> "Return":
        """The return of the month itself, or the last one before it."""
        return Return(next(one for one in _back_from(month) if _is_due(one, rules)), rules)

    @cached_property
    def half_year(self) -> tuple[str, ...]:
        """The months it is of; none before the council's first."""
        before = next(one for one in _back_from(months_after(self.due_in, -1)) if _is_due(one, self.rules))
        return self._known(before, self.last)

    @cached_property
    def half_year_before(self) -> tuple[str, ...]:
        """The half-year before that one."""
        return Return.up_to(months_after(self.due_in, -1), self.rules).half_year

    @cached_property
    def year(self) -> tuple[str, ...]:
        """The year that ends with the half-year."""
        return self._known(months_after(self.due_in, -YEAR), self.last)

    @cached_property
    def to_come(self) -> tuple[str, ...]:
        """The half-year that has just begun, to the end of which the forecast looks."""
        after = next(one for one in _on_from(months_after(self.due_in, 1)) if _is_due(one, self.rules))
        return months_between(self.due_in, months_after(after, -1))

    @property
    def last(self) -> str:
        """The last month of the half-year."""
        return months_after(self.due_in, -1)

    @property
    def is_of_full_year(self) -> bool:
        """Whether the council has been at it for the whole of the year."""
        return len(self.year) == YEAR

    @property
    def due_on(self) -> pd.Timestamp:
        """The last day on which an observation of the half-year is returned in time."""
        return last_day(self.due_in)

    @property
    def period(self) -> str:
        """The half-year as figures write it."""
        return period_of(self.half_year)

    def _known(self, first: str, last: str) -> tuple[str, ...]:
        return months_between(max(first, self.rules.first_cycle), last)


def last_day(month: str) -> pd.Timestamp:
    """The last day of a month."""
    return pd.Timestamp(f"{month}-01") + pd.offsets.MonthEnd(0)


def _is_due(month: str, rules: Rules) -> bool:
    return int(month[5:]) in rules.observation_return_months


def _back_from(month: str) -> tuple[str, ...]:
    """A month and those before it, newest first: a year of them holds every month of a return."""
    return months_between(months_after(month, -YEAR), month)[::-1]


def _on_from(month: str) -> tuple[str, ...]:
    return months_between(month, months_after(month, YEAR))
