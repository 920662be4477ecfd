import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from extracts import (
    ACTION,
    ACTION_HEADINGS,
    ACTIONS,
    AUDIT,
    AUDIT_HEADINGS,
    AUDITS,
    CONTRACTS,
    SYNONYMS,
    plain,
    read,
    read_audits,
    rules,
    text_of,
    write_csv,
    write_xlsx,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_analysis.data.contracts import Contract
from qa_analysis.data.delimited import decoded
from qa_analysis.data.issues import ISSUE_COLUMNS
from qa_analysis.data.naming import read_name
from qa_analysis.data.sources import read_folder
from qa_analysis.errors import InputRefused, WrongUse

EITHER = pytest.mark.parametrize("name", ["audits.csv", "audits.xlsx"])


def audit(number: int, **changes: Any) -> list[Any]:
    """A row of audits, under AUDIT_HEADINGS."""
    return list({**dict(zip(AUDIT_HEADINGS, AUDIT, strict=True)), "audit_id": f"A{number}", **changes}.values())


def counts(folder: Path) -> list[tuple[str, int, int, int]]:
    """Dataset, rows in, loaded and listed of every extract."""
    return [(e.dataset, e.rows_in, e.rows_loaded, e.rows_listed) for e in read(folder).extracts]


def messages(folder: Path) -> str:
    """Every message of the issues."""
    return "\n".join(read(folder).issues["message"])


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


# Mess that is put right -----------------------------------------------------------------------------------------------


@EITHER
def test_title_rows_padding_and_blank_columns_are_passed_over(tmp_path: Path, name: str):
    rows: list[list[Any]] = [
        ["Case audits, June 2023"],
        [],
        ["", "", *AUDIT_HEADINGS],
        ["", "", *AUDIT],
        ["", "", " ", "", "\u00a0"],
        ["", "-", "-"],
        ["", "", *audit(2)],
        [],
    ]
    loaded = read_audits(tmp_path, rows, name=name)
    assert plain(loaded.frames["audits"], "audit_id", "source_row") == [("A1", 4), ("A2", 7)]
    assert (loaded.extracts[0].rows_in, rules(loaded)) == (2, [])


@EITHER
@pytest.mark.parametrize(
    "headings",
    [
        ["Audit ID", "Cycle month", "TEAM", "Audited on", "Overall grade"],
        ["audit-id", " Month of  audit ", "Team?", "Date of audit:", "Overall\ngrade*"],
        ["Audit\u00a0ref", "Month of audit", "\ufeffteam", "Date of Audit (dd/mm/yyyy)", "OVERALL_GRADE"],
    ],
)
def test_headings_are_known_by_name_or_alias_however_they_are_typed(tmp_path: Path, name: str, headings: list[str]):
    loaded = read_audits(tmp_path, [headings, AUDIT], name=name)
    assert (len(loaded.frames["audits"]), rules(loaded)) == (1, [])


def test_totals_repeated_headings_and_notes_are_listed_not_loaded(tmp_path: Path):
    rows = [
        AUDIT_HEADINGS,
        AUDIT,
        ["Sub-total", "1"],
        AUDIT_HEADINGS,
        audit(2),
        ["", "", "North total", "", "3"],
        ["Total", "", "", "", "2"],
        ["Source: case system"],
    ]
    loaded = read_audits(tmp_path, rows)
    listed = [(int(row), rule) for row, rule in zip(loaded.issues["row"], rules(loaded), strict=True)]
    assert listed == [
        (3, "total-row"), (4, "repeated-heading-row"), (6, "total-row"), (7, "total-row"), (8, "row-not-a-record"),
    ]  # fmt: skip
    assert set(loaded.issues["severity"]) == {"warning"}
    assert counts(tmp_path) == [("audits", 7, 2, 5)]


def test_free_text_that_speaks_of_a_total_is_no_total(tmp_path: Path):
    write_csv(
        tmp_path,
        "actions.csv",
        [ACTION_HEADINGS, ["1", "Total", "W1", "08/06/2023"], ["2", "The plan in total", "W1", "08/06/2023"]],
    )
    assert counts(tmp_path) == [("actions", 2, 2, 0)]


@EITHER
def test_codes_ids_teams_and_grades_are_put_right(tmp_path: Path, name: str):
    headings = [*AUDIT_HEADINGS, "child_id", "case_status", "is_disputed"]
    rows = [
        headings,
        [*audit(1, team="NA", overall_grade="R.I."), "0012345", "a) CIN", "b) No"],
        [*audit(2, team="Dustin\u00a0Hazlett", overall_grade=" good"), "612306.0", "Looked after", "Y"],
        [*audit(3, team="None"), "-1", "cp", ""],
    ]
    frame = read_audits(tmp_path, rows, name=name).frames["audits"]
    assert plain(frame, "team", "overall_grade", "child_id", "case_status", "is_disputed") == [
        ("NA", "requires improvement", "0012345", "CIN", False),
        ("Dustin Hazlett", "good", "612306", "CLA", True),
        ("None", "good", None, "CP", None),
    ]


def test_real_dates_serials_and_texts_in_one_column_of_a_workbook(tmp_path: Path):
    dates = [
        datetime(2023, 6, 8, 9, 30),
        date(2023, 6, 8),
        45085,
        "45085",
        "08/06/2023",
        "2023-06-08 00:00:00",
        "08-Jun-23",
    ]
    loaded = read_audits(
        tmp_path, [AUDIT_HEADINGS, *(audit(n, audited_on=day) for n, day in enumerate(dates))], name="audits.xlsx"
    )
    assert plain(loaded.frames["audits"], "audited_on") == [("2023-06-08",)] * len(dates)
    assert rules(loaded) == []


def test_numbers_of_a_workbook_become_the_ids_they_were(tmp_path: Path):
    loaded = read_audits(
        tmp_path, [AUDIT_HEADINGS, audit(1, audit_id=612306), audit(1, audit_id="00612306")], name="audits.xlsx"
    )
    assert plain(loaded.frames["audits"], "audit_id") == [("612306",), ("00612306",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_told_apart(tmp_path: Path, encoding: str, delimiter: str):
    rows = [AUDIT_HEADINGS, audit(1, team="Zoë’s, team; £5")]
    write_csv(tmp_path, "audits.csv", rows, encoding=encoding, delimiter=delimiter)
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "team") == [("Zoë’s, team; £5",)]
    assert rules(loaded) == (["read-as-windows-1252"] if encoding == "cp1252" else [])


def test_excels_own_delimiter_line_is_no_row(tmp_path: Path):
    (tmp_path / "audits.csv").write_text("sep=;\r\n" + text_of([AUDIT_HEADINGS, AUDIT], delimiter=";"), newline="")
    assert plain(read(tmp_path).frames["audits"], "audit_id", "source_row") == [("A1", 2)]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path):
    text = (
        text_of([AUDIT_HEADINGS])
        + "\r\n"
        + 'A1,2023-06,"North\nEast, ""the"" team",08/06/2023,Good\r\n'
        + text_of([audit(2)])
    )
    (tmp_path / "audits.csv").write_text(text, newline="")
    frame = read(tmp_path).frames["audits"]
    assert plain(frame, "audit_id", "team", "source_row") == [("A1", 'North East, "the" team', 3), ("A2", "North", 4)]


def test_hostile_text_changes_no_structure(tmp_path: Path):
    hostile = '=HYPERLINK(1),\0\u202e<script>\n;\t"{{7*7}}" # $\\frac{'
    write_csv(tmp_path, "actions.csv", [ACTION_HEADINGS, ["1", hostile, "W1", "08/06/2023"], ACTION])
    loaded = read(tmp_path)
    assert plain(loaded.frames["actions"], "description", "owner_id")[0] == (
        '=HYPERLINK(1),<script>\n;\t"{{7*7}}" # $\\frac{', "W1",
    )  # fmt: skip
    assert rules(loaded) == ["control-characters-removed"]
    assert "1 rows" in messages(tmp_path)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), min_size=1, max_size=4),
    st.sampled_from(",;\t"),
)
def test_any_free_text_stays_in_its_cell(tmp_path: Path, texts: list[str], delimiter: str):
    rows = [ACTION_HEADINGS, *([str(n), text, "W1", "08/06/2023"] for n, text in enumerate(texts))]
    write_csv(tmp_path, "actions.csv", rows, delimiter=delimiter)
    frame = read(tmp_path).frames["actions"]
    assert plain(frame, "action_id", "owner_id") == [(str(n), "W1") for n in range(len(texts))]


