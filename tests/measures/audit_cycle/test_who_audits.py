from dataclasses import replace
from typing import Any

from small import found, tables

from qa_analysis.measures.audit_cycle.lines import KEY_WORKER, MANAGES, REVIEWS, SAME_TEAM
from qa_analysis.measures.audit_cycle.who_audits import induction, managers_who_audited, outside_own_line, workload

SINCE = {"started_on": "2022-01-01", "team": "Elsewhere", "service_area": "Other"}
YEAR = "2022-07/2023-06"


def post(who: str, role: str, **more: Any) -> dict[str, Any]:
    return {**SINCE, "worker_id": who, "role": role, **more}


STAFF = [
    post("kw", "social worker", team="North", manager_id="tm"),
    post("tm", "team manager", team="North", manager_id="sm"),
    post("sm", "service manager", team="Safeguarding office", manager_id="ad"),
    post("ad", "assistant director"),
    post("far", "team manager"),
    post("iro", "IRO"),
    post("col", "social worker", team="North"),
    post("moved", "team manager", team="North", ended_on="2023-05-31"),
    post("moved", "team manager", started_on="2023-06-01"),
]


def lines(*auditors: str, **more: Any) -> tuple[tuple[float, float], dict[str, float]]:
    """Audits outside the line and how many are known, and those within by how."""
    audits = [{"auditor_id": who, "audited_on": "2023-06-15", **more} for who in auditors]
    rows = [row for row in outside_own_line(tables(audits=audits, staff=STAFF)) if row.period == "2023-06"]
    row = found(rows, "audits_outside_own_line")
    return (row.numerator, row.denominator), {one.group[0]: one.value for one in rows if one.by == ("how",)}


def test_the_managers_above_the_key_worker_are_in_the_line_up_to_the_service_manager() -> None:
    assert lines("tm", "sm", "far") == ((1, 3), {MANAGES: 2})


def test_an_assistant_director_manages_every_case_and_is_left_out_as_is_whoever_has_no_known_post() -> None:
    assert lines("ad", "stranger", "far") == ((1, 1), {})


def test_the_reviewing_officer_the_key_worker_and_a_colleague_of_the_team_are_near_the_case() -> None:
    assert lines("iro", "kw", "col", "far", reviewing_officer_id="iro") == (
        (1, 4),
        {KEY_WORKER: 1, REVIEWS: 1, SAME_TEAM: 1},
    )


def test_the_hierarchy_is_the_one_of_the_day_of_the_audit() -> None:
    assert lines("moved") == ((1, 1), {})
    assert lines("moved", audited_on="2023-05-20") == ((0, 1), {SAME_TEAM: 1})


def test_the_manager_whom_the_audit_records_is_in_the_line_whatever_the_staff_list_says() -> None:
    assert lines("far", team_manager_id="far") == ((0, 1), {MANAGES: 1})


def test_managers_in_a_circle_are_not_followed_for_ever() -> None:
    staff = [post("kw", "social worker", manager_id="a"), post("a", "team manager", manager_id="kw"), post("b", "IRO")]
    rows = outside_own_line(tables(audits=[{"auditor_id": "b"}], staff=staff))
    assert found(rows, "audits_outside_own_line", period="2023-06").numerator == 1


def test_managers_in_post_whose_role_audits_are_counted_and_roles_of_few_people_put_together() -> None:
    staff = [
        *(post(f"tm{n}", "team manager") for n in range(4)),
        post("sm", "service manager"),
        post("ad", "assistant director"),
        post("iro", "IRO"),
        post("pit", "practice improvement team"),
        post("gone", "team manager", ended_on="2023-07-01"),
        post("sw", "social worker"),
    ]
    audits = [{"auditor_id": "tm0"}, {"auditor_id": "pit", "co_auditor_id": "iro"}, {"auditor_id": "gone"}]
    rows = managers_who_audited(tables(audits=audits, staff=staff))
    whole = found(rows, "managers_who_audited", by="")
    assert (whole.numerator, whole.denominator) == (2, 7)
    pooled = found(rows, "managers_who_audited", group="roles of few auditors, together")
    assert (pooled.numerator, pooled.denominator) == (1, 3)


def test_a_new_managers_induction_is_an_audit_beside_the_practice_improvement_team() -> None:
    staff = [
        post("new", "team manager", started_on="2023-02-01"),
        post("newer", "team manager", started_on="2023-05-01"),
        post("old", "team manager"),
        post("old", "service manager", started_on="2023-03-01"),
        post("left", "team manager", started_on="2023-02-01", ended_on="2023-04-01"),
        post("pit", "practice improvement team"),
        post("tm", "team manager"),
    ]
    audits = [
        {"auditor_id": "new", "co_auditor_id": "pit", "selection_route": "induction"},
        {"auditor_id": "newer", "co_auditor_id": "tm"},
        {"cycle_month": "2023-02", "selection_route": "induction"},
    ]
    rows = induction(tables(audits=audits, staff=staff))
    row = found(rows, "new_managers_audited_alongside")
    assert (row.numerator, row.denominator) == (1, 2)
    assert [found(rows, "induction_audits", period=period).value for period in ("2023-06", YEAR)] == [1, 2]


def test_hours_are_the_councils_own_and_nothing_is_assumed() -> None:
    held = tables(
        audits=[{"co_auditor_id": "b"}, {"cycle_month": "2023-01"}],
        moderations=[
            {"audit_id": "audits-1", "panel": "assistant director; principal social worker"},
            {"audit_id": "audits-2"},
        ],
    )
    assert not [row for row in workload(held) if row.unit == "hours"]
    rows = workload(replace(held, rules=replace(held.rules, hours_of_an_audit=6, hours_of_a_decision=0.5)))
    assert [found(rows, "hours_of_audits", period=period).value for period in ("2023-06", YEAR)] == [12, 18]
    assert found(rows, "hours_of_decisions", period="2023-06", by="").value == 1
    by_role = {row.group[0]: row.value for row in rows if row.by == ("panel role",) and row.period == YEAR}
    assert by_role == {"assistant director": 0.5, "principal social worker": 0.5}
