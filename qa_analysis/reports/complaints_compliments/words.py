"""How the report on complaints says its message: each sentence from figures that stand behind it."""

from collections.abc import Iterator
from typing import Final

from qa_analysis.dates import month_name, months_between, span_name
from qa_analysis.english import agreeing, at_first, counted
from qa_analysis.measures.complaints.clocks import (
    FROM_REQUEST,
    FROM_STATEMENT,
    LONGEST,
    STAGE_1,
    USUAL,
    Clock,
)
from qa_analysis.measures.complaints.periods import year_to_date
from qa_analysis.measures.complaints.received import FEWER, MORE, NO_CHANGE
from qa_analysis.measures.complaints.timeliness import NEXT, PAST
from qa_analysis.measures.figure import Figure, Names
from qa_analysis.month.month import Month

IN_WORDS: Final = {
    MORE: "more than chance alone would give",
    FEWER: "fewer than chance alone would give",
    NO_CHANGE: "no clear difference",
}


def period(month: Month) -> str:
    """The year to date, as figures write it."""
    return year_to_date(month.month, month.rules.complaint_year_begins).period


def figure(month: Month, measure: str, by: Names = (), group: Names = ()) -> Figure | None:
    """One figure of the year to date; none where there is none."""
    return month.figure(measure, by=by, group=group, period=period(month))


def sentences(month: Month) -> Iterator[str]:
    """The message: how many came, how many were answered in time, what runs out next, how many were upheld."""
    yield _received(month)
    yield from _in_time(month)
    yield from _open(month)
    yield from _upheld(month)


def _received(month: Month) -> str:
    """How many came, and whether that differs from a year before."""
    came, praise = (figure(month, name) for name in ("complaints_received", "compliments_received"))
    change = figure(month, "complaints_change")
    said = f"{_so_many(came, 'complaint')} and {_so_many(praise, 'compliment')} came {when(month)}"
    if change is None:
        return f"{said}; records do not reach back a year."
    if not change.is_given or not change.denominator > 0:
        return f"{said}."
    before = counted(change.denominator, "complaint")
    return f"{said}; {before} in the same months a year before ({IN_WORDS[change.verdict]})."


def _so_many(found: Figure | None, one: str) -> str:
    """A number of them; what may not be told is no nought."""
    if found is None:
        return counted(0, one)
    return counted(found.value, one) if found.is_given else f"too few {one}s to show"


def when(month: Month) -> str:
    """The year to date in words: "from April 2023 to March 2024"."""
    months = months_between(*((period(month).split("/") * 2)[:2]))
    return f"in {month_name(months[0])}" if len(months) == 1 else f"from {span_name(period(month))}"


def _in_time(month: Month) -> Iterator[str]:
    """How many were answered in time at stage 1, and at stage 2 by both readings of its start."""
    for clock in (STAGE_1, FROM_REQUEST, FROM_STATEMENT):
        usual, longest = (in_time(month, clock, limit) for limit in (USUAL, LONGEST))
        if usual is None or longest is None or usual.is_withheld or longest.is_withheld:
            continue
        days = month.rules.complaint_days[clock.rule]
        yield (
            f"{at_first(clock.name)}: {usual.numerator:.0f} of {usual.denominator:.0f} answered within "
            f"{days[0]} working days, {longest.numerator:.0f} of {longest.denominator:.0f} within {days[-1]}."
        )


def in_time(month: Month, clock: Clock, limit: str) -> Figure | None:
    """How many were answered by one clock and limit."""
    return figure(month, "complaints_in_time", ("clock", "limit"), (clock.name, limit))


def _open(month: Month) -> Iterator[str]:
    """How many are past their last day, and how many reach it within a week."""
    past, soon = (figure(month, "complaints_open", "state", state) for state in (PAST, NEXT))
    if past is None or soon is None or past.is_withheld or soon.is_withheld:
        return
    late, near = int(past.value), int(soon.value)
    if not late and not near:
        yield "No open complaint is past its last day or reaches it within a week."
        return
    yield (
        f"{counted(late, 'open complaint') if late else 'No open complaint'} {agreeing(late or 1, 'is', 'are')} past "
        f"the last day and {near or 'none'} {agreeing(near or 1, 'reaches', 'reach')} it within a week: the list for "
        "the Quality Assurance Manager has them by owner, the next first."
    )


def _upheld(month: Month) -> Iterator[str]:
    """How many were upheld at stage 1."""
    found = figure(month, "complaints_upheld", "stage", "1")
    if found is not None and found.denominator > 0:
        decided, upheld = counted(found.denominator, "complaint"), int(found.numerator)
        yield f"Of {decided} decided at stage 1, {upheld} {agreeing(upheld, 'was', 'were')} upheld at least in part."
