"""Lists, messages and calendar files: who is told what and when, and that nobody is left out in silence."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from pandas import DataFrame
from selected import RULES, allocated, records, staff, window

from qa_analysis.forms.excel.workbook import Book
from qa_analysis.notices.books import MASTER
from qa_analysis.notices.notices import Notices, notices
from qa_analysis.notices.planner import spread_over
from qa_analysis.notices.recipients import unsettled

MADE_ON = date(2023, 6, 20)
COUNCIL = {
    "kw": {"manager_id": "tm", "team": "North"}, "tm": {"role": "team manager", "team": "North", "manager_id": "sm"},
    "sm": "service manager", "au": "team manager", "pit": "practice improvement team",
}  # fmt: skip


def made(selected: DataFrame, people: Mapping[str, Any] = COUNCIL, **given: Any) -> Notices:
    post = staff(**people)
    return notices(allocated(selected, post, **given), post, window=window(), rules=RULES, made_on=MADE_ON)


def sheet(book: Book, name: str = "Audits") -> DataFrame:
    return next(one.table for one in book.sheets if one.name == name)


def master(given: Notices, name: str = "Audits") -> DataFrame:
    return sheet(next(book for book in given.books if book.file == MASTER), name)


def test_everyone_of_a_record_has_a_workbook_and_a_text_and_its_auditor_a_calendar() -> None:
    given = made(records({"reviewing_officer_id": "iro", "reviewing_officer_role": "IRO", "case_status": "CLA"}))
    index = master(given, "Who gets what").set_index("Recipient")
    assert index["Told as"].to_dict() == {
        "Name of kw": "Key worker", "Name of tm": "Team Manager", "Name of sm": "Service Manager", "iro": "IRO",
        "Name of pit": "Auditor",
    }  # fmt: skip
    assert {book.file for book in given.books} == {MASTER, *index["Workbook"]}
    assert set(given.texts) == {*index["Message"], *filter(None, index["Calendar"])}
    assert [name for name in index["Calendar"] if name] == [index["Calendar"]["Name of pit"]]


def test_a_recipients_workbook_holds_their_own_records_and_parts_alone() -> None:
    given = made(records({"team_manager_id": "kw"}, {"key_worker_id": "another", "team_manager_id": "x"}))
    files = master(given, "Who gets what").set_index("Recipient")["Workbook"]
    mine = next(book for book in given.books if book.file == files["Name of kw"])
    assert sheet(mine)[["Record", "Your part"]].to_numpy().tolist() == [["C1", "Key worker"], ["C1", "Team Manager"]]
    text = given.texts[mine.file.replace(".xlsx", ".txt")]
    assert "C1" in text
    assert "C2" not in text
    assert mine.sheets[0].lines == (
        "Notice given on Monday 26 June 2023.", "Audits run from Monday 3 July 2023 to Monday 31 July 2023.",
    )  # fmt: skip


def test_nobody_but_the_master_list_is_told_what_the_panel_will_moderate() -> None:
    given = made(records({"is_moderated": True}))
    assert master(given)["Panel"].tolist() == ["yes"]
    others = [book for book in given.books if book.file != MASTER]
    told = [*given.texts.values(), *(str(sheet(book).to_dict()) for book in others)]
    assert not [text for text in told if "anel" in text or "oderat" in text]


def test_the_master_list_says_on_which_day_it_is_sent() -> None:
    lines = made(records({})).books[0].sheets[0].lines
    assert lines[0] == "Send this list on Monday 26 June 2023, in the last week of the month before the cycle."
    assert lines[1] == "With 7 days' notice, audits run from Monday 3 July 2023 to Monday 31 July 2023."


@pytest.mark.parametrize(
    ("record", "people", "matter"),
    [
        ({"team_manager_id": None}, {}, ["No Team Manager is recorded"]),
        ({"case_status": "CP"}, {}, ["No CP chair is recorded"]),
        ({"case_status": "CIN"}, {}, []),
        ({"key_worker_id": "gone"}, {}, ["The key worker is not in the staff list"]),
        ({}, {"kw": {"ended_on": "2023-07-14"}}, ["The key worker leaves or left on 14 July 2023"]),
        ({}, {"tm": {"leave_from_on": "2023-06-01"}}, ["The Team Manager is on leave with no end recorded"]),
        ({}, {"tm": {"leave_from_on": "2023-06-01", "leave_to_on": "2023-06-25"}}, []),
        ({}, {"sm": {"leave_from_on": "2023-07-01", "leave_to_on": "2023-08-01"}},
         ["The Service Manager is on leave to 1 August 2023"]),
    ],
)  # fmt: skip
def test_a_recipient_who_is_missing_is_to_be_sorted_out_and_never_dropped(
    record: dict[str, str], people: dict[str, Any], matter: list[str]
) -> None:
    selected = records(record, {"child_id": "C9", "reviewing_officer_id": "pit", "case_status": "CLA"})
    given = made(selected, {**COUNCIL, **people})
    held = master(given, "To sort out")
    assert held.loc[held["Record"] == "C1", "Matter"].tolist() == matter
    assert master(given)["Record"].tolist() == ["C1", "C9"]


def test_without_any_reviewing_officer_it_is_said_once_and_of_children_in_need_not_at_all() -> None:
    post = staff(**COUNCIL)
    some = records({"case_status": "CP"}, {"case_status": "CLA"}, {"case_status": "CIN"}, {"case_status": "early help"})
    held = unsettled(allocated(some, post).audits, post, window=window(), rules=RULES)
    assert held[["record", "matter"]].to_numpy().tolist() == [["every record", "No reviewing officer is recorded"]]
    none = records({"case_status": "CIN"}, {"case_status": "CIN"})
    assert unsettled(allocated(none, post).audits, post, window=window(), rules=RULES).empty


def test_with_nobody_who_could_audit_the_list_goes_out_and_says_what_would_help() -> None:
    given = made(records({}, {}), {"kw": "social worker", "ready": "assistant team manager"})
    assert master(given)["Auditor"].tolist() == ["not settled yet"] * 2
    held = master(given, "To sort out")
    assert "With 1 change, 2 of 2 records without an auditor would have one." in held["What would help"].tolist()
    assert (
        "Give Name of ready (Assistant Team Manager) the support that comes before auditing, and record the day in the "
        "staff list."
    ) in held["What would help"].tolist()  # fmt: skip


def test_a_text_names_the_record_by_its_number_the_days_and_what_happens_next() -> None:
    given = made(records({}))
    file = master(given, "Who gets what").set_index("Recipient")["Message"]["Name of kw"]
    text = given.texts[file]
    assert "Subject: Audits in July 2023: 1 record you are involved with" in text
    assert "- C1: Supervision, North; key worker Name of kw, auditor Name of pit. You: Key worker." in text
    assert "Audits run from Monday 3 July 2023 to Monday 31 July 2023." in text
    assert "a face to face conversation of at least 60 minutes" in text
    assert text.startswith("The council · OFFICIAL-SENSITIVE")


def test_a_calendar_holds_a_day_for_each_audit_within_the_window() -> None:
    given = made(records(*[{"key_worker_id": f"k{number}"} for number in range(6)]))
    calendars = [text for name, text in given.texts.items() if name.endswith(".ics")]
    starts = [line for text in calendars for line in text.split("\r\n") if line.startswith("DTSTART")]
    days = [date.fromisoformat(line.rpartition(":")[2]) for line in starts]
    assert len(days) == 6
    assert all(window().starts_on <= day <= window().ends_on and day.weekday() < 5 for day in days)


def test_the_days_of_one_auditor_lie_apart_and_those_of_two_differ() -> None:
    days = window().days
    three, one, other = (spread_over(days, many, begin=begin) for many, begin in ((3, 5), (1, 1), (1, 2)))
    assert len({*three}) == 3
    assert min((after - before).days for before, after in pairwise(three)) >= 7
    assert one != other
    assert len({*spread_over(days, len(days), begin=9)}) == len(days)
    assert len(spread_over(days[:2], 5, begin=1)) == 5


def test_no_selected_record_makes_a_master_list_that_says_so() -> None:
    given = made(records())
    assert [book.file for book in given.books] == [MASTER]
    assert master(given).empty
