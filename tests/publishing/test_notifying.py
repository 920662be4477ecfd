"""The lists of a draw lie in its private folder, whole, marked and readable by the programs they are for."""

import shutil
import stat
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import faults
from openpyxl import load_workbook
from pandas import DataFrame
from selected import MONTH, RULES, records, staff
from small import frame, write

from qa_analysis.draw.drawing import Draw
from qa_analysis.publishing.notifying import write_lists
from qa_analysis.publishing.selecting import Request, select

TODAY = date(2023, 6, 20)
COUNCIL = {
    "kw": {"manager_id": "tm", "team": "North"}, "tm": {"role": "team manager", "team": "North", "manager_id": "sm"},
    "sm": "service manager", "au": "team manager", "pit": "practice improvement team",
}  # fmt: skip


def drawn(*rows: Mapping[str, Any], others: DataFrame | None = None) -> Draw:
    """A recorded draw as it is read again: blanks are empty texts."""
    held = records(*rows)
    whole = held if others is None else DataFrame({name: [*held[name], *others[name]] for name in held})
    texts = [name for name in held if held[name].dtype == "str"]
    return Draw(
        whole.astype(dict.fromkeys(texts, "str")).fillna(dict.fromkeys(texts, "")), {"cycle_month": MONTH, "seed": "4"}
    )


def written(folder: Path, made: Draw, people: DataFrame | None = None, **audits: Any) -> tuple[str, ...]:
    held = {"staff": staff(**COUNCIL) if people is None else people, "audits": frame("audits")}
    return write_lists(made, {**held, **audits}, folder, rules=RULES, today=TODAY)


def cells(file: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(file)[sheet].iter_rows()]


def test_the_lists_are_private_marked_and_name_the_council(tmp_path: Path) -> None:
    written(tmp_path, drawn({}, {}))
    lists = tmp_path / "lists"
    assert {stat.S_IMODE(file.stat().st_mode) for file in lists.iterdir()} == {0o600}
    assert stat.S_IMODE(lists.stat().st_mode) == 0o700
    assert str(cells(lists / "audit-list.xlsx", "Audits")[1][0]).startswith("The council · OFFICIAL-SENSITIVE")


def test_every_workbook_opens_without_repair(tmp_path: Path) -> None:
    written(tmp_path, drawn({"team_manager_id": None}, {"outcome": "nominated", "ticket": ""}))
    assert {file.name: faults(file) for file in tmp_path.glob("lists/*.xlsx") if faults(file)} == {}


def test_every_calendar_file_is_read_by_a_library_of_calendar_files(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed, so calendar files were not read")
    written(tmp_path, drawn(*[{"key_worker_id": f"k{number}"} for number in range(4)]))
    events = [
        event
        for file in tmp_path.glob("lists/*.ics")
        for event in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    ]
    assert len(events) == 4
    assert all(event["dtstart"].params["value"] == "DATE" and event.errors == [] for event in events)
    assert all((event["dtend"].dt - event["dtstart"].dt).days == 1 for event in events)


def test_lists_made_again_leave_none_of_those_before(tmp_path: Path) -> None:
    written(tmp_path, drawn({}, {"key_worker_id": "another", "team_manager_id": "x", "service_manager_id": "y"}))
    before = {file.name for file in tmp_path.glob("lists/*.txt")}
    written(tmp_path, drawn({}))
    assert {file.name for file in tmp_path.glob("lists/*.txt")} < before


def test_a_record_put_forward_for_good_practice_is_listed_as_such(tmp_path: Path) -> None:
    written(tmp_path, drawn({}, {"outcome": "nominated"}, {"outcome": "not drawn"}))
    heading, *rows = [row for row in cells(tmp_path / "lists" / "audit-list.xlsx", "Audits") if row[1]]
    chosen = heading.index("Chosen as")
    assert [(row[0], row[chosen]) for row in rows] == [("C1", ""), ("C2", "good practice")]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (
            {"kw": "social worker"},
            "No change of a person or a record would do: an auditor from outside these teams is needed, such as "
            "another council's.",
        ),
        ({"a": "assistant team manager"}, "One Assistant Team Manager recorded as ready to audit would free 1."),
        ({"tm": "team manager"}, "The next record in turn would free 1."),
    ],
)
def test_where_nobody_may_audit_one_line_names_the_smallest_change_and_no_person(
    people: dict[str, str], said: str, tmp_path: Path
) -> None:
    next_one = records({"child_id": "N1", "team": "South", "team_manager_id": "else"}, outcome="replacement")
    lines = written(tmp_path, drawn({}, others=next_one if "tm" in people else None), staff(**people))
    assert f"No auditor was found for 1 of 1 record. {said}" in lines
    assert not [line for line in lines if "Name of" in line or "C1" in line or "N1" in line]