# What cannot be read is listed ----------------------------------------------------------------------------------------


def test_an_unknown_grade_is_an_error_at_its_cell(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, AUDIT, audit(2, overall_grade="Good/RI")])
    issue = loaded.issues.iloc[0]
    assert (issue.rule, issue.severity, issue.row, issue.column, issue.key, issue.team) == (
        "grade-not-known", "error", 3, "overall_grade", "A2", "North",
    )  # fmt: skip
    assert '"Good/RI"' in issue.message
    assert counts(tmp_path) == [("audits", 2, 2, 0)]


def test_a_row_without_its_date_is_listed_and_left_out(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, audit(1, audited_on="TBC"), audit(2, audited_on=""), audit(3)])
    assert list(zip(rules(loaded), loaded.issues["row"], loaded.issues["key"], strict=True)) == [
        ("date-not-readable", 2, "A1"), ("value-missing", 3, "A2"),
    ]  # fmt: skip
    assert set(loaded.issues["severity"]) == {"warning"}
    assert counts(tmp_path) == [("audits", 3, 1, 2)]


def test_an_optional_cell_that_cannot_be_read_is_blank_and_the_row_stays(tmp_path: Path):
    headings = [*ACTION_HEADINGS, "By when", "team", "service_area"]
    write_csv(tmp_path, "actions.csv", [headings, [*ACTION, "asap", "North", "Safeguarding"]])
    loaded = read(tmp_path)
    issue = loaded.issues.iloc[0]
    assert (issue.rule, issue.severity, issue.key, issue.owner, issue.team, issue.service_area) == (
        "date-not-readable", "warning", "1", "W7", "North", "Safeguarding",
    )  # fmt: skip
    assert issue.message.startswith('"By when" (due_on) is not a date')
    assert plain(loaded.frames["actions"], "action_id", "due_on") == [("1", None)]


