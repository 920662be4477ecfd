"""The workbook to fill in: what is filled in is read without a word, and what is not counts as not supplied."""

import io
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from office import faults
from openpyxl import Workbook, load_workbook
from small import CONTRACTS

from qa_analysis.cli import main
from qa_analysis.data.identity import new_key
from qa_analysis.data.reading.cells import reader
from qa_analysis.data.reading.headings import find_header
from qa_analysis.data.reading.naming import read_name
from qa_analysis.data.reading.raw import Source
from qa_analysis.data.reading.whole_datasets.spellings import UNKNOWN
from qa_analysis.data.sources import Loaded, read_folder
from qa_analysis.forms.template.entries import LONGEST_HINT, LONGEST_REFUSAL, LONGEST_TITLE
from qa_analysis.forms.template.examples import EXAMPLES, Record, examples
from qa_analysis.forms.template.plain import choices, headings, sheet_name
from qa_analysis.forms.template.workbook import FILE, template
from qa_analysis.framework import rules_for
from qa_analysis.month.checking import read_and_check

RULES = rules_for("2024-01")
CORE = tuple(name for name, contract in CONTRACTS.items() if contract.is_core)
LONGEST_LITERAL = 255
OFFICE = shutil.which("soffice")


@cache
def made(datasets: tuple[str, ...] = tuple(CONTRACTS)) -> bytes:
    return template(CONTRACTS, RULES, datasets=datasets)


@cache
def records() -> Mapping[str, list[Record]]:
    return examples(CONTRACTS, RULES)


def opened(datasets: tuple[str, ...] = tuple(CONTRACTS)) -> Workbook:
    return load_workbook(io.BytesIO(made(datasets)))


def filled(folder: Path, *datasets: str, of: tuple[str, ...] = tuple(CONTRACTS)) -> Path:
    """The workbook with the three examples of some datasets entered in their sheets."""
    book = opened(of)
    for name in datasets:
        for line, record in enumerate(records()[name], start=2):
            enter(book, name, line, record)
    book.save(folder / FILE)
    return folder


def enter(book: Workbook, dataset: str, line: int, record: Mapping[str, object]) -> None:
    sheet, places = book[sheet_name(CONTRACTS[dataset])], list(headings(CONTRACTS[dataset], RULES))
    for name, value in record.items():
        if value is not None:
            sheet.cell(line, places.index(name) + 1).value = (
                value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
            )


def read(folder: Path) -> Loaded:
    return read_folder(folder, CONTRACTS, RULES.grade_synonyms, prompts=tuple(RULES.prompts))


