"""How long practice alerts took from raised to answered and to resolved, open ones counted for as long as open."""

from collections.abc import Iterator, Mapping
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, Names, count, counts_by, estimated, share, shares_by
from qa_analysis.measures.populations import ALERTS_BY_THE_DAY, ALERTS_DUE, ALERTS_RAISED
from qa_analysis.measures.safeguarding_unit.alerts import DATASET, KINDS, WAY, days_after, open_alerts, ways, with_way
from qa_analysis.measures.safeguarding_unit.periods import Months, told_periods
from qa_analysis.stats.survival import kaplan_meier, median_time

ANSWERED, RESOLVED = "answered", "resolved"
STEPS: Final[Mapping[str, str]] = {ANSWERED: "responded_on", RESOLVED: "resolved_on"}
CURVE_DAYS: Final = 60  # the curves are drawn so far: later than that is a list of names, not a curve


@declares(
    Measure(
        "alert_days_median",
        title="Median days from alert to answer and to resolution",
        family=family.ALERTS,
        counts="the estimated number of calendar days after it was raised by which half of the year's practice alerts "
        "are answered, and are resolved, open ones counted for as long as they have been open (Kaplan–Meier)",
        by="step, formality+step",
        limits="no value where fewer than half are; alerts answered before they were raised, or on a day that cannot "
        "be read, are left out; a step recorded for no alert has no figure",
        unit="calendar days",
    ),
    Measure(
        "alerts_done_km",
        title="Alerts answered and resolved by each day, open ones counted",
        family=family.ALERTS,
        counts="the estimated share of the year's practice alerts answered, and resolved, by each calendar day up to "
        "60 after they were raised, open ones counted for as long as they have been open (Kaplan–Meier)",
        by="step+day",
        limits="alerts answered before they were raised, or on a day that cannot be read, are left out; a step "
        "recorded for no alert has no figure",
        unit="share",
    ),
    Measure(
        "alerts_answered_in_time",
        title="Practice alerts answered by the day due",
        family=family.ALERTS,
        counts="practice alerts answered on or before the day an answer was due, of those whose answer fell due in the "
        "month, in the last three months and in the year, by the as-at date",
        by="formality",
        limits="one not yet answered counts as not in time; one without a day due, or whose day of answer cannot be "
        "read, is left out",
        unit="share",
    ),
    Measure(
        "alerts_open",
        title="Practice alerts awaiting an answer",
        family=family.ALERTS,
        counts="practice alerts raised by the as-at date, in whatever month, and not answered by then",
        by="formality",
        limits="one whose day of answer cannot be read is not among them",
        unit="alerts",
    ),
    Measure(
        "alerts_overdue",
        title="Practice alerts whose answer is overdue",
        family=family.ALERTS,
        counts="practice alerts not answered by the as-at date whose answer was due before it",
        by="formality",
        limits="an alert without a day due is never overdue",
        unit="alerts",
    ),
    Measure(
        "alerts_open_longest",
        title="Days open of the practice alert open for longest",
        family=family.ALERTS,
        counts="calendar days from the day it was raised to the as-at date of the alert that has waited longest for an "
        "answer",
        limits="no figure where none waits",
        unit="calendar days",
    ),
    Measure(
        "alerts_open_without_due_day",
        title="Practice alerts awaiting an answer without a day due",
        family=family.ALERTS,
        counts="practice alerts not answered by the as-at date that have no day by which an answer is due",
        unit="alerts",
    ),
    Measure(
        "alerts_answered_not_resolved",
        title="Practice alerts answered and not resolved",
        family=family.ALERTS,
        counts="practice alerts answered by the as-at date, in whatever month they were raised, and not resolved by it",
        limits="no figure where the day of resolution is recorded for no alert",
        unit="alerts",
    ),
    needs=(DATASET,),
)
def alert_times(tables: Tables) -> list[Figure]:
    """How long answers and resolutions took, and what waits. One figure per question, step and group."""
    raised = with_way(tables.frames[DATASET])
    return [
        *(row for step in steps(tables) for row in _times(tables, raised, step)),
        *(row for months in told_periods(tables) for row in _in_time(tables, raised, months)),
        *_waiting(tables),
        *_unresolved(tables, raised),
    ]


