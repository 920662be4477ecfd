from pathlib import Path

import pytest
import xlsxwriter
from extracts import (
    ACTION,
    ACTION_HEADINGS,
    AUDIT,
    AUDIT_HEADINGS,
    AUDITS,
    CONTRACTS,
    SYNONYMS,
    audit,
    messages,
    plain,
    read,
    rules,
    write_csv,
    write_xlsx,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.delimited import decoded
from qa_analysis.data.reading.naming import read_name
from qa_analysis.data.sources import read_folder
from qa_analysis.errors import InputRefused, WrongUse

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
        ("audits", "Audits", 1), ("actions", "Closing the loop", 1),
        ("", "Front", 0), ("", "Guidance", 0), ("", "Codes", 0),
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
    [("audits.csv", "audits (1).csv"), ("audits.csv", "Audits 2023-06.csv"),
     ("audits 2023-06.csv", "Audits_June_2023.csv"), ("audits.csv", "audits.txt"), ("audits v1.csv", "audits v2.csv")],
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


def test_a_file_that_only_has_the_alias_of_a_dataset_is_left_out_and_said_so(tmp_path: Path):
    write_csv(tmp_path, "case audits.csv", [["team", "overall_grade"], ["North", "Good"]])
    assert (rules(read(tmp_path)), "named like audits" in messages(tmp_path)) == (["file-not-read"], True)


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
    assert loaded.issues["message"][0].startswith("1 row is hidden or filtered out in the sheet; it was read like ")


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
        (b"audit_id,team\naudit_id;team\n", "delimiter is not certain"),
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
