"""What notices say: of records without an auditor, of the days, and of what each recipient does."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from qa_analysis.council import Council
from qa_analysis.dates import day_name, month_name
from qa_analysis.english import at_first, counted, in_letters, listed
from qa_analysis.framework import Rules
from qa_analysis.notices.allocation import Allocation
from qa_analysis.notices.changes import Change, Kind
from qa_analysis.notices.window import Window

Name = Callable[[object], str]  # a person by name, or by the identifier they are known by
OUTSIDE = "an auditor from outside these teams is needed, such as another council's"


def weekday(day: date) -> str:
    """A day with the day of the week: "Monday 26 June 2023"."""
    return f"{day:%A} {day_name(day)}"


def post(role: object, council: Council) -> str:
    """A role as the council writes it, with capitals as posts have them: "Team Manager", "CP Chair"."""
    own = {name.casefold(): called for name, called in council.posts.items()}
    capitals = " ".join(word if word == "of" else at_first(word) for word in str(role).split())
    return own.get(str(role), capitals)


def days(window: Window, rules: Rules) -> tuple[str, ...]:
    """When the list goes out and when audits run, in sentences."""
    told = f"Send this list on {weekday(window.sent_on)}"
    if window.is_over:
        told = f"The cycle is over: this list should have gone out on {weekday(window.sent_on)}."
    elif window.sent_on == window.due_on:
        told += ", in the last week of the month before the cycle."
    else:
        told += (
            f": it should have gone out on {weekday(window.due_on)}, in the last week of the month before the cycle."
        )
    first = f"With {counted(rules.notice_days, 'day')}' notice, audits run from {weekday(window.starts_on)}"
    late = " That is later than the cycle: the list was made too late in it." if window.overruns else ""
    return told, f"{first} to {weekday(window.ends_on)}.{late}"


def without_auditor(given: Allocation, roles: dict[str, str], council: Council) -> str:
    """In one line and without a name: how many records have no auditor, and what would free how many."""
    if not (left := len(given.left)):
        return ""
    said = f"No auditor was found for {left} of {counted(len(given.audits), 'record')}."
    if not given.freed:
        return f"{said} No change of a person or a record would do: {OUTSIDE}."
    kinds = Counter(_kind(change, roles, council) for change in given.changes)
    return (
        f"{said} {at_first(listed([_times(kind, times) for kind, times in kinds.items()]))} would free {given.freed}."
    )


def _kind(change: Change, roles: dict[str, str], council: Council) -> tuple[str, str]:
    """A change without a name: for one of them and for several."""
    who = post(roles.get(change.worker_id, "auditor"), council)
    return {
        Kind.MORE: (f"one audit more for the {who}", f"audits more for {who}s"),
        Kind.READY: (f"one {who} recorded as ready to audit", f"{who}s recorded as ready to audit"),
        Kind.REPLACED: ("the next record in turn", "next records in turn"),
        Kind.ROLE: (f"one {who} who audits already in this cycle", f"{who}s who audit already in this cycle"),
    }[change.kind]


def _times(kind: tuple[str, str], times: int) -> str:
    return kind[0] if times == 1 else f"{in_letters(times)} {kind[1]}"


def change_in_words(change: Change, *, name: Name, roles: dict[str, str], rules: Rules) -> str:
    """What to change, with the names that the list's readers know."""
    who = f"{name(change.worker_id)} ({post(roles.get(change.worker_id, 'auditor'), rules.council)})"
    return {
        Kind.MORE: f"Ask {who} for one audit more than the most that each does ({rules.audits_each}).",
        Kind.READY: f"Give {who} the support that comes before auditing, and record the day in the staff list.",
        Kind.REPLACED: f"Audit record {change.by_child_id} in place of record {change.child_id}: it is next in turn.",
        Kind.ROLE: f"Let {who} audit in this cycle: by the framework the role audits from a later one.",
    }[change.kind]


def freed_in_words(given: Allocation) -> str:
    """How far the changes go."""
    left, changes = len(given.left), len(given.changes)
    if not given.freed:
        return f"No change of a person or a record would do: {OUTSIDE}."
    without = f"{counted(left, 'record')} without an auditor"
    said = f"With {counted(changes, 'change')}, {given.freed} of {without} would have one."
    return said if given.freed == left else f"{said} For the others {OUTSIDE}."


def subject(window: Window, records: int) -> str:
    """What a message is about."""
    return f"Audits in {month_name(window.month)}: {counted(records, 'record')} you are involved with"