def test_without_a_staff_list_the_list_goes_out_under_identifiers(tmp_path: Path) -> None:
    lines = write_lists(drawn({}), {"staff": None, "audits": None}, tmp_path, rules=RULES, today=TODAY)
    assert "No auditor was found for 1 of 1 record." in lines[1]
    held = [row for row in cells(tmp_path / "lists" / "audit-list.xlsx", "Audits") if row[1]]
    assert dict(zip(*held, strict=True))["Key worker"] == "kw"


def test_a_number_that_one_file_writes_as_a_decimal_is_the_same_person(tmp_path: Path) -> None:
    people = staff(**{"12.0": "team manager", "13": "team manager"})
    written(tmp_path, drawn({"team_manager_id": "12"}), people)
    held = [row for row in cells(tmp_path / "lists" / "audit-list.xlsx", "Audits") if row[1]]
    assert dict(zip(*held, strict=True))["Auditor"] == "Name of 13 (Team Manager)"


def test_what_a_broken_off_run_left_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / "lists.part").mkdir()
    (tmp_path / "lists.part" / "notice-999.xlsx").write_text("half")
    written(tmp_path, drawn({}))
    assert not (tmp_path / "lists" / "notice-999.xlsx").exists()
    shutil.rmtree(tmp_path / "lists")


def extracts(folder: Path, ready_on: str | None) -> Path:
    """A council of four open records whose only auditor besides their managers needs support first."""
    record = {"snapshot_on": "2023-06-20", "case_status": "CIN", "service_area": "Safeguarding", "team": "North",
              "key_worker_id": "kw", "team_manager_id": "tm", "opened_on": "2023-01-01"}  # fmt: skip
    people = {"kw": {"manager_id": "tm", "team": "North"}, "tm": {"role": "team manager", "team": "North"},
              "pal": {"role": "practice assessor lead", "auditor_ready_on": ready_on}}  # fmt: skip
    return write(folder, {
        "caseload": frame("caseload", [{**record, "child_id": f"6000{number}"} for number in range(4)]),
        "audits": frame("audits", [{"cycle_month": "2023-05", "child_id": "70000"}]),
        "staff": staff(**people),
    })  # fmt: skip


def test_a_draw_writes_its_lists_and_writes_them_anew_when_what_was_amiss_is_put_right(tmp_path: Path) -> None:
    asked = Request(MONTH, extracts(tmp_path / "data", None), tmp_path / "out", TODAY, size=2)
    select(asked)
    first = select(replace(asked, seed="314159", size=None))
    assert (
        "No auditor was found for 2 of 2 records. One Practice Assessor Lead recorded as ready to audit would free 2."
    ) in first.lines  # fmt: skip
    record = (asked.folder / "record.csv").read_bytes()
    extracts(tmp_path / "data", "2023-06-01")
    again = select(replace(asked, seed="314159", size=None))
    assert "Shared between 1 auditor." in again.lines
    assert (asked.folder / "record.csv").read_bytes() == record
    shown = [row for row in cells(asked.folder / "lists" / "audit-list.xlsx", "Audits") if row[1]]
    assert {row[shown[0].index("Auditor")] for row in shown[1:]} == {"Name of pal (Practice Assessor Lead)"}


def test_the_lists_of_a_draw_that_is_replaced_go_aside_with_it(tmp_path: Path) -> None:
    asked = Request(MONTH, extracts(tmp_path / "data", None), tmp_path / "out", TODAY, size=2)
    select(asked)
    select(replace(asked, seed="314159", size=None))
    select(replace(asked, because="the wrong month's caseload"))
    assert not (asked.folder / "lists").exists()
    assert (asked.folder / "earlier-1" / "lists" / "audit-list.xlsx").is_file()


def test_no_line_on_the_screen_holds_a_number_or_a_name(tmp_path: Path) -> None:
    asked = Request(MONTH, extracts(tmp_path / "data", None), tmp_path / "out", TODAY, size=2)
    lines = [*select(asked).lines, *select(replace(asked, seed="314159", size=None)).lines]
    assert not [line for line in lines if "6000" in line or "Name of" in line]