def saved_again(folder: Path, into: Path) -> Path:
    """The folder's workbook as LibreOffice saves it."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed, so the workbook it saves again was not read")
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    told = ["--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(into / "saved")]
    done = subprocess.run([OFFICE, *told, str(folder / FILE)], capture_output=True, text=True, timeout=180, check=False)
    if not (into / "saved" / FILE).exists():
        pytest.skip(f"LibreOffice cannot save workbooks here (is its Calc installed?): {done.stderr.strip()[-200:]}")
    return into / "saved"


def values(loaded: Loaded) -> dict[str, pd.DataFrame]:
    return {name: frame.drop(columns="source_file") for name, frame in loaded.frames.items()}


def rules_of_sheet(sheet: Any) -> dict[str, Any]:
    """Column of the sheet -> its data validation."""
    return {
        str(rule.sqref).partition(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation
    }


def named(book: Workbook, formula: str) -> list[str]:
    """The words of a list that a validation names."""
    sheet, cells = next(book.defined_names[formula].destinations)
    return [row[0].value for row in book[sheet][cells]]


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_every_heading_is_read_as_its_column_and_no_other(dataset: str) -> None:
    contract, row = CONTRACTS[dataset], [cell.value for cell in opened()[sheet_name(CONTRACTS[dataset])][1]]
    header = find_header([row], contract)
    assert header is not None
    assert (header.missing, dict(header.twice), dict(header.unread)) == ((), {}, {})
    assert list(header.places) == [column.name for column in contract.columns]
    needed = {name for name, place in header.places.items() if row[place].endswith("*")}
    assert needed == {column.name for column in contract.columns if column.required}


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_no_heading_is_a_name_of_the_machine(dataset: str) -> None:
    assert [one for one in headings(CONTRACTS[dataset], RULES).values() if "_" in one or one[0].islower()] == []


def of_the_form(loaded: Loaded) -> list[str]:
    """What reading says of the form; three records a dataset name teams that three others do not."""
    return [rule for rule in loaded.issues["rule"] if rule != UNKNOWN]


def test_every_sheet_filled_in_is_read_without_a_word(tmp_path: Path) -> None:
    loaded = read(filled(tmp_path, *CONTRACTS))
    assert of_the_form(loaded) == []
    assert {name: len(frame) for name, frame in loaded.frames.items()} == dict.fromkeys(CONTRACTS, EXAMPLES)


def test_what_was_entered_is_what_is_read(tmp_path: Path) -> None:
    book = opened(CORE)
    first = {**records()["audits"][0], "audit_id": "0012", "audited_on": datetime(2023, 6, 8), "is_disputed": "Yes"}
    enter(book, "audits", 2, {**first, "cycle_month": datetime(2023, 6, 1), "overall_grade": "Requires improvement"})
    enter(book, "findings", 2, {**records()["findings"][0], "audit_id": "0012", "theme_code": "3.10"})
    book.save(tmp_path / FILE)
    audit, finding = (read(tmp_path).frames[name].iloc[0] for name in ("audits", "findings"))
    assert (audit["audit_id"], audit["cycle_month"], audit["overall_grade"]) == (
        "0012", "2023-06", "requires improvement",
    )  # fmt: skip
    assert (audit["audited_on"].date(), audit["is_disputed"]) == (date(2023, 6, 8), True)
    assert (finding["audit_id"], finding["theme_code"]) == ("0012", "3.10")


def test_it_is_read_alike_after_libreoffice_saved_it(tmp_path: Path) -> None:
    before = read(filled(tmp_path, *CONTRACTS))
    after = read(saved_again(tmp_path, tmp_path / "office"))
    assert of_the_form(after) == []
    assert {name: frame.equals(values(before)[name]) for name, frame in values(after).items()} == dict.fromkeys(
        CONTRACTS, True
    )


def test_a_sheet_that_nobody_filled_in_is_not_supplied(tmp_path: Path) -> None:
    filled(tmp_path, "audits", "actions")
    for folder in (tmp_path, saved_again(tmp_path, tmp_path / "office")):
        loaded = read(folder)
        assert (list(loaded.frames), loaded.issues.empty) == (["audits", "actions"], True)


def test_an_extract_without_a_row_is_still_supplied(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Findings"
    book.active.append(["Finding ref", "Audit ref", "Key area", "Strength or development", "Finding"])
    book.save(tmp_path / "extract.xlsx")
    assert list(read(tmp_path).frames) == ["findings"]


def test_an_empty_workbook_says_that_no_record_was_entered(tmp_path: Path) -> None:
    loaded = read(filled(tmp_path))
    assert list(loaded.frames) == []
    assert [issue["rule"] for _, issue in loaded.issues.iterrows()] == ["file-not-read"]
    assert "no record was entered" in loaded.issues["message"][0]


def test_audits_and_actions_alone_break_no_promise(tmp_path: Path) -> None:
    checked = read_and_check(filled(tmp_path, "audits", "actions", of=CORE), RULES, key=new_key())
    assert [row["message"] for _, row in checked.issues.iterrows() if row["severity"] == "error"] == []


def test_examples_are_made_up_and_say_so_and_none_is_read(tmp_path: Path) -> None:
    sheet = opened()["Examples"]
    assert "made up" in sheet["A2"].value
    shown = {str(cell.value) for row in sheet.iter_rows(min_row=4, min_col=4) for cell in row if cell.value is not None}
    assert {str(record["audit_id"]) for record in records()["audits"]} <= shown
    assert "audits" not in read(filled(tmp_path, "findings")).frames


def test_a_dataset_that_a_council_added_has_a_sheet_without_examples() -> None:
    pets = replace(CONTRACTS["learning_events"], dataset="pets")
    book = load_workbook(io.BytesIO(template({**CONTRACTS, "pets": pets}, RULES, datasets=["audits", "pets"])))
    assert book.sheetnames == ["Guide", "Examples", "Prompts", "Audits", "Pets", "Lists"]
    assert [row[3].value for row in book["Examples"].iter_rows() if row[0].value == "Pets"] == [None] * 7


def test_lists_offer_every_code_and_only_words_that_are_read() -> None:
    for contract in CONTRACTS.values():
        for column in contract.columns:
            words = choices(column, RULES)
            meant = [reader(column, RULES.grade_synonyms, Source(""))(word) for word in words]
            if column.codes:
                assert [str(code) for code in meant] == list(column.codes), (contract.dataset, column.name)
            assert all(isinstance(code, str | bool) for code in meant), (contract.dataset, column.name)
            assert not [word for word in words if "_" in word]


def test_the_lists_a_column_names_stand_on_a_hidden_sheet() -> None:
    book = opened()
    assert book["Lists"].sheet_state == "hidden"
    audits = headings(CONTRACTS["audits"], RULES)
    offered = {
        name: named(book, rule.formula1)
        for name, rule in zip(audits, rules_of_sheet(book["Audits"]).values(), strict=True)
        if rule.type == "list"
    }
    assert offered["overall_grade"] == ["Outstanding", "Good", "Requires improvement", "Inadequate"]
    assert offered["is_disputed"] == ["Yes", "No"]
    assert offered["case_status"] == ["CIN", "CP", "CLA", "Care leaver", "Early help", "Fostering"]
    prompts = next(rule for rule in rules_of_sheet(book["Findings"]).values() if "3.10" in words_of(book, rule))
    assert set(RULES.prompts) <= set(words_of(book, prompts))


def words_of(book: Workbook, rule: Any) -> list[str]:
    return named(book, rule.formula1) if rule.type == "list" else []


def test_no_hint_refusal_or_list_is_longer_than_excel_opens() -> None:
    rules = [rule for sheet in opened().worksheets for rule in sheet.data_validations.dataValidation]
    assert len(rules) == sum(len(contract.columns) for contract in CONTRACTS.values())
    assert max(len(rule.promptTitle) for rule in rules) <= LONGEST_TITLE == 32
    assert max(len(rule.prompt) for rule in rules) <= LONGEST_HINT == 255
    assert max(len(rule.error or "") for rule in rules) <= LONGEST_REFUSAL == 224
    assert not [rule for rule in rules if len(rule.formula1 or "") > LONGEST_LITERAL or '"' in (rule.formula1 or "")]


@pytest.mark.parametrize(
    ("dataset", "column", "kept"),
    [
        ("audits", "audit_id", "@"),
        ("audits", "child_id", "@"),
        ("findings", "theme_code", "@"),
        ("findings", "text", "@"),
        ("audits", "audited_on", "dd/mm/yyyy"),
        ("audits", "cycle_month", "mmm yyyy"),
    ],
)
def test_identifiers_prompts_and_texts_are_kept_as_text_and_dates_as_dates(
    dataset: str, column: str, kept: str
) -> None:
    sheet = opened()[sheet_name(CONTRACTS[dataset])]
    place = list(headings(CONTRACTS[dataset], RULES)).index(column) + 1
    formats = [held.number_format for held in sheet.column_dimensions.values() if held.min <= place <= held.max]
    assert formats == [kept]


def test_a_column_of_dates_takes_dates_and_a_range_is_the_contracts() -> None:
    book = opened()
    columns = dict(zip(headings(CONTRACTS["audits"], RULES), rules_of_sheet(book["Audits"]).values(), strict=True))
    assert (columns["audited_on"].type, columns["audited_on"].formula1) == ("date", "18264")  # 1 January 1950
    minutes = columns["key_worker_conversation_minutes"]
    rule = next(
        rule for rule in CONTRACTS["audits"].rules if rule.name == "key-worker-conversation-minutes-out-of-range"
    )
    assert (minutes.type, minutes.formula1) == ("whole", str(rule.arguments["min_value"]))


def test_the_versions_of_the_contracts_are_in_the_guide_and_in_the_properties() -> None:
    book = opened(CORE)
    assert {prop.name: prop.value for prop in book.custom_doc_props.props} == {
        f"contract {name}": CONTRACTS[name].version for name in CORE
    }
    guide = "\n".join(texts(book["Guide"].iter_rows(values_only=True)))
    assert all(f"{sheet_name(CONTRACTS[name])}: {CONTRACTS[name].grain}, contract version" in guide for name in CORE)
    assert CONTRACTS["audits"].version == "1.0.0"


def texts(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return [row[0] for row in rows if row[0]]


def test_neither_the_files_name_nor_a_sheet_to_read_is_a_datasets() -> None:
    for name in (Path(FILE).stem, "Guide", "Examples", "Prompts", "Lists"):
        assert read_name(name, CONTRACTS).datasets == ()


@pytest.mark.parametrize("datasets", [CORE, tuple(CONTRACTS)], ids=["core", "all"])
def test_excel_opens_it_without_repair(datasets: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(made(datasets))
    assert faults(tmp_path / FILE) == []


def test_the_command_makes_the_core_or_every_sheet_and_never_overwrites(tmp_path: Path) -> None:
    core = CliRunner().invoke(main, ["template", str(tmp_path / "core")])
    every = CliRunner().invoke(main, ["template", str(tmp_path / "all"), "--all"])
    assert (core.exit_code, every.exit_code) == (0, 0)
    assert load_workbook(tmp_path / "core" / FILE).sheetnames[3:-1] == [sheet_name(CONTRACTS[name]) for name in CORE]
    assert len(load_workbook(tmp_path / "all" / FILE).sheetnames[3:-1]) == len(CONTRACTS)
    (tmp_path / "core" / FILE).write_bytes(b"records")
    again = CliRunner().invoke(main, ["template", str(tmp_path / "core"), "--all"])
    assert (again.exit_code, (tmp_path / "core" / FILE).read_bytes()) == (2, b"records")
    assert "may hold records, so it was left as it is" in again.output


def test_a_folder_that_cannot_be_made_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(main, ["template", str(tmp_path / "file" / "folder")])
    assert result.exit_code == 31
    assert result.output.count("\n") == 1
