"""Whom the year's audits reached: by route, team, status and age, and the key workers whom none reached."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.populations import EVERY_ROUTE, KEY_WORKERS

GROUPS = {"route": "selection_route", "team": "team", "case_status": "case_status", "age_band": "age_band"}


@declares(
    Measure(
        "audits_of_year",
        title="Audits of the year",
        family=family.AUDITS,
        counts="audits of the last twelve cycles done by the as-at date, every route",
        by="route, team, case_status, age_band",
        limits="case status and age as recorded at the audit; audits of foster carers have no age",
        unit="audits",
    ),
    Measure(
        "key_workers_audited",
        title="Key workers audited in the year",
        family=family.AUDIT_CYCLE,
        counts="key workers of records open at the newest month end of the caseload supplied who had an audit of any "
        "route, of this or another record, in the last twelve cycles, of all those key workers",
        limits="only where a caseload was supplied; whoever began last week counts as one who could have been audited",
        unit="share",
    ),
)
def coverage_of_year(tables: Tables) -> list[Figure]:
    """The year's audits by route, team, status and age, and the share of key workers audited. One figure per group."""
    year = audits_of_year(tables)
    labels = {"period": period_of(tables.rolling_cycles), "population": EVERY_ROUTE, "unit": "audits"}
    rows = [count("audits_of_year", len(year), **labels)]
    for by, column in GROUPS.items():
        rows += counts_by(year, column, "audits_of_year", by=by, **labels)
    return [*rows, *_workers(tables)]


def newest_caseload(tables: Tables) -> DataFrame | None:
    """The records open at the newest month end. One row per record; None where no caseload was supplied."""
    caseload = tables.optional("caseload")
    if caseload is None or caseload.empty:
        return None
    newest: DataFrame = caseload[caseload["snapshot_on"] == caseload["snapshot_on"].max()]
    return newest


def key_workers(tables: Tables) -> DataFrame | None:
    """The key workers of open records: team, how many records, the oldest since when, and whether they were audited.

    One row per key worker and team; None where no caseload was supplied, or it names no key worker.
    """
    held = newest_caseload(tables)
    if held is None or held["key_worker_id"].isna().all():
        return None
    seen = audits_of_year(tables)["key_worker_id"].dropna()
    workers = held.groupby(["key_worker_id", "team"], as_index=False, dropna=False).agg(
        service_area=("service_area", "first"), records=("child_id", "size"), since=("opened_on", "min")
    )
    workers = workers.dropna(subset="key_worker_id")
    return workers.assign(is_audited=workers["key_worker_id"].isin(seen))


def _workers(tables: Tables) -> list[Figure]:
    workers = key_workers(tables)
    if workers is None:
        return []
    each = workers.drop_duplicates("key_worker_id")
    return [
        share(
            "key_workers_audited", int(each["is_audited"].sum()), len(each), few=tables.rules.percentage_from,
            period=period_of(tables.rolling_cycles), population=KEY_WORKERS,
        )
    ]  # fmt: skip
