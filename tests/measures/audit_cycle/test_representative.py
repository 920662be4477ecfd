from itertools import chain
from typing import Any

import pytest
from small import found, tables

from qa_analysis.measures.audit_cycle.representative import AS_THE_CASELOAD, OTHERWISE, representative
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure

WHOLE = {"theme_code": "supervision", "case_status": "CIN", "age_band": "0-4", "cycle_month": "2023-06"}


def open_records(day: str, **teams: int) -> list[dict[str, Any]]:
    """So many open records of each team at a month end."""
    return [
        {"snapshot_on": day, "child_id": f"{team}-{n}", "team": team, "case_status": "CIN", "age_band": "0-4"}
        for team, size in teams.items()
        for n in range(size)
    ]


def audits(**teams: int) -> list[dict[str, Any]]:
    return list(chain.from_iterable([{**WHOLE, "team": team}] * size for team, size in teams.items()))


def test_of(rows: list[Figure]) -> Figure:
    return found(rows, "random_audits_test", group="team")


test_of.__test__ = False  # type: ignore[attr-defined]


def test_audits_made_up_as_the_caseload_give_no_sign_of_a_difference() -> None:
    rows = representative(tables(audits=audits(A=19, B=21), caseload=open_records("2023-05-31", A=100, B=100)))
    assert test_of(rows).verdict == AS_THE_CASELOAD
    assert found(rows, "random_audits_expected", by="team", group="A").value == pytest.approx(20)
    assert test_of(rows).value == pytest.approx(
        0.7518, abs=1e-4
    )  # chi-square 0.1 on one; the others are one group each


def test_a_team_audited_far_more_often_than_its_records_is_named() -> None:
    rows = representative(tables(audits=audits(A=35, B=5, C=20), caseload=open_records("2023-05-31", A=1, B=1, C=1)))
    assert test_of(rows).verdict == OTHERWISE
    assert set(test_of(rows).reasons) == {"A", "B"}


def test_each_cycle_is_held_against_the_month_end_before_it() -> None:
    """The team that opened in May is expected in June alone."""
    rows = representative(
        tables(
            audits=[*audits(A=10), *({**one, "cycle_month": "2023-05"} for one in audits(A=10))],
            caseload=[
                *open_records("2023-04-30", A=10),
                *open_records("2023-05-31", A=10, B=10),
                *open_records("2023-06-30", B=99),
            ],
        )
    )
    assert found(rows, "random_audits_expected", by="team", group="A").value == pytest.approx(15)
    assert found(rows, "random_audits_expected", by="team", group="B").value == pytest.approx(5)


def test_a_theme_is_held_against_the_records_it_is_about_and_audits_of_others_are_left_out() -> None:
    theme = {"theme_code": "cared-for-planning"}
    caseload = open_records("2023-05-31", A=30) + [
        {**row, "case_status": "CLA"} for row in open_records("2023-05-31", B=10, C=10)
    ]
    held = [{**one, **theme, "case_status": "CLA"} for one in audits(B=6, C=6)] + [{**audits(A=1)[0], **theme}]
    rows = representative(tables(audits=held, caseload=caseload))
    assert found(rows, "random_audits_made_up", by="team", group="B").denominator == 12
    assert found(rows, "random_audits_expected", by="team", group="B").value == pytest.approx(6)


def test_restricted_records_and_audits_of_other_routes_are_no_part_of_it() -> None:
    hidden = [{**row, "is_restricted": True} for row in open_records("2023-05-31", C=500)]
    extra = [{**WHOLE, "team": "A", "selection_route": "reactive"}] * 50
    rows = representative(
        tables(audits=[*audits(A=10, B=10), *extra], caseload=[*open_records("2023-05-31", A=5, B=5), *hidden])
    )
    assert test_of(rows).denominator == 20
    assert test_of(rows).verdict == AS_THE_CASELOAD


def test_under_ten_audits_are_too_few_to_judge() -> None:
    rows = representative(tables(audits=audits(A=9), caseload=open_records("2023-05-31", A=5, B=5)))
    assert test_of(rows).verdict == TOO_FEW_TO_JUDGE


def test_children_audited_in_the_year_before_have_no_chance_and_are_expected_no_more() -> None:
    """Half of A's ten records were audited in May, so in June A is due five of fifteen."""
    before = [{**one, "cycle_month": "2023-05", "child_id": f"A-{n}"} for n, one in enumerate(audits(A=5))]
    june = [{**one, "child_id": f"B-{n}"} for n, one in enumerate(audits(B=9))]
    again = {**WHOLE, "team": "A", "child_id": "A-0"}
    rows = representative(
        tables(
            audits=[*({**one, "selection_route": "reactive"} for one in before), *june, again],
            caseload=open_records("2023-05-31", A=10, B=10),
        )
    )
    assert found(rows, "random_audits_made_up", by="team", group="B").denominator == 9
    assert found(rows, "random_audits_expected", by="team", group="A").value == pytest.approx(9 * 5 / 15)
