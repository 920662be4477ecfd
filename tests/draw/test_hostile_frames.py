"""Whatever the caseload, a draw ends in a list that says what gave way, or in a line with the smallest change."""

import pandas as pd
import pytest
from draws import MONTH, column, drawn, framed, records
from small import frame

from qa_analysis.draw.asked import asked_for
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for


def test_one_team_is_a_list() -> None:
    assert len(drawn(records(40), size=8).drawn) == 8


def test_one_worker_for_all_is_a_list_that_says_so() -> None:
    made = drawn(
        records(10, key_worker_id="kw"),
        size=3,
        audits=[{"cycle_month": "2023-06", "child_id": "x", "key_worker_id": "kw"}],
    )
    assert made.notes == (
        "3 records of a key worker audited last cycle were selected, because their services have no others left.",
    )


def everyone(cycles: list[str]) -> list[dict[str, str]]:
    """An audit of each record, in these cycles by turns."""
    return [
        {"cycle_month": cycles[place % len(cycles)], "child_id": row["child_id"], "key_worker_id": "z"}
        for place, row in enumerate(records(10))
    ]


def test_everyone_audited_last_month_is_one_line_with_the_smallest_change() -> None:
    with pytest.raises(WrongUse) as refused:
        framed(records(10), audits=everyone(["2023-06"]))
    assert str(refused.value) == (
        "No record can be selected for 2023-07. The others cannot be: child audited in the last 12 months (10). With 0 "
        "months between the audits of one child (draw_child_rest_months of framework.yaml, now 12), 10 more records "
        "could be."
    )


def test_the_smallest_change_frees_no_more_than_it_must() -> None:
    rows, done = records(10), everyone(["2023-06", "2022-09"])  # five a month ago, five ten months ago
    note = framed([*rows, *records(2, first=50)], size=4, audits=done).notes[-1]
    assert note.startswith(
        "4 audits are asked for and 2 can be selected. The others cannot be: child audited in the last"
    )
    assert "With 9 months between the audits of one child" in note
    assert "5 more records could be" in note


def test_fewer_records_than_asked_for_are_all_selected_and_the_list_says_so() -> None:
    made = framed(records(3), size=8)
    assert made.allocation.size == 3
    assert made.notes[-1] == "8 audits are asked for and 3 can be selected. Ask for 3 (--size 3)."


def test_a_theme_nobody_is_in_says_which_rule_would_let_records_in() -> None:
    plan = [{"cycle_month": MONTH, "theme_code": "fostering-support", "planned_audits": 3}]
    with pytest.raises(WrongUse, match=r"outside the theme \(5\)\. If the theme were about their case status too"):
        framed(records(5), size=None, plan=plan)


def test_restricted_records_alone_are_left_to_those_who_may_open_them() -> None:
    with pytest.raises(WrongUse, match="Restricted records are chosen by those who may open them"):
        framed(records(5, is_restricted=True))


def test_a_record_that_comes_twice_is_in_the_frame_once() -> None:
    rows = [
        *records(4),
        {**records(1)[0], "child_id": " C00001 "},
        {**records(1)[0], "child_id": "C00001", "team": "South"},
    ]
    made = drawn(rows, size=4)
    assert len(made.drawn) == made.drawn["child_id"].nunique() == 4
    assert made.records["exclusion"].tolist().count("the same record in another row") == 2


def test_no_reviewing_officers_and_no_age_bands_are_no_matter() -> None:
    made = drawn(records(6), size=2)
    assert set(made.records["reviewing_officer_id"]) == {""}
    assert len(made.drawn) == 2


def test_a_record_without_a_number_or_team_is_kept_apart_or_named_so() -> None:
    made = drawn([*records(3), {**records(1)[0], "child_id": None}, {**records(1, first=9)[0], "team": None}], size=4)
    assert column(made, "exclusion")[""] == "no number"
    assert column(made, "stratum")["C00009"] == "Safeguarding / not recorded"


def test_a_caseload_of_later_days_alone_is_one_line() -> None:
    with pytest.raises(WrongUse, match="The caseload holds no day before 2023-07"):
        framed(records(3, snapshot_on="2023-07-31"))


def test_the_newest_day_before_the_cycle_is_the_frame() -> None:
    rows = [
        *records(3, snapshot_on="2023-05-31"),
        *records(2, snapshot_on="2023-06-30"),
        *records(9, snapshot_on="2023-07-31"),
    ]
    assert len(framed(rows, size=2).records) == 2


@pytest.mark.parametrize("size", [0, -1])
def test_no_audit_is_no_draw(size: int) -> None:
    with pytest.raises(WrongUse, match="No audit is asked for"):
        framed(records(3), size=size)


def test_the_plan_says_how_many_and_a_size_is_shared_as_the_plan_does() -> None:
    plan = frame(
        "audit_plan",
        [
            {"cycle_month": MONTH, "theme_code": "neglect", "planned_audits": 20},
            {"cycle_month": MONTH, "theme_code": "step-down", "planned_audits": 10},
            {"cycle_month": MONTH, "theme_code": "supervision", "planned_audits": pd.NA},
            {"cycle_month": "2023-08", "theme_code": "neglect", "planned_audits": 99},
        ],
    )
    assert asked_for(MONTH, plan, rules_for(MONTH)).sizes == {"neglect": 20, "step-down": 10}
    assert asked_for(MONTH, plan, rules_for(MONTH), size=7).sizes == {"neglect": 5, "step-down": 2}
    assert asked_for(MONTH, plan, rules_for(MONTH), size=1).sizes == {"neglect": 1}
    assert asked_for(MONTH, None, rules_for(MONTH)).sizes == {"": 16}
