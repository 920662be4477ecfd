"""What a service did in a financial quarter, on small literal tables: three cycles added up."""

from functools import cache
from typing import Any

import pytest
from small import LONG_AT_IT, found, tables

from qa_analysis.council import Own
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.service_plan.indicators import quarter_indicators
from qa_analysis.measures.service_plan.quarter import quarter_called, quarter_up_to
from qa_analysis.measures.service_plan.work import quarter_learning, quarter_wider_actions, quarter_work

QUARTER = "2023-04/2023-06"


def audit(cycle: str, service: str, team: str) -> dict[str, Any]:
    return {"cycle_month": cycle, "audited_on": f"{cycle}-15", "service_area": service, "team": team}


AUDITS = [
    audit("2023-03", "Safeguarding", "North"), audit("2023-04", "Safeguarding", "North"),
    audit("2023-06", "Safeguarding", "South"), audit("2023-06", "Cared For", "Rowan"),
]  # fmt: skip
ACTIONS = [
    {"agreed_on": "2023-04-01", "completed_on": "2023-06-30"},
    {"agreed_on": "2023-03-31", "completed_on": "2023-04-01", "signed_off_on": "2023-05-01"},
    {"agreed_on": "2023-05-10", "level": "team", "theme_code": "1.4", "completed_on": "2023-07-05"},
    {"agreed_on": "2023-05-10", "level": "service", "theme_code": "1.4"},
    {"agreed_on": "2023-05-10", "level": "child", "theme_code": "1.4"},
    {"agreed_on": "2023-05-10", "level": "partnership", "theme_code": "5.1", "service_area": None},
    {"agreed_on": "2023-07-01", "level": "team", "theme_code": "1.4"},
]
EVENTS = [
    *({"event_id": "e1", "kind": "training", "held_on": "2023-05-01", "team": team, "attended": 4, "theme_code": "1.4"}
      for team in ("North", "South")),
    {"event_id": "e2", "kind": "training", "held_on": "2023-06-30", "team": "Rowan", "attended": 0},
    {"event_id": "e3", "kind": "briefing", "held_on": "2023-04-01", "team": None, "attended": 9},
    {"event_id": "e4", "kind": "briefing", "held_on": "2023-03-31", "team": "North", "attended": 9},
]  # fmt: skip


def reading(month: str, entity: str, part: float | None, whole: float | None = 10, **said: Any) -> dict[str, Any]:
    return {"indicator_code": "K1", "name": "Plans up to date", "level": "service", "entity": entity, "period": month,
            "numerator": part, "denominator": whole, "better_is": "higher", **said}  # fmt: skip


INDICATORS = [
    *(reading(month, "Safeguarding", part) for month, part in (("2023-04", 5), ("2023-05", 7), ("2023-06", 9))),
    *(reading(month, "Cared For", part) for month, part in (("2023-04", 10), ("2023-06", 8))),
    *(reading(month, "Fostering", None, None, numerator=part, indicator_code="K2", name="Contacts")
      for month, part in (("2023-04", 5), ("2023-05", 6), ("2023-06", 7))),
]  # fmt: skip


@cache
def figures() -> tuple[Figure, ...]:
    held = tables(audits=AUDITS, actions=ACTIONS, learning_events=EVENTS, indicators=INDICATORS)
    return (*quarter_work(held), *quarter_wider_actions(held), *quarter_learning(held), *quarter_indicators(held))


def value(measure: str, by: Any, group: Any) -> float:
    return found(figures(), measure, by=by, group=group, period=QUARTER).value


def test_a_quarter_of_the_financial_year_is_the_newest_that_has_ended() -> None:
    rules = rules_for("2023-06", own=LONG_AT_IT)
    assert quarter_up_to("2023-06", rules) == ("2023-04", "2023-05", "2023-06")
    assert quarter_up_to("2023-08", rules) == ("2023-04", "2023-05", "2023-06")
    assert quarter_up_to("2023-01", rules) == ("2022-10", "2022-11", "2022-12")
    assert quarter_up_to("2023-06", rules_for("2023-06", own=Own(first_cycle="2023-06"))) == ("2023-06",)


@pytest.mark.parametrize(
    ("last", "said"),
    [("2023-06", "quarter 1 of 2023/24"), ("2023-09", "quarter 2 of 2023/24"), ("2023-12", "quarter 3 of 2023/24"),
     ("2024-03", "quarter 4 of 2023/24"), ("2000-03", "quarter 4 of 1999/00")],
)  # fmt: skip
def test_a_quarter_is_called_by_the_year_that_began_in_april(last: str, said: str) -> None:
    assert quarter_called(last) == said


def test_audits_of_three_cycles_are_added_up_for_each_service() -> None:
    assert value("quarter_audits", "", "") == 3
    assert value("quarter_audits", "service_area", "Safeguarding") == 2
    assert value("quarter_audits", "service_area", "Cared For") == 1


def test_an_action_counts_in_the_quarter_of_each_of_its_days() -> None:
    steps = {step: value("quarter_actions", "step", step) for step in ("agreed", "completed", "signed off")}
    assert steps == {"agreed": 5, "completed": 2, "signed off": 1}
    assert value("quarter_actions", ("service_area", "step"), ("Safeguarding", "agreed")) == 4
    assert value("quarter_actions", ("service_area", "step"), ("Cared For", "agreed")) == 0


def test_wider_actions_alone_are_told_by_theme() -> None:
    one = found(figures(), "quarter_wider_actions", by=("service_area", "theme_code"), group=("Safeguarding", "1.4"))
    assert (one.numerator, one.denominator) == (1, 2) and one.lower != one.lower
    assert value("quarter_wider_actions", "theme_code", "5.1") == 0
    named = {one.group for one in figures() if one.measure == "quarter_wider_actions"}
    assert named == {("1.4",), ("5.1",), ("Safeguarding", "1.4")}


def test_an_event_counts_once_for_a_service_and_one_of_no_team_for_each() -> None:
    held = {one.group: one.value for one in figures() if one.measure == "quarter_learning"}
    assert held == {
        ("training",): 1, ("briefing",): 1, ("Safeguarding", "training"): 1, ("Safeguarding", "briefing"): 1,
        ("Cared For", "briefing"): 1,
    }  # fmt: skip
    assert value("quarter_learning_themes", ("service_area", "theme_code"), ("Safeguarding", "1.4")) == 1


def test_numerators_and_denominators_of_three_months_are_added_and_a_missing_month_gives_none() -> None:
    one = found(figures(), "quarter_indicator_share", by=("indicator", "service_area"), group=("K1", "Safeguarding"))
    assert (one.numerator, one.denominator, one.value) == (21, 30, 0.7) and one.lower < 0.7 < one.upper
    assert one.note == "Plans up to date"
    groups = {one.group for one in figures() if one.measure == "quarter_indicator_share"}
    assert groups == {("K1", "Safeguarding")}  # Cared For lacks May, so the whole does too
    assert value("quarter_indicator_value", "indicator", "K2") == 18


def test_a_month_of_too_few_cases_is_in_no_quarter() -> None:
    rows = [reading(month, name, 2, whole) for month in ("2023-04", "2023-05", "2023-06")
            for name, whole in (("A", 2 if month == "2023-05" else 10), ("B", 10), ("C", 12))]  # fmt: skip
    told = quarter_indicators(tables(audits=AUDITS, indicators=rows))
    assert {one.group for one in told} == {("K1",), ("K1", "C")}
