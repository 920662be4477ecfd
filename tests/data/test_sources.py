import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from extracts import (
    AUDIT,
    AUDIT_HEADINGS,
    AUDITS,
    audit,
    counts,
    plain,
    read,
    read_audits,
    rules,
    write_csv,
    write_xlsx,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_analysis.data.issues import ISSUE_COLUMNS
from qa_analysis.errors import InputRefused

EITHER = pytest.mark.parametrize("name", ["audits.csv", "audits.xlsx"])


# The frame ------------------------------------------------------------------------------------------------------------


@EITHER
def test_a_frame_has_every_column_of_its_contract_typed_and_its_origin(tmp_path: Path, name: str):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, AUDIT], name=name)
    frame = loaded.frames["audits"]
    assert [*frame.columns] == [
        *(column.name for column in AUDITS.columns),
        "source_file",
        "source_sheet",
        "source_row",
        "source_unread",
    ]
    assert {column: str(kind) for column, kind in frame.dtypes.items()} == {
        **dict.fromkeys(frame.columns, "str"),
        "audited_on": "datetime64[us]",
        "is_disputed": "boolean",
        "key_worker_conversation_minutes": "Int64",
        "source_row": "int64",
    }
    sheet = "Audits" if name.endswith("xlsx") else ""
    assert plain(
        frame,
        "audit_id",
        "cycle_month",
        "audited_on",
        "overall_grade",
        "child_id",
        "source_file",
        "source_sheet",
        "source_row",
    ) == [("A1", "2023-06", "2023-06-08", "good", None, name, sheet, 2)]
    assert len(loaded.issues) == 0


def test_an_extract_says_where_it_came_from_and_what_it_covers(tmp_path: Path):
    path = write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, AUDIT, audit(2, audited_on="2023-05-02")])
    (extract,) = read(tmp_path).extracts
    assert extract.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (extract.dataset, extract.file, extract.sheet) == ("audits", "audits.csv", "")
    assert (extract.rows_in, extract.rows_loaded, extract.rows_listed) == (2, 2, 0)
    assert (extract.period_from, extract.period_to) == ("2023-05-02", "2023-06-08")


def test_a_dataset_without_a_date_covers_months(tmp_path: Path):
    write_csv(
        tmp_path,
        "audit_plan.csv",
        [["cycle_month", "theme_code", "planned_audits"], ["Jun 2023", "x", "20"], ["2023-05", "y", "3"]],
    )
    (extract,) = read(tmp_path).extracts
    assert (extract.period_from, extract.period_to) == ("2023-05", "2023-06")


def test_headings_without_rows_are_an_empty_frame_not_a_missing_one(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS])
    assert len(loaded.frames["audits"]) == 0
    assert str(loaded.frames["audits"]["audited_on"].dtype) == "datetime64[us]"
    assert loaded.extracts[0].period_from is None


def test_only_what_is_there_is_in_the_frames(tmp_path: Path):
    assert dict(read(tmp_path).frames) == {}
    assert list(read(tmp_path).issues.columns) == list(ISSUE_COLUMNS)


def test_the_same_folder_reads_the_same_twice(tmp_path: Path):
    write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, audit(1, team="-"), audit(2, audited_on="TBC"), ["Total", "2"]])
    first, second = read(tmp_path), read(tmp_path)
    assert first.extracts == second.extracts
    assert first.issues.equals(second.issues)
    assert first.frames["audits"].equals(second.frames["audits"])


# Headings that break the contract -------------------------------------------------------------------------------------


@EITHER
def test_a_missing_column_is_an_error_that_names_it_and_the_nearest_heading(tmp_path: Path, name: str):
    headings = ["audit_id", "cycle_month", "team", "Dat of audit", "other"]
    loaded = read_audits(tmp_path, [["Audits"], headings, AUDIT, AUDIT], name=name)
    assert "audits" not in loaded.frames
    assert set(loaded.issues["severity"]) == {"error"}
    assert list(zip(rules(loaded), loaded.issues["column"], loaded.issues["row"], strict=True)) == [
        ("column-missing", "audited_on", 2), ("column-missing", "overall_grade", 2),
    ]  # fmt: skip
    assert '"Dat of audit"' in loaded.issues["message"][0]
    assert counts(tmp_path) == [("audits", 2, 0, 2)]


@pytest.mark.parametrize(("own", "other"), [("Audit ID", "audit_id"), ("Audit ref", "AUDIT REF")])
def test_two_headings_for_one_column_are_an_error(tmp_path: Path, own: str, other: str):
    loaded = read_audits(tmp_path, [[own, *AUDIT_HEADINGS[1:], other], [*AUDIT, "9"]])
    assert (rules(loaded), loaded.issues["column"][0]) == (["heading-twice"], "audit_id")
    assert f'"{own}" (column A) and "{other}" (column F)' in loaded.issues["message"][0]


