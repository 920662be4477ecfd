"""The months the synthetic council covers, the day its extracts were taken, and its working days."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from random import Random

from qa_analysis.dates import bank_holidays, months_after, months_between

SATURDAY = 5


@dataclass(frozen=True)
class Era:
    """Consecutive audit cycles; the extracts are taken on the last day of the month after the last one."""

    months: tuple[str, ...]

    @classmethod
    def of(cls, first_cycle: str, cycles: int) -> "Era":
        """So many cycles from the first."""
        return cls(months_between(first_cycle, months_after(first_cycle, cycles - 1)))

    @cached_property
    def starts_on(self) -> date:
        """The first day of the first cycle."""
        return first_day(self.months[0])

    @cached_property
    def extracted_on(self) -> date:
        """The day after which nothing is known."""
        return last_day(months_after(self.months[-1], 1))

    def known(self, day: date | None) -> date | None:
        """The day where it has come by the extract; None where it is still to come."""
        return day if day and day <= self.extracted_on else None

    def place(self, month: str) -> int:
        """How many cycles after the first a month is."""
        return months_apart(self.months[0], month)


def months_apart(earlier: str, later: str) -> int:
    """How many months later the second month is."""
    return (int(later[:4]) - int(earlier[:4])) * 12 + int(later[5:]) - int(earlier[5:])


def first_day(month: str) -> date:
    """The month's first day."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """The month's last day."""
    return first_day(months_after(month, 1)) - timedelta(days=1)


def month_of(day: date) -> str:
    """The month a day lies in."""
    return day.isoformat()[:7]


def is_working(day: date) -> bool:
    """Monday to Friday, and no bank holiday in England."""
    return day.weekday() < SATURDAY and day not in _holidays()


def working(day: date) -> date:
    """That day, or the next working day."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def working_before(day: date) -> date:
    """That day, or the last working day before it."""
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def after(day: date, days: int) -> date:
    """The working day so many calendar days later, or the next one."""
    return working(day + timedelta(days=days))


def some_days_after(random: Random, day: date, fewest: int, most: int) -> date:
    """A working day between so few and so many calendar days later, or the next one."""
    return after(day, random.randint(fewest, most))


@cache
def working_days_of(month: str) -> tuple[date, ...]:
    """Every working day of a month."""
    first, last = first_day(month), last_day(month)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if is_working(day))


@cache
def _holidays() -> frozenset[date]:
    return frozenset(day.astype("datetime64[D]").item() for day in bank_holidays())


def stream(seed: int, name: str) -> Random:
    """A source of chance of its own for each part, so that changing one part leaves the others as they were."""
    return Random(f"{seed}:{name}")
