"""Who took part in Practice Week, in literal tables; and that no headline figure knows of it."""

from typing import Any

import pytest
from practice_weeks import LEADER, MEMBER, OCTOBER, USUAL, WEEK, event, observed, of_week
from small import found, tables

from qa_analysis.council import Own
from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_between
from qa_analysis.measures.catalogue import makers
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.measures.practice_week.took_part import audits, observations, through_the_year, training
from qa_analysis.measures.practice_week.week import group_of, week_of


def held(*rows: dict[str, Any], month: str = OCTOBER, **more: Any) -> Tables:
    return tables(month, audits=[*USUAL, *rows], **more)


def test_audits_are_told_of_by_who_did_them() -> None:
    told = audits(held(*WEEK))
    by_group = {one.group[0]: int(one.value) for one in told if one.measure == "practice_week_audits" and one.by}
    assert by_group == {"senior leaders": 3, "elected members": 1, "others": 1}
    assert found(told, "practice_week_auditors", group="senior leaders").value == 2
    assert found(told, "practice_week_audits", by="").value == 5


def test_grades_leave_out_what_an_elected_member_would_have_graded() -> None:
    told = {one.group[0]: int(one.value) for one in audits(held(*WEEK)) if one.measure == "practice_week_grades"}
    assert told == {"outstanding": 1, "good": 2, "requires improvement": 1, "inadequate": 0}


@pytest.mark.parametrize("rows", [WEEK[:2], [of_week(at, LEADER, auditor_id="one leader") for at in range(6)]])
def test_of_too_few_children_or_graders_no_grade_is_counted(rows: list[dict[str, Any]]) -> None:
    assert [one for one in audits(held(*rows)) if one.measure == "practice_week_grades"] == []


def test_training_counts_events_once_and_those_who_came() -> None:
    rows = [event("L1", "2023-10-10", attended=40), event("L1", "2023-10-10", team="Oak", attended=2),
            event("L2", "2023-10-12"), event("L3", "2023-09-12", attended=9),
            {"event_id": "L4", "kind": "training", "held_on": "2023-10-11", "attended": 9}]  # fmt: skip
    told = training(held(learning_events=rows))
    assert (found(told, "practice_week_events").value, found(told, "practice_week_came").value) == (2, 42)


def test_observations_of_the_week_are_those_of_seven_days_from_its_monday() -> None:
    days = ("2023-10-08", "2023-10-09", "2023-10-15", "2023-10-16")
    rows = [*map(observed, days), observed("2023-10-10", MEMBER, "meeting"), observed("2023-10-10", None)]
    told = observations(held(observations=rows, learning_events=[event("L1", "2023-10-11")]))
    by_group = {one.group[0]: int(one.value) for one in told if one.by == ("took_part",)}
    assert by_group == {"senior leaders": 2, "elected members": 1, "others": 1}
    assert {one.group[0]: int(one.value) for one in told if one.by == ("kind",)} == {"direct work": 3, "meeting": 1}


def test_events_of_two_weeks_say_of_none_which_it_was() -> None:
    rows = [event("L1", "2023-10-06"), event("L2", "2023-10-11")]
    assert observations(held(observations=[observed("2023-10-11")], learning_events=rows)) == []


@pytest.mark.parametrize(("month", "week"), [("2023-10", "2023-10"), ("2023-09", "2022-10"), ("2024-03", "2023-10")])
def test_the_newest_week_is_told_of(month: str, week: str) -> None:
    one = week_of(tables(month, audits=[{"cycle_month": month, "audited_on": f"{month}-02"}]))
    assert one is not None and one.month == week


def test_with_quarterly_cycles_the_week_belongs_to_the_one_that_october_is_in() -> None:
    own = Own(first_cycle="2022-06", audit_cycles={"2022-06": "every 3 months"})
    rows = [{**row, "cycle_month": "2023-11"} for row in WEEK]
    told = audits(tables("2023-11", own=own, audits=rows))
    assert {(one.measure, one.period) for one in told if one.value == 5} == {("practice_week_audits", "2023-11")}


def test_before_the_first_october_there_is_none() -> None:
    assert week_of(tables("2022-07", audits=[{"cycle_month": "2022-07", "audited_on": "2022-07-02"}])) is None
    assert audits(tables("2022-07", audits=[{"cycle_month": "2022-07", "audited_on": "2022-07-02"}])) == []


def test_roles_are_known_whatever_their_capitals() -> None:
    rows = held(*WEEK)
    assert group_of(rows.audits["auditor_role"].str.upper(), rows.rules).tail(5).tolist() == [
        "senior leaders", "senior leaders", "others", "elected members", "senior leaders",
    ]  # fmt: skip


def test_every_cycle_of_the_year_has_the_audits_of_leaders_none_as_zero() -> None:
    told = through_the_year(held(*WEEK, {"cycle_month": "2023-05", "auditor_role": LEADER, "audited_on": "2023-05-03"}))
    tally = {one.period: int(one.value) for one in told}
    assert tally == {**dict.fromkeys(months_between("2022-11", "2023-10"), 0), "2023-05": 1, "2023-10": 3}


def headline(rows: Tables) -> list[Figure]:
    """Every figure of the grades of headline audits."""
    found = [maker for maker in makers() if maker.function.__module__.startswith("qa_analysis.measures.grades")]
    made = [one for maker in found if maker.declaration.is_of_month for one in maker.function(rows)]
    return [one for one in made if one.population == HEADLINE]


def test_headline_figures_are_the_same_with_and_without_the_audits_of_the_week() -> None:
    without, with_them = headline(held()), headline(held(*WEEK))
    assert len(without) > 20
    assert list(map(repr, with_them)) == list(map(repr, without))
