"""Whether the stock of actions reconciles month by month, and whether the tracker holds every audit."""

import numpy as np
import pandas as pd
from pandas import Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import NO_AUDIT, is_of_cycles, known_in_audits, numbers_of
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.populations import ALL_ACTIONS, EVERY_ROUTE

HOW_MANY = {"no action": 0, "one action": 1, "two or three actions": 3, "four or more actions": None}
OVER_BANDS = {"1-20 days over": 20, "21-40 days over": 40, "41-80 days over": 80, "over 80 days over": None}
FLOW = ("opening", "agreed", "closed", "closing")
BRIDGE = ("open at month's end", "agreed since", "closed since", "no date agreed", "open on the day")


@declares(
    Measure(
        "actions_flow",
        title="Actions from month to month",
        family=family.ACTIONS,
        counts="actions open at the start of each calendar month of the year, agreed in it, closed in it and "
        "open at its end, as known on the as-at date",
        by="step",
        limits="one completed before it was agreed closes on the day it was agreed; one without a date of "
        "agreement is in no month",
        unit="actions",
    ),
    Measure(
        "actions_bridge",
        title="Open actions from the end of the month to the as-at date",
        family=family.ACTIONS,
        counts="actions open at the end of the calendar month, agreed since, closed since, open without a date "
        "of agreement, and open on the as-at date",
        by="step",
        limits="one completed before it was agreed closes on the day it was agreed",
        unit="actions",
    ),
    Measure(
        "audits_by_actions",
        title="Audits by number of actions",
        family=family.ACTIONS,
        counts="audits of twelve cycles, every route, by how many actions came of them, those with none too",
        by="actions",
        limits="an action that does not name its audit is not seen",
        unit="audits",
    ),
    Measure(
        "actions_without_audit",
        title="Actions whose audit is missing",
        family=family.ACTIONS,
        counts="actions that name an audit that is not among the audits done by the as-at date",
        limits="actions that name no audit are not in it",
        unit="actions",
    ),
    Measure(
        "actions_due_before_agreed",
        title="Actions due before they were agreed",
        family=family.ACTIONS,
        counts="actions with a due date before the day they were agreed, of those with both dates, open or completed",
        limits="a fault of a date, not of practice",
        unit="share",
    ),
    Measure(
        "actions_due_over_40_days",
        title="Actions due over 40 days after they were agreed",
        family=family.ACTIONS,
        counts="actions with a due date more than 40 calendar days after the day they were agreed, of those with "
        "both dates, open or completed",
        limits="the date that was set, not the day it was done",
        unit="share",
    ),
    Measure(
        "audits_all_actions_in_40_calendar_days",
        title="Audits with every action done in 40 days",
        family=family.ACTIONS,
        counts="audits of any cycle with every action completed by the 40th calendar day after it was agreed, of "
        "the audits whose actions are all completed or open for more than 40 days",
        limits="one late action makes its audit late; actions completed before they were agreed are left out; "
        "one without a date of agreement counts as in time once completed, and as late while open",
        unit="share",
    ),
    adds_to=("actions_agreed", "actions_overdue"),
)
def action_flow(tables: Tables) -> list[Figure]:
    """The monthly flow of actions, the tracker against the audits, and due dates. One figure each."""
    return [
        *flow(tables),
        *bridge(tables),
        *tracker(tables),
        *overdue_by_age(tables),
        *due_dates(tables),
        *whole_audits(tables),
    ]


def flow(tables: Tables) -> list[Figure]:
    """Open at the start of each calendar month, agreed and closed in it, and open at its end. One figure per step.

    An action completed before it was agreed closes on the day it was agreed, so that what comes in also goes out.
    """
    agreed, closed = _months(tables)
    rows = []
    for month in tables.rolling_cycles:
        period = pd.Period(month, "M")
        tallies = {
            "opening": int(((agreed < period) & ~(closed < period)).sum()),
            "agreed": int((agreed == period).sum()),
            "closed": int((closed == period).sum()),
            "closing": int(((agreed <= period) & ~(closed <= period)).sum()),
        }
        rows += [
            count("actions_flow", tally, period=month, population=ALL_ACTIONS, unit="actions", by="step", group=step)
            for step, tally in tallies.items()
        ]
    return rows


def bridge(tables: Tables) -> list[Figure]:
    """From the actions open at the end of the calendar month to those open on the day. One figure per step.

    An action without a date of agreement belongs to no month: it is in neither the flow nor the steps of the months,
    and stands by itself.
    """
    agreed, closed = _months(tables)
    is_open, end = tables.actions["completed_on"].isna(), pd.Period(tables.month, "M")
    tallies = (
        int(((agreed <= end) & ~(closed <= end)).sum()),
        int((agreed > end).sum()),
        int((closed > end).sum()),
        int((agreed.isna() & is_open).sum()),
        int(is_open.sum()),
    )
    return [
        count(
            "actions_bridge", tally, period=tables.month, population=ALL_ACTIONS, unit="actions", by="step", group=step
        )
        for step, tally in zip(BRIDGE, tallies, strict=True)
    ]


