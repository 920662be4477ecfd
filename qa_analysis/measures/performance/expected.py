"""Which services and teams an indicator is expected of in a month, by who holds a post there."""

from collections.abc import Collection

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.narratives.places import month_end, places_on


def expected_teams(tables: Tables, month: str, given: Collection[str]) -> frozenset[str]:
    """The teams at a month's end of the services whose teams give an indicator, without those that ever gave it.

    None where staff were not supplied, and none where one team alone gives it: that is a figure of its own.
    """
    teams = _teams(tables, month)
    if teams is None or len(given) < 2:
        return frozenset()
    services = set(teams.loc[teams["team"].isin(given), "service_area"])
    return frozenset(teams.loc[teams["service_area"].isin(services), "team"]) - frozenset(given)


def has_closed(tables: Tables, column: str, place: str, month: str) -> bool:
    """Whether every post that staff held in a place had ended before the month, so that no figure is expected."""
    staff = tables.optional("staff")
    if staff is None or not column:
        return False
    ended = staff.loc[staff[column] == place, "ended_on"]
    return bool(len(ended) and (ended < pd.Timestamp(f"{month}-01")).all())


@remembered  # asked by every indicator of every month
def _teams(tables: Tables, month: str) -> DataFrame | None:
    return places_on(tables, month_end(month))
