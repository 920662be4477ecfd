from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from extracts import (
    ACTION,
    ACTION_HEADINGS,
    AUDIT,
    AUDIT_HEADINGS,
    audit,
    counts,
    messages,
    plain,
    read,
    read_audits,
    rules,
    text_of,
    write_csv,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_analysis.errors import InputRefused

EITHER = pytest.mark.parametrize("name", ["audits.csv", "audits.xlsx"])


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
    assert "in 1 row control characters" in messages(tmp_path)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_a_row_that_is_listed_for_a_cell_is_handed_on_as_set_aside_with_its_reason(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, audit(1, audited_on="TBC"), audit(2)])
    assert plain(loaded.aside["audits"], "source_row", "aside_rule", "aside_column") == [
        (2, "date-not-readable", "audited_on")
    ]
    extract = loaded.extracts[0]
    assert (extract.rows_in, extract.rows_loaded, extract.rows_listed, extract.rows_set_aside) == (2, 1, 1, 1)


def test_an_unreadable_grade_takes_its_cell_and_not_its_row(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, audit(1, overall_grade="?")])
    assert plain(loaded.frames["audits"], "audit_id", "overall_grade") == [("A1", None)]
    assert (loaded.issues["message"][0][-19:], len(loaded.aside["audits"])) == ("It counts as blank.", 0)


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


def test_the_one_row_of_a_file_that_is_longer_than_the_headings_is_one_row(tmp_path: Path):
    with pytest.raises(InputRefused, match="1 row, the first of them row 2, has more cells"):
        read_audits(tmp_path, [AUDIT_HEADINGS, [*audit(1), "x"]])


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
    told = " ".join(loaded.issues["message"])
    assert (
        "1 date makes sense only with the month first, 2 only with the day first, and 1 that could be either was "
        in told
    )


def test_one_impossible_date_among_iso_dates_casts_no_doubt_on_them(tmp_path: Path):
    loaded = read_audits(
        tmp_path, [AUDIT_HEADINGS, audit(1, audited_on="06/13/2023"), audit(2, audited_on="2023-06-05")]
    )
    assert rules(loaded) == ["date-not-readable"]
