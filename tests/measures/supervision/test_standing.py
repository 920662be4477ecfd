"""Everybody who is supervised stands somewhere on the day: nobody vanishes for want of a record."""

from typing import Any

from small import found, tables

from qa_analysis.council import Own
from qa_analysis.measures.supervision.standing import standing, standing_counts, supervised_roles

POST = {"role": "social worker", "team": "North", "service_area": "Safeguarding", "started_on": "2022-01-01"}


def post(who: str, **more: Any) -> dict[str, Any]:
    return {**POST, "worker_id": who, **more}


def held(who: str, day: str, **more: Any) -> dict[str, Any]:
    return {"worker_id": who, "held_on": day, **more}


STAFF = [
    post("ahead"), post("over"), post("today"), post("undated"), post("never"),
    post("away", leave_from_on="2023-07-01", leave_to_on="2023-08-31"),
    post("back", leave_from_on="2023-06-01", leave_to_on="2023-07-05"),
    post("gone", ended_on="2023-06-30"),
    post("tm", role="team manager"), post("iro", role="IRO"), post("kw", role="personal advisor"),
]  # fmt: skip
SESSIONS = [
    held("ahead", "2023-06-20", next_due_on="2023-07-20"), held("over", "2023-06-01", next_due_on="2023-07-09"),
    held("today", "2023-06-01", next_due_on="2023-07-10"), held("undated", "2023-06-01"),
    held("away", "2023-06-01", next_due_on="2023-07-02"), held("back", "2023-05-20", next_due_on="2023-06-20"),
    held("gone", "2023-06-01", next_due_on="2023-06-20"),
]  # fmt: skip


def known(**more: Any):
    return tables(**{"audits": [{"key_worker_id": "kw"}], "staff": STAFF, "supervision": SESSIONS, **more})


def test_everybody_in_post_whose_role_is_supervised_stands_somewhere_and_once() -> None:
    assert dict(zip(*(standing(known())[name] for name in ("worker_id", "state")), strict=True)) == {
        "ahead": "next one not yet due", "today": "next one not yet due", "over": "overdue",
        "undated": "no date for the next one", "never": "none recorded", "away": "on long leave",
        "back": "none since a long leave", "tm": "none recorded", "kw": "none recorded",
    }  # fmt: skip


def test_the_states_add_up_to_all_and_who_never_had_one_is_among_those_expected() -> None:
    rows = standing_counts(known())
    states = [one.value for one in rows if one.by == ("state",)]
    assert sum(states) == found(rows, "people_supervised", by="").value == 9
    share = found(rows, "supervision_not_overdue")
    assert (share.numerator, share.denominator) == (2, 8)


def test_a_newcomer_is_in_time_until_the_councils_rule_has_passed() -> None:
    def state(begun: str, own: Own) -> str:
        people = standing(tables(audits=[{}], supervision=[held("x", "2023-06-01")], own=own,
                                 staff=[post("a", started_on=begun), post("x")]))  # fmt: skip
        return str(people.set_index("worker_id").loc["a", "state"])

    rule = Own(first_cycle="2022-06", supervision_every_days=28)
    assert state("2023-06-12", rule) == "next one not yet due"
    assert state("2023-06-11", rule) == "none recorded"
    assert state("2023-07-09", Own(first_cycle="2022-06")) == "none recorded"


def test_a_role_of_which_nothing_is_recorded_is_expected_only_where_it_works_with_children_or_manages_who_does() -> (
    None
):
    assert supervised_roles(known()) == {"team manager", "social worker", "personal advisor"}
    assert "IRO" in supervised_roles(known(supervision=[held("iro", "2023-06-01")]))


def test_of_two_people_no_standing_is_told() -> None:
    few = tables(audits=[{}], staff=[post("a"), post("b")], supervision=[held("a", "2023-06-01")])
    assert {one.is_withheld for one in standing_counts(few)} == {True}


def test_without_any_date_or_rule_no_share_is_told() -> None:
    bare = tables(audits=[{}], staff=[post(n) for n in "abc"], supervision=[held(n, "2023-06-01") for n in "abc"])
    assert [one.measure for one in standing_counts(bare) if one.unit == "share"] == []
