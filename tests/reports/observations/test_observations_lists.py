"""Who still needs an observation, by name, for each person's own manager alone."""

from pathlib import Path
from typing import Any

from lists import write_lists
from openpyxl import load_workbook
from small import tables

from qa_analysis.reports.observations.lists import (
    INDEX,
    NOTES,
    RETURNS,
    manager_lists,
    notes_list,
    returns_list,
)

JANUARY = "2024-01"
NAMES = {"a": "Ann Lee", "b": "Bo Hall", "c": "Cy Fox", "m1": "Mo May", "m2": "Pat Roe"}


def post(who: str, manager: str | None, **more: Any) -> dict[str, Any]:
    usual = {"role": "social worker", "team": "North", "service_area": "Safeguarding", "started_on": "2020-01-06"}
    return {**usual, "worker_id": who, "manager_id": manager, **more}


def seen(who: str, day: str, kind: str = "direct work", **more: Any) -> dict[str, Any]:
    return {"worker_id": who, "observed_on": day, "kind": kind, **more}


HELD = tables(
    JANUARY,
    audits=[{"cycle_month": JANUARY, "audited_on": "2024-01-15"}],
    staff=[
        post("a", "m1"),
        post("b", "m1"),
        post("c", "m2"),
        post("d", None),
        post("gone", "m1", ended_on="2024-01-31"),
    ],
    observations=[
        seen("a", "2023-07-10", "meeting", received_on="2024-01-05", strengths="Calm.", observer_id="m1"),
        seen("a", "2024-01-20"),
        seen("b", "2023-08-01", "meeting", received_on="2024-02-05", development="Ask more.", observer_id="m1"),
        seen("b", "2023-09-01", "meeting", strengths="x", strengths_theme_code="4.1", observer_id="m2"),
    ],
)


def rows(path: Path, sheet: str) -> list[list[Any]]:
    found = [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]
    heads = next(place for place, row in enumerate(found) if row[0] in ("Person", "Manager", "Observation"))
    return found[heads:]


def test_each_manager_has_their_own_people_who_still_need_one_and_nobody_elses(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, HELD, manager_lists, names=NAMES)
    index = rows(folder / INDEX, "Lists")[1:]
    files = {manager: file for manager, _, file in index}
    assert {manager: people for manager, people, _ in index} == {
        "Mo May": 1, "Pat Roe": 1, "Manager not recorded": 1,
    }  # fmt: skip
    heads, *mine = rows(folder / files["Mo May"], "Still needed")
    assert [dict(zip(heads, row, strict=True)) for row in mine] == [
        {
            "Person": "Bo Hall", "Team": "North", "Group": "Experienced practitioners", "Required": 2, "Observed": 2,
            "Observed since": 0, "Still needed": 1, "Kind still needed": "direct work",
        }
    ]  # fmt: skip
    assert [row[0] for row in rows(folder / files["Pat Roe"], "Still needed")[1:]] == ["Cy Fox"]


def test_what_came_late_or_not_at_all_is_listed_for_the_team_that_gathers_it(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, HELD, returns_list, names=NAMES)
    listed = [(row[1], row[2], row[5]) for row in rows(folder / RETURNS, "Returns")[1:]]
    assert listed == [("Bo Hall", "Mo May", "Late"), ("Bo Hall", "Pat Roe", "Not received")]


def test_what_observers_wrote_is_for_the_principal_social_worker_with_its_theme(tmp_path: Path) -> None:
    folder = write_lists(tmp_path, HELD, notes_list, names=NAMES)
    listed = rows(folder / NOTES, "Notes")[1:]
    assert [(row[1], *(cell or "" for cell in row[4:7])) for row in listed] == [
        ("Ann Lee", "Calm.", "", ""), ("Bo Hall", "", "", "Ask more."), ("Bo Hall", "x", "4.1", ""),
    ]  # fmt: skip


def test_where_nobody_needs_any_and_all_was_returned_there_is_no_list(tmp_path: Path) -> None:
    held = tables(
        JANUARY,
        audits=[{"cycle_month": JANUARY, "audited_on": "2024-01-15"}],
        staff=[post("a", "m1", started_on="2024-01-08")],
        observations=[seen("a", "2023-07-10", received_on="2024-01-05")],
    )
    folder = write_lists(tmp_path, held, manager_lists, returns_list, notes_list)
    assert not list(folder.glob("observation*")) if folder.exists() else True