def test_a_blank_key_is_left_for_the_contract_to_refuse(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, audit(1, audit_id="")])
    assert plain(loaded.frames["audits"], "audit_id") == [(None,)]


def test_no_message_repeats_an_identifier_a_name_or_a_date(tmp_path: Path):
    headings = [*AUDIT_HEADINGS, "child_id", "case_status", "is_disputed", "key_worker_conversation_minutes"]
    row = [
        "1.23E+15",
        "Juneuary",
        "North",
        "Jane Smith 07/13/2011",
        "Jane Smith",
        "9.87E+12",
        "SMITH, Jane",
        "Jane",
        "612306 mins",
    ]
    loaded = read_audits(tmp_path, [headings, row])
    assert len(loaded.issues) == 8
    for secret in ("1.23E", "Juneuary", "Jane", "SMITH", "2011", "612306", "9.87"):
        assert not loaded.issues["message"].str.contains(secret, regex=False).any()


def test_error_cells_and_uncalculated_formulas_are_listed(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "Actions"
    for cells in ([*ACTION_HEADINGS, "due_on", "team"], [*ACTION, "#N/A", "=B1"], ["2", *ACTION[1:], None, "North"]):
        book.active.append(cells)
    book.save(tmp_path / "tracker.xlsx")
    loaded = read(tmp_path)
    assert list(zip(rules(loaded), loaded.issues["column"], loaded.issues["row"], strict=True)) == [
        ("formula-without-value", "team", 2), ("error-cell", "due_on", 2),
    ]  # fmt: skip


def test_a_row_longer_than_its_headings_is_listed(tmp_path: Path):
    text = (
        text_of([AUDIT_HEADINGS, AUDIT])
        + "A2,2023-06,North, East,08/06/2023,Good\n"
        + text_of([[*audit(3), ""], audit(4)[:-1]])
    )
    (tmp_path / "audits.csv").write_text(text)
    loaded = read(tmp_path)
    assert list(zip(rules(loaded), loaded.issues["row"], strict=True)) == [("row-longer-than-headings", 3)]
    assert plain(loaded.frames["audits"], "audit_id", "overall_grade") == [("A1", "good"), ("A3", "good"), ("A4", None)]


def test_a_file_of_rows_longer_than_the_headings_is_refused_not_shifted(tmp_path: Path):
    with pytest.raises(InputRefused, match="more cells than there are headings"):
        read_audits(tmp_path, [AUDIT_HEADINGS, *([*audit(n), "x"] for n in range(5))])


def test_columns_of_no_dataset_are_named_and_not_read(tmp_path: Path):
    rows = [[*AUDIT_HEADINGS, "Child's name", "", "Completion time"], [*AUDIT, "Jane Smith", "note", "x"]]
    loaded = read_audits(tmp_path, rows)
    assert loaded.extracts[0].columns_not_read == ("Child's name", "Completion time", "column G (no heading)")
    assert rules(loaded) == ["headings-not-read"]
    assert not loaded.frames["audits"].isin(["Jane Smith"]).any().any()
    assert "Jane" not in messages(tmp_path)


def test_placeholders_of_a_database_are_blank_and_counted(tmp_path: Path):
    headings = [*AUDIT_HEADINGS, "child_id"]
    loaded = read_audits(
        tmp_path, [headings, [*audit(1), "-1"], [*audit(2), "-1"], [*audit(3, audited_on="01/01/1900"), "7"]]
    )
    assert sorted(rules(loaded)) == ["placeholder-read-as-blank", "placeholder-read-as-blank", "value-missing"]
    assert plain(loaded.frames["audits"], "audit_id", "child_id") == [("A1", None), ("A2", None)]


def test_garbled_text_is_reported(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, audit(1, team="ZoÃ«")])
    assert rules(loaded) == ["text-garbled"]


