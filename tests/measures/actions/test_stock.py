import pytest
from small import found, tables

from qa_analysis.measures.actions.stock import actions
from qa_analysis.measures.figure import joined


def of(*rows: dict[str, object], as_at: str = "2023-07-10"):
    return actions(tables(audits=[{}], actions=rows, as_at=as_at))


def test_an_action_closed_on_day_forty_is_on_time() -> None:
    row = found(of({"agreed_on": "2023-05-01", "completed_on": "2023-06-10"}), "completed_in_40_calendar_days")
    assert (row.numerator, row.denominator) == (1, 1)


def test_an_action_closed_on_day_forty_one_is_not() -> None:
    row = found(of({"agreed_on": "2023-05-01", "completed_on": "2023-06-11"}), "completed_in_40_calendar_days")
    assert (row.numerator, row.denominator) == (0, 1)


@pytest.mark.parametrize(("completed", "in_time"), [("2023-01-13", 1), ("2023-01-16", 0)])
def test_forty_working_days_run_across_christmas(completed: str, in_time: int) -> None:
    row = found(of({"agreed_on": "2022-11-15", "completed_on": completed}), "completed_in_40_working_days")
    assert (row.numerator, row.denominator) == (in_time, 1)


def test_an_open_action_counts_against_us_only_after_forty_days() -> None:
    young, old = {"agreed_on": "2023-05-31"}, {"agreed_on": "2023-05-30"}  # 40 and 41 days on 10 July
    row = found(of(young, old), "completed_in_40_calendar_days")
    assert (row.numerator, row.denominator) == (0, 1)


def test_overdue_is_open_with_its_date_passed() -> None:
    rows = of(
        {"due_on": "2023-07-09"},
        {"due_on": "2023-07-10"},
        {"due_on": None},
        {"due_on": "2023-07-01", "completed_on": "2023-07-05"},
        {"due_on": "2023-07-01", "is_safeguarding": True},
    )
    assert found(rows, "actions_open", by="").value == 4
    assert found(rows, "actions_overdue", by="").value == 2
    assert found(rows, "actions_overdue_safeguarding").value == 1
    assert found(rows, "actions_open_without_due_date").value == 1


def test_agreed_counts_the_calendar_month_and_completed_everything_so_far() -> None:
    rows = of(
        {"agreed_on": "2023-06-01"},
        {"agreed_on": "2023-06-30", "completed_on": "2023-07-02"},
        {"agreed_on": "2023-05-31", "completed_on": "2023-06-02", "signed_off_on": "2023-06-05"},
        {"agreed_on": "2023-07-01"},
    )
    assert found(rows, "actions_agreed").value == 2
    assert found(rows, "actions_completed").value == 2
    assert found(rows, "actions_unsigned").value == 1


def test_a_completion_before_the_agreement_spoils_only_the_times() -> None:
    rows = of({"agreed_on": "2023-06-10", "completed_on": "2023-06-01"}, {"completed_on": "2023-06-03"})
    assert found(rows, "actions_completed").value == 2
    assert found(rows, "completed_in_40_calendar_days").denominator == 1
    assert found(rows, "completed_by_day_40_km").denominator == 1


def test_an_action_whose_audit_is_not_there_is_still_an_action() -> None:
    assert found(of({"audit_id": "nowhere"}), "actions_open", by="").value == 1


def test_open_actions_are_counted_by_age() -> None:
    rows = of({"agreed_on": "2023-06-20"}, {"agreed_on": "2023-06-19"}, {"agreed_on": "2023-01-01"})
    ages = {joined(row.group): row.value for row in rows if row.measure == "actions_open" and joined(row.by) == "age"}
    assert ages == {"0-20 days": 1, "21-40 days": 1, "41-80 days": 0, "over 80 days": 1}


def test_no_actions_at_all_is_a_normal_month() -> None:
    rows = of()
    assert found(rows, "actions_open", by="").value == 0
    assert found(rows, "completed_in_40_calendar_days").denominator == 0


def test_where_safeguarding_was_not_recorded_no_count_of_it_is_nought() -> None:
    late = {"due_on": "2023-07-01"}
    rows = of({**late, "is_safeguarding": None})
    assert [row.group for row in rows if row.by == ("safeguarding",)] == [("not recorded",)]
    assert "actions_overdue_safeguarding" not in {row.measure for row in rows}
    recorded = of({**late, "is_safeguarding": False})
    marks = [(*row.group, row.value) for row in recorded if row.by == ("safeguarding",)]
    assert marks == [("yes", 0), ("no", 1)]