def steps(tables: Tables) -> list[str]:
    """The steps that are recorded for any alert: of the others nobody can say that they were not taken."""
    return [step for step, column in STEPS.items() if tables.holds(DATASET, column)]


def _times(tables: Tables, raised: DataFrame, step: str) -> Iterator[Figure]:
    """The median days to a step, of all and by how formal, and the curve of all."""
    column = STEPS[step]
    some = raised[raised["month"].isin(tables.rolling_cycles) & ~tables.unread(DATASET, column)]
    known = days_after(some, column, tables.as_at)
    labels = {"period": period_of(tables.rolling_cycles), "population": ALERTS_RAISED}
    parts: list[tuple[Names, Names, DataFrame]] = [
        ("step", step, known),
        *(((WAY, "step"), (way, step), known[known[WAY] == way]) for way in KINDS),
    ]
    for by, group, part in parts:
        median = median_time(part["days"], part["is_done"], level=tables.rules.confidence)
        yield estimated("alert_days_median", median, unit="calendar days", by=by, group=group, **labels)
    yield from _curve(known, step, period=labels["period"])


def _curve(known: DataFrame, step: str, *, period: str) -> Iterator[Figure]:
    """The share done by each day on which any was."""
    curve = kaplan_meier(known["days"], known["is_done"])
    for point in curve[curve["time"] <= CURVE_DAYS].to_dict("records"):
        yield Figure(
            measure="alerts_done_km", period=period, population=ALERTS_RAISED, by=("step", "day"),
            group=(step, f"{point['time']:.0f}"), denominator=int(point["at_risk"]), value=1 - point["survival"],
            lower=1 - point["upper"], upper=1 - point["lower"], unit="share", method="Kaplan-Meier",
        )  # fmt: skip


def due_in(tables: Tables, raised: DataFrame, months: Months) -> DataFrame:
    """The alerts whose answer fell due in some months, by the day. One row each: is_in_time."""
    is_due = months_of(raised["response_due_on"]).isin(months) & (raised["response_due_on"] < tables.as_at)
    some = raised[is_due & ~(raised["responded_on"].isna() & tables.unread(DATASET, "responded_on"))]
    due: DataFrame = some.assign(is_in_time=some["responded_on"] <= some["response_due_on"])
    return due


def _in_time(tables: Tables, raised: DataFrame, months: Months) -> Iterator[Figure]:
    some = due_in(tables, raised, months)
    if some.empty:
        return
    labels = {"period": period_of(months), "population": ALERTS_DUE}
    few = tables.rules.percentage_from
    yield share("alerts_answered_in_time", int(some["is_in_time"].sum()), len(some), few=few, **labels)
    yield from shares_by(some, WAY, "is_in_time", "alerts_answered_in_time", few=few, **labels)


def _waiting(tables: Tables) -> Iterator[Figure]:
    """Those that wait for an answer, those overdue, the longest, and those that can never be overdue."""
    waiting = open_alerts(tables)
    labels = {"period": tables.month, "population": ALERTS_BY_THE_DAY}
    for measure, some in (("alerts_open", waiting), ("alerts_overdue", waiting[waiting["is_overdue"]])):
        yield count(measure, len(some), unit="alerts", **labels)
        yield from counts_by(some, WAY, measure, groups=ways(some), unit="alerts", **labels)
    undated = int(waiting["response_due_on"].isna().sum())
    yield count("alerts_open_without_due_day", undated, unit="alerts", **labels)
    if len(waiting):
        yield count("alerts_open_longest", int(waiting["waited"].max()), unit="calendar days", **labels)


def _unresolved(tables: Tables, raised: DataFrame) -> list[Figure]:
    if RESOLVED not in steps(tables):
        return []
    waits = raised["responded_on"].notna() & raised["resolved_on"].isna() & ~tables.unread(DATASET, "resolved_on")
    labels = {"period": tables.month, "population": ALERTS_BY_THE_DAY, "unit": "alerts"}
    return [count("alerts_answered_not_resolved", int(waits.sum()), **labels)]