def test_a_column_of_american_dates_stops_the_run(tmp_path: Path):
    loaded = read_audits(
        tmp_path, [AUDIT_HEADINGS, audit(1, audited_on="06/13/2023"), audit(2, audited_on="06/05/2023")]
    )
    assert ("dates-look-american", "error") in list(zip(rules(loaded), loaded.issues["severity"], strict=True))


def test_one_american_date_among_british_ones_is_a_warning(tmp_path: Path):
    days = ["06/13/2023", "06/05/2023", "25/05/2023", "26/05/2023"]
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, *(audit(n, audited_on=day) for n, day in enumerate(days))])
    assert ("dates-look-american", "warning") in list(zip(rules(loaded), loaded.issues["severity"], strict=True))


def test_one_impossible_date_among_iso_dates_casts_no_doubt_on_them(tmp_path: Path):
    loaded = read_audits(
        tmp_path, [AUDIT_HEADINGS, audit(1, audited_on="06/13/2023"), audit(2, audited_on="2023-06-05")]
    )
    assert rules(loaded) == ["date-not-readable"]


# Headings that break the contract -------------------------------------------------------------------------------------


@EITHER
def test_a_missing_column_is_an_error_that_names_it_and_the_nearest_heading(tmp_path: Path, name: str):
    headings = ["audit_id", "cycle_month", "team", "Dat of audit", "other"]
    loaded = read_audits(tmp_path, [["Audits"], headings, AUDIT, AUDIT], name=name)
    assert "audits" not in loaded.frames
    assert list(zip(rules(loaded), loaded.issues["severity"], loaded.issues["column"], loaded.issues["row"], strict=True)) == [
        ("column-missing", "error", "audited_on", 2), ("column-missing", "error", "overall_grade", 2),
    ]  # fmt: skip
    assert '"Dat of audit"' in loaded.issues["message"][0]
    assert counts(tmp_path) == [("audits", 2, 0, 2)]


@pytest.mark.parametrize(("own", "other"), [("Audit ID", "audit_id"), ("Audit ref", "AUDIT REF")])
def test_two_headings_for_one_column_are_an_error(tmp_path: Path, own: str, other: str):
    loaded = read_audits(tmp_path, [[own, *AUDIT_HEADINGS[1:], other], [*AUDIT, "9"]])
    assert (rules(loaded), loaded.issues["column"][0]) == (["heading-twice"], "audit_id")
    assert f'"{own}" and "{other}"' in loaded.issues["message"][0]


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
    assert plain(loaded.frames["audits"], "team") == [("North",), (None,)]


