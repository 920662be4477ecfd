"""The stock of actions reconciles, and the tracker holds every audit."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import found, tables

from qa_analysis.data.tables import Tables
from qa_analysis.measures.actions.flow import BRIDGE, action_flow, bridge, flow
from qa_analysis.measures.actions.stock import actions
from qa_analysis.measures.figure import joined

DAYS = st.dates(date(2022, 1, 1), date(2023, 8, 1)).map(str)


def of(*rows: dict[str, object], audits: int = 1):
    return action_flow(tables(audits=[{}] * audits, actions=rows))


def month_of(rows: list, month: str) -> dict[str, float]:
    return {joined(row.group): row.value for row in rows if row.measure == "actions_flow" and row.period == month}


def test_the_stock_of_a_month_is_what_it_opened_with_plus_agreed_less_closed() -> None:
    rows = of(
        {"agreed_on": "2023-04-10"},
        {"agreed_on": "2023-04-20", "completed_on": "2023-05-31"},
        {"agreed_on": "2023-05-01", "completed_on": "2023-05-02"},
        {"agreed_on": "2023-05-31", "completed_on": "2023-06-01"},
    )
    assert month_of(rows, "2023-05") == {"opening": 2, "agreed": 2, "closed": 2, "closing": 2}


def test_what_was_completed_before_it_was_agreed_closes_when_it_was_agreed() -> None:
    rows = of({"agreed_on": "2023-05-10", "completed_on": "2023-03-01"})
    assert month_of(rows, "2023-05") == {"opening": 0, "agreed": 1, "closed": 1, "closing": 0}


@pytest.mark.slow
@settings(max_examples=30)
@given(st.lists(st.tuples(DAYS | st.none(), DAYS | st.none()), max_size=8))
def test_the_stock_reconciles_in_every_month_whatever_the_dates(dates: list[tuple[str | None, str | None]]) -> None:
    held = tables(audits=[{}], actions=[{"agreed_on": agreed, "completed_on": done} for agreed, done in dates])
    months = [month_of(flow(held), month) for month in held.rolling_cycles]
    assert all(one["opening"] + one["agreed"] - one["closed"] == one["closing"] for one in months)
    assert [one["closing"] for one in months[:-1]] == [one["opening"] for one in months[1:]]


def bridge_of(held: Tables) -> dict[str, float]:
    return {joined(row.group): row.value for row in bridge(held)}


def test_the_bridge_leads_from_the_months_end_to_the_day() -> None:
    rows = [
        {"agreed_on": "2023-06-01"},
        {"agreed_on": "2023-06-01", "completed_on": "2023-06-30"},
        {"agreed_on": "2023-06-01", "completed_on": "2023-07-01"},
        {"agreed_on": "2023-07-02"},
        {"agreed_on": "2023-07-02", "completed_on": "2023-07-09"},
        {"agreed_on": "2023-07-02", "completed_on": "2023-07-11"},
        {"agreed_on": None},
    ]
    assert bridge_of(tables(audits=[{}], actions=rows)) == dict(zip(BRIDGE, (2, 3, 2, 1, 4), strict=True))


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.lists(st.tuples(DAYS | st.none(), DAYS | st.none()), max_size=8),
    st.dates(date(2023, 6, 15), date(2023, 8, 20)).map(str),
)
def test_the_bridge_adds_up_whatever_the_dates_and_the_day(
    dates: list[tuple[str | None, str | None]], day: str
) -> None:
    rows = [{"agreed_on": agreed, "completed_on": done} for agreed, done in dates]
    held = tables(as_at=day, audits=[{}], actions=rows)
    at_end, agreed, closed, undated, on_day = (bridge_of(held)[step] for step in BRIDGE)
    assert at_end + agreed - closed + undated == on_day
    assert on_day == found(actions(held), "actions_open", by="").value
    assert at_end == month_of(flow(held), "2023-06")["closing"]


def test_every_audit_is_on_the_tracker_with_its_actions_or_with_none() -> None:
    rows = of({"audit_id": "audits-1"}, {"audit_id": "audits-1"}, {"audit_id": "audits-2"}, {"audit_id": "x"}, audits=3)
    held = {joined(row.group): row.value for row in rows if row.measure == "audits_by_actions"}
    assert held == {"no action": 1, "one action": 1, "two or three actions": 1, "four or more actions": 0}
    assert found(rows, "actions_without_audit").value == 1


def test_overdue_actions_are_counted_by_days_over() -> None:
    rows = of(*({"due_on": day} for day in ("2023-07-10", "2023-07-09", "2023-06-20", "2023-06-19", "2023-04-01")))
    held = {joined(row.group): row.value for row in rows if row.measure == "actions_overdue"}
    assert held == {"1-20 days over": 2, "21-40 days over": 1, "41-80 days over": 0, "over 80 days over": 1}


def test_due_dates_before_the_agreement_and_beyond_forty_days_are_counted() -> None:
    rows = of(*({"agreed_on": "2023-06-01", "due_on": day} for day in ("2023-05-31", "2023-07-11", "2023-07-12", None)))
    early = found(rows, "actions_due_before_agreed")
    assert (early.numerator, early.denominator) == (1, 3)
    assert found(rows, "actions_due_over_40_days").numerator == 1


def test_an_audit_is_in_time_only_if_every_action_of_it_is() -> None:
    early = {"agreed_on": "2023-05-01", "completed_on": "2023-05-20"}
    rows = of(
        {"audit_id": "audits-1", **early},
        {"audit_id": "audits-2", **early}, {"audit_id": "audits-2", "agreed_on": "2023-05-01"},
        {"audit_id": "audits-3", **early}, {"audit_id": "audits-3", "agreed_on": "2023-07-01"},
        audits=3,
    )  # fmt: skip
    row = found(rows, "audits_all_actions_in_40_calendar_days")
    assert (row.numerator, row.denominator) == (1, 2)


def test_an_audit_with_an_action_open_for_exactly_forty_days_is_not_judged_yet() -> None:
    """On 10 July 2023, an action of 31 May is forty days old and one of 30 May is forty-one."""
    young = of({"audit_id": "audits-1", "agreed_on": "2023-05-31"})
    old = of({"audit_id": "audits-1", "agreed_on": "2023-05-30"})
    assert [found(rows, "audits_all_actions_in_40_calendar_days").denominator for rows in (young, old)] == [0, 1]


def test_an_audit_with_an_action_done_on_day_forty_is_in_time() -> None:
    days = ("2023-06-10", "2023-06-11")  # the fortieth day after 1 May, and the next
    rows = [of({"audit_id": "audits-1", "agreed_on": "2023-05-01", "completed_on": day}) for day in days]
    assert [found(row, "audits_all_actions_in_40_calendar_days").numerator for row in rows] == [1, 0]


def test_without_actions_every_month_is_empty() -> None:
    assert set(month_of(of(), "2023-06").values()) == {0}
