"""Puts an auditor's conversations into their calendar, a day for each, spread over the days of the audits."""

from datetime import date

from pandas import DataFrame, Series

from qa_analysis.notices.calendar_file import Entry, calendar_file
from qa_analysis.notices.messages import conversations
from qa_analysis.notices.told import Told


def calendar_of(who: str, mine: DataFrame, told: Told, *, begin: int, made_on: date) -> str:
    """An auditor's calendar file: one whole day per audit, to be moved to the day that is agreed.

    Each begins on another day, so that a key worker with two audits is not asked for both on one.
    """
    audits = told.audits.loc[mine.loc[mine["part"].str.startswith("Auditor"), "record"]]
    spread = spread_over(told.window.days, len(audits), begin=begin)
    entries = [
        Entry(
            f"{told.window.month} {audit['child_id']} {who}",
            day,
            f"Audit conversation to book: {told.name(audit['key_worker_id'])}",
            _about(audit, told),
        )
        for (_, audit), day in zip(audits.iterrows(), spread, strict=True)
    ]
    return calendar_file(entries, made_on=made_on)


def spread_over(days: list[date], many: int, *, begin: int) -> list[date]:
    """So many of the days in order, as evenly apart as can be, round from one of them."""
    apart = max(1, len(days) // max(1, many))
    return sorted(days[(begin + place * apart) % len(days)] for place in range(many))


def _about(audit: Series, told: Told) -> str:
    """What an auditor needs to know of one audit."""
    return "\n".join(conversations(audit, told))
