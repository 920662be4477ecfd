"""Practice alerts: formal and informal apart, for every 100 children, and how long answers took."""

import pytest
from small import found
from unit_council import alerts, listed, of

from qa_analysis.measures.figure import joined
from qa_analysis.measures.safeguarding_unit import alerts as room
from qa_analysis.measures.safeguarding_unit.alert_times import alert_times

YEAR = "2022-07/2023-06"


def raised(*changes, caseload=()):
    more = {"caseload": list(caseload)} if caseload else {}
    return room.alerts(of(practice_alerts=alerts(*changes), **more))


def times(*changes):
    return alert_times(of(practice_alerts=alerts(*changes)))


def test_formal_and_informal_are_counted_apart_and_neither_is_said() -> None:
    rows = raised({}, {}, {"is_formal": False}, {"is_formal": None})
    ways = {joined(row.group): row.value for row in rows if row.by == ("formality",) and row.period == "2023-06"}
    assert ways == {"formal": 2, "informal": 1, "not recorded": 1}
    assert found(raised({}), "alerts_raised", by="formality", group="informal", period="2023-06").value == 0


def test_the_rate_is_for_every_100_children_cared_for_or_on_a_plan_with_the_exact_interval() -> None:
    rows = raised(
        {}, {}, {"is_formal": False}, caseload=listed("2023-06-30", *["CP"] * 30, *["CLA"] * 20, *["CIN"] * 50)
    )
    rate = found(rows, "alerts_per_100_children", by="", period="2023-06")
    assert (rate.numerator, rate.denominator, rate.value) == (3, 50, 6)
    assert (rate.lower, rate.upper) == pytest.approx((2 * 0.6187, 2 * 8.7673), abs=0.001)  # Garwood's limits of 3


def test_alerts_that_name_no_child_are_left_out_of_the_rate_and_counted() -> None:
    rows = raised({}, {"child_id": None}, caseload=listed("2023-06-30", *["CP"] * 10))
    assert found(rows, "alerts_per_100_children", by="", period="2023-06").numerator == 1
    assert found(rows, "alerts_without_child", period="2023-06").value == 1
    unnamed = raised({"child_id": None}, caseload=listed("2023-06-30", *["CP"] * 10))
    assert found(unnamed, "alerts_per_100_children", by="", period="2023-06").numerator == 1


def test_a_year_of_which_a_month_has_no_list_has_no_rate() -> None:
    rows = raised({}, caseload=listed("2023-06-30", "CP"))
    assert {row.period for row in rows if row.measure == "alerts_per_100_children"} == {"2023-06"}


def test_an_alert_stands_under_its_theme_and_one_without_is_said() -> None:
    rows = raised({}, {}, {"theme_code": "1.4"}, {"theme_code": None}, {"raised_on": "2023-02-01"})
    themes = {joined(row.group): row.value for row in rows if row.measure == "alert_themes" and row.period == "2023-06"}
    assert themes == {"5.1": 2, "1.4": 1, "not recorded": 1}


def test_open_alerts_count_for_as_long_as_they_are_open() -> None:
    rows = times(
        {"responded_on": "2023-06-07"}, {"responded_on": "2023-06-09"}, {}, {"raised_on": "2023-07-05"}
    )  # 2 and 4 days; open for 35 and 5
    half = found(rows, "alert_days_median", by="step", group="answered", period=YEAR)
    assert (half.value, half.denominator) == (4, 3)  # the alert of July is not of the year of June
    curve = {joined(row.group): row.value for row in rows if row.measure == "alerts_done_km"}
    assert curve == pytest.approx({"answered+2": 1 / 3, "answered+4": 2 / 3, "answered+35": 2 / 3})


def test_an_answer_on_the_day_due_is_in_time_and_none_yet_is_not() -> None:
    rows = times({"responded_on": "2023-06-15"}, {"responded_on": "2023-06-16"}, {})
    share = found(rows, "alerts_answered_in_time", by="", period="2023-06")
    assert (share.numerator, share.denominator) == (1, 3)


def test_what_waits_is_overdue_from_the_day_after_it_was_due_and_never_without_a_day() -> None:
    rows = times(
        {}, {"response_due_on": "2023-07-10"}, {"response_due_on": None, "is_formal": False},
        {"responded_on": "2023-07-11", "raised_on": "2022-12-01"},
    )  # fmt: skip
    assert found(rows, "alerts_open", by="").value == 4
    assert found(rows, "alerts_overdue", by="").value == 2  # the last was answered after the day of the data
    assert found(rows, "alerts_open_without_due_day").value == 1
    assert found(rows, "alerts_open_longest").value == 221


def test_a_day_of_answer_that_cannot_be_read_is_no_alert_that_waits() -> None:
    rows = times({"source_unread": "responded_on"}, {"responded_on": "2023-06-08"})
    assert found(rows, "alerts_open", by="").value == 0
    assert found(rows, "alerts_answered_in_time", by="", period="2023-06").denominator == 1


def test_resolution_that_is_recorded_for_no_alert_is_not_known_and_not_nought() -> None:
    answered = {"responded_on": "2023-06-08"}
    assert "alerts_answered_not_resolved" not in {row.measure for row in times(answered)}
    rows = times(answered, {**answered, "resolved_on": "2023-06-20"})
    assert found(rows, "alerts_answered_not_resolved").value == 1
    assert found(rows, "alert_days_median", by="step", group="resolved", period=YEAR).value == 15
