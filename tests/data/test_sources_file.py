from pathlib import Path

import pytest
from extracts import (
    AUDIT,
    AUDIT_HEADINGS,
    audit,
    plain,
    read,
    rules,
    write_csv,
    write_xlsx,
)

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.reading.sources_file import read_plan
from qa_analysis.errors import InputRefused, WrongUse
from qa_analysis.framework import rules_for

REAL = load_contracts()
REAL_SYNONYMS = rules_for("2023-06").grade_synonyms


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
        ("a: " + "[" * 1500, "not YAML"),
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
    with pytest.raises(WrongUse, match='has no sheet called "Audit"'):
        read(tmp_path)


def test_a_sheet_named_twice_is_refused(tmp_path: Path):
    write_csv(tmp_path, "a.csv", [AUDIT_HEADINGS, AUDIT])
    say(tmp_path, "datasets: {audits: [{file: a.csv}, {file: '*.csv'}]}")
    with pytest.raises((InputRefused, WrongUse)):
        read(tmp_path)


def test_the_sources_file_may_have_the_other_ending_but_not_both(tmp_path: Path):
    (tmp_path / "Sources.yml").write_text("nonsense: 1")
    with pytest.raises(WrongUse, match="nonsense"):
        read(tmp_path)
    say(tmp_path, "")
    with pytest.raises(WrongUse, match="Keep one"):
        read(tmp_path)


def test_the_example_of_the_documentation_is_valid(tmp_path: Path):
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    say(tmp_path, page.split("```yaml")[1].split("```")[0])
    plan = read_plan(tmp_path, REAL, REAL_SYNONYMS)
    (tracker,) = plan.sources["actions"]
    assert (tracker.header_row, tracker.date_order("due_on"), tracker.grades["1"]) == (4, "month first", "outstanding")
    assert [source.file for source in plan.sources["moderations"]] == ["Panel North.csv", "Panel South.csv"]
    assert plan.unnamed("audits").delimiter == ";"
    assert plan.ignores("Old audits.csv")


def test_an_empty_sources_file_changes_nothing(tmp_path: Path):
    write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, AUDIT])
    say(tmp_path, "# nothing yet\n")
    assert len(read(tmp_path).frames["audits"]) == 1
