"""Day forty is in time and day forty-one is not, in both calendars, whatever lies between."""

from datetime import date, timedelta

import pytest
from small import found, tables

from qa_analysis.measures.actions.stock import actions

# Day forty by the calendar; day forty and the next of the working days, counted by hand without weekends and England's
# bank holidays.
ACROSS = [
    ("Christmas 2022: 26 and 27 December and 2 January", "2022-11-15", "2022-12-25", "2023-01-13", "2023-01-16"),
    ("29 February 2024", "2024-01-30", "2024-03-10", "2024-03-26", "2024-03-27"),
    ("clocks forward, 26 March 2023, Easter and 1 May", "2023-03-01", "2023-04-10", "2023-04-28", "2023-05-02"),
    ("clocks back, 29 October 2023", "2023-10-02", "2023-11-11", "2023-11-27", "2023-11-28"),
    ("the jubilee, 2 and 3 June 2022", "2022-05-16", "2022-06-25", "2022-07-13", "2022-07-14"),
    ("29 August and the funeral, 19 September 2022", "2022-08-15", "2022-09-24", "2022-10-12", "2022-10-13"),
    ("the coronation, 8 May 2023, with 1 and 29 May", "2023-04-24", "2023-06-03", "2023-06-22", "2023-06-23"),
]


def in_time(agreed: str, done: str, calendar: str) -> int:
    held = tables("2024-06", audits=[{"cycle_month": "2024-06"}], actions=[{"agreed_on": agreed, "completed_on": done}])
    return int(found(actions(held), f"completed_in_40_{calendar}_days").numerator)


@pytest.mark.parametrize(("what", "agreed", "calendar", "working", "late"), ACROSS, ids=[row[0] for row in ACROSS])
def test_day_forty_is_in_time_and_day_forty_one_is_not(
    what: str, agreed: str, calendar: str, working: str, late: str
) -> None:
    next_day = str(date.fromisoformat(calendar) + timedelta(days=1))
    assert [in_time(agreed, day, "calendar") for day in (calendar, next_day)] == [1, 0]
    assert [in_time(agreed, day, "working") for day in (working, late)] == [1, 0]
