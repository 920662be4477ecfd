"""The days of a cycle's audits: when the list goes out, and from when to when audits run."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from qa_analysis.dates import bank_holidays, last_day_of
from qa_analysis.framework import Rules


@dataclass(frozen=True)
class Window:
    """The day a cycle's list is sent, and the first and last working day on which its audits leave the notice due."""

    month: str
    due_on: date  # when the list should go out
    sent_on: date  # when it does: that day, or the working day on which it was made later
    starts_on: date
    ends_on: date
    cycle_ends_on: date
    is_over: bool = False  # the cycle, on the day the list is made

    @property
    def overruns(self) -> bool:
        """Whether audits run on after the cycle, because the list was made too late in it."""
        return self.ends_on > self.cycle_ends_on

    @property
    def middle(self) -> date:
        """The day for which posts and lines of management are taken."""
        return self.starts_on + (self.ends_on - self.starts_on) / 2

    @property
    def days(self) -> list[date]:
        """Every working day of it."""
        asked = pd.date_range(self.starts_on, self.ends_on)
        return [day.date() for day in asked if np.is_busday(np.datetime64(day.date()), holidays=bank_holidays())]


def window_of(month: str, *, made_on: date, rules: Rules) -> Window:
    """When a cycle's audits run, of a list made on a day.

    The list is sent in the last days of the month before, on the first working day of them; one made later, on the
    working day on which it is made. Audits begin when the notice due has passed and end with the cycle, or with the
    month in which they begin where the list is made too late for that. Of a cycle that is over, the days are those that
    its list should have had.
    """
    first = rules.cadence.begins(month)
    due = working_from(first - timedelta(days=rules.list_last_days))
    cycle_ends = last_day_of(month)
    sent = due if made_on > cycle_ends else max(due, working_from(made_on))
    starts = working_from(max(first, sent + timedelta(days=rules.notice_days)))
    ends = max(starts, _working_before(max(cycle_ends, last_day_of(f"{starts:%Y-%m}"))))
    return Window(month, due, sent, starts, ends, cycle_ends, is_over=made_on > cycle_ends)


def working_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    return _rolled(day, "forward")


def _working_before(day: date) -> date:
    return _rolled(day, "backward")


def _rolled(day: date, roll: Literal["forward", "backward"]) -> date:
    moved = np.busday_offset(np.datetime64(day, "D"), 0, roll=roll, holidays=np.asarray(bank_holidays()))
    return date.fromisoformat(str(moved))
