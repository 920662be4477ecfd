"""Puts an auditor's conversations into their calendar, a day for each, spread over the days of the audits."""

from datetime import date

from pandas import DataFrame, Series

from qa_analysis.notices.calendar_file import Entry, calendar_file
from qa_analysis.notices.messages import conversations
from qa_analysis.notices.told import Told


def calendar_of(who: str, mine: DataFrame, told: Told, *, made_on: date) -> str:
    """An auditor's calendar file: one whole day per audit, to be moved to the day that is agreed."""
    audits = told.audits.loc[mine.loc[mine["part"].str.startswith("Auditor"), "record"]]
    spread = spread_over(told.window.days, len(audits))
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


def spread_over(days: list[date], many: int) -> list[date]:
    """So many of the days, as evenly apart as can be, none of them at the ends where that can be avoided."""
    return [days[(place + 1) * len(days) // (many + 1)] for place in range(many)]


def _about(audit: Series, told: Told) -> str:
    """What an auditor needs to know of one audit."""
    return "\n".join(conversations(audit, told))
