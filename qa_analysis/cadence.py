"""When audit cycles fall: every month, every so many months or every so many weeks, and since when.

A cycle is named by the month in which it ends, so that its data, taken in the month after, hold all of its audits. A
month in which none ends has no cycle. Two cycles never end in one month: the shortest are a month, or five weeks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from qa_analysis.dates import day_name, first_day_of, last_day_of, months_after, months_between
from qa_analysis.english import in_letters
from qa_analysis.errors import WrongUse

FEWEST_WEEKS, MOST_WEEKS, MOST_MONTHS = 5, 26, 6  # a theme is audited again after six months
LOOKED_THROUGH: Final = 24  # months: more than the longest cycle, and one that is cut short before it
_EVERY: Final = re.compile(r"every (?:(\d{1,2}) (months?|weeks?)|(month))")
_SINCE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True)
class Stretch:
    """From a day on, how long cycles are: in months, or in weeks where they are no whole months."""

    since: date
    months: int = 1
    weeks: int = 0

    @property
    def words(self) -> str:
        """How often a cycle falls: "every month", "every three months", "every six weeks"."""
        if self.weeks:
            return f"every {in_letters(self.weeks)} weeks"
        return "every month" if self.months == 1 else f"every {in_letters(self.months)} months"

    def begins(self, month: str) -> date | None:
        """The first day of the cycle that ends in a month; None where none does."""
        if self.weeks:
            length, ended = timedelta(weeks=self.weeks), last_day_of(month) - self.since
            begun = self.since + (((ended + timedelta(days=1)) // length) - 1) * length
            is_here = begun >= self.since and f"{begun + length - timedelta(days=1):%Y-%m}" == month
        else:
            begun = first_day_of(months_after(month, 1 - self.months))
            is_here = (_number(month) - _number(f"{self.since:%Y-%m}") + 1) % self.months == 0
        return begun if is_here else None


@dataclass(frozen=True)
class Cadence:
    """The stretches of a council, oldest first; before the first of them it holds too."""

    stretches: tuple[Stretch, ...]

    def stretch(self, month: str) -> Stretch:
        """The one that a month lies in: the last that had begun when the month ended."""
        begun = [one for one in self.stretches if one.since <= last_day_of(month)]
        return (begun or list(self.stretches[:1]))[-1]

    def is_monthly(self, month: str) -> bool:
        """Whether each month up to this one, and since a year before, has a cycle of its own."""
        return _is_monthly(self, month)

    def has_cycle(self, month: str) -> bool:
        """Whether an audit cycle ends in a month."""
        return self._begins(month) is not None

    def begins(self, month: str) -> date:
        """The first day of a month's cycle; of a month without one, of the month."""
        return self._begins(month) or first_day_of(month)

    def after(self, month: str) -> str:
        """The first cycle after a month."""
        return self.from_month(months_after(month, 1))

    def from_month(self, month: str) -> str:
        """The cycle of a month, or the first after it."""
        return next(one for one in months_between(month, months_after(month, LOOKED_THROUGH)) if self.has_cycle(one))

    def up_to(self, month: str) -> str:
        """The cycle of a month, or the last before it."""
        back = months_between(months_after(month, -LOOKED_THROUGH), month)[::-1]
        return next(one for one in back if self.has_cycle(one))

    def before(self, month: str, cycles: int = 1) -> tuple[str, ...]:
        """The last so many cycles before a month, oldest first."""
        found: list[str] = []
        for _ in range(cycles):
            found.insert(0, self.up_to(months_after(found[0] if found else month, -1)))
        return tuple(found)

    def _begins(self, month: str) -> date | None:
        """The first day of the cycle that ends in a month; None where none does."""
        return self.stretch(month).begins(month)


@cache
def _is_monthly(cadence: Cadence, month: str) -> bool:
    return all(cadence.has_cycle(one) for one in months_between(months_after(month, -11), month))


def _number(month: str) -> int:
    """A month as a number that goes up by one from each to the next."""
    return 12 * int(month[:4]) + int(month[5:])


def no_cycle_words(cadence: Cadence, month: str, name: str) -> str:
    """Why nothing falls due in a month without a cycle, and when the next does: one line."""
    one = cadence.stretch(month)
    return (
        f"No audit cycle ends in {name}: there is one {one.words}, counted from {day_name(one.since)} (audit_cycles in "
        f"council.yaml). The next is {cadence.after(month)}. Nothing falls due."
    )


def cadence_of(framework: Sequence[Mapping[str, object]], own: Mapping[str, str]) -> Cadence:
    """The framework's cadence, and from the council's first word on the council's own.

    `framework` are the versions of the rule cadence_months; `own` is what is said by the day it holds from.
    """
    said = [Stretch(first_day_of(str(one["valid_from"])), int(str(one["value"]))) for one in framework]
    mine = [parse_stretch(since, every) for since, every in own.items()]
    before = [one for one in said if not mine or one.since < mine[0].since]
    return Cadence((*before, *mine))


def parse_stretch(since: str, every: str) -> Stretch:
    """What is said of cycles from a month or a day on: "every 3 months", "every 6 weeks", "every month".

    Raises:
        WrongUse: it is not said so, or so short or long that no month or no revisit would have a cycle of its own.
    """
    found = _EVERY.fullmatch(" ".join(every.split()))
    day = _day(since)
    if found is None or day is None:
        raise WrongUse(f'write it as 2024-04: every 3 months, or 2024-07-01: every 6 weeks; not "{since}: {every}".')
    number, is_weeks = int(found[1] or 1), (found[2] or "").startswith("week")
    least, most = (FEWEST_WEEKS, MOST_WEEKS) if is_weeks else (1, MOST_MONTHS)
    if not least <= number <= most:
        raise WrongUse(f"{number} is not from {least} to {most} {'weeks' if is_weeks else 'months'}.")
    if not is_weeks and day.day != 1:
        raise WrongUse(f"{since}: cycles of whole months begin with a month.")
    return Stretch(day, weeks=number) if is_weeks else Stretch(day, months=number)


def _day(text: str) -> date | None:
    try:
        return (
            date.fromisoformat(f"{text}-01" if len(text) == len("2024-04") else text)
            if _SINCE.fullmatch(text)
            else None
        )
    except ValueError:
        return None
