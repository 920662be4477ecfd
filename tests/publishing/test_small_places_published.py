"""A published month, read as its readers hold it: no file for managers has a grade of so few by service or team."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from runs import FOR_MANAGERS, MONTH

from qa_analysis.data.kept import kept
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import GRADES, MODERATION

FEW, PEOPLE = 3, 2
PLACES = {"team": "team", "service area": "service_area", "service_area": "service_area"}
TITLES = {one.title: name for name, one in declared().items()} | {name: name for name in declared()}
Row = dict[str, str]


@pytest.fixture(scope="module")
def month(full: Path) -> Path:
    return full / "outputs" / MONTH


def test_no_table_and_no_workbook_for_managers_gives_a_grade_by_team_that_rests_on_few(month: Path) -> None:
    audits = kept(month / "restricted" / "rows.sqlite")["audits"]
    files = {*_tables(month), *_workbooks(month)}
    found = [dict(row) for _, row in sorted(files, key=lambda one: one[0])]
    assert {row["by"] for row in found} >= {"team", "service_area"}  # there is something to look at
    for row in (row for row in found if row["value"]):
        assert float(row["of"]) >= FEW, row
        assert _is_enough(audits, row), row


def test_every_workbook_for_managers_was_read(month: Path) -> None:
    read = {path.stem for path in month.glob("*.xlsx")}
    assert "smt-report" in read
    assert read <= set(FOR_MANAGERS)


def _tables(month: Path) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The figures of grades by place of every table that has such columns. One per row, with its file."""
    for path in sorted((month / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if {"by", "group", "denominator", "value"} <= row.keys() and _is_of_grades(row["measure"], row["by"]):
                    yield path.name, _row(row["by"], row["group"], row["period"], row["denominator"], row["value"])


def _workbooks(month: Path) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The same of every worksheet that has a column By."""
    for path in sorted(month.glob("*.xlsx")):
        for sheet in load_workbook(path, read_only=True):
            rows = [list(map(str, row)) for row in sheet.iter_rows(values_only=True)]
            head = next((place for place, row in enumerate(rows) if {"By", "Group", "Out of"} <= set(row)), None)
            for cells in rows[head + 1 :] if head is not None else ():
                row = dict(zip(rows[head or 0], cells, strict=True))
                if _is_of_grades(row["Measure"], row["By"]):
                    value = "" if row["Value"] == "[x]" else row["Value"]
                    period = row["Period"].replace(" to ", "/")
                    yield path.name, _row(row["By"].replace(" ", "_"), row["Group"], period, row["Out of"], value)


def _row(by: str, group: str, period: str, of: str, value: str) -> tuple[tuple[str, str], ...]:
    return tuple({"by": by, "group": group, "period": period, "of": of, "value": value}.items())


def _is_of_grades(measure: str, by: str) -> bool:
    return by in PLACES and measure in TITLES and declared()[TITLES[measure]].family in (GRADES, MODERATION)


def _is_enough(audits: pd.DataFrame, row: Row) -> bool:
    """Whether a place's audits of the period, of whatever route, are of so many children and people."""
    first, _, last = row["period"].partition("/")
    some = audits[(audits[PLACES[row["by"]]] == row["group"]) & audits["cycle_month"].between(first, last or first)]
    children = some["child_id"].fillna(some["audit_id"])  # a carer's record stands for itself
    return children.nunique() >= FEW and some["key_worker_id"].nunique() >= PEOPLE
