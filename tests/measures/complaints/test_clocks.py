"""The clocks of complaints on literal days, across weekends and bank holidays, by both readings of stage 2."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.data.tables import Tables
from qa_analysis.measures.complaints.clocks import (
    ALLOWED,
    FROM_REQUEST,
    FROM_STATEMENT,
    LONGEST,
    PANEL,
    PANEL_REPORT,
    PANEL_RESPONSE,
    STAGE_1,
    USUAL,
    Clock,
    limits,
    running,
)
from qa_analysis.measures.complaints.periods import year_to_date
from qa_analysis.measures.complaints.timeliness import open_ones, timeliness

MARCH = "2024-03"


def held(*rows: dict[str, Any], month: str = MARCH) -> Tables:
    usual = {"kind": "complaint", "stage": "1", "received_on": "2023-05-01"}
    audits = [{"cycle_month": month, "audited_on": f"{month}-15"}]
    named = [{"record_id": f"C{number}", **usual, **row} for number, row in enumerate(rows, start=1)]
    return tables(month, audits=audits, complaints_compliments=named)


# Counted by hand on the calendars of 2023 and 2024. Bank holidays: 7 and 10 April, 1, 8 and 29 May, 28 August,
# 25 and 26 December 2023; 1 January, 29 March 2024.
LITERAL = [
    (STAGE_1, USUAL, "2023-06-01", "2023-06-15"),  # a Thursday: ten working days, no holiday
    (STAGE_1, USUAL, "2023-06-03", "2023-06-16"),  # a Saturday: Monday is day 1
    (STAGE_1, USUAL, "2023-04-06", "2023-04-24"),  # over Good Friday and Easter Monday
    (STAGE_1, LONGEST, "2023-04-28", "2023-05-31"),  # over three bank holidays of May
    (STAGE_1, USUAL, "2023-12-18", "2024-01-04"),  # over Christmas, Boxing Day and New Year
    (FROM_REQUEST, USUAL, "2023-08-14", "2023-09-19"),  # over the August holiday
    (FROM_REQUEST, LONGEST, "2023-09-15", "2023-12-15"),  # thirteen weeks without one
    (FROM_STATEMENT, USUAL, "2023-11-20", "2023-12-27"),  # Christmas and Boxing Day are no working days
    (FROM_STATEMENT, LONGEST, "2023-12-01", "2024-03-06"),
    (PANEL, USUAL, "2023-05-05", "2023-06-20"),  # thirty, over 8 and 29 May
    (PANEL_REPORT, USUAL, "2024-03-25", "2024-04-03"),  # five, over Good Friday and Easter Monday
    (PANEL_RESPONSE, USUAL, "2023-12-22", "2024-01-17"),
]


@pytest.mark.parametrize(("clock", "limit", "starts", "last"), LITERAL)
def test_the_last_day_of_each_clock(clock: Clock, limit: str, starts: str, last: str) -> None:
    row = {"stage": clock.stage, "received_on": starts, clock.starts: starts}
    told = running(held(row), clock, limit=limit)
    assert told["last_on"].dt.strftime("%Y-%m-%d").tolist() == [last]


def in_time(told: list[Any], clock: Clock, limit: str) -> tuple[float, float]:
    one = found(told, "complaints_in_time", by=("clock", "limit"), group=(clock.name, limit))
    return one.numerator, one.denominator


def test_both_readings_of_when_stage_2_began_are_told() -> None:
    rows = [
        {"stage": "2", "received_on": "2023-05-02", "statement_agreed_on": "2023-06-01", "responded_on": "2023-07-03"},
        {"stage": "2", "received_on": "2023-05-02", "statement_agreed_on": "2023-05-03", "responded_on": "2023-07-03"},
        {"stage": "2", "received_on": "2023-05-02", "responded_on": "2023-06-08"},
    ]
    told = timeliness(held(*rows))
    assert in_time(told, FROM_REQUEST, USUAL) == (1, 3)
    assert in_time(told, FROM_STATEMENT, USUAL) == (1, 2)
    assert in_time(told, FROM_REQUEST, LONGEST) == (3, 3)


def test_more_time_counts_only_where_it_was_agreed() -> None:
    rows = [
        {"received_on": "2023-06-01", "responded_on": "2023-06-15"},
        {"received_on": "2023-06-01", "responded_on": "2023-06-16", "is_extended": True},
        {"received_on": "2023-06-01", "responded_on": "2023-06-16", "is_extended": False},
    ]
    told = timeliness(held(*rows))
    assert [in_time(told, STAGE_1, one) for one in (USUAL, ALLOWED, LONGEST)] == [(1, 3), (2, 3), (3, 3)]
    assert limits(held(rows[0]), STAGE_1) == (USUAL, LONGEST)


def test_one_that_is_still_open_is_late_once_its_last_day_is_past_and_not_before() -> None:
    rows = [{"received_on": "2024-01-02"}, {"received_on": "2024-04-04"}]  # as at 10 April 2024
    told = timeliness(held(*rows))
    assert in_time(told, STAGE_1, USUAL) == (0, 1)


def test_withdrawn_ones_and_those_answered_before_they_came_run_no_clock() -> None:
    rows = [
        {"outcome": "withdrawn", "responded_on": "2023-09-01"},
        {"received_on": "2023-06-01", "responded_on": "2023-05-01"},
        {"received_on": "2023-06-01", "source_unread": "responded_on"},
        {"received_on": "2023-06-01", "responded_on": "2023-06-02"},
    ]
    assert in_time(timeliness(held(*rows)), STAGE_1, USUAL) == (1, 1)


def test_one_late_case_is_told_beside_the_median_that_hides_it() -> None:
    rows = [{"received_on": "2023-06-01", "responded_on": f"2023-06-{day:02}"} for day in (8, 9, 12, 13)]
    told = timeliness(held(*rows, {"received_on": "2023-06-01"}))
    labels = {"by": "clock", "group": STAGE_1.name}
    assert found(told, "complaint_days_median", **labels).value == 7
    longest = found(told, "complaint_days_longest", **labels)
    assert (longest.value, longest.note) == (
        218,
        "still open",
    )  # 21 of June, then 21, 22, 21, 22, 22, 19, 22, 21, 20 and 7 of April


def test_how_long_appointments_took_and_who_is_still_to_be_appointed() -> None:
    rows = [
        {"stage": "2", "received_on": "2023-06-01", "investigator_appointed_on": "2023-06-08"},
        {"stage": "2", "received_on": "2023-06-01", "investigator_appointed_on": "2023-06-12"},
        {"stage": "2", "received_on": "2023-06-01"},
    ]
    told = timeliness(held(*rows))
    days = found(told, "complaint_days_to_appoint", by="appointed", group="investigating officer")
    assert (days.value, days.denominator) == (7, 3)
    assert found(told, "complaints_not_appointed", group="investigating officer").value == 1
    assert not [one for one in told if one.group == ("independent person",)]


def test_open_complaints_stand_by_the_clock_that_runs_out_first() -> None:
    rows = [
        {"record_id": "late", "received_on": "2024-02-01"},
        {"record_id": "next", "received_on": "2024-03-18"},  # twenty working days: 17 April
        {"record_id": "later", "stage": "2", "received_on": "2024-03-01"},
        {"record_id": "panel", "stage": "3", "received_on": "2024-01-02", "panel_met_on": "2024-04-05"},
        {"record_id": "unknown", "stage": None},
        {"record_id": "answered", "responded_on": "2023-05-09"},
    ]
    told = open_ones(held(*rows)).set_index("record_id")
    assert told["state"].to_dict() == {
        "late": "past the last day", "panel": "last day within a week", "next": "last day within a week",
        "later": "later", "unknown": "stage not recorded",
    }  # fmt: skip
    assert told["last_on"].dt.strftime("%Y-%m-%d").loc[["panel", "next"]].tolist() == ["2024-04-12", "2024-04-17"]


@pytest.mark.parametrize(
    ("month", "first"), [("2024-03", "2023-04"), ("2024-04", "2024-04"), ("2023-12", "2023-04"), ("2024-01", "2023-04")]
)
def test_the_year_begins_in_april_and_is_held_against_the_same_months(month: str, first: str) -> None:
    year = year_to_date(month, 4)
    assert (year.now[0], year.now[-1]) == (first, month)
    assert len(year.then) == len(year.now)
    assert year.then[-1][5:] == month[5:]