# Finding files and sheets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Audits 2023-06", "audits_july", "AUDITS", "Case Audits (1)", "2023-06 audits", "audits 01-06-2023 to 30-06-2023",
     "audit", "Audits202306", "Copy of Audits", "audits_export_final_v2", "CaseAudits-Jun23"],
)  # fmt: skip
def test_a_dataset_is_known_by_its_name_however_it_is_written(name: str):
    assert read_name(name, CONTRACTS).datasets == ("audits",)


@pytest.mark.parametrize(
    "name", ["audit plan audits", "old audits", "audits north", "2023-06", "", "guidance", "action", "moderations"]
)
def test_another_name_is_another_thing(name: str):
    assert "audits" not in read_name(name, CONTRACTS).datasets


@pytest.mark.parametrize("name", ["Audit Plan", "audit_plans 2023"])
def test_a_longer_name_is_not_the_shorter_one(name: str):
    assert read_name(name, CONTRACTS).datasets == ("audit_plan",)


def test_one_workbook_holds_several_datasets_and_its_front_sheets_are_named(tmp_path: Path):
    sheets = {
        "Front": [["Quality assurance tracker"]],
        "Guidance": [["How to fill this in"], ["audit_id", "a number"]],
        "Audits": [AUDIT_HEADINGS, AUDIT],
        "Closing the loop": [ACTION_HEADINGS, ACTION],
        "Codes": [["CIN"], ["CP"]],
    }
    write_xlsx(tmp_path, "QA tracker.xlsx", sheets)
    loaded = read(tmp_path)
    assert [(e.dataset, e.sheet, e.rows_in) for e in loaded.extracts] == [
        ("audits", "Audits", 1), ("actions", "Closing the loop", 1), ("", "Front", 0), ("", "Guidance", 0), ("", "Codes", 0),
    ]  # fmt: skip
    assert rules(loaded) == []


def test_a_sheet_left_out_that_looks_like_a_dataset_is_reported(tmp_path: Path):
    write_xlsx(tmp_path, "tracker.xlsx", {"Audits": [AUDIT_HEADINGS, AUDIT], "Old ones": [ACTION_HEADINGS, ACTION]})
    loaded = read(tmp_path)
    assert (rules(loaded), list(loaded.frames)) == (["sheet-not-read"], ["audits"])


@pytest.mark.parametrize("sheets", [["Sheet1"], ["Cover", "Data"], ["May 2023", "June 2023"]])
def test_a_workbook_named_after_a_dataset_holds_it_on_the_sheets_with_its_headings(tmp_path: Path, sheets: list[str]):
    rows = {sheet: [AUDIT_HEADINGS, audit(n)] for n, sheet in enumerate(sheets)}
    write_xlsx(tmp_path, "Audits 2023-06.xlsx", {**rows, "Cover": [["Audits"]]})
    assert len(read(tmp_path).frames["audits"]) == len([sheet for sheet in sheets if sheet != "Cover"])


def test_several_files_of_a_dataset_are_read_together_when_each_has_its_month(tmp_path: Path):
    write_csv(tmp_path, "audits_2023-05.csv", [AUDIT_HEADINGS, audit(1)])
    write_xlsx(tmp_path, "Audits June 2023.xlsx", {"Sheet1": [AUDIT_HEADINGS, audit(2)]})
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "source_file") == [
        ("A2", "Audits June 2023.xlsx"),
        ("A1", "audits_2023-05.csv"),
    ]
    assert len(loaded.extracts) == 2


@pytest.mark.parametrize(
    "names",
    [("audits.csv", "audits (1).csv"), ("audits.csv", "Audits 2023-06.csv"), ("audits 2023-06.csv", "Audits_June_2023.csv"),
     ("audits.csv", "audits.txt"), ("audits v1.csv", "audits v2.csv")],
)  # fmt: skip
def test_a_dataset_that_is_there_twice_is_refused(tmp_path: Path, names: tuple[str, str]):
    for number, name in enumerate(names):
        write_csv(tmp_path, name, [AUDIT_HEADINGS, audit(number)])
    with pytest.raises(InputRefused, match="audits is there 2 times") as caught:
        read(tmp_path)
    assert names[0] in str(caught.value) and names[1] in str(caught.value)


