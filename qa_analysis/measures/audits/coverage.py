"""Which services and teams were seen over the year, and which were not."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
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
    adds_to=("audits_completed",),
)
def coverage(tables: Tables) -> list[Figure]:
    """Audits of each service and of each team in each cycle of the year. One figure per place and cycle."""
    return [
        *_matrix(tables, "service_area"),
        *_matrix(tables, "team"),
        *never_audited(tables),
    ]


def _matrix(tables: Tables, place: str) -> list[Figure]:
    """Earlier cycles only: the month itself is counted by volumes."""
    year = tables.audits[tables.audits["cycle_month"].isin(tables.rolling_cycles)]
    sizes = year.groupby([labelled(year[place]), "cycle_month"]).size()
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
    caseload = tables.optional("caseload")
    if caseload is None or caseload.empty:
        return []
    newest = caseload[caseload["snapshot_on"] == caseload["snapshot_on"].max()]
    year = tables.audits[tables.audits["cycle_month"].isin(tables.rolling_cycles)]
    unseen: DataFrame = newest[~newest["team"].isin(year["team"]) & newest["team"].notna()]
    return [
        count(
            "open_records_never_audited", int(size),
            period=period_of(tables.rolling_cycles), population=never_audited_teams(tables.rules), unit="records",
            by="team", group=str(team),
        )
        for team, size in unseen.groupby("team").size().items()
    ]  # fmt: skip
