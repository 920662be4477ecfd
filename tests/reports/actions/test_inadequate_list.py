"""One row per audit graded inadequate, with the names that its readers know, in restricted/ alone."""

from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.data.identity import Identities
from qa_analysis.reports.actions.inadequate_list import FILE, inadequate_list

PEOPLE = Identities({"p-kid": "612306", "p-kw": "W3", "p-tm": "W7"})
WORST = {"overall_grade": "inadequate", "child_id": "p-kid", "key_worker_id": "p-kw", "team_manager_id": "p-tm"}


def written(folder: Path, **datasets: Any) -> Path:
    write_lists(folder, tables(**datasets), inadequate_list, names={"p-kw": "Bo Day"}, people=PEOPLE)
    return folder / "restricted" / FILE


def test_each_inadequate_audit_is_listed_with_its_child_worker_and_what_followed(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        audits=[WORST, {}],
        actions=[{"audit_id": "audits-1"}],
        moderations=[{"audit_id": "audits-1", "overall_grade": "good"}],
    )
    sheet = load_workbook(file)["Audits"]
    filled = [[cell.value for cell in row] for row in sheet.iter_rows() if row[1].value]
    assert len(filled) == 2
    assert dict(zip(*filled, strict=True)) | {"Immediate concern": None} == {
        "Audit": "audits-1", "Cycle": "2023-06", "Audited": "15/06/2023", "Route": "random", "Service": "Safeguarding",
        "Team": "North", "Child": "612306", "Key worker": "Bo Day", "Team Manager": "W7", "Actions agreed": 1,
        "Actions still open": 1, "Immediate concern": None, "Moderated": "yes", "Panel's grade": "good",
        "Child audited again": None,
    }  # fmt: skip


def test_without_an_inadequate_audit_there_is_no_list(tmp_path: Path) -> None:
    assert not written(tmp_path, audits=[{}]).exists()
