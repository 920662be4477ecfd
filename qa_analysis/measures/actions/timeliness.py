"""Of the actions that fell due in a period, how many were completed in time: a rate of lately, not of all time."""

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of, working_days_after
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_among, remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share, shares_by
from qa_analysis.measures.populations import ACTIONS_DUE

PLACE = "service_area"
OF_ACTION = ["agreed_on", "completed_on", "audit_id", "child_id", "owner_id", PLACE]  # what is asked of one that is due
LATELY = 3  # months: a quarter, as long as the period that verdicts rest on


@declares(
    Measure(
        "actions_due_in_time",
        title="Actions due that were completed within 40 days",
        family=family.ACTIONS,
        counts="actions completed by the 40th day after the day agreed, of those whose 40th day fell in the period: "
        "each of the twelve calendar months, the last three together and all twelve together; the council's rules say "
        "whether working or calendar days count",
        by="service_area",
        limits="the framework's 40 days, not the due date that was set; by service for three and twelve months alone; "
        "an action without a date of agreement, or completed before it was agreed, is left out; one whose date of "
        "completion cannot be read counts as not completed; a month in which none fell due has no figure",
        unit="share",
    ),
)
def timeliness(tables: Tables) -> list[Figure]:
    """The share completed in time of the actions due in each month, the last three and the year. One figure each."""
    year, lately = tables.rolling_cycles, tables.rules.cycles_up_to(tables.month, LATELY)
    months = [row for month in year for row in _in_time(tables, (month,))]
    return [*months, *(row for cycles in (lately, year) for row in _in_time(tables, cycles, by=PLACE))]


def due_in(tables: Tables, cycles: tuple[str, ...]) -> DataFrame:
    """The actions whose last day in time fell in some calendar months, by the day. One row per action.

    Of each its child, audit, owner and service, due_month and is_in_time.
    """
    due = _due(tables)
    chosen: DataFrame = due[is_among(due, "due_month", cycles)]
    return chosen


@remembered  # fourteen periods ask for the same actions
def _due(tables: Tables) -> DataFrame:
    """Every action whose last day in time has come, with the month of that day. One row per action."""
    actions = tables.actions[OF_ACTION][~(tables.actions["completed_on"] < tables.actions["agreed_on"])]
    last = last_days(actions["agreed_on"], tables.rules)
    come = actions.assign(due_month=months_of(last), is_in_time=actions["completed_on"] <= last)
    return come[last <= tables.as_at]


def last_days(agreed_on: Series, rules: Rules) -> Series:
    """The last day on which each action is in time; day 0 is the day agreed. One per action, blank without that day."""
    if rules.action_calendar == "calendar":
        return agreed_on + pd.Timedelta(days=rules.action_days)
    return working_days_after(agreed_on, rules.action_days)


def _in_time(tables: Tables, cycles: tuple[str, ...], *, by: str = "") -> list[Figure]:
    """The share of a period, and of each service where asked for; nothing where no action fell due."""
    due, few = due_in(tables, cycles), tables.rules.percentage_from
    if due.empty:
        return []
    name, labels = "actions_due_in_time", {"period": period_of(cycles), "population": ACTIONS_DUE}
    whole = share(name, int(due["is_in_time"].sum()), len(due), few=few, **labels)
    return [whole, *(shares_by(due, by, "is_in_time", name, few=few, **labels) if by else [])]
