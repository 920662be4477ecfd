"""Children cared for and on a plan at each month end, and those who came and went."""

from small import found
from unit_council import listed, of

from qa_analysis.measures.figure import joined
from qa_analysis.measures.safeguarding_unit.children import children, children_in


def test_children_are_those_of_the_last_list_of_the_month_by_status_and_nobody_else() -> None:
    rows = children(
        of(
            caseload=[
                *listed("2023-06-15", "CLA"),
                *listed("2023-06-30", "CLA", "CLA", "CP", "CIN", "care leaver", None),
            ]
        )
    )
    assert found(rows, "unit_children", by="", period="2023-06").value == 3
    held = {joined(row.group): row.value for row in rows if row.by == ("case_status",)}
    assert held == {"CLA": 2, "CP": 1}


def test_who_changes_from_a_plan_to_care_ended_one_and_began_the_other() -> None:
    before, now = listed("2023-05-31", "CP", "CP", "CLA"), listed("2023-06-30", "CP", "CLA", "CLA", "CLA")
    moved = {
        joined(row.group): row.value
        for row in children(of(caseload=[*before, *now]))
        if row.measure == "unit_children_moved"
    }
    assert moved == {"CLA+began": 2, "CLA+ended": 0, "CP+began": 0, "CP+ended": 1}


def test_without_the_list_of_the_month_before_nobody_is_said_to_have_come_or_gone() -> None:
    rows = children(of(caseload=[*listed("2023-04-30", "CP"), *listed("2023-06-30", "CP")]))
    assert {row.measure for row in rows} == {"unit_children"}
    assert {row.period for row in rows} == {"2023-04", "2023-06"}


def test_a_list_of_a_later_month_is_left_for_that_month() -> None:
    assert {
        row.period for row in children(of(caseload=[*listed("2023-07-05", "CP"), *listed("2023-06-30", "CP")]))
    } == {"2023-06"}


def test_a_caseload_that_says_no_status_is_not_one_without_children() -> None:
    assert children(of(caseload=listed("2023-06-30", None, None))) == []


def test_children_of_several_months_are_counted_once_a_month_and_not_at_all_where_a_month_is_missing() -> None:
    held = of(caseload=[*listed("2023-05-31", "CP"), *listed("2023-06-30", "CP", "CLA")])
    assert children_in(held, ("2023-05", "2023-06")) == 3
    assert children_in(held, ("2023-04", "2023-05", "2023-06")) == 0
