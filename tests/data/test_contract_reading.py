from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from extracts import (
    rules,
    write_csv,
    write_xlsx,
)

from qa_analysis.data.contracts import Column, load_contracts
from qa_analysis.data.reading.headings import known_headings, tidy_heading
from qa_analysis.data.reading.naming import read_name
from qa_analysis.data.sources import read_folder
from qa_analysis.framework import rules_for

# The contracts themselves ---------------------------------------------------------------------------------------------

REAL = load_contracts()
REAL_SYNONYMS = rules_for("2023-06").grade_synonyms
PROMPTS = tuple(rules_for("2023-06").prompts)
SAMPLES = {
    "date": "2023-06-08",
    "month": "2023-06",
    "boolean": "yes",
    "whole number": "3",
    "number": "2.5",
    "grade": "good",
}


def sample(column: Column, number: int) -> str:
    """A value that a column takes."""
    if column.codes and column.kind != "grade":
        return column.codes[number % len(column.codes)]
    usual = SAMPLES.get(column.kind, f"{column.name} {number}")
    return f"{10000 + number}" if column.kind == "id" and not column.free_text else usual


def mess(column: Column, value: str, number: int) -> Any:
    """The same value as a tracker has it."""
    if column.kind == "date":
        return [date(2023, 6, 8), "08/06/2023", "08-Jun-23", 45085, "2023-06-08 00:00:00.000"][number % 5]
    if column.kind == "month":
        return [datetime(2023, 6, 1), "Jun 2023", "June 2023 ", "06/2023", "Jun-23"][number % 5]
    if column.kind == "boolean":
        return ["a) Yes", True, "Y", "TRUE", 1][number % 5]
    if column.kind == "id":
        return [float(value), f"{value}.0", f" {value}\u00a0", value, f"{value}\u200b"][number % 5]
    if column.kind in ("code", "grade") and column.codes:
        return [f"b) {value}", value.upper(), f" {value}", value.title(), value][number % 5]
    if column.kind in ("whole number", "number"):
        return [float(value), f" {value}"][number % 2]
    return f"\u00a0{value.replace(' ', chr(160), 1)} " if not column.free_text else f" {value}\n"


def mess_heading(column: Column, place: int) -> str:
    """The heading of a column as a tracker has it."""
    spaced = column.name.replace("_", " ")
    return [spaced.title(), f" {spaced.upper()}?", f"{spaced.capitalize()}:", column.name.replace("_", "\n")][place % 4]


@pytest.mark.parametrize("dataset", REAL)
def test_a_tracker_full_of_mess_reads_as_the_clean_extract_does(tmp_path: Path, dataset: str):
    columns = REAL[dataset].columns
    values = [[sample(column, number) for column in columns] for number in range(10)]
    messy = [[mess(*pair, number) for pair in zip(columns, row, strict=True)] for number, row in enumerate(values)]
    headings = [mess_heading(column, place) for place, column in enumerate(columns)]
    width = len(columns)
    rows = [
        ["Tracker, June 2023"],
        [],
        headings,
        *messy[:5],
        ["", " "],
        headings,
        *messy[5:],
        [],
        ["Total", *[10] * (width - 1)],
    ]
    padded = [["", *row] for row in rows]
    for folder in ("clean", "messy"):
        (tmp_path / folder).mkdir()
    write_csv(tmp_path / "clean", f"{dataset}.csv", [[column.name for column in columns], *values])
    title = dataset.replace("_", " ").title()[:31]
    write_xlsx(tmp_path / "messy", "2023-06.xlsx", {"Front": [["Guidance"]], title: padded, "Codes": [["a) Yes"]]})
    clean = read_folder(tmp_path / "clean", REAL, REAL_SYNONYMS)
    found = read_folder(tmp_path / "messy", REAL, REAL_SYNONYMS)
    names = [column.name for column in columns]
    assert found.frames[dataset][names].equals(clean.frames[dataset][names])
    assert clean.frames[dataset][names].notna().all().all() and len(clean.frames[dataset]) == 10
    assert (rules(clean), rules(found)) == ([], ["repeated-heading-row", "total-row"])


