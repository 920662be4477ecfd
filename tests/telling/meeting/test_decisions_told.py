"""What SMT decided, meeting by meeting: what is still to be done is never off the page."""

from typing import Any

from small import month, tables
from words import lines_of_html

from qa_analysis.telling.meeting.decisions import decisions_followed

BASE = {"item": "Plans", "decision": "…", "owner_id": "w1"}


def lines(*rows: dict[str, Any]) -> list[str]:
    this = month(tables(audits=[{}], smt_decisions=[{**BASE, **row} for row in rows]))
    return list(lines_of_html(decisions_followed(this).markup))


def test_meetings_with_anything_open_and_the_newest_stand_there_the_oldest_first() -> None:
    done = [{"meeting_on": f"2023-0{n}-15", "completed_on": "2023-06-30"} for n in range(1, 6)]
    late = {"meeting_on": "2022-09-15", "due_on": "2022-12-01", "item": "Neglect strategy"}
    assert lines(*done, late, {"meeting_on": "2023-06-15", "due_on": "2023-08-01", "item": "Handover"}) == [
        "Of 7 decisions at 7 meetings, 5 are done and 2 are open, 1 of them overdue.",
        "The oldest open decision is of 15 September 2022.",
        "Decisions by meeting, the oldest first",
        "Meeting | Decided | Done | Open, in time | Overdue",
        "15 September 2022 | 1 | 0 | 0 | 1",
        "15 March 2023 | 1 | 1 | 0 | 0",
        "15 April 2023 | 1 | 1 | 0 | 0",
        "15 May 2023 | 1 | 1 | 0 | 0",
        "15 June 2023 | 1 | 0 | 1 | 0",
        "Decisions still open, the oldest first",
        "Decision | Owner | Decided | Due | Status",
        "Neglect strategy | Post not recorded | 15 September 2022 | 1 December 2022 | Overdue",
        "Handover | Post not recorded | 15 June 2023 | 1 August 2023 | Open",
    ]


def test_without_a_decision_it_is_one_line_and_so_without_the_dataset() -> None:
    assert lines() == ["No decision of the Senior Management Team was recorded by this date."]
    without = decisions_followed(month(tables(audits=[{}])))
    assert list(lines_of_html(without.markup)) == ["SMT decisions: not supplied this month."]
