from typing import Any

from small import found, tables

from qa_analysis.measures.closing_the_loop.in_supervision import in_supervision
from qa_analysis.measures.closing_the_loop.inadequate_audits import followed, inadequate_audits
from qa_analysis.measures.figure import Figure

WORST = {"overall_grade": "inadequate", "child_id": "a", "audited_on": "2023-03-10", "cycle_month": "2023-03"}
LATER = {"child_id": "a", "audited_on": "2023-06-15"}


def of(*audits: dict[str, Any], **more: Any) -> list[Figure]:
    return inadequate_audits(tables(audits=[*audits, {"is_immediate_concern": False}], **more))


def step(rows: list[Figure], name: str) -> tuple[float, float]:
    row = found(rows, "inadequate_followed", group=name)
    return row.numerator, row.denominator


def test_inadequate_audits_of_every_route_in_the_year_are_counted() -> None:
    rows = of(WORST, {**WORST, "selection_route": "reactive"}, {**WORST, "cycle_month": "2022-06"}, {})
    assert found(rows, "inadequate_audits").value == 2


def test_each_step_that_followed_is_counted_and_an_audit_without_any_is_too() -> None:
    rows = of(
        WORST, {**WORST, "child_id": "b", "is_immediate_concern": True}, {**WORST, "child_id": None}, LATER,
        actions=[
            {"audit_id": "audits-1", "completed_on": "2023-06-10"}, {"audit_id": "audits-1"},
            {"audit_id": "audits-2", "completed_on": "2023-06-10"},
        ],
        moderations=[{"audit_id": "audits-2", "route": "dispute"}],
    )  # fmt: skip
    assert step(rows, "an action agreed") == (2, 3)
    assert step(rows, "every action completed") == (1, 2)
    assert step(rows, "child audited again") == (1, 2)  # of the third nobody can know
    assert step(rows, "immediate concern raised") == (1, 3)
    assert step(rows, "moderated by the panel") == (1, 3)
    assert step(rows, "none of these") == (1, 3)
    assert not [row for row in rows if row.group == ("discussed in supervision",)]  # not supplied, so not zero


def test_an_earlier_audit_of_the_child_is_no_second_look() -> None:
    assert step(of(WORST, {**LATER, "audited_on": "2023-03-10"}), "child audited again") == (0, 1)


def test_whether_a_concern_was_raised_is_not_told_where_nothing_records_it() -> None:
    rows = inadequate_audits(tables(audits=[WORST, LATER]))
    assert not [row for row in rows if row.group == ("immediate concern raised",)]


def test_where_none_was_inadequate_the_count_stands_alone_at_zero() -> None:
    assert [(row.measure, row.value) for row in of({})] == [("inadequate_audits", 0)]


def test_the_list_has_the_day_of_the_next_audit_and_the_actions_still_open() -> None:
    held = followed(tables(audits=[WORST, LATER], actions=[{"audit_id": "audits-1"}])).iloc[0]
    assert (str(held["again_on"].date()), held["actions"], held["actions_open"]) == ("2023-06-15", 1, 1)


SESSION = {"worker_id": "kw", "supervisor_id": "tm"}


def test_an_audit_counts_as_discussed_where_the_next_supervision_of_its_worker_names_it() -> None:
    held = tables(
        audits=[
            {"key_worker_id": "kw"}, {"key_worker_id": "kw"}, {"key_worker_id": "other"},
            {"key_worker_id": "kw", "audited_on": "2023-06-30"},
        ],
        supervision=[
            {**SESSION, "held_on": "2023-06-15"}, {**SESSION, "held_on": "2023-06-20", "audit_id": "audits-1"},
            {**SESSION, "held_on": "2023-06-27", "audit_id": "audits-2"},
            {**SESSION, "held_on": "2023-07-11", "audit_id": "audits-4"},
        ],
    )  # fmt: skip
    rows = in_supervision(held)
    following = found(rows, "discussed_in_next_supervision", period="2023-06")
    ever = found(rows, "discussed_in_supervision", period="2023-06")
    assert (following.numerator, following.denominator) == (1, 2)
    assert (ever.numerator, ever.denominator) == (2, 4)


def test_where_no_supervision_names_an_audit_nothing_is_said() -> None:
    assert in_supervision(tables(audits=[{}], supervision=[{**SESSION, "held_on": "2023-06-20"}])) == []
    assert in_supervision(tables(audits=[{}])) == []