def test_the_same_extract_under_two_months_is_refused(tmp_path: Path):
    for month in ("05", "06"):
        write_csv(tmp_path, f"audits 2023-{month}.csv", [AUDIT_HEADINGS, AUDIT])
    with pytest.raises(InputRefused, match="2 times"):
        read(tmp_path)


def test_a_file_that_could_be_two_datasets_is_refused(tmp_path: Path):
    shared = {
        "audits": AUDITS,
        "other": Contract("other", "", is_core=False, columns=AUDITS.columns, aliases=("audit",)),
    }
    write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, AUDIT])
    with pytest.raises(InputRefused, match="could be audits or other"):
        read_folder(tmp_path, shared, SYNONYMS)


def test_a_sheets_name_comes_before_its_files(tmp_path: Path):
    write_xlsx(tmp_path, "Action tracker.xlsx", {"Cover": [["x"]], "Audits": [AUDIT_HEADINGS, AUDIT]})
    assert list(read(tmp_path).frames) == ["audits"]


def test_a_workbook_in_which_no_sheet_can_be_told_to_be_its_dataset_is_refused(tmp_path: Path):
    write_xlsx(tmp_path, "Actions.xlsx", {"One": [["x"]], "Two": [["y"]]})
    with pytest.raises(InputRefused, match="by its name it holds actions"):
        read(tmp_path)


def test_a_sheet_that_only_has_the_alias_of_a_dataset_is_left_out_and_said_so(tmp_path: Path):
    write_xlsx(tmp_path, "t.xlsx", {"Audits": [AUDIT_HEADINGS, AUDIT], "Closing the loop": [["How we close the loop"]]})
    loaded = read(tmp_path)
    assert (rules(loaded), list(loaded.frames)) == (["sheet-not-read"], ["audits"])


def test_a_sheet_named_after_a_dataset_without_its_headings_is_an_error(tmp_path: Path):
    write_xlsx(tmp_path, "t.xlsx", {"Audits": [AUDIT_HEADINGS, AUDIT], "Actions": [["to be done"]]})
    assert rules(read(tmp_path)) == ["headings-not-found"]


def test_files_of_which_nothing_was_read_are_named(tmp_path: Path):
    for name in ("notes.docx", "book1.csv", "readme.txt", "~$tracker.xlsx", ".hidden", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    loaded = read(tmp_path)
    assert sorted(loaded.issues["file"]) == ["book1.csv", "notes.docx", "readme.txt", "~$tracker.xlsx"]
    assert set(rules(loaded)) == {"file-not-read"}
    assert set(loaded.issues["severity"]) == {"warning"}


def test_a_hidden_sheet_is_not_read_and_said_so(tmp_path: Path):
    sheets = {"Audits": [AUDIT_HEADINGS, AUDIT], "Actions": [ACTION_HEADINGS, ACTION]}
    write_xlsx(tmp_path, "tracker.xlsx", sheets, hidden=["Actions"])
    loaded = read(tmp_path)
    assert (rules(loaded), list(loaded.frames)) == (["sheet-hidden"], ["audits"])


def test_hidden_rows_are_read_and_said_so(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "audits.xlsx") as book:
        sheet = book.add_worksheet("Audits")
        for number, row in enumerate([AUDIT_HEADINGS, AUDIT, audit(2)]):
            sheet.write_row(number, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
    loaded = read(tmp_path)
    assert (len(loaded.frames["audits"]), rules(loaded)) == (2, ["hidden-rows-read"])


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path: Path):
    write_xlsx(tmp_path, "audits.xlsx", {"Audits": [AUDIT_HEADINGS, AUDIT]}).rename(tmp_path / "audits.csv")
    assert len(read(tmp_path).frames["audits"]) == 1


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b'audit_id,team\n1,"North\n', "quotation mark"),
        (b'audit_id,team\n1,"No"rth\n', "row 2: a quotation mark"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        ("audit_id,team\n1,North\n".encode("utf-16-le"), "not plain text"),
        (bytes(range(256)) * 4, "neither UTF-8"),
        (b"audit_id,team\naudit_id;team\n", "delimiter cannot be told"),
        (b"audit_id,team\n1," + b"x" * 1_000_001, "quotation mark"),
        (b"a," * 400 + b"a\n", "300 columns"),
    ],
)
def test_a_text_file_that_cannot_be_read_for_certain_is_refused(tmp_path: Path, content: bytes, says: str):
    (tmp_path / "audits.csv").write_bytes(content)
    with pytest.raises(InputRefused, match=says) as caught:
        read(tmp_path)
    assert str(caught.value).startswith("audits.csv") and "\n" not in str(caught.value)


