"""Each Team Manager's own list, and what to escalate."""

import stat
from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.data.identity import Identities
from qa_analysis.reports.actions.lists import ESCALATION, INDEX, action_lists, escalation, unfinished_concerns

PEOPLE = Identities({"p-tm": "W7", "p-kid": "612306", "p-own": "W9", "p-tn": "W8"})
NAMES = {"p-tm": "Ann Lee", "p-own": "Bo Day"}
MINE = {"team_manager_id": "p-tm", "child_id": "p-kid", "owner_id": "p-own", "audit_id": "audits-1"}
ACTIONS = [
    {**MINE, "due_on": "2023-07-01", "is_safeguarding": True, "description": "see the child"},
    {**MINE, "due_on": "2023-05-30"},
    {**MINE, "due_on": "2023-05-31"},
    {**MINE, "due_on": "2023-08-01"},
    {**MINE, "completed_on": "2023-06-10"},
    {**MINE, "completed_on": "2023-06-10", "signed_off_on": "2023-06-11"},
    {"team_manager_id": "p-tn", "due_on": "2023-06-30"},
    {"due_on": "2023-07-09"},
]


def written(folder: Path, **more: Any) -> Path:
    held = tables(audits=[{}], actions=ACTIONS, **more)
    write_lists(folder, held, action_lists, escalation, names=NAMES, people=PEOPLE)
    return folder / "restricted"


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows(min_row=4)]


def test_each_team_manager_has_one_list_and_file_names_name_nobody(tmp_path: Path) -> None:
    folder = written(tmp_path)
    assert rows(folder / INDEX, "Lists") == [
        ["Ann Lee", 4, 1, "actions-001.xlsx"],
        ["Team Manager not recorded", 1, 0, "actions-002.xlsx"],
        ["W8", 1, 0, "actions-003.xlsx"],
    ]
    assert {path.name for path in folder.iterdir()} == {
        INDEX, ESCALATION, "actions-001.xlsx", "actions-002.xlsx", "actions-003.xlsx",
    }  # fmt: skip
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_list_says_what_whose_and_how_long_over_the_oldest_first(tmp_path: Path) -> None:
    listed = rows(written(tmp_path) / "actions-001.xlsx", "To do")
    assert [(row[0], row[7], row[9]) for row in listed] == [
        ("actions-2", "30/05/2023", 41), ("actions-3", "31/05/2023", 40), ("actions-1", "01/07/2023", 9),
        ("actions-4", "01/08/2023", 0),
    ]  # fmt: skip
    assert listed[2][1:6] == ["audits-1", "612306", "see the child", "Bo Day", "yes"]


def test_completed_actions_wait_to_be_signed_off(tmp_path: Path) -> None:
    assert [row[0] for row in rows(written(tmp_path) / "actions-001.xlsx", "To sign off")] == ["actions-5"]


def test_safeguarding_and_what_is_long_over_is_escalated_safeguarding_first(tmp_path: Path) -> None:
    listed = rows(written(tmp_path) / ESCALATION, "Overdue actions")
    assert [(row[0], row[-2], row[-1]) for row in listed] == [
        ("actions-1", "Ann Lee", "about safeguarding"), ("actions-2", "Ann Lee", "more than 40 days overdue"),
    ]  # fmt: skip


def test_a_concern_with_a_step_missing_is_escalated() -> None:
    concern = {"audit_id": "audits-1", "found_on": "2023-06-15", "form_sent_on": "2023-06-15"}
    listed = unfinished_concerns(tables(audits=[{}], immediate_concerns=[concern]))
    assert listed.to_dict("records") == [
        {
            "Concern": "immediate_concerns-1", "Audit": "audits-1", "Found": "15/06/2023",
            "Missing": "a manager told, signed off, discussed in supervision",
        }
    ]  # fmt: skip


def test_nothing_to_see_to_writes_nothing(tmp_path: Path) -> None:
    write_lists(tmp_path, tables(audits=[{}]), action_lists, escalation, people=PEOPLE)
    assert not (tmp_path / "restricted").exists()
