"""The workshop's pack: what was found, without who."""

from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.data.identity import Identities
from qa_analysis.reports.moderation.workshop import FILE, workshop_pack

PEOPLE = Identities({"p1": "612306", "p2": "Jane Smith", "p3": "W0217"})
AUDITS = [{"child_id": "p1", "auditor_id": "p3", "age_band": "5-9", "case_status": "CP", "team": "North"}, {}]
SPLIT = {
    "audit_id": "audits-1", "overall_grade": "inadequate", "reason_about": "practice",
    "reason_for_change": "the visit by Jane Smith was missed",
}  # fmt: skip
FINDINGS = [
    {"audit_id": "audits-1", "text": "the plan of 612306 was clear", "polarity": "development"},
    {"audit_id": "audits-1", "text": "Jayden told Jane of the visit on 3 May 2023", "key_area": "multi_agency"},
    {"audit_id": "audits-2", "text": "the plan was clear and the visit was missed"},
]


def sheets(folder: Path, **changes: Any) -> dict[str, list[list[Any]]]:
    held = tables(**{"audits": AUDITS, "moderations": [SPLIT], "findings": FINDINGS, **changes})
    write_lists(folder, held, workshop_pack, people=PEOPLE)
    book = load_workbook(folder / "restricted" / FILE)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)] for sheet in book.worksheets
    }


def test_the_cases_say_what_was_found_and_not_of_whom(tmp_path: Path) -> None:
    assert sheets(tmp_path)["Cases"] == [
        ["1", "CP", "5-9", "Assessment", "development", "the plan of [removed] was clear"],
        ["1", "CP", "5-9", "Multi-agency planning, analysis, review and decision making", "strength",
         "[removed] told [removed] of the visit on [removed]"],
    ]  # fmt: skip


def test_grades_stand_on_a_sheet_of_their_own_after_the_room_has_graded(tmp_path: Path) -> None:
    book = sheets(tmp_path)
    assert list(book) == ["How to use", "Cases", "Grade", "Answers"]
    assert [row[2:] for row in book["Grade"]] == [["", ""]] * 7
    assert book["Answers"] == [
        ["1", "Overall", "good", "inadequate", "practice", "the visit by [removed] was missed"],
    ]  # fmt: skip
    assert not any("inadequate" in str(row) for name in ("Cases", "Grade") for row in book[name])


def test_no_identifier_of_an_audit_is_in_it(tmp_path: Path) -> None:
    written = str(sheets(tmp_path))
    assert not [trace for trace in ("audits-1", "612306", "Jane", "W0217", "North", "p1") if trace in written]


def test_a_team_is_taken_out_of_the_texts_too(tmp_path: Path) -> None:
    audits = [{**AUDITS[0], "team": "Early Help South"}, {"team": "Willow"}]
    said = [{"audit_id": "audits-1", "text": "seen by early help south and by Willow, under the willow, by Early Help"}]
    (case,) = sheets(tmp_path, audits=audits, findings=said)["Cases"]
    assert case[-1] == "seen by [removed] and by [removed], under the willow, by Early Help"


def test_without_a_split_there_is_no_pack(tmp_path: Path) -> None:
    write_lists(tmp_path, tables(audits=[{}]), workshop_pack, people=PEOPLE)
    assert not (tmp_path / "restricted").exists()


def test_a_case_without_findings_is_still_there_to_be_graded(tmp_path: Path) -> None:
    assert sheets(tmp_path, findings=[])["Cases"] == [["1", "CP", "5-9", "", "nothing recorded", None]]
