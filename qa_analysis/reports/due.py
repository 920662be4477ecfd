"""What falls due with a cycle, by when, and whether it came on time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qa_analysis.council import SAYS_NOTHING, Own
from qa_analysis.dates import months_after
from qa_analysis.framework import Rules, rules_for
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Report


class Standing(StrEnum):
    """How it stands with something that falls due."""

    TO_COME = "to come"  # its data are not taken yet
    OPEN = "not published yet"
    ON_TIME = "on time"
    LATE = "late"
    MISSING = "not published"
    MADE_UP = "for a cycle before the first publication"


@dataclass(frozen=True)
class Due:
    """One report of one cycle: the day its data are taken, and the last day on which it is on time."""

    report: Report
    cycle: str
    data_on: date
    last_on: date

    def standing(self, published: date | None, *, today: date, begun: date = date.min) -> Standing:
        """How it stands on a day, with the day on which it was first published (or none).

        Nothing is late of a cycle that was over when the first month of all was published: it is made up for.
        """
        if published is not None:
            if published <= self.last_on:
                return Standing.ON_TIME
            return Standing.MADE_UP if begun > self.last_on else Standing.LATE
        if today < self.data_on:
            return Standing.TO_COME
        return Standing.OPEN if today <= self.last_on else Standing.MISSING

    def days_late(self, day: date) -> int:
        """By how many days a day is too late; none or fewer where it is not."""
        return (day - self.last_on).days


def due_with(cycle: str, rules: Rules | None = None, *, among: Iterable[Report] | None = None) -> tuple[Due, ...]:
    """Every report that falls due with a cycle, in the order of all lists; or those among some.

    On time is until the data of the next cycle are taken, or so many days after its own as the rules say: then they are
    another month's.
    """
    held = rules or rules_for(cycle)
    taken = held.as_at(cycle)
    if held.report_days is None:
        last = held.as_at(held.cadence.after(cycle)) - timedelta(days=1)
    else:
        last = taken + timedelta(days=held.report_days)
    return tuple(
        Due(one, cycle, taken, last)
        for one in (reports().values() if among is None else among)
        if one.is_due(cycle, held)
    )


def newest_cycle(today: date, own: Own = SAYS_NOTHING) -> str:
    """The newest cycle whose data have been taken on a day, by the day on which the rules take them."""
    month = months_after(f"{today:%Y-%m}", -1)
    rules = rules_for(month, own=own)
    return rules.cadence.up_to(month if rules.as_at(month) <= today else months_after(month, -1))


def tally_words(due: Iterable[Due], published: Mapping[str, date], *, begun: date = date.min) -> str:
    """How many of a cycle's reports came on time, late or not at all: "11 on time, 1 late, 1 not published".

    One that needs a dataset and is not there was not made for want of it, and is left out.
    """
    known = [(one, published.get(one.report.name)) for one in due]
    found = [
        one.standing(day, today=date.max, begun=begun) for one, day in known if day is not None or not one.report.needs
    ]
    words = {
        Standing.ON_TIME: "on time",
        Standing.LATE: "late",
        Standing.MADE_UP: "published",
        Standing.MISSING: "not published",
    }
    return ", ".join(f"{found.count(one)} {said}" for one, said in words.items() if one in found)