FINDING = ["finding_id", "audit_id", "key_area", "polarity", "theme_code", "text"]
CODES = {"F1": 3.1, "F2": "3.1", "F3": "3.10", "F4": 1.2, "F5": 3.11}


def findings(code_of: dict[str, Any]) -> list[list[Any]]:
    return [FINDING, *([key, "A1", "assessment", "strength", code, "x"] for key, code in code_of.items())]


def test_a_prompt_typed_as_a_number_of_two_prompts_is_left_blank_and_listed_with_what_to_do(tmp_path: Path):
    write_xlsx(tmp_path, "findings.xlsx", {"Findings": findings(CODES)})
    found = read_folder(tmp_path, REAL, REAL_SYNONYMS, prompts=PROMPTS)
    read = dict(zip(found.frames["findings"]["finding_id"], found.frames["findings"]["theme_code"], strict=True))
    assert pd.isna(read.pop("F1"))
    assert read == {"F2": "3.1", "F3": "3.10", "F4": "1.2", "F5": "3.11"}
    (issue,) = found.issues.to_dict("records")
    assert (issue["rule"], issue["severity"], issue["file"]) == ("prompt-lost-its-zero", "warning", "findings.xlsx")
    assert (issue["sheet"], issue["row"], issue["column"], issue["key"]) == ("Findings", 2, "theme_code", "F1")
    assert "Format the column as text" in issue["message"]


def test_in_a_csv_file_a_prompt_is_what_it_says(tmp_path: Path):
    write_csv(tmp_path, "findings.csv", findings({"F1": "3.1", "F2": "3.10"}))
    found = read_folder(tmp_path, REAL, REAL_SYNONYMS, prompts=PROMPTS)
    assert (found.frames["findings"]["theme_code"].tolist(), len(found.issues)) == (["3.1", "3.10"], 0)


def test_an_answer_whose_prompt_is_not_certain_is_not_loaded_and_the_run_goes_on(tmp_path: Path):
    rows = [["audit_id", "prompt_code", "answer"], ["A1", 3.1, "yes"], ["A1", 3.2, "yes"]]
    write_xlsx(tmp_path, "audit_answers.xlsx", {"Answers": rows})
    found = read_folder(tmp_path, REAL, REAL_SYNONYMS, prompts=PROMPTS)
    assert found.frames["audit_answers"]["prompt_code"].tolist() == ["3.2"]
    assert [(issue["rule"], issue["severity"]) for issue in found.issues.to_dict("records")] == [
        ("prompt-lost-its-zero", "warning")
    ]


def test_every_column_of_prompts_says_so():
    told = {
        (name, column.name) for name, contract in REAL.items() for column in contract.columns if column.holds_prompts
    }
    named = {
        (name, column.name)
        for name, contract in REAL.items()
        for column in contract.columns
        if "prompt" in column.aliases or column.name.endswith(("prompt_code", "suggested_code", "_theme_code"))
    }
    assert told == named


def test_a_record_says_which_of_its_cells_could_not_be_read(tmp_path: Path):
    rows = [
        ["action_id", "source", "level", "description", "owner_id", "agreed_on", "due_on", "completed_on"],
        ["1", "audit", "child", "x", "W7", "08/06/2023", "soon", "Yes"],
        ["2", "audit", "child", "x", "W7", "08/06/2023", "", "31/06/2023"],
        ["3", "audit", "child", "x", "W7", "08/06/2023", "01/01/1900", "20/06/2023"],
    ]
    write_csv(tmp_path, "actions.csv", rows)
    frame = read_folder(tmp_path, REAL, REAL_SYNONYMS, prompts=PROMPTS).frames["actions"]
    assert frame["source_unread"].tolist() == ["due_on;completed_on", "completed_on", ""]


@pytest.mark.parametrize("dataset", REAL)
def test_every_heading_and_name_of_a_contract_means_one_thing(dataset: str):
    contract = REAL[dataset]
    known = known_headings(contract)
    meant = {(word, known.get(tidy_heading(word))) for c in contract.columns for word in (c.name, *c.aliases)}
    assert meant == {(word, c.name) for c in contract.columns for word in (c.name, *c.aliases)}
    assert {read_name(name, REAL).datasets for name in (dataset, *contract.aliases)} == {(dataset,)}
