"""How many practice alerts reviewing officers raised, formally and informally, about what and with whom."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, estimated, labelled
from qa_analysis.measures.populations import ALERTS_RAISED
from qa_analysis.measures.safeguarding_unit.children import children_in
from qa_analysis.measures.safeguarding_unit.periods import Months, each_month, told_periods
from qa_analysis.stats.proportions import poisson_rate

DATASET: Final = "practice_alerts"
FORMAL, INFORMAL, NOT_SAID = "formal", "informal", "not recorded"
KINDS: Final = (FORMAL, INFORMAL)
WAY: Final = "formality"
PER: Final = 100  # children


@declares(
    Measure(
        "alerts_raised",
        title="Practice alerts raised",
        family=family.ALERTS,
        counts="practice alerts raised in each month of the year, in the last three months and in the year, formal and "
        "informal apart",
        by="formality, raised_by_role, team+formality",
        limits="many challenges are settled in conversation and never written down, above all informal ones, so a rise "
        "may mean more challenge or better recording as well as poorer practice; by role for the month, three months "
        "and the year, by team for the year that places are told of alone; the denominator by team is the number of "
        "children",
        unit="alerts",
    ),
    Measure(
        "alerts_per_100_children",
        title="Practice alerts per 100 children a month",
        family=family.ALERTS,
        counts="practice alerts about a child raised in each month of the year, in the last three months and in the "
        "year, per 100 children cared for or on a child protection plan at each month end of the same months, formal "
        "and informal apart",
        by="formality",
        limits="alerts that name no child, such as those about a fostering household, are left out and counted apart; "
        "where none names a child all are counted; the interval is exact where alerts come independently of each "
        "other, and too narrow where several come from one child; no figure unless every month has a list of open "
        "records",
        unit="alerts per 100 children a month",
    ),
    Measure(
        "alerts_without_child",
        title="Practice alerts that name no child",
        family=family.ALERTS,
        counts="practice alerts raised in the month, in the last three months and in the year that name no child",
        unit="alerts",
    ),
    Measure(
        "alert_themes",
        title="Practice alerts by theme",
        family=family.ALERTS,
        counts="practice alerts raised in the month, in the last three months and in the year on each theme of the "
        "codebook, those without a theme apart",
        by="theme_code",
        limits="one theme an alert, the one recorded; what was raised is no finding of an audit",
        unit="alerts",
    ),
    needs=(DATASET,),
)
def alerts(tables: Tables) -> list[Figure]:
    """How many alerts, by formality, role, theme and team, and per 100 children. One figure per period and group."""
    raised = with_way(tables.frames[DATASET])
    return [
        *(row for months in each_month(tables) for row in _by_way(raised, months)),
        *(row for months in told_periods(tables) for row in _by_role_and_theme(raised, months)),
        *(row for months in each_month(tables) for row in _rates(tables, raised, months)),
        *_by_team(tables, raised),
    ]


def with_way(raised: DataFrame) -> DataFrame:
    """The alerts with the month they were raised in and how formal they are in a word. One row per alert."""
    way = raised["is_formal"].map({True: FORMAL, False: INFORMAL}).astype("object")
    return raised.assign(month=months_of(raised["raised_on"]), **{WAY: labelled(way)})


def ways(raised: DataFrame) -> list[str]:
    """Formal and informal, and not recorded where any alert says neither."""
    return [*KINDS, *([NOT_SAID] if (raised[WAY] == NOT_SAID).any() else [])]


def _by_way(raised: DataFrame, months: Months) -> Iterator[Figure]:
    some, labels = raised[raised["month"].isin(months)], _labels(months)
    yield count("alerts_raised", len(some), **labels)
    yield from counts_by(some, WAY, "alerts_raised", groups=ways(some), **labels)


def _by_role_and_theme(raised: DataFrame, months: Months) -> Iterator[Figure]:
    some, labels = raised[raised["month"].isin(months)], _labels(months)
    yield from counts_by(some, "raised_by_role", "alerts_raised", **labels)
    yield from counts_by(some, "theme_code", "alert_themes", **labels)
    yield count("alerts_without_child", int(some["child_id"].isna().sum()), **labels)


def _rates(tables: Tables, raised: DataFrame, months: Months) -> Iterator[Figure]:
    """Alerts per 100 children a month; nothing where a month has no list of open records."""
    children = children_in(tables, months)
    if not children:
        return
    named = raised if raised["child_id"].isna().all() else raised[raised["child_id"].notna()]
    some = named[named["month"].isin(months)]
    labels = {**_labels(months), "unit": "alerts per 100 children a month"}
    for by, group, part in (("", "", some), *((WAY, way, some[some[WAY] == way]) for way in ways(some))):
        rate = poisson_rate(len(part), children, per=PER, level=tables.rules.confidence)
        yield estimated("alerts_per_100_children", rate, by=by, group=group, **labels).but(numerator=len(part))


def _by_team(tables: Tables, raised: DataFrame) -> Iterator[Figure]:
    """The alerts of each team, over the year that places are told of, with the number of children they are about."""
    some = raised[raised["month"].isin(tables.place_cycles)]
    some = some.assign(team=labelled(some["team"]), child=some["child_id"].fillna(some["alert_id"]))
    for team, of_team in some.groupby("team"):
        for way in ways(of_team):
            part = of_team[of_team[WAY] == way]
            yield count(
                "alerts_raised", len(part), by=("team", WAY), group=(str(team), way), **_labels(tables.place_cycles)
            ).but(denominator=part["child"].nunique())


def _labels(months: Months) -> dict[str, str]:
    return {"period": period_of(months), "population": ALERTS_RAISED, "unit": "alerts"}


def open_alerts(tables: Tables) -> DataFrame:
    """The alerts that had not been answered by the day, longest overdue first. One row each: is_overdue, over."""
    held = with_way(tables.frames[DATASET])
    waiting = held[held["responded_on"].isna() & ~tables.unread(DATASET, "responded_on")]
    over = (tables.as_at - waiting["response_due_on"]).dt.days
    return waiting.assign(
        is_overdue=waiting["response_due_on"] < tables.as_at,
        over=over.where(over > 0),
        waited=(tables.as_at - waiting["raised_on"]).dt.days,
    ).sort_values(["response_due_on", "raised_on", "alert_id"], na_position="last")


def days_after(raised: DataFrame, step: str, day: pd.Timestamp) -> DataFrame:
    """The alerts with the days from raised to a step, open ones with the days until now. One row each: days, is_done.

    Those whose step lies before the day they were raised are left out.
    """
    done = raised[step].notna()
    days = (raised[step].fillna(day) - raised["raised_on"]).dt.days
    return raised.assign(days=days, is_done=done)[days >= 0]
