from pathlib import Path

from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.reports.moderation.lists import FILE, far_moved, moderation_list, never_reached

LOWERED = {"audit_id": "audits-1", "overall_grade": "inadequate", "grade_assessment": "inadequate"}


def test_moves_of_two_grades_are_listed_by_audit_and_smaller_ones_are_not() -> None:
    held = tables(
        audits=[{}, {}],
        moderations=[LOWERED, {"audit_id": "audits-2", "overall_grade": "requires improvement", "route": "dispute"}],
    )
    assert far_moved(held).to_dict("list") == {
        "Audit": ["audits-1", "audits-1"], "Grade of": ["Overall", "Assessment"], "Auditor": ["good", "good"],
        "Panel": ["inadequate", "inadequate"], "Audit route": ["random", "random"],
        "Panel route": ["random third", "random third"],
    }  # fmt: skip


def test_disputes_and_concerns_that_never_reached_the_panel_are_listed_with_the_reason() -> None:
    audits = [
        {"is_disputed": True}, {"is_disputed": True, "is_immediate_concern": True}, {"is_immediate_concern": True}, {},
    ]  # fmt: skip
    listed = never_reached(tables(audits=audits, moderations=[{"audit_id": "audits-1"}]))
    assert listed["Audit"].tolist() == ["audits-2", "audits-3"]
    assert listed["Why it is due"].tolist() == ["disputed, immediate concern", "immediate concern"]


def test_the_workbook_holds_both_lists(tmp_path: Path) -> None:
    held = tables(audits=[{}, {"is_disputed": True}], moderations=[LOWERED])
    write_lists(tmp_path, held, moderation_list)
    book = load_workbook(tmp_path / "restricted" / FILE)
    assert book.sheetnames == ["Changed by two or more", "Not yet moderated"]
    assert [cell.value for cell in book.worksheets[1][4]] == ["audits-2", "2023-06", "disputed"]


def test_nothing_to_list_writes_nothing(tmp_path: Path) -> None:
    write_lists(tmp_path, tables(audits=[{}]), moderation_list)
    assert not (tmp_path / "restricted").exists()
