from small import found, tables

from qa_analysis.measures.actions.sign_off import sign_off
from qa_analysis.measures.actions.stock import actions
from qa_analysis.measures.actions.year_before import year_before
from qa_analysis.measures.figure import Figure

OLD = {"agreed_on": "2022-01-10", "completed_on": "2022-02-01"}  # the tracker was kept long before


def of(*rows: dict[str, object]) -> list[Figure]:
    return year_before(tables(audits=[{}], actions=[OLD, *rows]))


def test_open_a_year_before_is_agreed_by_that_day_and_not_completed_by_then() -> None:
    rows = of(
        {"agreed_on": "2022-07-10"},
        {"agreed_on": "2022-07-01", "completed_on": "2022-07-11"},
        {"agreed_on": "2022-07-01", "completed_on": "2022-07-10"},
        {"agreed_on": "2022-07-11"},
    )
    assert found(rows, "actions_open_year_before", by="", period="2022-06").value == 2
    assert found(rows, "actions_open_year_before", by="age", group="0-20 days").value == 2


def test_overdue_a_year_before_is_told_by_the_days_over() -> None:
    rows = of(
        {"agreed_on": "2022-02-01", "due_on": "2022-04-20"},
        {"agreed_on": "2022-06-01", "due_on": "2022-07-09", "completed_on": "2023-01-01"},
        {"agreed_on": "2022-06-01", "due_on": "2022-07-10"},
        {"agreed_on": "2022-06-01", "due_on": None},
    )
    assert found(rows, "actions_overdue_year_before", by="").value == 2
    assert found(rows, "actions_overdue_year_before", group="over 80 days over").value == 1
    assert found(rows, "actions_overdue_year_before", group="1-20 days over").value == 1


def test_where_no_tracker_was_kept_a_year_before_there_is_no_figure() -> None:
    assert year_before(tables(audits=[{}], actions=[{"agreed_on": "2022-07-11"}])) == []
    assert year_before(tables(audits=[{}])) == []


def test_a_tracker_that_had_just_begun_is_said_to_have() -> None:
    young = year_before(tables(audits=[{}], actions=[{"agreed_on": "2022-06-01"}]))
    assert {row.note for row in young} == {"the tracker begins on 1 June 2022"}
    assert {row.note for row in of()} == {""}


def test_an_overdue_action_not_marked_either_way_is_apart_from_those_not_about_safeguarding() -> None:
    late = {"due_on": "2023-06-20"}
    rows = actions(tables(audits=[{}], actions=[{**late, "is_safeguarding": mark} for mark in (True, False, None)]))
    marked = {row.group[0]: row.value for row in rows if row.by == ("safeguarding",)}
    assert marked == {"yes": 1, "no": 1, "not recorded": 1}


def test_never_signed_off_is_told_of_all_completed_and_of_those_completed_in_the_year() -> None:
    done = [
        {"agreed_on": "2022-01-01", "completed_on": "2022-02-01"},
        {"agreed_on": "2022-06-01", "completed_on": "2022-07-01", "signed_off_on": "2022-07-08"},
        {"agreed_on": "2022-06-01", "completed_on": "2023-06-30"},
        {"agreed_on": "2022-06-01", "completed_on": "2023-07-01"},
        {"agreed_on": "2022-06-01"},
    ]
    rows = sign_off(tables(audits=[{}], actions=done))
    ever = found(rows, "completed_never_signed_off", period="2023-06", population="completed actions")
    year = found(rows, "completed_never_signed_off", population="actions completed in the period")
    assert (ever.numerator, ever.denominator) == (3, 4)
    assert (year.numerator, year.denominator, year.period) == (1, 2, "2022-07/2023-06")
