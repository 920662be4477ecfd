"""A leader's grade and the usual auditor's of one record, against the same counted in plain Python."""

from itertools import product
from math import isclose
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_weeks import GRADES, LEADER, OCTOBER, SIX, both
from small import found, tables

from qa_analysis.measures.practice_week.calibration import calibration, pairs


def told(grades: list[tuple[str, str]]) -> list[Any]:
    rows = [row for at, (leader, usual) in enumerate(grades) for row in both(leader, usual, at)]
    return calibration(tables(OCTOBER, audits=rows))


def test_six_records_are_told_of_as_agreement_and_differences() -> None:
    figures = told(SIX)
    alike = found(figures, "leader_agreement", by="")
    assert (alike.numerator, alike.denominator) == (3, 6)
    tally = {one.group[0]: int(one.value) for one in figures if one.measure == "leader_differences"}
    assert tally == {"leader graded higher": 2, "same grade": 3, "leader graded lower": 1}
    assert found(figures, "leader_agreement", by="key_area", group="assessment").numerator == 3
    assert "leader_ac1" not in {one.measure for one in figures}, "six are too few for a coefficient"


def test_four_records_and_two_leaders_are_too_few_for_a_number() -> None:
    assert {one.measure for one in told(SIX[:4])} == {"leader_pairs"}
    one_leader = [row | ({"auditor_id": "one"} if row["audit_id"].startswith("w") else {})
                  for at, (leader, usual) in enumerate(SIX) for row in both(leader, usual, at)]  # fmt: skip
    figures = calibration(tables(OCTOBER, audits=one_leader))
    assert [(one.measure, one.value) for one in figures] == [("leader_pairs", 6)]


@pytest.mark.parametrize(
    "change",
    [
        {"cycle_month": "2023-09"}, {"child_id": "another"}, {"auditor_id": "leader-0"}, {"auditor_role": LEADER},
        {"auditor_role": "elected member"}, {"overall_grade": "not applicable"}, {"child_id": None},
    ],
)  # fmt: skip
def test_it_takes_the_same_record_and_cycle_and_another_person_who_is_no_leader(change: dict[str, Any]) -> None:
    rows = both("good", "good", 0, **change)
    assert found(calibration(tables(OCTOBER, audits=rows)), "leader_pairs").value == 0


def test_of_two_usual_audits_the_one_nearest_in_time_counts() -> None:
    rows = [*both("good", "inadequate", 0), *both("good", "good", 0, audit_id="near", audited_on="2023-10-12")[1:]]
    assert pairs(tables(OCTOBER, audits=rows))["audit_id_usual"].tolist() == ["near"]


def test_from_ten_records_there_is_a_coefficient_as_the_formula_gives_it() -> None:
    grades = [*SIX, *SIX]
    share = sum(leader == usual for leader, usual in grades) / 12
    mean = {grade: sum((leader == grade) + (usual == grade) for leader, usual in grades) / 24 for grade in GRADES}
    chance = sum(one * (1 - one) for one in mean.values()) / (len(GRADES) - 1)
    assert isclose(found(told(grades), "leader_ac1").value, (share - chance) / (1 - chance))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(list(product(GRADES, GRADES))), min_size=5, max_size=12))
def test_whatever_the_grades_the_counts_are_those_counted_by_hand(grades: list[tuple[str, str]]) -> None:
    figures = told(grades)
    steps = [GRADES.index(leader) - GRADES.index(usual) for leader, usual in grades]
    tally = {one.group[0]: int(one.value) for one in figures if one.measure == "leader_differences"}
    assert tally == {
        "leader graded higher": sum(step < 0 for step in steps), "same grade": steps.count(0),
        "leader graded lower": sum(step > 0 for step in steps),
    }  # fmt: skip
