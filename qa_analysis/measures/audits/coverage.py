"""Which services and teams were seen over the year, and which were not."""

from collections.abc import Iterator

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import is_of_cycles
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, labelled
from qa_analysis.measures.populations import EVERY_ROUTE, never_audited_teams


@declares(
    Measure(
        "open_records_never_audited",
        title="Open records of teams with no audit in twelve cycles",
        family=family.AUDITS,
        counts="open records, at the newest month end of the caseload supplied, of each team that had no audit "
        "of any route in the last twelve cycles",
        by="team",
        limits="only where a caseload was supplied; a team that has closed since may appear; records without a "
        "team are not in it",
        unit="records",
    ),
    Measure(
        "audits_of_place",
        title="Audits of each service and team in the year",
        family=family.AUDITS,
        counts="audits of any route in the last twelve cycles, by the service and team of the record; zero for a place "
        "that has open records at the newest month end and no audit",
        by="service_area, team, service_area+team",
        limits="a place that has closed since may appear; records without a service or a team are not in it",
        unit="audits",
    ),
    adds_to=("audits_completed",),
)
def coverage(tables: Tables) -> list[Figure]:
    """Audits of each service and of each team in each cycle of the year. One figure per place and cycle."""
    return [
        *_matrix(tables, "service_area"),
        *_matrix(tables, "team"),
        *never_audited(tables),
        *of_year(tables),
    ]


def _matrix(tables: Tables, place: str) -> list[Figure]:
    """Earlier cycles only: the month itself is counted by volumes."""
    year = _year(tables)
    sizes = year.groupby([labelled(year[place]), "cycle_month"]).size().to_dict()
    return [
        count(
            "audits_completed", int(sizes.get((name, cycle), 0)),
            period=cycle, population=EVERY_ROUTE, unit="audits", by=place, group=name,
        )
        for name in sorted(labelled(year[place]).unique())
        for cycle in tables.rolling_cycles[:-1]
    ]  # fmt: skip


def never_audited(tables: Tables) -> list[Figure]:
    """Teams with open records and no audit in the year. One figure per team, counting its open records."""
    newest, year = _newest_caseload(tables), _year(tables)
    unseen: DataFrame = newest[~newest["team"].isin(year["team"]) & newest["team"].notna()]
    return [
        count(
            "open_records_never_audited", int(size),
            period=period_of(tables.rolling_cycles), population=never_audited_teams(tables.rules), unit="records",
            by="team", group=str(team),
        )
        for team, size in unseen.groupby("team").size().items()
    ]  # fmt: skip


def of_year(tables: Tables) -> list[Figure]:
    """The year's audits of every place, and the places that should have had some. One figure per service and team."""
    return [
        figure for places in (["service_area"], ["team"], ["service_area", "team"]) for figure in _of(tables, places)
    ]


def _of(tables: Tables, places: list[str]) -> Iterator[Figure]:
    sizes = _year(tables).dropna(subset=places).groupby(places).size()
    held = {place if isinstance(place, tuple) else (place,): int(size) for place, size in sizes.items()}
    open_ones = _newest_caseload(tables).dropna(subset=places)[places].itertuples(index=False, name=None)
    for place in sorted({*held, *open_ones}):
        yield count(
            "audits_of_place", held.get(place, 0),
            period=period_of(tables.rolling_cycles), population=EVERY_ROUTE, unit="audits",
            by=tuple(places), group=place,
        )  # fmt: skip


def _year(tables: Tables) -> DataFrame:
    return tables.audits.loc[is_of_cycles(tables, tables.rolling_cycles), ["cycle_month", "service_area", "team"]]


def _newest_caseload(tables: Tables) -> DataFrame:
    """The open records at the newest month end; none where no caseload was supplied. One row per record."""
    caseload = tables.optional("caseload")
    if caseload is None:
        return DataFrame(columns=["service_area", "team"])
    newest: DataFrame = caseload[caseload["snapshot_on"] == caseload["snapshot_on"].max()]
    return newest
