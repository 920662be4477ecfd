"""Who audits what: outside their own line, not the same two again, evenly, and the same each time."""

import time
from collections import Counter
from itertools import product

import pandas as pd
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from selected import RULES, allocated, auditors, loads, records, staff, window

from qa_analysis.notices.eligible import Bar, eligible

ONE = records({})


def bar_of(person: object, **record: object) -> str:
    """What stands against the one person auditing the one record: somebody else can."""
    people = staff(
        them=person, zz="practice improvement team", kw={"manager_id": "tm"}, tm={"role": "x", "manager_id": "sm"}
    )
    one = records(record)
    pairs = eligible(one, people, window=window(), rules=RULES)
    return str(pairs.loc[pairs["worker_id"] == "them", "bar"].squeeze())


@pytest.mark.parametrize(
    ("person", "record", "bar"),
    [
        ("team manager", {}, ""),
        ("team manager", {"key_worker_id": "them"}, Bar.KEY_WORKER),
        ("IRO", {"reviewing_officer_id": "them"}, Bar.REVIEWS),
        ("IRO", {"reviewing_officer_id": "another"}, ""),
        ("team manager", {"team_manager_id": "them"}, Bar.LINE),
        ("service manager", {"service_manager_id": "them"}, Bar.LINE),
        ({"role": "assistant team manager", "team": "North", "auditor_ready_on": "2023-01-01"}, {}, Bar.TEAM),
        ({"role": "assistant team manager", "auditor_ready_on": "2023-01-01"}, {}, ""),
        ("assistant team manager", {}, Bar.NOT_READY),
        ({"role": "practice assessor lead", "auditor_ready_on": "2023-07-20"}, {}, Bar.NOT_READY),
        ({"role": "team manager", "leave_from_on": "2023-06-01"}, {}, Bar.AWAY),
        ({"role": "team manager", "leave_from_on": "2023-01-01", "leave_to_on": "2023-02-01"}, {}, ""),
        # They led the team in the months that the audit looks at.
        ([{"role": "team manager", "team": "North", "ended_on": "2023-04-30"},
          {"role": "team manager", "started_on": "2023-05-01"}], {}, Bar.TEAM),
        ([{"role": "team manager", "team": "North", "ended_on": "2022-10-31"},
          {"role": "team manager", "started_on": "2022-11-01"}], {}, ""),
    ],
)  # fmt: skip
def test_nobody_audits_their_own_line_or_before_they_are_ready(
    person: object, record: dict[str, str], bar: str
) -> None:
    assert bar_of(person, **record) == bar


def test_whoever_leaves_before_the_audits_end_is_not_asked() -> None:
    people = staff(
        a={"role": "team manager", "ended_on": "2023-07-20"}, b={"role": "team manager", "ended_on": "2023-08-20"}
    )
    assert auditors(allocated(ONE, people)) == {"C1": "b"}


def test_the_line_is_that_of_the_day_and_not_that_of_an_earlier_post() -> None:
    people = staff(
        kw=[{"manager_id": "before", "ended_on": "2023-05-31"}, {"manager_id": "now", "started_on": "2023-06-01"}],
        before="team manager",
        now="team manager",
    )
    one = records({"team_manager_id": None})
    assert auditors(allocated(one, people)) == {"C1": "before"}


def test_only_roles_that_audit_in_the_cycle_are_asked() -> None:
    people = staff(a="team manager", b="practice improvement team", c="social worker")
    assert auditors(allocated(ONE, people, month="2022-11")) == {"C1": "b"}


def test_a_director_above_everybody_audits_where_nobody_else_can_and_it_is_said() -> None:
    people = staff(ad="assistant director", tm={"role": "team manager", "manager_id": "sm"},
                   sm={"role": "service manager", "manager_id": "ad"}, kw={"manager_id": "tm"})  # fmt: skip
    alone = allocated(ONE, people)
    assert auditors(alone) == {"C1": "ad"}
    assert alone.audits["auditor_gave_way"].tolist() == ["manages the case from above the immediate line"]
    with_another = pd.concat([people, staff(other="team manager")])
    assert auditors(allocated(ONE, with_another)) == {"C1": "other"}


def test_the_same_two_do_not_meet_again_where_somebody_else_can_audit() -> None:
    people = staff(a="team manager", b="team manager")
    met = {"auditor_id": "a", "key_worker_id": "kw", "cycle_month": "2023-02"}
    assert auditors(allocated(ONE, people, met)) == {"C1": "b"}
    given = allocated(ONE, people, met, {**met, "auditor_id": "b"})
    assert given.audits["auditor_gave_way"].tolist() == ["audited this key worker in the last cycles"]


