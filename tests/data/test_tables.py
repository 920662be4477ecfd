from datetime import date

import pytest
from small import CONTRACTS, frames, tables

from qa_analysis.data.tables import tables_as_at
from qa_analysis.errors import ContractBroken, WrongUse
from qa_analysis.framework import rules_for


def test_an_audit_done_after_the_day_has_not_happened() -> None:
    held = tables(audits=[{"audited_on": "2023-07-10"}, {"audited_on": "2023-07-11"}])
    assert held.audits["audit_id"].tolist() == ["audits-1"]


def test_a_completion_dated_later_is_still_open() -> None:
    held = tables(
        audits=[{}],
        actions=[{"completed_on": "2023-07-10"}, {"completed_on": "2023-07-11"}, {"agreed_on": "2023-07-11"}],
    )
    assert held.actions["completed_on"].isna().tolist() == [False, True]


def test_a_sign_off_dated_later_has_not_been_given() -> None:
    held = tables(
        audits=[{}],
        actions=[
            {"completed_on": "2023-07-01", "signed_off_on": "2023-07-10"},
            {"completed_on": "2023-07-01", "signed_off_on": "2023-07-11"},
        ],
    )
    assert held.actions["signed_off_on"].isna().tolist() == [False, True]


def test_a_family_that_was_spoken_to_later_has_not_been() -> None:
    held = tables(audits=[{}], family_feedback=[{"contacted_on": "2023-07-10"}, {"contacted_on": "2023-07-11"}])
    assert held.frames["family_feedback"]["contacted_on"].tolist() == [held.as_at]


def test_no_date_later_than_the_day_is_known_in_any_dataset_unless_it_is_planned() -> None:
    """Every column of a date in every contract, on the day and on the next."""
    for name, contract in CONTRACTS.items():
        dates = [column for column in contract.columns if column.kind == "date"]
        rows = [dict.fromkeys([column.name for column in dates], day) for day in ("2023-07-10", "2023-07-11")]
        also = {} if name == "audits" else {"audits": [{}]}
        held = tables(**{**also, name: rows}).frames[name]
        known = {column.name: held[column.name].dropna() for column in dates if not column.is_planned}
        assert {column: str(days.max().date()) for column, days in known.items()} == dict.fromkeys(known, "2023-07-10")


def test_a_due_date_ahead_is_kept() -> None:
    held = tables(audits=[{}], actions=[{"due_on": "2023-09-01"}])
    assert held.actions["due_on"].notna().all()


def test_a_month_re_run_later_is_the_same_whatever_was_added_since() -> None:
    then = tables(audits=[{}], actions=[{}])
    now = tables(
        audits=[{}, {"cycle_month": "2024-01", "audited_on": "2024-01-12"}],
        actions=[{"completed_on": "2023-12-01"}, {"agreed_on": "2024-01-15"}],
    )
    for name in ("audits", "actions"):
        assert now.frames[name].drop(columns="source_row").equals(then.frames[name].drop(columns="source_row"))


def test_a_blank_that_was_something_nobody_could_read_is_told_from_an_empty_one() -> None:
    held = tables(audits=[{}], actions=[{"source_unread": "due_on;completed_on"}, {"source_unread": "due_on"}, {}])
    assert held.unread("actions", "completed_on").tolist() == [True, False, False]
    assert held.unread("actions", "due_on").tolist() == [True, True, False]
    assert held.unread("actions", "on").tolist() == [False, False, False]


def test_without_actions_there_is_no_report() -> None:
    held = {name: frame for name, frame in frames(audits=[{}]).items() if name not in ("actions", "findings")}
    with pytest.raises(ContractBroken, match=r"No report without actions:"):
        tables_as_at(held, CONTRACTS, month="2023-06", as_at=date(2023, 7, 10), rules=rules_for("2023-06"))


def test_moderations_and_findings_that_were_not_supplied_hold_no_row_and_are_not_among_the_frames() -> None:
    held = {name: frame for name, frame in frames(audits=[{}]).items() if name in ("audits", "actions")}
    known = tables_as_at(held, CONTRACTS, month="2023-06", as_at=date(2023, 7, 10), rules=rules_for("2023-06"))
    assert set(known.frames) == {"audits", "actions"}
    for frame, dataset in ((known.moderations, "moderations"), (known.findings, "findings")):
        assert len(frame) == 0
        assert frame.dtypes.to_dict() == frames()[dataset][list(frame.columns)].dtypes.to_dict()


def test_a_month_without_an_audit_is_refused_with_the_cycles_held() -> None:
    with pytest.raises(WrongUse, match=r"2023-09.*2023-06 to 2023-06"):
        tables("2023-09", audits=[{}])


def test_the_rolling_year_is_twelve_cycles_ending_with_the_month() -> None:
    year = tables(audits=[{}]).rolling_cycles
    assert (year[0], year[-1], len(year)) == ("2022-07", "2023-06", 12)


def test_what_became_known_with_a_later_date_is_blank_with_it() -> None:
    held = [
        {"dated_on": "2023-01-10", "status": "closed", "closed_on": day} for day in ("2023-07-10", "2023-07-11", None)
    ]
    known = tables(audits=[{}], external_reviews=held).frames["external_reviews"]
    assert known["status"].fillna("").tolist() == ["closed", "", "closed"]
