"""What falls due with a cycle and how it stands, as the lines of `qa-analysis due`."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pandas import DataFrame

from qa_analysis.dates import day_name, month_name, months_after, parse_month
from qa_analysis.english import counted, in_columns, listed
from qa_analysis.framework import rules_for
from qa_analysis.month.month import CYCLES_PUBLISHED
from qa_analysis.publishing.publish import Publication, begun, first_days, publications
from qa_analysis.reports.declared import MONTHLY
from qa_analysis.reports.due import Due, Standing, due_with, newest_cycle, tally_words

CYCLES_SHOWN: Final = 12  # of the log


def due_lines(month: str | None, outputs: Path, *, today: date) -> Iterator[str]:
    """What falls due with a cycle, for whom and how it stands; what the next adds; and the log of the year.

    Without a month it is the newest cycle whose data have been taken.
    """
    cycle = parse_month(month) if month else newest_cycle(today)
    due, held = due_with(cycle), publications(outputs) if outputs.is_dir() else ()
    yield (
        f"Audit cycle {month_name(cycle)}: data as at {day_name(due[0].data_on)}, "
        f"on time until {day_name(due[0].last_on)}."
    )
    yield from (f"  {line}" for line in in_columns([_row(one, held, today) for one in due]))
    yield from _next(cycle)
    yield from _log(cycle, held)


def _row(one: Due, held: tuple[Publication, ...], today: date) -> tuple[str, ...]:
    """One report: its name, for whom, how often, and how it stands."""
    found = [each for each in held if each.month == one.cycle and one.report.name in each.reports]
    first = min(found, key=lambda each: each.published, default=None)
    day = first.published.date() if first else None
    standing, is_before = one.standing(day, today=today, begun=begun(held)), begun(held) > one.last_on
    words = str(standing) if is_before and day is None else _words(one, standing, first, today)
    if first is None and one.report.needs and any(each.month == one.cycle for each in held):
        words = f"not made, which it is with {listed(one.report.needs)} alone"
    return one.report.name, str(one.report.audience), one.report.falls_due, words


def _words(one: Due, standing: Standing, first: Publication | None, today: date) -> str:
    """How a report stands: "published 11 July 2023, on time", "not published, 3 days late"."""
    day = first.published.date() if first else today
    late = f" by {counted(one.days_late(day), 'day')}" if standing in (Standing.LATE, Standing.MISSING) else ""
    if first is None:
        return f"{standing}{', late' if late else ''}{late}"
    data = f", data as at {day_name(first.as_at)}" if first.as_at != one.data_on else ""
    return f"published {day_name(day)}, {standing}{late}{data}"


def _next(cycle: str) -> Iterator[str]:
    """What falls due with the next cycle besides what does every month."""
    after = months_after(cycle, rules_for(cycle).cadence_months)
    due = due_with(after)
    more = [one.report.name for one in due if one.report.every != MONTHLY]
    added = f", and {listed(more)}" if more else ""
    yield (f"Next, {month_name(after)}: data as at {day_name(due[0].data_on)}, the reports of every month{added}.")


def _log(cycle: str, held: tuple[Publication, ...]) -> Iterator[str]:
    """How many reports of each published cycle of the year came on time, the newest first."""
    months = sorted({one.month for one in held if one.month <= cycle}, reverse=True)[:CYCLES_SHOWN]
    if months:
        yield "Log of published cycles:"
    for month in months:
        yield f"  {month_name(month)}: {tally_words(due_with(month), first_days(held, month), begun=begun(held))}"


def cycles_published(cycles: Sequence[str], held: tuple[Publication, ...], *, today: date) -> DataFrame:
    """Whether the reports of each cycle were on time, and how many were not; the last cycle is published today.

    A cycle that was over when the first month of all was published is made up for: nobody knows. One row per cycle.
    """
    first = min(begun(held) if held else today, today)
    rows = [(cycle, *_of_cycle(cycle, held, first, today=today if cycle == cycles[-1] else None)) for cycle in cycles]
    return DataFrame(rows, columns=CYCLES_PUBLISHED)


def _of_cycle(cycle: str, held: tuple[Publication, ...], first: date, *, today: date | None) -> tuple[str, str]:
    """On time, late or not known, and the tally of its reports in words."""
    due, days = due_with(cycle), first_days(held, cycle)
    if first > due[0].last_on:
        return str(Standing.MADE_UP), ""
    if today is not None and not days:
        return str(Standing.ON_TIME if today <= due[0].last_on else Standing.LATE), ""
    found = {one.standing(days.get(one.report.name), today=date.max, begun=first) for one in due
             if one.report.name in days or not one.report.needs}  # fmt: skip
    is_late = bool(found & {Standing.LATE, Standing.MISSING})
    return str(Standing.LATE if is_late else Standing.ON_TIME), tally_words(due, days, begun=first)
