import pandas as pd
import pytest
from measures.actions.test_forty_days import ACROSS
from small import found, tables

from qa_analysis.framework import rules_for
from qa_analysis.measures.actions.timeliness import last_days, timeliness
from qa_analysis.measures.figure import Figure

RULES = rules_for("2023-06")
# Agreed on, and the 40th working day after it: 2 May is the first of the day's three months, 28 April the last before.
DUE_IN_JUNE, DUE_IN_MAY, DUE_IN_APRIL, DUE_IN_MARCH = "2023-04-24", "2023-03-20", "2023-03-01", "2023-01-20"
DONE_IN_TIME, DONE_LATE = "2023-04-28", "2023-06-30"


def of(*rows: dict[str, object]) -> list[Figure]:
    return timeliness(tables(audits=[{}], actions=rows))


def parts(rows: list[Figure], period: str, **labels: str) -> tuple[float, float]:
    row = found(rows, "actions_due_in_time", period=period, **({"by": ""} | labels))
    return row.numerator, row.denominator


@pytest.mark.parametrize(("what", "agreed", "calendar", "working", "late"), ACROSS, ids=[row[0] for row in ACROSS])
def test_the_last_day_in_time_is_the_fortieth_working_day(
    what: str, agreed: str, calendar: str, working: str, late: str
) -> None:
    assert list(last_days(pd.Series(pd.to_datetime([agreed])), RULES)) == [pd.Timestamp(working)]


def test_an_action_agreed_on_a_saturday_has_forty_working_days_from_the_monday() -> None:
    days = pd.Series(pd.to_datetime(["2023-05-12", "2023-05-13", "2023-05-15"]))  # Friday, Saturday, Monday
    assert [str(day.date()) for day in last_days(days, RULES)] == ["2023-07-10", "2023-07-10", "2023-07-11"]


def test_an_action_counts_in_the_month_in_which_its_fortieth_day_fell() -> None:
    rows = of(
        {"agreed_on": DUE_IN_JUNE, "completed_on": DONE_LATE},
        {"agreed_on": DUE_IN_MAY, "completed_on": DONE_IN_TIME},
        {"agreed_on": DUE_IN_APRIL, "completed_on": DONE_IN_TIME},
        {"agreed_on": DUE_IN_MARCH, "completed_on": "2023-03-01"},
        {"agreed_on": DUE_IN_MARCH},
    )
    assert {month: parts(rows, month) for month in ("2023-03", "2023-04", "2023-05", "2023-06")} == {
        "2023-03": (1, 2),
        "2023-04": (1, 1),
        "2023-05": (1, 1),
        "2023-06": (0, 1),
    }
    assert parts(rows, "2023-04/2023-06") == (2, 3)
    assert parts(rows, "2022-07/2023-06") == (3, 5)


def test_an_open_action_whose_fortieth_day_has_not_come_says_nothing_yet() -> None:
    assert of({"agreed_on": "2023-06-20"}) == []


def test_actions_due_are_told_apart_by_service_and_under_five_are_too_few() -> None:
    rows = of(
        *({"agreed_on": DUE_IN_MAY, "completed_on": DONE_IN_TIME, "service_area": "Cared For"} for _ in range(5)),
        {"agreed_on": DUE_IN_MAY, "service_area": None},
    )
    place = {"period": "2023-04/2023-06", "by": "service_area"}
    assert parts(rows, **place, group="Cared For") == (5, 5)
    assert found(rows, "actions_due_in_time", **place, group="not recorded").verdict == "too few to say"


def test_without_a_date_of_agreement_or_with_dates_out_of_order_an_action_is_left_out() -> None:
    assert of({"agreed_on": None}, {"agreed_on": DUE_IN_MAY, "completed_on": "2023-03-01"}) == []
