"""One workbook per person with a step to see to after an audit, with the names that its reader knows."""

from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.data.identity import Identities
from qa_analysis.reports.actions.after_audit_list import INDEX, after_audit_lists

PEOPLE = Identities({"p-kid": "612306", "au": "W3"})
NOTED = {"file_note_on": "2023-06-20"}


def written(folder: Path, *audits: Any, **more: Any) -> Path:
    held = tables(audits=audits, **more)
    return write_lists(folder, held, after_audit_lists, names={"au": "Bo Day"}, people=PEOPLE)


def rows(file: Path) -> list[list[object]]:
    sheet = load_workbook(file).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows() if row[1].value]


def test_a_missing_file_note_is_listed_for_its_auditor_by_name(tmp_path: Path) -> None:
    folder = written(tmp_path, {"child_id": "p-kid", "auditor_id": "au"}, {**NOTED, "auditor_id": "other"})
    assert rows(folder / INDEX) == [["Person", "Steps", "Audits", "File"], ["Bo Day", 1, 1, "after-audit-001.xlsx"]]
    listed = rows(folder / "after-audit-001.xlsx")
    assert dict(zip(*listed, strict=True)) == {
        "Audit": "audits-1", "Cycle": "2023-06", "Record": "612306", "Team": "North", "Missing": "File note",
        "Seen to by you as": "Auditor", "Days since the audit": 25,
    }  # fmt: skip


def test_audits_of_more_than_three_cycles_ago_are_not_listed(tmp_path: Path) -> None:
    old = {"cycle_month": "2023-03", "audited_on": "2023-03-15"}
    folder = written(tmp_path, old, NOTED)
    assert not (folder / INDEX).exists()


def test_where_nothing_is_recorded_nothing_is_listed(tmp_path: Path) -> None:
    assert not (written(tmp_path, {}, {}) / INDEX).exists()
