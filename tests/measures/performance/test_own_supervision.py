"""Supervision month by month: charted like any figure, and no month of it where it would tell of two people."""

from itertools import pairwise
from typing import Any

from small import tables

from qa_analysis.dates import months_up_to
from qa_analysis.measures.performance.own import own_lines
from qa_analysis.measures.performance.readings import Known, Unknown

MONTHS = months_up_to("2023-06", 4)


def line(people: int, *, late: int = 0, **more: Any):
    """The line of so many people supervised each month on the tenth, the last so many of them a day late in June."""
    sessions = [
        {"worker_id": f"w{n}", "held_on": f"{month}-10", "next_due_on": f"{then}-10"}
        for month, then in pairwise(MONTHS)
        for n in range(people)
    ]
    last = [{"worker_id": f"w{n}", "held_on": f"2023-06-{11 if n < late else 10}"} for n in range(people)]
    staff = [{"worker_id": f"w{n}", "role": "social worker", "started_on": "2022-01-01"} for n in range(people)]
    held = tables(audits=[{}], staff=staff, supervision=[*sessions, *last], **more)
    return next((one for one in own_lines(held) if one.code == "supervision_in_time"), None)


def test_each_month_has_the_supervisions_that_fell_due_in_it() -> None:
    held = line(5, late=2)
    assert held is not None
    assert held.readings["2023-05"] == Known(1.0, 5.0, 5.0)
    assert held.readings["2023-06"] == Known(0.6, 3.0, 5.0)
    assert held.readings["2022-09"] == Unknown.NOT_SUPPLIED


def test_months_of_two_people_are_not_shown_and_are_no_zero() -> None:
    assert line(2) is None


def test_without_supervision_there_is_no_such_line() -> None:
    assert [one.code for one in own_lines(tables(audits=[{}]))] == []
