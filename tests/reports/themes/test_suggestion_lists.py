"""The Principal Social Worker's list of findings without a code, and its way back in."""

import stat
from pathlib import Path

from lists import write_lists
from openpyxl import load_workbook
from small import CONTRACTS, tables

from qa_analysis.data.sources import read_folder
from qa_analysis.data.tables import Tables
from qa_analysis.framework import rules_for
from qa_analysis.reports.themes.suggestion_list import FILE, SHEET, suggestion_list

RULES = rules_for("2023-06")
FINDING = {"key_area": "supervision_oversight", "polarity": "development"}
COLUMNS = (
    "finding_id", "What was found", "Found as", "key_area", "suggested_code", "Suggested theme", "How sure",
    "Words it is based on", "theme_code", "corrected_by_role", "corrected_on",
)  # fmt: skip


def held(**more: object) -> Tables:
    findings = [
        {"audit_id": "audits-1", "text": RULES.codebook["6.1"].definition, **FINDING},
        {"audit_id": "audits-1", "text": "Kyle Ward was told.", **FINDING},
        {"audit_id": "audits-1", "text": "Supervision is late.", "theme_code": "6.1", **FINDING},
    ]
    return tables(audits=[{}], findings=findings, **more)  # type: ignore[arg-type]


def test_the_findings_without_a_code_the_least_sure_first_and_nothing_of_the_coded(tmp_path: Path) -> None:
    write_lists(tmp_path, held(), suggestion_list)
    sheet = load_workbook(tmp_path / "restricted" / FILE)[SHEET]
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in sheet.iter_rows(min_row=7, values_only=True)]
    assert next(sheet.iter_rows(min_row=6, max_row=6, values_only=True)) == COLUMNS
    assert [row["finding_id"] for row in rows] == ["findings-2", "findings-1"]
    assert (rows[0]["suggested_code"] or "", rows[0]["Suggested theme"]) == ("", "not sure")
    assert (rows[1]["suggested_code"], rows[1]["Words it is based on"]) == ("6.1", "supervision, records")
    assert stat.S_IMODE((tmp_path / "restricted").stat().st_mode) == 0o700


def test_filled_in_it_is_read_as_the_corrections(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, held(), suggestion_list)
    book = load_workbook(folder / FILE)
    sheet = book[SHEET]
    place = {name: number for number, name in enumerate(COLUMNS, start=1)}
    for name, value in {"theme_code": "6.6", "corrected_by_role": "PSW", "corrected_on": "02/07/2023"}.items():
        sheet.cell(7, place[name]).value = value
    book.save(folder / FILE)
    loaded = read_folder(folder, CONTRACTS, RULES.grade_synonyms, prompts=tuple(RULES.prompts))
    read = loaded.frames["code_corrections"]
    assert list(loaded.frames) == ["code_corrections"]
    assert read["theme_code"].fillna("").tolist() == ["6.6", ""]
    assert read["suggested_code"].fillna("").tolist() == ["", "6.1"]
    assert read["corrected_by_role"].fillna("").tolist() == ["principal social worker", ""]
    assert str(read["corrected_on"].iloc[0].date()) == "2023-07-02"
    assert loaded.issues["rule"].tolist() == ["headings-not-read"]  # the text is there to be read, not to be loaded


def test_with_every_finding_coded_there_is_no_list(tmp_path: Path) -> None:
    given = [
        {"finding_id": f"findings-{number}", "theme_code": "6.6", "corrected_on": "2023-07-02"} for number in (1, 2)
    ]
    write_lists(tmp_path, held(code_corrections=given), suggestion_list)
    assert not (tmp_path / "restricted").exists()
