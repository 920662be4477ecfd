"""What became of the actions agreed: open, overdue, done, signed off, and done in time."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, months_of, working_days
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, estimated, share
from qa_analysis.measures.populations import ALL_ACTIONS
from qa_analysis.stats.survival import completed_by, kaplan_meier, median_time

GROUPS = ("service_area", "owner_role")
CURVE_LIMITS = 3  # the curve is drawn to three times the limit: later than that is a list of names, not a curve
AGE_BANDS = {"0-20 days": 20, "21-40 days": 40, "41-80 days": 80, "over 80 days": None}  # half and double the 40 days


def states(tables: Tables) -> DataFrame:
    """Every action with its state on the day. One row per action: is_open, is_overdue, is_unsigned and its days."""
    actions = tables.actions
    is_open = actions["completed_on"].isna()
    ended = actions["completed_on"].fillna(tables.as_at)
    return actions.assign(
        is_open=is_open,
        is_overdue=is_open & (actions["due_on"] < tables.as_at),
        is_unsigned=~is_open & actions["signed_off_on"].isna(),
        calendar_days=calendar_days(actions["agreed_on"], ended),
        working_days=working_days(actions["agreed_on"], ended),
    )


@declares(
    Measure(
        "actions_agreed",
        title="Actions agreed",
        family=family.ACTIONS,
        counts="actions agreed in the calendar month",
        by="key_area",
        unit="actions",
    ),
    Measure(
        "actions_open",
        title="Actions open",
        family=family.ACTIONS,
        counts="actions agreed by the as-at date and not completed by then",
        by="age, service_area, team, owner_role",
        limits="an action whose date of completion cannot be read stands among the open ones; one without a date "
        "of agreement has no age; by team not where they are of too few children or people",
        unit="actions",
    ),
    Measure(
        "actions_overdue",
        title="Actions overdue",
        family=family.ACTIONS,
        counts="open actions whose due date lies before the as-at date",
        by="service_area, team, owner_role, days over, safeguarding",
        limits="an open action without a due date is never overdue; an action whose date of completion cannot be "
        "read stands among the open ones; by safeguarding, one not marked either way is apart; by team not where they "
        "are of too few children or people",
        unit="actions",
    ),
    Measure(
        "actions_overdue_safeguarding",
        title="Safeguarding actions overdue",
        family=family.ACTIONS,
        counts="open actions marked as safeguarding whose due date lies before the as-at date",
        limits="an open action without a due date is never overdue; an action whose date of completion cannot be "
        "read stands among the open ones",
        unit="actions",
    ),
    Measure(
        "actions_open_without_due_date",
        title="Actions open without a due date",
        family=family.ACTIONS,
        counts="open actions that have no due date, and so can never be overdue",
        unit="actions",
    ),
    Measure(
        "actions_completed",
        title="Actions completed",
        family=family.ACTIONS,
        counts="actions agreed and completed by the as-at date",
        limits="completed is what the tracker says; who signed it off is counted apart",
        unit="actions",
    ),
    Measure(
        "actions_unsigned",
        title="Actions completed without sign-off",
        family=family.ACTIONS,
        counts="actions completed by the as-at date that have no date of sign-off by then",
        by="service_area, team",
        limits="one that was completed a day ago counts like one that was completed a year ago; by team not where they "
        "are of too few children or people",
        unit="actions",
    ),
    Measure(
        "completed_in_40_calendar_days",
        title="Actions completed in 40 calendar days",
        family=family.ACTIONS,
        counts="actions completed by the 40th calendar day after the day agreed, of those completed, or open for "
        "more than 40 days",
        limits="one completed before it was agreed is left out; one completed without a date of agreement counts "
        "as not in time; open actions of up to 40 days are not in it",
        unit="share",
    ),
    Measure(
        "completed_in_40_working_days",
        title="Actions completed in 40 working days",
        family=family.ACTIONS,
        counts="actions completed by the 40th working day after the day agreed (Monday to Friday, without "
        "England's bank holidays), of those completed, or open for more than 40 working days",
        limits="one completed before it was agreed is left out; one completed without a date of agreement counts "
        "as not in time; open actions of up to 40 days are not in it",
        unit="share",
    ),
    Measure(
        "completed_by_day_40_km",
        title="Completed by day 40, open actions counted",
        family=family.ACTIONS,
        counts="the estimated share of all actions completed by the 40th calendar day after they were agreed, "
        "open actions counted for as long as they have been open (Kaplan–Meier)",
        limits="actions without a date of agreement, or completed before it, are left out",
        unit="share",
    ),
    Measure(
        "days_to_complete_median",
        title="Median days to complete an action",
        family=family.ACTIONS,
        counts="the estimated number of calendar days by which half of all actions are completed, open actions "
        "counted for as long as they have been open (Kaplan–Meier)",
        limits="no value where fewer than half are done; actions without a date of agreement, or completed "
        "before it, are left out",
        unit="days",
    ),
    Measure(
        "actions_completed_km",
        title="Completed by each day, open actions counted",
        family=family.ACTIONS,
        counts="the estimated share of all actions completed by each calendar day up to 120 after they were "
        "agreed, open actions counted for as long as they have been open (Kaplan–Meier)",
        by="day",
        limits="actions without a date of agreement, or completed before it, are left out",
        unit="share",
    ),
)
def actions(tables: Tables) -> list[Figure]:
    """How many actions stand where, and how quickly they are done. One figure per question and group."""
    known = states(tables)
    return [*stock(tables, known), *groups(tables, known), *timeliness(tables, known)]


def stock(tables: Tables, known: DataFrame) -> list[Figure]:
    """Actions agreed in the calendar month, and all actions by their state on the day. One figure each."""
    agreed = months_of(known["agreed_on"]) == tables.month
    tallies = {
        "actions_agreed": int(agreed.sum()),
        "actions_open": int(known["is_open"].sum()),
        "actions_overdue": int(known["is_overdue"].sum()),
        "actions_overdue_safeguarding": int((known["is_overdue"] & _yes(known["is_safeguarding"])).sum()),
        "actions_open_without_due_date": int((known["is_open"] & known["due_on"].isna()).sum()),
        "actions_completed": int((~known["is_open"]).sum()),
        "actions_unsigned": int(known["is_unsigned"].sum()),
    }
    if known["is_safeguarding"].isna().all() and len(known):
        del tallies["actions_overdue_safeguarding"]  # not recorded, which is not none
    return [_count(tables, measure, tally) for measure, tally in tallies.items()]


def groups(tables: Tables, known: DataFrame, *, columns: tuple[str, ...] = GROUPS) -> list[Figure]:
    """Open actions by age, and open and overdue ones by service and by the owner's role. One figure per group."""
    still_open, overdue = known[known["is_open"]], known[known["is_overdue"]]
    labels = {"period": tables.month, "population": ALL_ACTIONS, "unit": "actions"}
    marks = ("yes", "no") if known["is_safeguarding"].notna().any() else ()  # not recorded, which is not none
    return [
        *(
            _count(tables, "actions_open", tally, by="age", group=band)
            for band, tally in _by_age(still_open["calendar_days"]).items()
        ),
        *(
            row
            for column in columns
            for measure, rows in (("actions_open", still_open), ("actions_overdue", overdue))
            for row in counts_by(rows, column, measure, **labels)
        ),
        *counts_by(
            overdue.assign(marked=overdue["is_safeguarding"].map({True: "yes", False: "no"}).astype("object")),
            "marked", "actions_overdue", by="safeguarding", groups=marks, **labels,
        ),
    ]  # fmt: skip