def test_an_unreadable_workbook_is_refused_whatever_its_name(tmp_path: Path):
    (tmp_path / "anything.xlsx").write_text("no workbook")
    with pytest.raises(InputRefused, match=r"anything\.xlsx is a text file"):
        read(tmp_path)


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path):
    with pytest.raises(WrongUse, match="no folder nowhere"):
        read(tmp_path / "nowhere")


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "cp1252"]))
def test_any_bytes_are_decoded_or_refused(content: bytes, encoding: str):
    try:
        text, _ = decoded(content, "audits.csv", encoding=encoding)
    except InputRefused:
        return
    assert text.strip()


# sources.yaml ---------------------------------------------------------------------------------------------------------


def say(folder: Path, text: str) -> None:
    """Write the folder's sources.yaml."""
    (folder / "sources.yaml").write_text(text, encoding="utf-8")


def test_the_analyst_says_which_file_sheet_row_and_heading_is_what(tmp_path: Path):
    rows = [
        ["Ref", "x", "x", "x", "x"],
        [],
        ["Ref", "When", "Squad", "Seen", "Mark"],
        ["7", "May-23", "North", "05/13/2023", "1"],
    ]
    write_xlsx(tmp_path, "Book1.xlsx", {"Cover": [["x"]], "Data": rows})
    say(
        tmp_path,
        """
datasets:
  audits:
    file: book1*.xlsx
    sheet: data
    header_row: 3
    columns: {audit_id: Ref, cycle_month: When, team: Squad, audited_on: Seen, overall_grade: Mark}
    dates: month first
    grades: {1: outstanding}
""",
    )
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "cycle_month", "team", "audited_on", "overall_grade") == [
        ("7", "2023-05", "North", "2023-05-13", "outstanding")
    ]
    assert rules(loaded) == []


def test_the_analyst_adds_a_heading_a_code_and_an_encoding_to_a_file_found_by_name(tmp_path: Path):
    headings = [*AUDIT_HEADINGS[:-1], "Result", "case_status", "Audit ref"]
    write_csv(
        tmp_path, "audits.csv", [headings, [*audit(1, team="Zoë"), "In care", "9"]], encoding="cp1252", delimiter="|"
    )
    say(
        tmp_path,
        """
grades: {Fine: good}
datasets:
  audits:
    columns:
      audit_id: Audit ref
      overall_grade: Result
    codes:
      case_status: {In care: CLA}
    encoding: cp1252
    delimiter: bar
""",
    )
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "team", "overall_grade", "case_status") == [
        ("9", "Zoë", "good", "CLA")
    ]
    assert loaded.extracts[0].columns_not_read == ("audit_id",)


def test_files_listed_are_all_read_and_others_of_the_dataset_are_not(tmp_path: Path):
    for number, name in enumerate(["north.csv", "south.csv", "audits.csv"]):
        write_csv(tmp_path, name, [AUDIT_HEADINGS, audit(number)])
    say(tmp_path, "datasets:\n  audits:\n    - file: north.csv\n    - file: south.csv\n")
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id") == [("A0",), ("A1",)]
    assert (rules(loaded), list(loaded.issues["file"])) == (["file-not-read"], ["audits.csv"])


