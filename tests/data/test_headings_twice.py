"""Headings that are there twice, that stand over two rows, or that only a letter tells apart."""

from pathlib import Path
from typing import Any

import pytest
from extracts import AUDIT_HEADINGS, audit, messages, plain, read, read_audits, rules

TWICE = [*AUDIT_HEADINGS, "Audit_ID"]
GRADES_APART = [
    ["Audit", "Cycle", "", "Date of", "Overall", "Case"],
    ["ID", "month", "Team", "audit", "grade", "status"],
]


@pytest.mark.parametrize("name", ["audits.csv", "audits.xlsx"])
def test_a_column_that_is_there_twice_with_the_same_content_is_read_once(tmp_path: Path, name: str):
    loaded = read_audits(tmp_path, [TWICE, [*audit(1), " a1"], [*audit(2), "A2"]], name=name)
    assert plain(loaded.frames["audits"], "audit_id") == [("A1",), ("A2",)]
    assert rules(loaded) == ["heading-twice-same"]
    assert '"audit_id" (column A) and "Audit_ID" (column F)' in messages(tmp_path)


def test_of_two_columns_the_one_that_is_filled_is_read(tmp_path: Path):
    loaded = read_audits(tmp_path, [["Audit ref", *AUDIT_HEADINGS[1:], "Audit ref"], ["", *audit(1)[1:], "A1"]])
    assert plain(loaded.frames["audits"], "audit_id") == [("A1",)]


def test_columns_that_differ_are_named_by_their_letters_and_not_read(tmp_path: Path):
    loaded = read_audits(tmp_path, [TWICE, [*audit(1), "A1"], [*audit(2), "A7"], [*audit(3), ""]])
    assert (rules(loaded), "audits" in loaded.frames) == (["heading-twice"], False)
    assert "differ in 2 rows. Keep one, or say in sources.yaml which one it is, by its letter" in messages(tmp_path)


@pytest.mark.parametrize("written", ["column F", "Column f", "Audit_ID (column F)", "audit id, column F"])
def test_a_column_may_be_named_by_its_letter(tmp_path: Path, written: str):
    (tmp_path / "sources.yaml").write_text(
        f'datasets:\n  audits:\n    columns: {{audit_id: "{written}"}}\n', encoding="utf-8"
    )
    loaded = read_audits(tmp_path, [["Audits"], TWICE, [*audit(1), "A6"], [*audit(2), "A7"]])
    assert plain(loaded.frames["audits"], "audit_id", "team") == [("A6", "North"), ("A7", "North")]
    assert rules(loaded) == ["headings-not-read"]


def test_a_column_without_a_heading_may_be_named_by_its_letter(tmp_path: Path):
    (tmp_path / "sources.yaml").write_text("datasets: {audits: {columns: {case_status: column F}}}", encoding="utf-8")
    loaded = read_audits(tmp_path, [[*AUDIT_HEADINGS, ""], [*audit(1), "CP"]])
    assert plain(loaded.frames["audits"], "case_status") == [("CP",)]


def test_a_letter_of_another_heading_is_no_column(tmp_path: Path):
    (tmp_path / "sources.yaml").write_text(
        'datasets: {audits: {columns: {audit_id: "Audit ref (column F)"}}}', encoding="utf-8"
    )
    assert rules(read_audits(tmp_path, [TWICE, [*audit(1), "A6"]])) == ["column-missing"]


@pytest.mark.parametrize("name", ["audits.csv", "audits.xlsx"])
def test_headings_over_two_rows_are_joined(tmp_path: Path, name: str):
    rows: list[list[Any]] = [["Case audits"], *GRADES_APART, [*audit(1), "CP"], [*audit(2), "CIN"]]
    loaded = read_audits(tmp_path, rows, name=name)
    assert plain(loaded.frames["audits"], "audit_id", "audited_on", "case_status", "source_row") == [
        ("A1", "2023-06-08", "CP", 4), ("A2", "2023-06-08", "CIN", 5),
    ]  # fmt: skip
    assert rules(loaded) == []


def test_a_group_over_several_headings_is_part_of_those_it_makes_known(tmp_path: Path):
    rows = [
        ["", "", "", "Dates", "Overalls", "", ""],
        ["audit_id", "cycle_month", "team", "audited_on", "grade", "case_status", "child_id"],
        [*audit(1), "CP", "7"],
    ]
    assert plain(read_audits(tmp_path, rows).frames["audits"], "overall_grade", "child_id") == [("good", "7")]


def test_a_row_of_headings_that_is_whole_is_not_joined_with_a_record(tmp_path: Path):
    loaded = read_audits(tmp_path, [AUDIT_HEADINGS, audit(1), audit(2)])
    assert len(loaded.frames["audits"]) == 2


def test_two_rows_that_lack_a_heading_together_are_refused_as_ever(tmp_path: Path):
    assert "headings-not-found" in rules(read_audits(tmp_path, [row[:4] for row in GRADES_APART] + [audit(1)[:4]]))
    assert read(tmp_path).frames == {}
