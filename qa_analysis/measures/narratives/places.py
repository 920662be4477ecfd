"""The services and teams that there are on a day, by who holds a post in them: what a roll-up is held against."""

from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.posts import in_post

SERVICE, TEAM = "service", "team"  # levels, as narratives and indicators have them
COLUMN: Final = {SERVICE: "service_area", TEAM: "team"}
LED_BY: Final = "team manager"


def month_end(month: str) -> pd.Timestamp:
    """The last day of a month."""
    return pd.Period(month, "M").end_time.floor("D")


def places_on(tables: Tables, day: pd.Timestamp) -> DataFrame | None:
    """The teams with somebody in post on a day, and the services they belong to. One row per service and team.

    A team is one that ever had a Team Manager, or was audited in the year; offices of others are none, and nobody is
    missed because a manager's post is vacant. None where staff were not supplied.
    """
    staff = tables.optional("staff")
    if staff is None:
        return None
    led = set(staff.loc[staff["role"] == LED_BY, "team"].dropna())
    audited = tables.audits.loc[tables.audits["cycle_month"].isin(tables.rolling_cycles), "team"]
    held = in_post(staff, day).dropna(subset=["service_area", "team"])
    held = held[held["team"].isin(led | set(audited.dropna())) & ~_is_above(tables, held)]
    return held[["service_area", "team"]].drop_duplicates().sort_values(["service_area", "team"], ignore_index=True)


def _is_above(tables: Tables, posts: DataFrame) -> "pd.Series[bool]":
    """Whether a post is above a team's own: a Service Manager's makes no team of the office it sits in."""
    ranks = tables.rules.management_ranks
    return posts["role"].map(lambda role: ranks.get(str(role), 0) > ranks[LED_BY]).astype(bool)


def expected(places: DataFrame) -> list[tuple[str, str]]:
    """Each service and team as a level and a name, services first."""
    return [(level, str(name)) for level, column in COLUMN.items() for name in places[column].drop_duplicates()]
