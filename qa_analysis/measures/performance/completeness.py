"""Whether every service and team that there is has a figure of each indicator: none vanishes from a total unseen."""

from collections.abc import Iterator
from math import nan
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_up_to
from qa_analysis.english import listed
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.performance.expected import expected_teams, has_closed
from qa_analysis.measures.performance.lines import DATASET, LEVELS
from qa_analysis.measures.populations import AS_SUPPLIED

MONTHS: Final = 12  # a place that gave a figure in these is expected to go on
PLACED: Final = ("service", "team")


@declares(
    Measure(
        "indicator_places_in",
        title="Services and teams with a figure of an indicator",
        family=family.INDICATORS,
        counts="services, or teams, with a figure of the indicator for the month, of those of which one is expected; "
        "the note names those without",
        by="indicator+level",
        limits="expected are places that gave it in the last twelve months and have people in post, and all teams of a "
        "service of which two teams or more give it, as staff know them at the month's end; a figure that could not be "
        "read, or was suppressed, is none",
        unit="share",
    ),
    needs=(DATASET,),
)
def places_in(tables: Tables) -> list[Figure]:
    """How many services and teams have a figure of each indicator. One figure per indicator and level."""
    frame = tables.frames[DATASET].dropna(subset=["indicator_code", "entity"])
    recent = frame[frame["period"].isin(months_up_to(tables.month, MONTHS)) & frame["level"].isin(PLACED)]
    return [
        figure
        for (code, level), rows in recent.groupby(["indicator_code", "level"])
        for figure in _share(tables, str(code).replace("+", " plus "), str(level), rows)
    ]


def _share(tables: Tables, code: str, level: str, rows: DataFrame) -> Iterator[Figure]:
    """One indicator at one level."""
    now = rows["period"] == tables.month
    given = frozenset(rows["entity"].astype(str))
    here = frozenset(rows.loc[now, "entity"].astype(str))
    gone = {place for place in given - here if has_closed(tables, LEVELS[level], place, tables.month)}
    others = expected_teams(tables, tables.month, given) if level == "team" else frozenset()
    asked = (given - gone) | others
    known = frozenset(rows.loc[now & _is_known(rows), "entity"].astype(str))
    unread, lacking = sorted(here - known), sorted(asked - here)
    said = [f"missing: {listed(lacking)}"] if lacking else []
    said += [f"suppressed or not readable: {listed(unread)}"] if unread else []
    if asked:
        found = share(
            "indicator_places_in", len(known), len(asked), period=tables.month, population=AS_SUPPLIED, few=1,
            by=("indicator", "level"), group=(code, level),
        )  # fmt: skip
        yield found.but(note="; ".join(said), lower=nan, upper=nan, method="count")  # all of them, and no sample


def _is_known(rows: DataFrame) -> "Series[bool]":
    """Whether each row holds a figure: a value, or what was counted out of how many."""
    return rows["value"].notna() | (rows["numerator"].notna() & (rows["denominator"] > 0))
