"""Alerts to answer for each Team Manager, and conferences overdue for the unit's manager: named people alone."""

import stat
from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from unit_council import alerts, conferences, listed, of

from qa_analysis.data.identity import Identities
from qa_analysis.reports.safeguarding_unit.lists import INDEX, OVERDUE, alert_lists, overdue_list

PEOPLE = Identities({"child-1": "612306", "child-2": "612307", "chair-1": "W3", "tm-1": "W7", "tm-2": "W8"})
NAMES = {"tm-1": "Ann Lee", "chair-1": "Bo Day"}
MANAGER = {"role": "team manager", "started_on": "2020-01-01"}
STAFF = [
    {"worker_id": "tm-0", "team": "Oak", **MANAGER, "ended_on": "2023-05-31"},
    {"worker_id": "tm-1", "team": "Oak", **MANAGER, "started_on": "2023-06-01"},
]


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows(min_row=4)]


def test_each_team_manager_in_post_has_the_alerts_to_answer_and_file_names_name_nobody(tmp_path: Path) -> None:
    waiting = alerts(
        {}, {"responded_on": "2023-06-08"}, {"team": "Elm", "response_due_on": "2023-07-20"}, {"team": "Fir"}
    )
    caseload = [{**row, "team_manager_id": "tm-2"} for row in listed("2023-06-30", "CP", first=3)]
    held = of(practice_alerts=waiting, staff=STAFF, caseload=caseload)
    folder = write_lists(tmp_path, held, alert_lists, names=NAMES, people=PEOPLE)
    assert rows(folder / INDEX, "Lists") == [
        ["Ann Lee", 1, 1, "alerts-001.xlsx"],
        ["Team Manager not recorded", 1, 1, "alerts-002.xlsx"],
        ["W8", 1, 0, "alerts-003.xlsx"],
    ]
    assert rows(folder / "alerts-001.xlsx", "To answer") == [
        ["a1", "612306", "Oak", "formal", "Partners not involved or unclear about their tasks", "Bo Day", "05/06/2023",
         "15/06/2023", 25]
    ]  # fmt: skip
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_conferences_overdue_are_listed_longest_first_with_child_and_chair(tmp_path: Path) -> None:
    never = {"held_on": None, "child_participated": None}
    held = of(conferences=conferences(never, {**never, "due_on": "2023-05-10"}, {}))
    folder = write_lists(tmp_path, held, overdue_list, names=NAMES, people=PEOPLE)
    assert rows(folder / OVERDUE, "Overdue") == [
        ["c2", "cared for review", "612307", "Oak", "Bo Day", "10/05/2023", 61],
        ["c1", "cared for review", "612306", "Oak", "Bo Day", "10/06/2023", 30],
    ]


def test_where_nothing_waits_no_list_is_written(tmp_path: Path) -> None:
    held = of(conferences=conferences({}), practice_alerts=alerts({"responded_on": "2023-06-08"}))
    folder = write_lists(tmp_path, held, alert_lists, overdue_list)
    assert not folder.exists() or {path.name for path in folder.iterdir()} == set()