def timeliness(tables: Tables, known: DataFrame) -> list[Figure]:
    """The share done within forty days, in both calendars, and the time to completion with open actions censored."""
    timed = known[["is_open", "calendar_days", "working_days"]]
    in_order = timed[~(known["completed_on"] < known["agreed_on"])]
    rows = [_within(tables, in_order, calendar) for calendar in ("calendar", "working")]
    days = in_order["calendar_days"].to_numpy(dtype=float)
    done = (~in_order["is_open"]).to_numpy()
    labels = {"period": tables.month, "population": ALL_ACTIONS}
    by_limit = completed_by(days, done, tables.rules.action_days)
    return [
        *rows,
        estimated("completed_by_day_40_km", by_limit, unit="share", **labels),
        estimated("days_to_complete_median", median_time(days, done), unit="days", **labels),
        *_curve(tables, days, done),
    ]


def _curve(tables: Tables, days: NDArray[np.float64], done: NDArray[np.bool_]) -> list[Figure]:
    """The share completed by each day on which any was: the curve of the report."""
    curve = kaplan_meier(days, done)
    shown = curve[curve["time"] <= CURVE_LIMITS * tables.rules.action_days]
    return [
        Figure(
            measure="actions_completed_km", period=tables.month, population=ALL_ACTIONS,
            by=("day",), group=(f"{point['time']:.0f}",), denominator=int(point["at_risk"]),
            value=1 - point["survival"], lower=1 - point["upper"], upper=1 - point["lower"],
            unit="share", method="Kaplan-Meier",
        )
        for point in shown.to_dict("records")
    ]  # fmt: skip


def _within(tables: Tables, known: DataFrame, calendar: str) -> Figure:
    """Of the actions done, or open for more than forty days, the share done by day forty."""
    limit, days, is_open = tables.rules.action_days, known[f"{calendar}_days"], known["is_open"]
    in_time = int((~is_open & (days <= limit)).sum())
    return share(
        f"completed_in_40_{calendar}_days", in_time, int((~is_open | (days > limit)).sum()),
        period=tables.month, population=ALL_ACTIONS, few=tables.rules.percentage_from,
    )  # fmt: skip


def _by_age(days: Series) -> dict[str, int]:
    """How many actions lie in each band of age in calendar days."""
    edges = [-1.0, *(float(limit) for limit in AGE_BANDS.values() if limit is not None), float("inf")]
    bands = pd.cut(days.astype(float), edges, labels=list(AGE_BANDS))
    return {str(band): int(tally) for band, tally in bands.value_counts(sort=False).items()}


def _yes(flag: Series) -> Series:
    """A yes/no column with blanks read as no."""
    return flag.fillna(value=False).astype(bool)


def _count(tables: Tables, measure: str, tally: int, *, by: str = "", group: str = "") -> Figure:
    return count(measure, tally, period=tables.month, population=ALL_ACTIONS, unit="actions", by=by, group=group)
