"""Immediate concerns: told, written, signed off and discussed, with the days at each step and what is missing."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_of_cycles, records_of, remembered, with_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, estimated, share
from qa_analysis.measures.populations import CONCERN_ROUTE, CONCERNS
from qa_analysis.stats.estimate import Estimate

TOLD, SENT, SIGNED, DISCUSSED = "a manager told", "form sent", "signed off", "discussed in supervision"
SUPERVISED = "next supervision held"
STEPS = (TOLD, SENT, SIGNED, DISCUSSED)
PARTS = ("Team Manager's tray", "Service Manager's tray", "both trays", "summary of concerns", "suggested actions",
         "an action on the tracker")  # fmt: skip
HELD_IN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        TOLD: ("team_manager_told_on", "service_manager_told_on"),
        SENT: ("form_sent_on",),
        SIGNED: ("signed_off_on",),
        DISCUSSED: ("supervision_discussed_on",),
    }
)
FLAGS = ("is_in_team_manager_tray", "is_in_service_manager_tray", "has_summary")


@declares(
    Measure(
        "concerns",
        title="Immediate concerns",
        family=family.IMMEDIATE_CONCERNS,
        counts="immediate concerns found by the as-at date in audits of the last twelve cycles",
        limits="only where the forms were supplied; an audit that is flagged and has no form is not in it",
        unit="concerns",
    ),
    Measure(
        "concerns_of_month",
        title="Immediate concerns of the month",
        family=family.IMMEDIATE_CONCERNS,
        counts="immediate concerns found by the as-at date in audits of the cycle",
        limits="the period is written as the twelve cycles, like that of the other figures on concerns; only "
        "where the forms were supplied",
        unit="concerns",
    ),
    Measure(
        "concern_step",
        title="Immediate concerns that reached each step",
        family=family.IMMEDIATE_CONCERNS,
        counts="immediate concerns of twelve cycles with a day for each step, of all: a manager told, form sent, "
        "signed off by the framework's role, discussed in supervision, next supervision of the key worker "
        "held",
        by="step",
        limits="telling by word of mouth is only as good as its record; a sign-off by another role does not "
        "count; a step recorded for no concern has no figure; the next supervision only where supervision was supplied",
        unit="share",
    ),
    Measure(
        "concern_step_unreadable",
        title="Immediate concerns with an unreadable day of a step",
        family=family.IMMEDIATE_CONCERNS,
        counts="immediate concerns of twelve cycles that hold something which could not be read as the day of a step",
        by="step",
        limits="neither known taken nor known not taken; no figure where every day could be read",
        unit="concerns",
    ),
    Measure(
        "days_to_concern_step_median",
        title="Median days to each step of an immediate concern",
        family=family.IMMEDIATE_CONCERNS,
        counts="the median of the calendar days from the day an immediate concern was found to each step, over "
        "the concerns of twelve cycles that reached it",
        by="step",
        limits="steps not reached and steps dated before the concern was found are left out",
        unit="calendar days",
    ),
    Measure(
        "concern_complete",
        title="Immediate concerns with each part in place",
        family=family.IMMEDIATE_CONCERNS,
        counts="immediate concerns of twelve cycles with each part that the framework asks for, of those that say: the "
        "managers' trays, a summary, suggested actions, an action on the tracker",
        by="part",
        limits="whether a part is there, not how good it is; a blank is neither there nor not, and a part recorded for "
        "no concern has no figure",
        unit="share",
    ),
    Measure(
        "concern_wider_review",
        title="Immediate concerns by wider review",
        family=family.IMMEDIATE_CONCERNS,
        counts="immediate concerns of twelve cycles by the wider review that they led to, those that led to none too",
        by="wider_review",
        unit="concerns",
    ),
)
def concerns(tables: Tables) -> list[Figure]:
    """The year's immediate concerns by step: how many reached it, how soon, and what is missing. One figure each."""
    held = of_year(tables)
    if held is None:
        return []
    labels = {"period": period_of(tables.rolling_cycles), "population": CONCERNS}
    few = tables.rules.percentage_from
    done = {step: day for step, day in steps(tables, held).items() if _is_recorded(tables, step)}
    answered = {part: flag.dropna() for part, flag in parts(tables, held).items()}
    return [
        count("concerns", len(held), unit="concerns", **labels),
        count("concerns_of_month", int((held["cycle_month"] == tables.month).sum()), unit="concerns", **labels),
        *(
            share("concern_step", int(day.notna().sum()), len(held), by="step", group=step, few=few, **labels)
            for step, day in done.items()
        ),
        *(
            estimated("days_to_concern_step_median", _median(held["found_on"], day), unit="calendar days",
                      by="step", group=step, **labels)
            for step, day in done.items()
        ),
        *(
            share("concern_complete", int(flag.sum()), len(flag), by="part", group=part, few=few, **labels)
            for part, flag in answered.items()
            if len(flag)
        ),
        *(
            count("concern_step_unreadable", size, unit="concerns", by="step", group=step, **labels)
            for step, size in _unreadable(tables, held).items()
            if size
        ),
        *counts_by(held, "wider_review", "concern_wider_review", unit="concerns", **labels),
    ]  # fmt: skip


