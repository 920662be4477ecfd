"""Audits that managers already in post did alongside the Practice Improvement Team."""

from typing import Any

from small import found, month, tables

from qa_analysis.measures.audit_cycle.alongside import alongside_not_new
from qa_analysis.reports.audit_cycle.words import auditor_sentences

STAFF = [
    {"worker_id": "old", "role": "team manager", "team": "North", "service_area": "S", "started_on": "2020-01-01"},
    {"worker_id": "new", "role": "team manager", "team": "South", "service_area": "S", "started_on": "2023-02-01"},
    {"worker_id": "pit", "role": "practice improvement team", "team": "QA", "service_area": "QA",
     "started_on": "2020-01-01"},
]  # fmt: skip


def audit(auditor: str, beside: str | None, **more: Any) -> dict[str, Any]:
    return {"auditor_id": auditor, "co_auditor_id": beside, "auditor_role": "team manager", **more}


AUDITS = [
    audit("old", "pit"),
    audit("old", "pit", selection_route="induction"),  # of an induction
    audit("old", "new"),  # alongside nobody of the team
    audit("old", None),
    audit("new", "pit"),  # took the post within the year
]


def test_only_audits_alongside_the_team_by_managers_who_are_not_new_count() -> None:
    row = found(alongside_not_new(tables(audits=AUDITS, staff=STAFF)), "alongside_not_new")
    assert (row.value, row.period) == (1, "2022-07/2023-06")


def test_it_is_said_that_no_review_is_recorded_and_nothing_where_the_team_is_not_in_the_list() -> None:
    told = auditor_sentences(month(tables(audits=AUDITS, staff=STAFF)))
    assert (
        "Audits alongside the Practice Improvement Team by managers who are not new: 1. Whether a Personal Development "
        "Review asked for them is not recorded."
    ) in told
    assert alongside_not_new(tables(audits=AUDITS, staff=STAFF[:2])) == []
