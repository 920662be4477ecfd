"""Whom to ask: named, in restricted/ alone."""

import warnings
from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.data.identity import Identities
from qa_analysis.reports.learning_session.lists import BRIEFING, GONE, SESSION, invitation_lists

PEOPLE = Identities({"p1": "W7", "p2": "W3", "p3": "W5", "p4": "W1", "p5": "W2"})
AUDITS = [
    {"key_worker_id": "p1", "team_manager_id": "p2", "auditor_id": "p4", "co_auditor_id": "p3"},
    {"key_worker_id": "p1", "team_manager_id": "p3", "team": "South", "auditor_id": "p5"},
]
STAFF = [
    {"worker_id": "p2", "role": "team manager", "started_on": "2022-01-01"},
    {"worker_id": "p1", "role": "social worker", "started_on": "2022-01-01", "ended_on": "2023-06-30"},
    {"worker_id": "p3", "role": "service manager", "started_on": "2023-05-01"},
]


def rows(folder: Path, names: dict[str, str], file: str = SESSION, **datasets: Any) -> list[list[Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_lists(folder, tables(audits=AUDITS, **datasets), invitation_lists, names=names, people=PEOPLE)
    book = load_workbook(folder / "restricted" / file)
    written = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    return written[next(place for place, row in enumerate(written) if row[0] == "Person") :]


def test_each_person_is_asked_once_with_their_part_and_the_post_of_the_day(tmp_path: Path) -> None:
    headings, *listed = rows(tmp_path, {"p2": "Ann Lee"}, staff=STAFF)
    assert headings[:4] == ["Person", "Name", "Role in the audits", "Post on 10 July 2023"]
    assert [row[:4] for row in listed] == [
        ["W3", "Ann Lee", "Team Manager", "team manager"],
        ["W5", "", "Team Manager", "service manager"],
        ["W7", "", "key worker", GONE],
    ]
    assert listed[-1][4:] == ["North, South", "Safeguarding", "2023-06", "audits-1, audits-2"]


def test_the_briefing_is_for_those_who_audited_too(tmp_path: Path) -> None:
    listed = rows(tmp_path, {}, BRIEFING, staff=STAFF)[1:]
    assert [(row[0], row[2], row[-1]) for row in listed] == [
        ("W1", "auditor", "audits-1"),
        ("W2", "auditor", "audits-2"),
        ("W3", "Team Manager", "audits-1"),
        ("W5", "Team Manager, co-auditor", "audits-1, audits-2"),
        ("W7", "key worker", "audits-1, audits-2"),
    ]


def test_without_staff_nobody_is_said_to_have_left(tmp_path: Path) -> None:
    assert {row[3] for row in rows(tmp_path, {})[1:]} == {"post not recorded"}


def test_without_anybody_recorded_nothing_is_written(tmp_path: Path) -> None:
    write_lists(tmp_path, tables(audits=[{"key_worker_id": None, "auditor_id": None}]), invitation_lists, people=PEOPLE)
    assert not (tmp_path / "restricted").exists()
