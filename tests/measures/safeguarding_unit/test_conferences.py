"""Conferences and reviews in time, late, and not yet held: what waits is open and never dropped."""

from small import found
from unit_council import conferences, of

from qa_analysis.measures.figure import joined
from qa_analysis.measures.safeguarding_unit import conferences as room
from qa_analysis.measures.safeguarding_unit.conferences import IN_TIME, LATE, NOT_HELD, UNREAD

LATER, NEVER = {"held_on": "2023-06-11"}, {"held_on": None, "child_participated": None}


def rows(*changes):
    return room.conferences(of(conferences=conferences(*changes)))


def states(made) -> dict[str, float]:
    return {
        joined(row.group): row.value
        for row in made
        if row.measure == "conferences_due" and row.by == ("state",) and row.period == "2023-06"
    }


def test_the_day_it_was_due_is_in_time_and_the_day_after_is_late() -> None:
    made = rows({}, {"held_on": "2023-06-02"}, LATER)
    assert states(made) == {IN_TIME: 2, LATE: 1, NOT_HELD: 0}
    whole = found(made, "conferences_in_time", by="", period="2023-06")
    assert (whole.numerator, whole.denominator) == (2, 3)


def test_one_not_yet_held_counts_against_the_share_and_is_overdue_for_as_long_as_it_waits() -> None:
    made = rows({}, NEVER, {**NEVER, "due_on": "2023-03-01"})
    assert found(made, "conferences_in_time", by="", period="2023-06").denominator == 2
    assert found(made, "conferences_overdue", by="").value == 2
    assert found(made, "conferences_overdue_longest").value == 131
    bands = {joined(row.group): row.value for row in made if row.by == ("days over",)}
    assert bands == {"1 to 14 days": 0, "15 to 30 days": 1, "over 30 days": 1}


def test_one_held_after_the_day_of_the_data_had_not_been_held_by_it() -> None:
    assert states(rows({"held_on": "2023-07-11"}))[NOT_HELD] == 1


def test_one_due_today_or_later_is_not_overdue() -> None:
    assert found(rows({**NEVER, "due_on": "2023-07-10"}), "conferences_overdue", by="").value == 0
    assert found(rows({**NEVER, "due_on": "2023-07-09"}), "conferences_overdue", by="").value == 1


def test_one_without_a_due_day_is_left_out_and_said() -> None:
    made = rows({}, {"due_on": None})
    assert found(made, "conferences_in_time", by="", period="2023-06").denominator == 1
    assert found(made, "conferences_without_due_day", period="2023-06").value == 1


def test_a_day_held_that_cannot_be_read_is_neither_held_nor_overdue() -> None:
    made = rows({}, {**NEVER, "source_unread": "held_on"})
    assert states(made) == {IN_TIME: 1, LATE: 0, NOT_HELD: 0, UNREAD: 1}
    assert found(made, "conferences_in_time", by="", period="2023-06").denominator == 1
    assert found(made, "conferences_overdue", by="").value == 0


def test_each_kind_has_its_own_share() -> None:
    made = rows({}, {"kind": "initial child protection", **LATER})
    by_kind = {
        joined(row.group): row.numerator
        for row in made
        if row.measure == "conferences_in_time" and row.by == ("kind",) and row.period == "2023-06"
    }
    assert by_kind == {"cared for review": 1, "initial child protection": 0}


def test_a_month_in_which_none_was_due_has_no_share() -> None:
    periods = {row.period for row in rows({}) if row.measure == "conferences_in_time"}
    assert periods == {"2023-06", "2023-04/2023-06", "2022-07/2023-06"}