@remembered
def of_year(tables: Tables) -> DataFrame | None:
    """The concerns found in audits of the last twelve cycles, with their cycle and worker; None if not supplied."""
    if tables.optional("immediate_concerns") is None:
        return None
    held = records_of(tables, "immediate_concerns", is_of_cycles(tables, tables.rolling_cycles))
    return with_audits(tables, held, {"cycle_month": None, "key_worker_id": None})


def steps(tables: Tables, held: DataFrame) -> dict[str, Series]:
    """The day of each step, blank where it is missing. One value per concern.

    A manager is told when the first of Team and Service Manager is. The next supervision is the key worker's first one
    from the day on, where supervision was supplied.
    """
    done = {
        TOLD: held[["team_manager_told_on", "service_manager_told_on"]].min(axis=1),
        SENT: held["form_sent_on"],
        SIGNED: held["signed_off_on"].where(held["signed_off_role"].eq(tables.rules.concern_sign_off_role)),
        DISCUSSED: held["supervision_discussed_on"],
    }
    supervision = tables.optional("supervision")
    return done if supervision is None else {**done, SUPERVISED: _next_supervision(held, supervision)}


def _is_recorded(tables: Tables, step: str) -> bool:
    """Whether the day of a step is recorded for any concern, and of a sign-off by whom.

    Of a step whose column is blank in every record nobody can say that it was not taken.
    """
    if step not in HELD_IN:
        return True
    role = tables.holds("immediate_concerns", "signed_off_role") or step != SIGNED
    return role and any(tables.holds("immediate_concerns", column) for column in HELD_IN[step])


def _unreadable(tables: Tables, held: DataFrame) -> dict[str, int]:
    """How many concerns hold a date that could not be read, and none that could, by step."""
    supplied, found = tables.frames["immediate_concerns"], {}
    of_year = supplied["audit_id"].isin(held["audit_id"])
    for step, columns in HELD_IN.items():
        unread = pd.concat([tables.unread("immediate_concerns", column) for column in columns], axis=1).any(axis=1)
        found[step] = int((unread & of_year & supplied[list(columns)].isna().all(axis=1)).sum())
    return found


def parts(tables: Tables, held: DataFrame) -> dict[str, Series]:
    """Whether each part that the framework asks of the form is there, blank where it is not said. One per concern."""
    team, service, summary = (held[name].astype("boolean") for name in FLAGS)
    suggested = held["suggested_actions"]
    tracked = held["audit_id"].isin(tables.actions.loc[tables.actions["source"] == CONCERN_ROUTE, "audit_id"])
    there = (team, service, team & service, summary, suggested.gt(0).astype("boolean").mask(suggested.isna()), tracked)
    return dict(zip(PARTS, there, strict=True))


def _next_supervision(held: DataFrame, supervision: DataFrame) -> Series:
    """The key worker's first supervision on or after the day the concern was found."""
    asked = DataFrame({"worker_id": held["key_worker_id"], "found_on": held["found_on"], "row": held.index})
    both = asked.merge(supervision[["worker_id", "held_on"]], on="worker_id")
    first: Series = both[both["held_on"] >= both["found_on"]].groupby("row")["held_on"].min()
    return first.reindex(held.index).astype("datetime64[us]")


def _median(start: Series, end: Series) -> Estimate:
    """The middle number of days of the steps taken, those in order of time only."""
    days = calendar_days(pd.to_datetime(start), pd.to_datetime(end)).dropna()
    days = days[days >= 0]
    middle = float(days.median()) if len(days) else float("nan")
    return Estimate(
        middle, float("nan"), float("nan"), len(days), method="median", note="" if len(days) else "no dates"
    )
