import pytest
from small import found, tables

from qa_analysis.measures.closing_the_loop.change import loop
from qa_analysis.measures.figure import joined

THEN = {"cycle_month": "2022-12", "audited_on": "2022-12-12"}


def council(now_good: int, now: int, then_good: int, then: int, **then_more: str):
    grade = {True: "good", False: "inadequate"}
    return tables(
        audits=[
            *({"overall_grade": grade[place < now_good]} for place in range(now)),
            *({"overall_grade": grade[place < then_good], **THEN, **then_more} for place in range(then)),
        ]
    )


def test_the_difference_is_the_later_share_less_the_earlier_with_newcombes_interval() -> None:
    # Newcombe 1998, table II, method 10: 56/70 less 48/80 is 0.2000 (0.0524 to 0.3339).
    row = found(loop(council(56, 70, 48, 80)), "loop_difference", population="all audits", by="")
    assert [round(number, 4) for number in (row.value, row.lower, row.upper)] == [0.2, 0.0524, 0.3339]
    assert row.period == "2023-06"
    assert row.method.endswith("; 2023-06 less 2022-12")


def test_the_pooled_quarter_names_its_cycles_whether_or_not_each_had_audits() -> None:
    row = found(loop(council(5, 9, 5, 9)), "loop_difference", population="three cycles pooled", by="")
    assert row.method.endswith("; 2023-04/2023-06 less 2022-10/2022-12")


def test_too_few_audits_are_said_to_be_too_few() -> None:
    rows = loop(council(9, 9, 0, 40))
    assert found(rows, "loop_difference", population="all audits", by="").note == "too few to judge"
    assert found(loop(council(9, 10, 0, 40)), "loop_difference", population="all audits", by="").note == ""


def test_the_exact_test_stands_beside_the_difference() -> None:
    # 27 of 40 against 17 of 38: twice the smaller one-sided p is .055, while Newcombe's interval leaves zero out.
    row = found(loop(council(27, 40, 17, 38)), "loop_exact_test", population="all audits", by="")
    assert row.value == pytest.approx(0.0552, abs=0.0001)


def test_how_many_audits_would_show_smaller_rises_is_planned() -> None:
    rows = loop(council(16, 40, 16, 40))
    needed = {joined(row.group): row.value for row in rows if row.measure == "audits_needed"}
    assert needed == {"0.10": 392, "0.15": 176, "0.20": 97, "0.25": 60}


def test_the_same_theme_is_compared_only_with_itself() -> None:
    rows = loop(council(10, 20, 10, 20, theme_code="neglect"))
    assert not [row for row in rows if row.population == "same theme"]


def test_better_grades_now_are_more_likely_than_not_to_be_better() -> None:
    row = found(loop(council(36, 40, 12, 40)), "loop_superiority", population="all audits", by="")
    assert row.value > row.lower > 0.5


def test_forty_audits_a_side_usually_show_a_rise_of_about_thirty_points() -> None:
    # Methods 5.2: from 40% good or better, 40 audits in each period, 31 points.
    row = found(loop(council(16, 40, 16, 40)), "detectable_rise", population="all audits")
    assert row.value == pytest.approx(0.31, abs=0.01)


def test_without_audits_six_months_ago_nothing_is_compared() -> None:
    rows = loop(tables(audits=[{}]))
    assert {row.measure for row in rows} == {"loop_good_or_better"}
    assert {joined(row.group).rpartition("+")[2] for row in rows} == {"now"}


def test_what_the_verdict_compares_is_told_for_each_area_and_side() -> None:
    poor, earlier = {"grade_assessment": "inadequate"}, {"cycle_month": "2023-04"}
    outside = {**THEN, "cycle_month": "2022-09"}
    rows = loop(tables(audits=[{}, poor, earlier, THEN, {**THEN, **poor}, outside]))
    told = {joined(row.group): (row.numerator, row.denominator) for row in rows if row.measure == "loop_good_or_better"}
    assert [told[f"assessment+{side}"] for side in ("now", "then")] == [(2, 3), (1, 2)]
    assert [told[f"multi_agency+{side}"] for side in ("now", "then")] == [(3, 3), (2, 2)]
    assert [told[side] for side in ("now", "then")] == [(3, 3), (2, 2)]