def test_files_to_ignore_are_not_mentioned(tmp_path: Path):
    for name in ("notes.docx", "Guidance.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    say(tmp_path, "ignore: [notes.docx, 'guid*']")
    assert len(read(tmp_path).issues) == 0


def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path: Path):
    write_xlsx(tmp_path, "t.xlsx", {"Front": [["x"]], "Audits": [AUDIT_HEADINGS, AUDIT]}, hidden=["Audits"])
    say(tmp_path, "datasets: {audits: {file: t.xlsx, sheet: Audits}}")
    assert len(read(tmp_path).frames["audits"]) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("dataset: {}", 'Did you mean "datasets"'),
        ("datasets: {audit: {file: a.csv}}", 'Did you mean "audits"'),
        ("datasets: {audits: {fil: a.csv}}", 'Did you mean "file"'),
        ("datasets: {audits: {columns: {audit_idd: Ref}}}", 'Did you mean "audit_id"'),
        ("datasets: {audits: {codes: {case_status: {x: CLAA}}}}", '"CLAA" is not known'),
        ("datasets: {audits: {codes: {team: {x: y}}}}", '"team" is not known'),
        ("datasets: {audits: {grades: {1: great}}}", '"great" is not known'),
        ("grades: {1: ''}", '"" is not known'),
        ("dates: american", '"american" is not known'),
        ("dates: {audited_on: day first}", "is not known"),
        ("datasets: {audits: {dates: {team: day first}}}", '"team" is not known'),
        ("datasets: {audits: {encoding: latin-9}}", '"latin-9" is not known'),
        ("datasets: {audits: {delimiter: '#'}}", '"#" is not known'),
        ("datasets: {audits: {header_row: 0}}", "header_row"),
        ("datasets: {audits: {header_row: three}}", "header_row"),
        ("datasets: {audits: {file: ../secret.csv}}", "without a folder"),
        ("datasets: {audits: {file: gone.csv}}", 'no file in the folder is called "gone.csv"'),
        ("datasets: {audits: [{file: a.csv}, {sheet: b}]}", "needs its name"),
        ("datasets: {audits: []}", "needs its name"),
        ("datasets: {audits: {file: a.csv, file: b.csv}}", "there twice"),
        ("datasets: {audits: file}", "names and values"),
        ("datasets: {audits: {file: [a]}}", "one word or name"),
        ("- a", "names and values"),
        ("a: [", "not YAML"),
        ("ignore: {a: b}", "one word or name"),
        ("x: &a 1\ny: *a", "quotation marks"),
        ("? [a]\n: b", "no word"),
        ("a: " + "[" * 5000, "not YAML"),
        ("a: " + "x" * 200_000, "larger"),
    ],
)
def test_a_word_that_means_nothing_is_refused(tmp_path: Path, text: str, says: str):
    say(tmp_path, text)
    with pytest.raises(WrongUse, match=says) as caught:
        read(tmp_path)
    assert "sources.yaml" in str(caught.value) and "\n" not in str(caught.value)


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path):
    write_xlsx(tmp_path, "t.xlsx", {"Audits": [AUDIT_HEADINGS, AUDIT]})
    say(tmp_path, "datasets: {audits: {file: t.xlsx, sheet: Audit}}")
    with pytest.raises(WrongUse, match='has not sheet "Audit"'):
        read(tmp_path)


def test_a_sheet_named_twice_is_refused(tmp_path: Path):
    write_csv(tmp_path, "a.csv", [AUDIT_HEADINGS, AUDIT])
    say(tmp_path, "datasets: {audits: [{file: a.csv}, {file: '*.csv'}]}")
    with pytest.raises((InputRefused, WrongUse)):
        read(tmp_path)


def test_an_empty_sources_file_changes_nothing(tmp_path: Path):
    write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, AUDIT])
    say(tmp_path, "# nothing yet\n")
    assert len(read(tmp_path).frames["audits"]) == 1


# Nothing is lost ------------------------------------------------------------------------------------------------------

CELLS = st.sampled_from(
    ["", " ", "-", "A1", "A2", "2023-06", "Jun-23", "September", "08/06/2023", "31/04/2023", "TBC", "Good", "Good/RI", "RI", "Total", "North",
     "North total", "#N/A", "-1", "01/01/1900", "Yes", "\u00a0", "audit_id", "a,b", 'a"b', "1.5E+10"]
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


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    assert rules(first) == rules(second)


def test_the_owner_of_actions_is_named_for_the_fix_list():
    assert ACTIONS.owner == "owner_id"
