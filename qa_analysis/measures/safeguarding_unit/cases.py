"""Whose conferences, reviews and alerts the unit's figures rest on: what the floor of an audience is weighed by.

One row each, in the columns that audits have: month, team, child and key worker. The key worker is the one of the
child's newest record in the lists of open records, and where there is none the chair, or whoever raised the alert.
"""

from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.measures.figure import labelled

COLUMNS: Final = ["audit_id", "cycle_month", "service_area", "team", "child_id", "key_worker_id", "known_on"]
NO_SERVICE: Final = "every service"  # neither dataset names one, so that none is told of


def conference_cases(tables: Tables) -> DataFrame:
    """The conferences and reviews by the month they were due in. One row each."""
    return _cases(tables, "conferences", of="due_on", record="conference_id", person="chair_id")


def alert_cases(tables: Tables) -> DataFrame:
    """The practice alerts by the month they were raised in. One row each."""
    return _cases(tables, "practice_alerts", of="raised_on", record="alert_id", person="raised_by_id")


def _cases(tables: Tables, dataset: str, *, of: str, record: str, person: str) -> DataFrame:
    held = tables.frames.get(dataset)
    if held is None:
        return DataFrame(columns=COLUMNS, dtype="str").astype({"known_on": "datetime64[us]"})
    cases = held.assign(
        audit_id=held[record],
        cycle_month=months_of(held[of]),
        service_area=NO_SERVICE,
        team=labelled(held["team"]),
        known_on=held[of],
        key_worker_id=held["child_id"].map(_key_workers(tables)).astype("object").fillna(held[person]),
    )
    return cases[COLUMNS]


def _key_workers(tables: Tables) -> Series:
    """The newest key worker of each child."""
    caseload = tables.optional("caseload")
    if caseload is None:
        return Series(dtype="str")
    return caseload.sort_values("snapshot_on", kind="stable").groupby("child_id")["key_worker_id"].last()
