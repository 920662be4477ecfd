"""Practice alerts in sentences: how many, how many for every 100 children, how soon answered, and what waits."""

from typing import Final

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import at_first, counted
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.safeguarding_unit.alert_times import ANSWERED, RESOLVED
from qa_analysis.measures.safeguarding_unit.alerts import FORMAL, INFORMAL, NOT_SAID, WAY
from qa_analysis.month.month import Month
from qa_analysis.reports.safeguarding_unit.words import HIDDEN, is_some, number, plain
from qa_analysis.telling.wording import part_of, were

IN_SHORT: Final = "A rise may be good: more challenge, or more of it written down."
A_RISE: Final = (
    "A rise may be good: officers may be challenging more, or writing down more of what they used to settle in "
    "conversation. So more alerts are not read as better or worse here."
)
NOT_RESOLVED: Final = "The day on which alerts were resolved is not recorded."


def raised_sentences(month: Month) -> list[str]:
    """How many were raised, formal and informal apart, and how many for every 100 children."""
    every = month.figure("alerts_raised")
    formal, informal, neither = (
        month.figure("alerts_raised", by=WAY, group=way) for way in (FORMAL, INFORMAL, NOT_SAID)
    )
    if every is not None and not every.is_given:
        return [f"Raised in {month_name(month.month)}: {number(every, 'practice alert')}."]
    unknown = f"; of {plain(neither)} it is not recorded" if is_some(neither) else ""
    return [
        f"Raised in {month_name(month.month)}: {number(every, 'practice alert')}, {plain(formal)} formal and "
        f"{plain(informal)} informal{unknown}.",
        *rate_sentences(month),
    ]


def rate_sentences(month: Month) -> list[str]:
    """Alerts for every 100 children in the month and over the year, with their likely ranges."""
    now, year = (month.figure("alerts_per_100_children", period=period) for period in (month.month, month.year))
    children = month.figure("unit_children")
    if children is not None and not children.value:
        return []
    if now is None:
        return [
            "Alerts for every 100 children: no list of open records of the month says who is cared for or on a plan."
        ]
    if not now.is_given:
        return []
    over = f" Over the year it was {rate(year)} a month." if year and month.year != month.month else ""
    return [
        f"That is {rate(now, first=True)} for every 100 children cared for or on a child protection plan"
        f"{_without_child(month)}.{over}"
    ]


def rate(figure: Figure | None, *, first: bool = False) -> str:
    """A rate with its interval: "3.9 (likely range 2.0 to 6.9)"."""
    if figure is None or not figure.is_given:
        return HIDDEN
    return f"{figure.value:.1f} ({'likely range ' if first else ''}{figure.lower:.1f} to {figure.upper:.1f})"


def _without_child(month: Month) -> str:
    """Why the rate rests on fewer alerts than were raised."""
    unnamed, every = month.figure("alerts_without_child"), month.figure("alerts_raised")
    if not is_some(unnamed) or not is_some(every) or plain(unnamed) == plain(every):
        return ""
    return f"; alerts that name no child ({plain(unnamed)}) are left out of the rate"


def answer_sentences(month: Month) -> list[str]:
    """How soon alerts were answered and resolved, and what waits."""
    return [*_in_time(month), *_waiting(month), *_medians(month), *_not_resolved(month)]


def _in_time(month: Month) -> list[str]:
    found = month.figure("alerts_answered_in_time")
    if found is None:
        return [f"No answer to an alert fell due in {month_name(month.month)}."]
    due = f"due an answer in {month_name(month.month)}"
    return [
        f"{at_first(part_of(found, f'alert {due}', f'alerts {due}', first=True))} {were(found)} answered by the day "
        "due."
    ]


def _waiting(month: Month) -> list[str]:
    """Those that wait for an answer on the day, those overdue, and the longest."""
    every, late, longest = (month.figure(name) for name in ("alerts_open", "alerts_overdue", "alerts_open_longest"))
    if not is_some(every):
        return [f"No alert was awaiting an answer on {day_name(month.as_at)}."]
    if every is not None and not every.is_given:
        return [f"Awaiting an answer on {day_name(month.as_at)}: {number(every, 'alert')}."]
    since = f"; the longest has waited {counted(longest.value, 'day')}" if longest and longest.is_given else ""
    undated = month.figure("alerts_open_without_due_day")
    never = f" Without a day due, so never overdue: {plain(undated)}." if is_some(undated) else ""
    is_one = every is not None and every.value == 1
    overdue = plain(late) if is_some(late) else "none"
    how = ("overdue" if is_some(late) else "not overdue") if is_one else f"{overdue} of them overdue"
    return [f"Awaiting an answer on {day_name(month.as_at)}: {number(every, 'alert')}, {how}{since}.{never}"]


def _medians(month: Month) -> list[str]:
    """The time by which half of the year's alerts are answered and resolved, open ones counted."""
    said = [f"half are {step} within {days}" for step in (ANSWERED, RESOLVED) if (days := _days(month, step))]
    if not said:
        return []
    return [
        f"Of the year's alerts, {' and '.join(said)} of the day raised. Open ones count for as long as they are open."
    ]


def _days(month: Month, step: str) -> str:
    found = month.figure("alert_days_median", by="step", group=step, period=month.year)
    return counted(found.value, "day") if found and found.is_given else ""


def _not_resolved(month: Month) -> list[str]:
    if month.figure("alert_days_median", by="step", group=RESOLVED, period=month.year) is None:
        return [NOT_RESOLVED]
    waits = month.figure("alerts_answered_not_resolved")
    return [f"Answered and not yet resolved: {number(waits, 'alert')}."] if is_some(waits) else []
