"""What falls due with a cycle, by when, and whether it came on time."""

from dataclasses import replace
from datetime import date

import pytest

from qa_analysis.council import Own
from qa_analysis.framework import rules_for
from qa_analysis.reports import reports
from qa_analysis.reports.declared import MONTHLY, Cadence, half_yearly, quarterly, yearly
from qa_analysis.reports.due import Due, Standing, due_with, newest_cycle, tally_words

JUNE = "2023-06"
REPORT = Due(reports()["smt-report"], JUNE, date(2023, 7, 10), date(2023, 8, 9))


def test_a_cycle_has_every_monthly_report_due_until_the_data_of_the_next_are_taken() -> None:
    due = due_with(JUNE)
    assert {one.report.name for one in due} >= {name for name, one in reports().items() if one.every == MONTHLY}
    assert {(one.data_on, one.last_on) for one in due} == {(date(2023, 7, 10), date(2023, 8, 9))}


@pytest.mark.parametrize(
    ("cadence", "months"),
    [(quarterly(3, 6, 9, 12), [3, 6, 9, 12]), (half_yearly(1, 7), [1, 7]), (yearly(10), [10])],
)
def test_other_reports_are_due_in_their_months_alone(cadence: Cadence, months: list[int]) -> None:
    one = replace(reports()["smt-report"], every=cadence)
    assert [number for number in range(1, 13) if due_with(f"2023-{number:02}", among=[one])] == months


def test_with_audits_every_quarter_a_report_is_on_time_for_a_quarter() -> None:
    rules = rules_for(JUNE, own=Own(audit_cycles={"2023-01": "every 3 months"}))
    assert {one.last_on for one in due_with(JUNE, rules)} == {date(2023, 10, 9)}


def test_a_council_may_say_how_many_days_are_on_time() -> None:
    rules = replace(rules_for(JUNE), report_days=5)
    assert {one.last_on for one in due_with(JUNE, rules)} == {date(2023, 7, 15)}


@pytest.mark.parametrize(
    ("published", "today", "begun", "standing"),
    [
        (None, date(2023, 7, 9), date.min, Standing.TO_COME),
        (None, date(2023, 7, 10), date.min, Standing.OPEN),
        (None, date(2023, 8, 9), date.min, Standing.OPEN),
        (None, date(2023, 8, 10), date.min, Standing.MISSING),
        (date(2023, 8, 9), date(2023, 9, 1), date.min, Standing.ON_TIME),
        (date(2023, 8, 10), date(2023, 9, 1), date(2023, 8, 9), Standing.LATE),
        (date(2023, 8, 10), date(2023, 9, 1), date(2023, 8, 10), Standing.MADE_UP),
    ],
)
def test_how_a_report_stands_on_a_day(
    published: date | None, today: date, begun: date, standing: Standing
) -> None:  # fmt: skip
    assert REPORT.standing(published, today=today, begun=begun) == standing


def test_a_cycle_is_summed_up_in_words() -> None:
    names = [one.report.name for one in due_with(JUNE) if not one.report.needs]
    published = dict.fromkeys(names[2:], date(2023, 7, 11)) | {names[0]: date(2023, 8, 20)}
    assert tally_words(due_with(JUNE), published) == f"{len(names) - 2} on time, 1 late, 1 not published"
    assert tally_words(due_with(JUNE), published, begun=date(2023, 8, 20)).startswith(
        f"{len(names) - 2} on time, 1 pub"
    )


def test_a_report_that_needs_what_did_not_come_is_not_called_missing() -> None:
    needing = replace(reports()["smt-report"], needs=("observations",))
    due = due_with(JUNE, among=[needing])
    assert tally_words(due, {}) == ""
    assert tally_words(due, {"smt-report": date(2023, 7, 11)}) == "1 on time"


@pytest.mark.parametrize(
    ("today", "cycle"),
    [(date(2023, 7, 9), "2023-05"), (date(2023, 7, 10), "2023-06"), (date(2024, 1, 9), "2023-11")],
)
def test_the_newest_cycle_is_the_one_whose_data_were_taken_last(today: date, cycle: str) -> None:
    assert newest_cycle(today) == cycle
