"""Small councils with a Safeguarding Unit: say what matters of a conference or an alert, the rest is filled in."""

from typing import Any

from small import tables

from qa_analysis.data.tables import Tables

CONFERENCE = {
    "kind": "cared for review", "due_on": "2023-06-10", "held_on": "2023-06-10", "child_participated": "yes",
    "team": "Oak", "chair_id": "chair-1",
}  # fmt: skip
ALERT = {
    "raised_on": "2023-06-05", "is_formal": True, "raised_by_role": "IRO", "raised_by_id": "chair-1", "team": "Oak",
    "theme_code": "5.1", "response_due_on": "2023-06-15",
}  # fmt: skip
Rows = list[dict[str, Any]]


def conferences(*changes: dict[str, Any]) -> Rows:
    return [
        {"conference_id": f"c{n}", "child_id": f"child-{n}", **CONFERENCE, **one} for n, one in enumerate(changes, 1)
    ]


def alerts(*changes: dict[str, Any]) -> Rows:
    return [{"alert_id": f"a{n}", "child_id": f"child-{n}", **ALERT, **one} for n, one in enumerate(changes, 1)]


def listed(snapshot_on: str, *statuses: str | None, team: str = "Oak", first: int = 1) -> Rows:
    """One list of open records: a child for each status."""
    return [
        {"snapshot_on": snapshot_on, "child_id": f"child-{n}", "case_status": status, "team": team,
         "key_worker_id": f"kw-{n % 3}"}
        for n, status in enumerate(statuses, first)
    ]  # fmt: skip


def invited(conference: str, agency: str, **changes: Any) -> dict[str, Any]:
    """One agency's record of one conference: invited, came, and sent a report."""
    record = {"conference_id": conference, "agency": agency}
    return {**record, "is_invited": True, "attended": True, "report_received": True, **changes}


def of(**datasets: Rows) -> Tables:
    """The council in June 2023, as known on 10 July."""
    return tables(audits=[{}], **datasets)