def test_two_who_met_seven_cycles_ago_may_meet_again() -> None:
    met = {"auditor_id": "a", "key_worker_id": "kw", "cycle_month": "2022-12"}
    assert allocated(ONE, staff(a="team manager"), met).audits["auditor_gave_way"].tolist() == [""]


def test_the_load_is_even() -> None:
    people = staff(**{f"w{number}": "team manager" for number in range(4)})
    assert loads(allocated(records(*[{}] * 10), people)) == [3, 3, 2, 2]


def test_who_audited_less_lately_is_asked_first() -> None:
    people = staff(a="team manager", b="team manager", c="team manager")
    done = [{"auditor_id": who, "key_worker_id": "x", "cycle_month": "2023-05"} for who in "aac"]
    assert auditors(allocated(ONE, people, *done)) == {"C1": "b"}


def test_somebody_of_another_service_is_asked_first() -> None:
    near = {"role": "team manager", "service_area": "Safeguarding"}
    for seed in "abc":
        assert auditors(allocated(ONE, staff(a=near, b="team manager", c=near), seed=seed)) == {"C1": "b"}


def test_the_same_list_gives_the_same_auditors_whatever_the_order_of_its_rows() -> None:
    people = staff(**{f"w{number}": "team manager" for number in range(7)})
    selected = records(*[{"key_worker_id": f"k{number}"} for number in range(12)])
    first = auditors(allocated(selected, people))
    assert auditors(allocated(selected.sample(frac=1, random_state=1), people.sample(frac=1, random_state=2))) == first
    assert auditors(allocated(selected, people, seed="another")) != first


def test_a_new_manager_audits_first_and_beside_the_improvement_team() -> None:
    people = staff(
        new={"role": "team manager", "started_on": "2023-05-02"}, old="team manager", pit="practice improvement team",
    )  # fmt: skip
    given = allocated(ONE, people)
    assert auditors(given) == {"C1": "new"}
    assert given.audits["co_auditor_id"].tolist() == ["pit"]


def test_a_manager_promoted_to_another_managers_post_is_not_new() -> None:
    people = staff(
        a=[{"role": "team manager", "ended_on": "2023-05-01"}, {"role": "service manager", "started_on": "2023-05-02"}],
        pit={"role": "practice improvement team", "leave_from_on": "2023-01-01"},
    )
    assert allocated(ONE, people).audits["co_auditor_id"].isna().all()


def test_a_manager_who_has_audited_beside_the_team_audits_alone() -> None:
    people = staff(new={"role": "team manager", "started_on": "2023-03-02"}, pit="practice improvement team")
    done = {"auditor_id": "new", "co_auditor_id": "pit", "cycle_month": "2023-04", "key_worker_id": "x"}
    assert allocated(ONE, people, done).audits["co_auditor_id"].isna().all()


PEOPLE = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=0, max_size=3)


@settings(max_examples=15, deadline=None)
@examples(st.lists(st.tuples(PEOPLE, st.sampled_from("xyz")), min_size=1, max_size=6))
def test_every_record_somebody_may_audit_has_one_and_nobodys_load_could_be_lighter(
    cases: list[tuple[list[str], str]],
) -> None:
    """Against all ways of giving each record one of those who may audit it: none has a smaller sum of squares."""
    everyone = ["a", "b", "c", "d"]
    people = staff(**dict.fromkeys(everyone, "team manager"))
    selected = records(*[
        {"team_manager_id": barred[0] if barred else None, "service_manager_id": barred[1] if len(barred) > 1 else None,
         "reviewing_officer_id": barred[2] if len(barred) > 2 else None, "key_worker_id": worker}
        for barred, worker in cases
    ])  # fmt: skip
    given = allocated(selected, people)
    ways = [[who for who in everyone if who not in barred] for barred, _ in cases]
    found = auditors(given)
    assert all(found[f"C{number}"] in able for number, able in enumerate(ways, start=1))
    assert sum(load**2 for load in loads(given)) == min(squares(ways))


def squares(ways: list[list[str]]) -> set[int]:
    """The sum of the squared loads of every way."""
    return {sum(load**2 for load in Counter(way).values()) for way in product(*ways)}


def test_a_large_month_is_shared_out_in_seconds() -> None:
    people = staff(**{f"w{number}": {"role": "team manager", "team": f"T{number % 30}"} for number in range(60)})
    selected = records(*[{"key_worker_id": f"k{number % 40}", "team": f"T{number % 30}"} for number in range(60)])
    began = time.perf_counter()
    assert loads(allocated(selected, people)) == [1] * 60
    assert time.perf_counter() - began < 10


def test_the_link_of_the_cases_team_does_not_audit_it() -> None:
    people = staff(link="IRO")
    pairs = eligible(ONE, people, window=window(), rules=RULES, links={"North": frozenset({"link"})})
    assert pairs["bar"].tolist() == [Bar.LINK]
