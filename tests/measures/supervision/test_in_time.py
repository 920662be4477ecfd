"""Supervision by the day it was due: by the record, else by the council's rule, else not judged at all."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.council import Own
from qa_analysis.data.tables import Tables
from qa_analysis.measures.supervision.in_time import supervision

POST = {"role": "social worker", "team": "North", "service_area": "Safeguarding", "started_on": "2022-01-01"}
OWN = Own(first_cycle="2022-06", supervision_every_days=28, supervision_every_days_newly_qualified=14)
NO_RULE = Own(first_cycle="2022-06")


def post(who: str, **more: Any) -> dict[str, Any]:
    return {**POST, "worker_id": who, **more}


def held(who: str, *days: str, **more: Any) -> list[dict[str, Any]]:
    return [{"worker_id": who, "held_on": day, **more} for day in days]


CROWD = [row for who in "xyz" for row in held(who, "2023-05-20", "2023-06-10")]


def in_time(sessions: list[dict[str, Any]], *posts: dict[str, Any], own: Own = OWN) -> list[tuple[float, float]]:
    """Supervisions of June in time and due, without those of the three others who are always there."""
    crowd = [{**row, "next_due_on": "2023-06-10" if row["held_on"] < "2023-06" else "2023-08-01"} for row in CROWD]
    staff = [*(list(posts) or [post("a")]), *map(post, "xyz")]
    known = tables(audits=[{}], supervision=[*sessions, *crowd], staff=staff, own=own)
    share = found(supervision(known), "supervision_in_time", period="2023-06", by="")
    counts = (share.numerator - 3, share.denominator - 3)
    return [counts] if counts[1] else []


def test_one_held_on_its_day_is_in_time_and_one_a_day_later_is_not() -> None:
    assert in_time(held("a", "2023-05-11", "2023-06-08")) == [(1, 1)]
    assert in_time(held("a", "2023-05-11", "2023-06-09")) == [(0, 1)]


def test_what_fell_due_and_was_not_held_by_the_day_counts_as_not_in_time() -> None:
    assert in_time(held("a", "2023-05-11")) == [(0, 1)]


def test_the_date_in_the_record_comes_before_the_councils_rule() -> None:
    def recorded(day: str) -> list[tuple[float, float]]:
        return in_time([*held("a", "2023-05-11", next_due_on=day), *held("a", "2023-06-20")])

    assert recorded("2023-06-20") == [(1, 1)]
    assert recorded("2023-05-01") == [(0, 1)]  # due before it was held: the rule's day, 8 June, stands instead


def test_without_a_rule_and_without_a_date_nothing_is_called_late() -> None:
    assert in_time(held("a", "2023-05-11", "2023-06-20"), own=NO_RULE) == []


def test_in_the_assessed_year_the_councils_other_rule_holds() -> None:
    new = post("a", asye_started_on="2022-09-01", is_nqsw=True)
    assert in_time(held("a", "2023-05-25", "2023-06-09"), new) == [(0, 2)]  # due on 8 and 23 June
    done = {**new, "asye_ended_on": "2023-05-01"}
    assert in_time(held("a", "2023-05-25", "2023-06-09"), done) == [(1, 1)]
    assert in_time(held("a", "2023-05-25", "2023-06-09"), post("a", is_nqsw=True)) == [(0, 2)]


def test_what_fell_due_in_a_long_leave_or_after_the_last_day_is_left_out() -> None:
    away = {"leave_from_on": "2023-06-01", "leave_to_on": "2023-06-30"}
    assert in_time(held("a", "2023-05-11"), post("a", **away)) == []
    assert in_time(held("a", "2023-05-11"), post("a", leave_from_on="2023-06-01")) == []
    assert in_time(held("a", "2023-05-11"), post("a", ended_on="2023-06-07")) == []
    assert in_time(held("a", "2023-05-11"), post("a", ended_on="2023-06-08")) == [(0, 1)]


def test_one_supervision_that_names_two_audits_is_one() -> None:
    twice = [*held("a", "2023-05-11", audit_id="x"), *held("a", "2023-05-11", "2023-06-08", audit_id="y")]
    assert in_time(twice) == [(1, 1)]


def test_part_time_work_changes_nothing_and_two_people_are_two() -> None:
    both = [*held("a", "2023-05-11", "2023-06-08"), *held("b", "2023-05-11")]
    assert in_time(both, post("a", fte=0.5), post("b")) == [(1, 2)]


def test_a_worker_of_no_team_is_told_of_in_the_whole_and_in_no_place() -> None:
    sessions = [row for who in "abc" for row in held(who, "2023-05-11", "2023-06-01")]
    rows = [one for one in supervision(tables(audits=[{}], supervision=sessions, own=OWN)) if one.unit == "share"]
    assert {one.by for one in rows} == {()}
    assert found(rows, "supervision_in_time", period="2023-06").numerator == 3


def test_where_two_people_are_supervised_nothing_is_told_of_the_whole_either() -> None:
    rows = supervision(council(("Safeguarding", "North", 2)))
    assert {one.is_withheld for one in rows} == {True}


def council(*teams: tuple[str, str, int]) -> Tables:
    """Teams of a service, each of so many people supervised."""
    who = [(f"{team}-{n}", team, service) for service, team, people in teams for n in range(people)]
    posts = [post(one, team=team, service_area=service) for one, team, service in who]
    sessions = [row for one, *_ in who for row in held(one, "2023-05-11", "2023-06-01", is_reflective=True)]
    return tables(audits=[{}], staff=posts, supervision=sessions, own=OWN)


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"North": 3, "East": 4}, set()),
        ({"North": 2, "East": 4, "West": 9}, {"North", "East"}),  # the service less the others would be North
        ({"North": 1, "East": 1, "South": 1, "West": 9}, {"North", "East", "South"}),
    ],
)
def test_a_team_of_two_is_not_told_of_nor_the_one_that_would_leave_it_over(sizes: dict[str, int], hidden: set[str]):
    known = council(*(("Safeguarding", name, people) for name, people in sizes.items()))
    rows = [one for one in supervision(known) if one.by == ("team",) and one.period == "2022-07/2023-06"]
    for measure in ("supervision_in_time", "supervision_reflective"):
        assert {one.group[0] for one in rows if one.measure == measure and one.is_withheld} == hidden
        assert {one.group[0] for one in rows if one.measure == measure} == set(sizes)


def test_a_service_of_two_takes_the_next_smallest_with_it_and_the_teams_of_both() -> None:
    known = council(("A", "North", 2), ("B", "East", 4), ("C", "West", 9))
    rows = [one for one in supervision(known) if one.by and one.measure == "supervision_in_time" and one.is_withheld]
    assert {one.group[0] for one in rows if one.by != ("newly_qualified",)} == {"A", "B", "North", "East"}


def test_the_newly_qualified_and_the_others_are_told_apart_only_where_there_are_three_of_each() -> None:
    def sides(new: int, others: int) -> set[str]:
        posts = [post(f"{n}", asye_started_on="2022-09-01" if n < new else None) for n in range(new + others)]
        sessions = [row for one in posts for row in held(one["worker_id"], "2023-05-11", "2023-05-20")]
        known = tables(audits=[{}], staff=posts, supervision=sessions, own=OWN)
        return {one.group[0] for one in supervision(known) if one.by == ("newly_qualified",)}

    assert sides(3, 3) == {"newly qualified", "all others"}
    assert sides(2, 9) == sides(9, 2) == set()


def test_reflective_is_told_of_those_that_say_and_the_days_between_are_the_middle_ones() -> None:
    each = {"2023-06-01": True, "2023-06-21": False, "2023-06-25": None}
    sessions = [row for who in "abc" for day, said in each.items() for row in held(who, day, is_reflective=said)]
    rows = supervision(tables(audits=[{}], staff=[*map(post, "abc")], supervision=sessions))
    reflective = found(rows, "supervision_reflective", period="2023-06", by="")
    assert (reflective.numerator, reflective.denominator) == (3, 6)
    assert found(rows, "days_between_supervisions_median").value == 12