def tracker(tables: Tables) -> list[Figure]:
    """The year's audits by how many actions they have, those with none too; and actions whose audit is not there."""
    numbers = numbers_of(tables, "actions")
    many = np.bincount(numbers[numbers != NO_AUDIT], minlength=len(known_in_audits(tables)))
    held = Series(many[numbers_of(tables, "audits")[is_of_cycles(tables, tables.rolling_cycles)]])
    orphans = int(((numbers == NO_AUDIT) & tables.actions["audit_id"].notna()).sum())
    labels = {"period": period_of(tables.rolling_cycles), "population": EVERY_ROUTE, "unit": "audits", "by": "actions"}
    return [
        *(
            count("audits_by_actions", tally, group=name, **labels)
            for name, tally in banded(held, HOW_MANY, lowest=-1.0).items()
        ),
        count("actions_without_audit", orphans, period=tables.month, population=ALL_ACTIONS, unit="actions"),
    ]


def overdue_by_age(tables: Tables) -> list[Figure]:
    """Open actions past their date, by how many calendar days. One figure per band."""
    labels = {"period": tables.month, "population": ALL_ACTIONS, "unit": "actions", "by": "days over"}
    late = tables.actions[tables.actions["completed_on"].isna() & (tables.actions["due_on"] < tables.as_at)]
    over = (tables.as_at - late["due_on"]).dt.days
    return [
        count("actions_overdue", tally, group=band, **labels)
        for band, tally in banded(over, OVER_BANDS, lowest=0.0).items()
    ]


def due_dates(tables: Tables) -> list[Figure]:
    """Dates due before the action was agreed and after the framework's maximum; the month's by area. One each."""
    given = calendar_days(tables.actions["agreed_on"], tables.actions["due_on"]).dropna()
    of_month = tables.actions[["key_area"]][months_of(tables.actions["agreed_on"]) == tables.month]
    labels, few = {"period": tables.month, "population": ALL_ACTIONS}, tables.rules.percentage_from
    return [
        share("actions_due_before_agreed", int((given < 0).sum()), len(given), few=few, **labels),
        share("actions_due_over_40_days", int((given > tables.rules.action_days).sum()), len(given), few=few, **labels),
        *counts_by(of_month, "key_area", "actions_agreed", unit="actions", **labels),
    ]


def whole_audits(tables: Tables) -> list[Figure]:
    """Of the audits whose actions are all done or past forty days, how many had every one done in time. One figure.

    Several actions of one audit go together, so this stands beside the share of actions.
    """
    limit = tables.rules.action_days
    every = tables.actions[["audit_id", "agreed_on", "completed_on"]]
    actions = every[~(every["completed_on"] < every["agreed_on"])].dropna(subset="audit_id")
    is_open = actions["completed_on"].isna()
    days = calendar_days(actions["agreed_on"], actions["completed_on"].fillna(tables.as_at))
    settled, in_time = ~is_open | (days > limit), ~is_open & (days <= limit)
    numbers, named = pd.factorize(actions["audit_id"])
    wanting = [np.bincount(numbers[~flag.to_numpy()], minlength=len(named)) for flag in (settled, in_time)]
    is_settled, are_all_in_time = (many == 0 for many in wanting)
    return [
        share(
            "audits_all_actions_in_40_calendar_days", int((is_settled & are_all_in_time).sum()), int(is_settled.sum()),
            period=tables.month, population=ALL_ACTIONS, few=tables.rules.percentage_from,
        )
    ]  # fmt: skip


def _months(tables: Tables) -> tuple[Series, Series]:
    """The calendar months in which each action was agreed and closed; one without a date of agreement has neither."""
    agreed = tables.actions["agreed_on"]
    closed = tables.actions[["agreed_on", "completed_on"]].max(axis=1)
    closed = closed.where(tables.actions["completed_on"].notna() & agreed.notna())
    return agreed.dt.to_period("M"), closed.dt.to_period("M")


def banded(values: Series, bands: dict[str, int | None], *, lowest: float) -> dict[str, int]:
    """How many values lie in each band, each band up to and with its number."""
    edges = [lowest, *(float(top) for top in bands.values() if top is not None), float("inf")]
    held = pd.cut(values.astype(float), edges, labels=list(bands))
    return {str(band): int(tally) for band, tally in held.value_counts(sort=False).items()}
