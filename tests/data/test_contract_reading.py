from datetime import date, datetime
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("dataset", REAL)
def test_every_heading_and_name_of_a_contract_means_one_thing(dataset: str):
    contract = REAL[dataset]
    known = known_headings(contract)
    meant = {(word, known.get(tidy_heading(word))) for c in contract.columns for word in (c.name, *c.aliases)}
    assert meant == {(word, c.name) for c in contract.columns for word in (c.name, *c.aliases)}
    assert {read_name(name, REAL).datasets for name in (dataset, *contract.aliases)} == {(dataset,)}
