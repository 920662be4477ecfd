"""Each manager's desk: facts with their signals, what they wrote, claims without a signal, and names to take out."""

from pathlib import Path
from typing import Any

import pytest
from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.data.identity import Identities
from qa_analysis.dates import months_up_to
from qa_analysis.reports.performance.desk import INDEX, desks

PEOPLE = Identities({"p-ann": "W1", "p-bo": "W2", "p-sam": "W3", "p-new": "W4", "p-kid": "612306"})
NAMES = {"p-ann": "Ann Lee", "p-bo": "Bo Day", "p-sam": "Sam Oak"}
POST = {"service_area": "Safeguarding", "started_on": "2022-01-01"}
STAFF = [
    {**POST, "worker_id": "p-ann", "role": "team manager", "team": "North", "manager_id": "p-sam"},
    {**POST, "worker_id": "p-gone", "role": "team manager", "team": "East", "ended_on": "2023-01-31"},
    {**POST, "worker_id": "p-new", "role": "social worker", "team": "East", "manager_id": "p-ann"},
    {**POST, "worker_id": "p-bo", "role": "social worker", "team": "North", "manager_id": "p-ann"},
    {**POST, "worker_id": "p-sam", "role": "service manager", "team": "Head office"},
]  # fmt: skip
MONTHS = months_up_to("2023-06", 24)
STEADY = (48, 50, 47, 51, 49, 50, 48, 52, 49, 51, 50, 48)


def indicator(name: str, place: str, done: tuple[int, ...], better: str = "higher") -> list[dict[str, Any]]:
    return [
        {"indicator_code": name, "name": name, "period": period, "level": "team", "entity": place, "numerator": one,
         "denominator": 60, "better_is": better, "target": 70}
        for period, one in zip(MONTHS, done, strict=True)
    ]  # fmt: skip


INDICATORS = [
    *indicator("Supervision in time", "North", (*STEADY, *STEADY)),
    *indicator("Supervision in time", "East", (*STEADY, *STEADY)),
    *indicator("Agency staff", "East", (*STEADY, *STEADY[:5], *[30] * 7), better="lower"),
    *indicator("Visits in time", "North", (*STEADY, *STEADY[:5], *[59] * 7)),
    *indicator("Visits in time", "East", (*STEADY, *STEADY)),
]
SAID = {
    "achievements": "Timeliness of visits improved. Supervision has improved. Use of agency staff fell.",
    "challenges": "Two posts are vacant.\nThe placement of Ellie is not settled, and see 612306.",
    "mitigating_actions": None,
}
NARRATIVES = [{"month": "2023-06", "level": "team", "entity": "North", "author_id": "p-bo", **SAID}]
HELD = {
    "audits": [{"team": "North", "key_worker_id": "p-bo", "overall_grade": "inadequate"}, {"team": "North"}],
    "actions": [{"team": "North", "due_on": "2023-06-30"}, {"team": "North", "completed_on": "2023-06-20"}],
    "supervision": [{"worker_id": "p-bo", "held_on": "2023-06-01", "next_due_on": "2023-07-01"}],
    "staff": STAFF, "indicators": INDICATORS, "narratives": NARRATIVES,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lists(tmp_path_factory.mktemp("desk"), tables(**HELD), desks, names=NAMES, people=PEOPLE)


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows(min_row=5)]


def test_whoever_wrote_has_the_desk_else_who_holds_the_post_and_a_vacant_post_is_said(folder: Path) -> None:
    listed = [[cell.value for cell in row] for row in load_workbook(folder / INDEX)["Desks"].iter_rows(min_row=4)]
    assert listed == [
        ["Bo Day", "North", "part empty", 1, 2, "narrative-001.xlsx"],
        ["Sam Oak", "Safeguarding", "not sent in", 0, 0, "narrative-002.xlsx"],
        ["not recorded", "East", "not sent in", 0, 0, "narrative-003.xlsx"],
    ]


def test_a_childs_name_is_named_to_its_author_and_to_nobody_else(folder: Path) -> None:
    assert rows(folder / "narrative-001.xlsx", "Names") == [
        ["North", "Challenges", "The placement of Ellie is not settled, and see 612306.", "Ellie",
         "May be a name: it has a capital and is no word that is known"],
        ["North", "Challenges", "The placement of Ellie is not settled, and see 612306.", "612306",
         "A name or number of somebody in the records"],
    ]  # fmt: skip
    for other in (INDEX, "narrative-002.xlsx", "narrative-003.xlsx"):
        every = [
            str(cell.value) for sheet in load_workbook(folder / other) for row in sheet.iter_rows() for cell in row
        ]
        assert not any("Ellie" in text or "612306" in text for text in every)


def test_a_claim_without_a_signal_is_shown_before_it_is_sent_and_one_with_a_signal_is_not(folder: Path) -> None:
    assert rows(folder / "narrative-001.xlsx", "Claims") == [
        ["North", "Achievements", "Supervision has improved.", "improved",
         "No signal: Supervision in time (no signal)"],
    ]  # fmt: skip


def test_the_parts_are_filled_in_with_facts_and_their_signals(folder: Path) -> None:
    assert rows(folder / "narrative-001.xlsx", "Facts") == [
        ["North", "Achievements", "Visits in time", "98% (59 of 60), June 2023", "Improving since December 2022"],
        ["North", "Challenges", "Supervision", "0 of 2 people not overdue; 2 overdue or none recorded",
         "Counted on the day"],
        ["North", "Mitigating actions", "Audit actions", "1 open, 1 of them overdue", "Counted on the day"],
        ["North", "For information", "Supervision in time", "80% (48 of 60), June 2023", "No signal"],
        ["North", "For information", "Audits of the month", "2, 1 of them good or better",
         "A month of one place is too few for a signal"],
    ]  # fmt: skip


def test_what_was_written_is_there_word_for_word_and_an_empty_part_is_flagged(folder: Path) -> None:
    words = {row[1]: row[2] for row in rows(folder / "narrative-001.xlsx", "Your words")}
    assert words["Achievements"] == SAID["achievements"]
    assert words["Mitigating actions"] == "Nothing written"


def test_a_manager_sees_their_own_people_by_name_whoever_the_staff_list_still_names(folder: Path) -> None:
    """Bo Day writes for North, and Ann Lee leads it."""
    assert [row[0] for row in rows(folder / "narrative-001.xlsx", "Your people")] == []
    assert [row[0] for row in rows(folder / "narrative-003.xlsx", "Your people")] == ["W4"]
    assert rows(folder / "narrative-002.xlsx", "Your people") == [["Ann Lee", "None recorded", "", ""]]


def test_without_narratives_the_facts_are_ready_all_the_same(tmp_path: Path) -> None:
    held = {name: rows for name, rows in HELD.items() if name != "narratives"}
    folder = write_lists(tmp_path, tables(**held), desks, names=NAMES, people=PEOPLE)
    assert rows(folder / "narrative-001.xlsx", "Facts")[0][2] == "Visits in time"