def test_a_columns_own_name_comes_before_its_aliases(tmp_path: Path):
    loaded = read_audits(tmp_path, [["Audit ref", *AUDIT_HEADINGS], ["9", *AUDIT]])
    assert plain(loaded.frames["audits"], "audit_id") == [("A1",)]
    assert loaded.extracts[0].columns_not_read == ("Audit ref",)


def test_a_file_without_headings_is_an_error(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT, AUDIT])
    assert (rules(loaded), list(loaded.issues["severity"])) == (["headings-not-found"], ["error"])


def test_headings_merged_over_two_rows_are_read_where_it_is_certain(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "audits.xlsx") as book:
        sheet = book.add_worksheet("Audits")
        for place, heading in enumerate(["audit_id", "cycle_month", "team"]):
            sheet.merge_range(0, place, 1, place, heading)
        sheet.merge_range("D1:E1", "Outcome")
        sheet.write_row("D2", ["audited_on", "overall_grade"])
        sheet.write_row("A3", AUDIT)
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "overall_grade", "source_row") == [("A1", "good", 3)]
    assert rules(loaded) == []


def test_merged_cells_among_the_records_are_reported(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "audits.xlsx") as book:
        sheet = book.add_worksheet("Audits")
        for number, row in enumerate([AUDIT_HEADINGS, AUDIT, audit(2, team=None)]):
            sheet.write_row(number, 0, row)
        sheet.merge_range("C2:C3", "North")
    loaded = read(tmp_path)
    assert rules(loaded) == ["merged-cells"]
    assert loaded.issues["message"][0].startswith("1 merged cell lies among the records: only the first row of it ")
    assert plain(loaded.frames["audits"], "team") == [("North",), (None,)]


# Nothing is lost ------------------------------------------------------------------------------------------------------

CELLS = st.sampled_from(
    ["", " ", "-", "A1", "A2", "2023-06", "Jun-23", "September", "08/06/2023", "31/04/2023", "TBC", "Good", "Good/RI",
     "RI", "Total", "North", "North total", "#N/A", "-1", "01/01/1900", "Yes", "\u00a0", "audit_id", "a,b", 'a"b',
     "1.5E+10"]
)  # fmt: skip
TABLES = st.lists(
    st.one_of(
        st.lists(CELLS, min_size=0, max_size=5),
        st.just(AUDIT_HEADINGS),
        st.tuples(st.sampled_from(["A1", "A2", ""]), CELLS, CELLS, CELLS, CELLS).map(list),
        st.lists(CELLS, min_size=6, max_size=7),
    ),
    max_size=12,
)


def filled(rows: Sequence[Sequence[str]]) -> int:
    """How many rows hold anything but blanks and dashes."""
    return sum(any(cell.strip(" \u00a0-") for cell in row) for row in rows)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES)
def test_every_row_is_loaded_or_listed(tmp_path: Path, rows: list[list[str]]):
    write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, *rows])
    try:
        loaded = read(tmp_path)
    except InputRefused as refused:
        assert "more cells than there are headings" in str(refused)
        return
    extract, frame, issues = loaded.extracts[0], loaded.frames["audits"], loaded.issues
    assert extract.rows_in == filled(rows) == extract.rows_loaded + extract.rows_listed
    assert extract.rows_loaded == len(frame)
    listed = set(issues.loc[issues["message"].str.contains("not loaded"), "row"])
    assert len(listed) == extract.rows_listed
    assert listed.isdisjoint(frame["source_row"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES)
def test_a_workbook_reads_as_its_csv_does(tmp_path: Path, rows: list[list[str]]):
    narrow = [row[:5] for row in rows]
    csv_folder, book_folder = tmp_path / "csv", tmp_path / "book"
    for folder in (csv_folder, book_folder):
        folder.mkdir(exist_ok=True)
    write_csv(csv_folder, "audits.csv", [AUDIT_HEADINGS, *narrow])
    write_xlsx(book_folder, "audits.xlsx", {"Audits": [AUDIT_HEADINGS, *narrow]})
    first, second = read(csv_folder), read(book_folder)
    own = [column.name for column in AUDITS.columns] + ["source_row"]
    assert first.frames["audits"][own].equals(second.frames["audits"][own])
    assert rules(first) == [rule for rule in rules(second) if rule != "rows-absent"]  # a CSV file shows blank lines
