"""The line that every report opens with: which audit cycle, of which place, true on which day, from how much."""

from qa_analysis.dates import day_name, month_name
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, paragraph


def cover_line(month: Month, *parts: str, title: str = "", cycles: str = "") -> Html:
    """The lead of a report: its title and the council's name where there are any, cycle, place, day and parts."""
    audited = cycles or f"{'audit' if title else 'Audit'} cycle {month_name(month.month)}"
    said = (title, month.rules.own.name, audited, month.scope.words, f"data as at {day_name(month.as_at)}", *parts)
    return paragraph(" · ".join(filter(None, said)), kind="lead")
