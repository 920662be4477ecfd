"""Audits, actions and learning of each service in the quarter: what was done, and never what was found.

Counts of tasks and events are told of services as they are; grades and themes of three cycles are not, which the floor
of managers leaves to the year (docs/decisions/027, 050).
"""

from collections.abc import Iterator
from math import nan
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.audits.volumes import audits_of, audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, Names, count, share
from qa_analysis.measures.populations import OF_QUARTER
from qa_analysis.measures.service_plan.quarter import quarter_up_to
from qa_analysis.measures.themes.response import WIDER

SERVICE: Final = "service_area"
AGREED, DONE, SIGNED = "agreed", "completed", "signed off"
DAYS: Final = {AGREED: "agreed_on", DONE: "completed_on", SIGNED: "signed_off_on"}


@declares(
    Measure(
        "quarter_audits",
        title="Audits of the quarter",
        family=family.SERVICE_PLAN,
        counts="audits of every route of the three cycles of the newest financial quarter that has ended, of all "
        "services and of each",
        by=SERVICE,
        unit="audits",
    ),
    Measure(
        "quarter_actions",
        title="Actions of the quarter",
        family=family.SERVICE_PLAN,
        counts="actions agreed, completed and signed off in the three months of the quarter, of all services and of "
        "each",
        by="step, service_area+step",
        limits="an action agreed in one quarter and completed in another counts in both; one without a service is in "
        "the whole alone",
        unit="actions",
    ),
    needs=("actions",),
)
def quarter_work(tables: Tables) -> list[Figure]:
    """The quarter's audits and actions, of all services and of each. One figure per service and step."""
    cycles = quarter_up_to(tables.month, tables.rules)
    audits = audits_of(tables, cycles)
    services = _services(tables)
    rows = [*_counts("quarter_audits", audits, services, cycles, unit="audits")]
    for step, day in DAYS.items():
        if step == SIGNED and not tables.holds("actions", day):
            continue
        some = tables.actions[months_of(tables.actions[day]).isin(cycles)]
        rows += _counts("quarter_actions", some, services, cycles, unit="actions", by="step", group=step)
    return rows


@declares(
    Measure(
        "quarter_wider_actions",
        title="Wider actions of the quarter, by theme",
        family=family.SERVICE_PLAN,
        counts="actions for a team, a service or the partnership agreed in the three months of the quarter that were "
        "completed by the as-at date, of all of them, by the theme that they carry",
        by="theme_code, service_area+theme_code",
        limits="an action for one child or worker is not in it; one without a theme is under none",
        unit="share",
    ),
    needs=("actions",),
)
def quarter_wider_actions(tables: Tables) -> list[Figure]:
    """The quarter's wider actions by theme, of all services and of each. One figure per theme and service."""
    cycles = quarter_up_to(tables.month, tables.rules)
    actions = tables.actions[months_of(tables.actions["agreed_on"]).isin(cycles)]
    wider = actions[actions["level"].isin(WIDER)].dropna(subset="theme_code")
    return [
        share(
            "quarter_wider_actions", int(some["completed_on"].notna().sum()), len(some), period=period_of(cycles),
            population=OF_QUARTER, by=by, group=group, few=tables.rules.percentage_from,
        ).but(lower=nan, upper=nan, method="all cases counted")
        for by, group, some in _by_theme(wider)
    ]  # fmt: skip


def _by_theme(rows: DataFrame) -> Iterator[tuple[Names, Names, DataFrame]]:
    for theme, some in rows.groupby("theme_code"):
        yield "theme_code", str(theme), some
        for service, own in some.groupby(SERVICE):
            yield (SERVICE, "theme_code"), (str(service), str(theme)), own


@declares(
    Measure(
        "quarter_learning",
        title="Learning of the quarter, by kind",
        family=family.SERVICE_PLAN,
        counts="learning events held in the three months of the quarter to which a team of the service came, or that "
        "name no team, by kind; of all services every event",
        by="kind, service_area+kind",
        limits="an event of several teams counts once for a service; one to which none of the team came is left out",
        unit="events",
    ),
    Measure(
        "quarter_learning_themes",
        title="Learning of the quarter, by theme",
        family=family.SERVICE_PLAN,
        counts="the same events by the theme that they were on, those without a theme left out",
        by="theme_code, service_area+theme_code",
        limits="as for learning by kind",
        unit="events",
    ),
    needs=("learning_events",),
)
def quarter_learning(tables: Tables) -> list[Figure]:
    """The quarter's learning events by kind and by theme, of all services and of each. One figure per group."""
    cycles = quarter_up_to(tables.month, tables.rules)
    events = tables.frames["learning_events"]
    events = events[months_of(events["held_on"]).isin(cycles) & ~events["attended"].eq(0).fillna(value=False)]
    services = events["team"].map(service_of_team(tables))
    held = events.assign(**{SERVICE: services})
    return [
        *_events("quarter_learning", held, "kind", tables, cycles),
        *_events("quarter_learning_themes", held, "theme_code", tables, cycles),
    ]


def _events(measure: str, held: DataFrame, column: str, tables: Tables, cycles: tuple[str, ...]) -> Iterator[Figure]:
    """The events by one column: of all services, then of each. One figure per group."""
    labels = {"period": period_of(cycles), "population": OF_QUARTER, "unit": "events"}
    for name, some in held.groupby(column):
        yield count(measure, some["event_id"].nunique(), by=column, group=str(name), **labels)
        for service in _services(tables):
            own = some[some[SERVICE].eq(service) | some["team"].isna()]
            if len(own):
                yield count(
                    measure, own["event_id"].nunique(), by=(SERVICE, column), group=(service, str(name)), **labels
                )


def service_of_team(tables: Tables) -> "Series[str]":
    """The service that each team belongs to, by its newest audits, else by the staff list. One per team."""
    audits = tables.audits[["cycle_month", "team", SERVICE]].drop_duplicates(keep="last")  # few, before they are sorted
    named = [audits.sort_values("cycle_month", kind="stable")[["team", SERVICE]]]
    staff = tables.optional("staff")
    if staff is not None:
        named = [staff.sort_values("started_on", kind="stable")[["team", SERVICE]], *named]
    return pd.concat(named).dropna().drop_duplicates("team", keep="last").set_index("team")[SERVICE]


@remembered
def _services(tables: Tables) -> tuple[str, ...]:
    """The services of the year's audits and of all actions."""
    year = audits_of_year(tables)[SERVICE]
    return tuple(sorted({*year.dropna().unique(), *tables.actions[SERVICE].dropna().unique()}))


def _counts(
    measure: str, rows: DataFrame, services: tuple[str, ...], cycles: tuple[str, ...], *, unit: str, by: str = "",
    group: str = "",
) -> Iterator[Figure]:  # fmt: skip
    """How many rows there are: of all services, then of each. One figure each."""
    labels = {"period": period_of(cycles), "population": OF_QUARTER, "unit": unit}
    yield count(measure, len(rows), by=by, group=group, **labels)
    for service in services:
        yield count(
            measure, int((rows[SERVICE] == service).sum()), by=(SERVICE, *filter(None, (by,))),
            group=(service, *filter(None, (group,))), **labels,
        )  # fmt: skip
