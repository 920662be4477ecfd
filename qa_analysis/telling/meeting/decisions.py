"""What became of what the Senior Management Team decided, meeting by meeting, the oldest first."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name
from qa_analysis.english import agreeing, at_first, counted
from qa_analysis.measures.actions.decisions import STATES
from qa_analysis.measures.figure import figures_of
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, table

DATASET, CALLED = "smt_decisions", "SMT decisions"
BY_MEETING = "Decisions by meeting, the oldest first"
NUMBERS = ["Decided", "Done", "Open, in time", "Overdue"]
MEETINGS_SHOWN = 3  # with nothing left to do: the newest ones


def decisions_followed(month: Month) -> Html:
    """How many decisions are open and overdue, by meeting, and each open one, the oldest first."""
    if DATASET not in month.supplied:
        return absent(CALLED)
    meetings, waiting = meetings_table(month), open_table(month)
    if meetings.empty:
        return paragraph("No decision of the Senior Management Team was recorded by this date.")
    return page(
        bullets(_sentences(month)),
        table(meetings, BY_MEETING, numbers=NUMBERS),
        *([] if waiting.empty else [table(waiting, "Decisions still open, the oldest first")]),
    )


def meetings_table(month: Month) -> DataFrame:
    """Each meeting with anything still open, and the newest ones. One row per meeting, the oldest first."""
    held = _by_meeting(month)
    done = [day for day, states in held.items() if not states["open"] + states["overdue"]]
    shown = [day for day in held if day not in done or day in done[-MEETINGS_SHOWN:]]
    rows = [
        [_day(day), f"{sum(held[day].values())}", *(f"{held[day][state]}" for state in STATES)] for day in sorted(shown)
    ]
    return pd.DataFrame(rows, columns=["Meeting", *NUMBERS])


def open_table(month: Month) -> DataFrame:
    """The decisions still open, by their subject. One row per decision, the oldest first."""
    still = month.decisions[month.decisions["status"] != "done"].sort_values(["decided_on", "due_on"], kind="stable")
    return pd.DataFrame(
        {
            "Decision": still["item"],
            "Owner": still["owner"].map(at_first),
            "Decided": still["decided_on"].map(_day),
            "Due": still["due_on"].map(_day),
            "Status": still["status"].map(at_first),
        }
    )


def _sentences(month: Month) -> Iterator[str]:
    held = _by_meeting(month)
    totals = {state: sum(states[state] for states in held.values()) for state in STATES}
    every, waiting, late = sum(totals.values()), totals["open"] + totals["overdue"], totals["overdue"]
    done = totals["done"]
    overdue = f", {late or 'none'} of them overdue" if waiting else ""
    yield (
        f"Of {counted(every, 'decision')} at {counted(len(held), 'meeting')}, {done or 'none'} "
        f"{agreeing(done or 1, 'is', 'are')} done and {waiting or 'none'} {agreeing(waiting or 1, 'is', 'are')} open"
        f"{overdue}."
    )
    days = month.figure("decisions_open_oldest_days")
    if days is not None:
        yield f"The oldest open decision is of {days.note}."


def _by_meeting(month: Month) -> dict[str, dict[str, int]]:
    """How many decisions of each meeting are done, open and overdue, by its day."""
    held: dict[str, dict[str, int]] = {}
    for figure in figures_of(month.figures("decisions_by_meeting", by=("meeting", "state"))):
        day, state = figure.group
        held.setdefault(day, {})[state] = int(figure.value)
    return held


def _day(iso: str) -> str:
    return day_name(pd.Timestamp(iso).date()) if iso else ""
