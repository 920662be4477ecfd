"""What falls due with a cycle and how it stands, as the lines of `qa-analysis due`."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pandas import DataFrame

from qa_analysis.cadence import no_cycle_words
from qa_analysis.council import SAYS_NOTHING
from qa_analysis.dates import day_name, month_name, parse_month
from qa_analysis.english import counted, in_columns, listed
from qa_analysis.framework import Rules, rules_for
from qa_analysis.month.month import CYCLES_PUBLISHED
from qa_analysis.publishing.publish import Publication, begun, first_days, publications
from qa_analysis.reports.declared import MONTHLY
from qa_analysis.reports.due import Due, Standing, due_with, newest_cycle, tally_words

CYCLES_SHOWN: Final = 12  # of the log


def due_lines(month: str | None, outputs: Path, *, today: date) -> Iterator[str]:
    """What falls due with a cycle, for whom and how it stands; what the next adds; and the log of the year.

    Without a month it is the newest cycle whose data have been taken.
    """
    held = publications(outputs) if outputs.is_dir() else ()
    own = held[-1].own if held else SAYS_NOTHING
    cycle = parse_month(month) if month else newest_cycle(today, own)
    rules = rules_for(cycle, own=own)
    if rules.cadence.has_cycle(cycle):
        yield from _falling_due(cycle, rules, held, today)
    else:
        yield no_cycle_words(rules.cadence, cycle, month_name(cycle))
    yield from _log(cycle, held)


def _falling_due(cycle: str, rules: Rules, held: tuple[Publication, ...], today: date) -> Iterator[str]:
    """A cycle's reports, and what the next cycle adds."""
    due = due_with(cycle, rules)
    yield (
        f"Audit cycle {month_name(cycle)}: data as at {day_name(due[0].data_on)}, "
        f"on time until {day_name(due[0].last_on)}."
    )
    yield from (f"  {line}" for line in in_columns([_row(one, held, today, rules) for one in due]))
    yield _next(rules.cadence.after(cycle), rules)


def _row(one: Due, held: tuple[Publication, ...], today: date, rules: Rules) -> tuple[str, ...]:
    """One report: its name, for whom, how often, and how it stands."""
    found = [each for each in held if each.month == one.cycle and one.report.name in each.reports]
    first = min(found, key=lambda each: each.published, default=None)
    day = first.published.date() if first else None
    standing, is_before = one.standing(day, today=today, begun=begun(held)), begun(held) > one.last_on
    words = str(standing) if is_before and day is None else _words(one, standing, first, today)
    if first is None and one.report.needs and any(each.month == one.cycle for each in held):
        words = f"not made, which it is with {listed(one.report.needs)} alone"
    often = one.report.falls_due
    if not rules.cadence.is_monthly(one.cycle):
        often = often.replace(MONTHLY.words, "every cycle")
    return one.report.name, str(one.report.audience), often, words


def _words(one: Due, standing: Standing, first: Publication | None, today: date) -> str:
    """How a report stands: "published 11 July 2023, on time", "not published, 3 days late"."""
    day = first.published.date() if first else today
    late = f" by {counted(one.days_late(day), 'day')}" if standing in (Standing.LATE, Standing.MISSING) else ""
    if first is None:
        return f"{standing}{', late' if late else ''}{late}"
    data = f", data as at {day_name(first.as_at)}" if first.as_at != one.data_on else ""
    return f"published {day_name(day)}, {standing}{late}{data}"


def _next(after: str, rules: Rules) -> str:
    """What falls due with the next cycle besides what does every month, or every cycle."""
    due = due_with(after, rules)
    more = [one.report.name for one in due if one.report.every != MONTHLY]
    added = f", and {listed(more)}" if more else ""
    every = "month" if rules.cadence.is_monthly(after) else "cycle"
    return f"Next, {month_name(after)}: data as at {day_name(due[0].data_on)}, the reports of every {every}{added}."


def _log(cycle: str, held: tuple[Publication, ...]) -> Iterator[str]:
    """How many reports of each published cycle of the year came on time, the newest first."""
    rules = {one.month: one.rules for one in held if one.month <= cycle}
    months = sorted(rules, reverse=True)[:CYCLES_SHOWN]
    if months:
        yield "Log of published cycles:"
    for month in months:
        due = due_with(month, rules[month])
        yield f"  {month_name(month)}: {tally_words(due, first_days(held, month), begun=begun(held))}"


def cycles_published(cycles: Sequence[str], held: tuple[Publication, ...], rules: Rules, *, today: date) -> DataFrame:
    """Whether the reports of each cycle were on time, and how many were not; the last cycle is published today.

    A cycle that was over when the first month of all was published is made up for: nobody knows. One row per cycle.
    """
    first = min(begun(held) if held else today, today)
    rows = [
        (cycle, *_of_cycle(cycle, held, rules.of(cycle), first, today=today if cycle == cycles[-1] else None))
        for cycle in cycles
        if rules.cadence.has_cycle(cycle)
    ]
    return DataFrame(rows, columns=CYCLES_PUBLISHED)


def _of_cycle(
    cycle: str, held: tuple[Publication, ...], rules: Rules, first: date, *, today: date | None
) -> tuple[str, str]:
    """On time, late or not known, and the tally of its reports in words."""
    due, days = due_with(cycle, rules), first_days(held, cycle)
    if first > due[0].last_on:
        return str(Standing.MADE_UP), ""
    if today is not None and not days:
        return str(Standing.ON_TIME if today <= due[0].last_on else Standing.LATE), ""
    asked = [one for one in due if one.report.name in days or not one.report.needs]
    found = {one.standing(days.get(one.report.name), today=date.max, begun=first) for one in asked}
    is_late = bool(found & {Standing.LATE, Standing.MISSING})
    return str(Standing.LATE if is_late else Standing.ON_TIME), tally_words(due, days, begun=first)
