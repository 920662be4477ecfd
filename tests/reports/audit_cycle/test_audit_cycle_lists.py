"""Who had no audit in a year, and the plan to edit."""

from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from small import CONTRACTS, tables

from qa_analysis.data.identity import Identities
from qa_analysis.data.sources import read_folder
from qa_analysis.reports.audit_cycle.lists import (
    AFTER,
    NEVER,
    PLAN,
    after_audit_list,
    never_audited_lists,
    plan_book,
)

NOW = {"snapshot_on": "2023-06-30", "case_status": "CIN", "service_area": "Safeguarding", "opened_on": "2023-01-31"}


def rows(path: Path, sheet: str) -> list[list[Any]]:
    found = [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]
    heads = next(place for place, row in enumerate(found) if row[0] in ("Service", "Team", "cycle_month", "For"))
    return found[heads + 1 :]


def test_key_workers_without_an_audit_are_listed_by_name_and_teams_beside_them(tmp_path: Path) -> None:
    held = tables(
        audits=[{"key_worker_id": "p-seen", "team": "North"}],
        caseload=[
            {**NOW, "child_id": "1", "team": "North", "key_worker_id": "p-seen"},
            {**NOW, "child_id": "2", "team": "North", "key_worker_id": "p-new"},
            {**NOW, "child_id": "3", "team": "South", "key_worker_id": "p-other", "opened_on": "2022-12-01"},
            {**NOW, "child_id": "4", "team": "South", "key_worker_id": "p-other"},
        ],
    )
    folder = write_lists(
        tmp_path, held, never_audited_lists, names={"p-new": "Ann Lee"}, people=Identities({"p-other": "W8"})
    )
    assert rows(folder / NEVER, "Key workers") == [
        ["Safeguarding", "North", "Ann Lee", 1, "31/01/2023"],
        ["Safeguarding", "South", "W8", 2, "01/12/2022"],
    ]
    assert rows(folder / NEVER, "Teams") == [["South", 2]]


def test_where_everyone_had_an_audit_there_is_no_list(tmp_path: Path) -> None:
    held = tables(
        audits=[{"key_worker_id": "a", "team": "North"}],
        caseload=[{**NOW, "child_id": "1", "team": "North", "key_worker_id": "a"}],
    )
    assert not (write_lists(tmp_path, held, never_audited_lists) / NEVER).exists()


PLANNED = {
    "cycle_month": "2023-07",
    "theme_code": "supervision",
    "factor": "trend",
    "planned_audits": 9,
    "is_planned": True,
}
HELD = tables(
    audits=[
        {"theme_code": "neglect", "cycle_month": "2023-02"},
        {"theme_code": "step-down", "cycle_month": "2022-11"},
        {},
    ],
    audit_plan=[PLANNED, {**PLANNED, "cycle_month": "2023-06"}],
)


def test_the_plan_has_revisits_in_their_month_overdue_ones_in_the_next_and_the_past_below(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, HELD, plan_book)
    assert [row[:6] for row in rows(folder / PLAN, "audit_plan")] == [
        ["2023-07", "step-down", "close the loop", None, "yes", "2022-11"],
        ["2023-07", "supervision", "trend", 9, "yes", None],
        ["2023-08", "neglect", "close the loop", None, "yes", "2023-02"],
        ["2023-12", "supervision", "close the loop", None, "yes", "2023-06"],
        ["2023-06", "supervision", "trend", 9, "yes", None],
    ]


def test_the_plan_is_read_again_as_the_audit_plan(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, HELD, plan_book)
    read = read_folder(folder, CONTRACTS, HELD.rules.grade_synonyms).frames["audit_plan"]
    assert read["theme_code"].tolist() == ["step-down", "supervision", "neglect", "supervision", "supervision"]
    assert read["revisit_of"].fillna("").tolist() == ["2022-11", "", "2023-02", "2023-06", ""]
    assert read["is_planned"].tolist() == [True] * 5


def test_what_is_missing_after_an_audit_is_listed_with_whose_it_is(tmp_path: Path) -> None:
    audit = {"file_note_on": "2023-06-20", "manager_alert_on": "2023-06-20", "auditor_id": "p-au", "team": "North"}
    held = tables(audits=[audit, {**audit, "file_note_on": None}])
    folder = write_lists(tmp_path, held, after_audit_list, names={"p-au": "Bo Day"})
    assert rows(folder / AFTER, "Missing") == [["Auditor", "Bo Day", "audits-2", "North", "File note", 25]]
