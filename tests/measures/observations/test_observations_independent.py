"""The figures of observations worked out a second time, in plain Python from the rows of the synthetic council.

Nothing of the measures is imported for the expected side: months by loops over days, counts by loops over rows.
"""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest
from by_hand import Record, frames, records, wilson
from small import CONTRACTS

from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.observations.forecast import expected_to_miss
from qa_analysis.measures.observations.held import observations_made
from qa_analysis.measures.observations.required import observed_as_required

MONTH, DAY, DUE = "2023-07", date(2023, 8, 10), date(2023, 7, 31)
HALF = [(2023, number) for number in range(1, 7)]
YEAR = [*((2022, number) for number in range(7, 13)), *HALF]
AHEAD = [*HALF, *((2023, number) for number in range(7, 13))]
WORKERS = {"social worker", "personal advisor", "supervising social worker", "family support worker"}
Months = list[tuple[int, int]]


@cache
def figures() -> tuple[Figure, ...]:
    rules = rules_for(MONTH)
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules)
    return (*observations_made(held), *observed_as_required(held), *expected_to_miss(held))


def value(measure: str, group: str = "", period: str = "2022-07/2023-06", by: str = "") -> Figure:
    named = [f for f in figures() if (f.measure, "+".join(f.group), f.period) == (measure, group, period)]
    [one] = [f for f in named if by in ("", *f.by)]
    return one


@cache
def posts() -> list[Record]:
    known = [row for row in records("staff") if row["started_on"] <= DAY]
    return [row for row in known if row["is_first_line_manager"] or row["role"] in WORKERS]


@cache
def seen() -> list[Record]:
    return [row for row in records("observations") if row["observed_on"] <= DAY]


def days_at_work(post: Record, year: int, month: int) -> int:
    """Day by day."""
    held = 0
    for number in range(1, monthrange(year, month)[1] + 1):
        day = date(year, month, number)
        is_away = post["leave_from_on"] and post["leave_from_on"] <= day <= (post["leave_to_on"] or date.max)
        is_held = post["started_on"] <= day <= (post["ended_on"] or date.max)
        held += bool(is_held and not is_away)
    return held


def is_newly(post: Record, year: int, month: int) -> bool:
    begins = post["asye_started_on"] or post["started_on"]
    ends = post["asye_ended_on"] or begins.replace(year=begins.year + 1) - timedelta(days=1)
    return bool(post["is_nqsw"] and begins <= date(year, month, 15) <= ends)


@cache
def work(worker: str) -> dict[tuple[int, int], Record]:
    """The post that a worker held for most days of each month, where they were there for half of it."""
    held = {}
    mine = [post for post in posts() if post["worker_id"] == worker]
    for year, month in sorted({*YEAR, *AHEAD}):
        days = [(days_at_work(post, year, month), post["started_on"], post) for post in mine]
        if days and 2 * sum(number for number, _, _ in days) >= monthrange(year, month)[1]:
            held[year, month] = max(days, key=lambda one: one[:2])[2]
    return held


def standing(worker: str, months: Months, seen_in: Months) -> tuple[str, str, int, int] | None:
    """The worker's group and team, how many were required, and how many were lacking; None who was not there."""
    held = {month: post for month, post in work(worker).items() if month in months}
    if not held:
        return None
    newly = {month for month, post in held.items() if is_newly(post, *month)}
    last = held[max(held)]
    required = (len(held) - len(newly)) * 2 // 12
    days: dict[date, set[str]] = {}
    for row in seen():
        when = (row["observed_on"].year, row["observed_on"].month)
        if row["worker_id"] == worker and when in seen_in and when not in newly and row["kind"] != "peer":
            days.setdefault(row["observed_on"], set()).add(row["kind"])
    group = "manager" if last["is_first_line_manager"] else "newly" if max(held) in newly else "worker"
    kind = {"manager": "supervision", "worker": "direct work", "newly": ""}[group]
    of_kind = sum(kind in kinds for kinds in days.values())
    kind_required = min(1, required) if kind else 0
    return group, last["team"], required, max(0, required - len(days), kind_required - of_kind)


@cache
def everyone() -> list[str]:
    return sorted({post["worker_id"] for post in posts()})


@cache
def of_year() -> dict[str, tuple[str, str, int, int]]:
    held = {worker: standing(worker, YEAR, YEAR) for worker in everyone()}
    return {worker: one for worker, one in held.items() if one and one[2]}


def test_the_share_observed_as_required_is_the_same_by_loops() -> None:
    met = sum(one[3] == 0 for one in of_year().values())
    told = value("people_observed_as_required")
    assert (told.numerator, told.denominator) == (met, len(of_year()))
    assert (told.value, told.lower, told.upper) == pytest.approx(wilson(met, len(of_year())))
    managers = [one for one in of_year().values() if one[0] == "manager"]
    told = value("people_observed_as_required", "first-line managers")
    assert (told.numerator, told.denominator) == (sum(one[3] == 0 for one in managers), len(managers))
    assert len(managers) > 10


def test_each_team_that_is_told_of_has_the_same_people_by_loops() -> None:
    told = {f.group[0]: (f.numerator, f.denominator) for f in figures() if f.by == ("team",) and not f.is_withheld}
    size, met = Counter(one[1] for one in of_year().values()), Counter(
        one[1] for one in of_year().values() if one[3] == 0
    )  # fmt: skip
    assert told == {team: (met[team], size[team]) for team in told}
    assert len(told) > 10


def test_the_observations_of_the_half_year_and_their_returns_are_the_same_by_loops() -> None:
    half = [row for row in seen() if (row["observed_on"].year, row["observed_on"].month) in HALF]
    period = "2023-01/2023-06"
    assert value("observations_made", "", period).value == len(half) > 50
    for kind, size in Counter(row["kind"] for row in half).items():
        assert value("observations_made", kind, period, by="kind").value == size
    late = sum(row["received_on"] is not None and DUE < row["received_on"] <= DAY for row in half)
    in_time = sum(row["received_on"] is not None and row["received_on"] <= DUE for row in half)
    assert value("observations_by_return", "in time", period).value == in_time
    assert value("observations_by_return", "late", period).value == late
    assert value("observations_by_return", "not received", period).value == len(half) - in_time - late


def test_who_still_needs_any_and_who_had_it_before_are_the_same_by_loops() -> None:
    in_post = {
        row["worker_id"]
        for row in records("staff")
        if row["started_on"] <= DAY and not (row["ended_on"] and row["ended_on"] < DAY)
    }
    ahead = [standing(worker, AHEAD, HALF) for worker in everyone() if worker in in_post]
    lacking = Counter(min(one[3], 2) for one in ahead if one and one[2])
    period = "2023-01/2023-12"
    told = {f.group[0]: f.value for f in figures() if f.measure == "people_still_needing" and f.by}
    assert told == {"none": lacking[0], "1": lacking[1], "2 or more": lacking[2]}
    assert value("people_expected_to_miss", "", period).denominator == lacking[1] + lacking[2]
    before = {worker: standing(worker, YEAR, YEAR[:6]) for worker in of_year()}
    needed = {worker: min(one[3], 2) for worker, one in before.items() if one and one[3]}
    had = value("needed_and_had", "1")
    assert had.denominator == sum(number == 1 for number in needed.values())
    assert had.numerator == sum(number == 1 and of_year()[worker][3] == 0 for worker, number in needed.items())
