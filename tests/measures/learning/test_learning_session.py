"""What a learning session starts from, counted."""

from typing import Any

import pytest
from small import found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.learning.session import audited_again, involved, last_session, to_invite

THEN = {"cycle_month": "2022-12", "audited_on": "2022-12-12"}
RI = "requires improvement"


def event(day: str, team: str, invited: int | None, attended: int | None, **more: Any) -> dict[str, Any]:
    return {
        "event_id": f"L-{day}", "kind": "reflective session", "held_on": day, "team": team,
        "invited": invited, "attended": attended, **more,
    }  # fmt: skip


def test_a_theme_of_both_cycles_is_told_then_and_now() -> None:
    audits = [{}, {"overall_grade": RI}, {"theme_code": "neglect"}, {**THEN, "overall_grade": RI}]
    rows = audited_again(tables(audits=audits))
    shares = {row.period: (row.numerator, row.denominator) for row in rows if row.measure.endswith("better")}
    assert shares == {"2022-12": (0, 1), "2023-06": (1, 2)}
    assert found(rows, "audited_again", period="2023-06", group="supervision").value == 2
    assert not [row for row in rows if joined(row.group) == "neglect"]


def test_a_prompt_of_one_cycle_alone_has_its_nought_in_the_other() -> None:
    findings = [
        {"audit_id": "audits-1", "theme_code": "3.10", "polarity": "development"},
        {"audit_id": "audits-1", "theme_code": "3.10", "polarity": "development"},
        {"audit_id": "audits-2", "theme_code": "3.1", "polarity": "strength"},
    ]
    rows = audited_again(tables(audits=[{}, THEN], findings=findings))
    counted = {
        (row.period, joined(row.group)): row.numerator for row in rows if row.measure == "audited_again_prevalence"
    }
    assert counted == {
        ("2022-12", "3.1+strength"): 1, ("2022-12", "3.10+development"): 0,
        ("2023-06", "3.1+strength"): 0, ("2023-06", "3.10+development"): 1,
    }  # fmt: skip


@pytest.mark.parametrize("other", [{"theme_code": "neglect"}, {"theme_code": None}, {"selection_route": "reactive"}])
def test_without_a_theme_of_both_cycles_nothing_is_compared(other: dict[str, Any]) -> None:
    assert audited_again(tables(audits=[{}, {**THEN, **other}])) == []


def test_everybody_of_the_cycle_and_of_the_theme_six_months_ago_is_asked() -> None:
    audits = [
        {"key_worker_id": "a", "team_manager_id": "m", "service_manager_id": "s"},
        {"key_worker_id": "b", "selection_route": "reactive"},
        {"key_worker_id": "a", "team_manager_id": "b"},
        {"key_worker_id": "c", **THEN},
        {"key_worker_id": "d", "theme_code": "neglect", **THEN},
        {"key_worker_id": "e", "cycle_month": "2023-05", "audited_on": "2023-05-05"},
    ]
    held = tables(audits=audits)
    assert set(involved(held)["worker_id"]) == {"a", "b", "c", "m", "s"}
    rows = to_invite(held)
    assert found(rows, "session_to_invite", by="").value == 5
    parts = {joined(row.group): row.value for row in rows if joined(row.by) == "invited_as"}
    assert parts == {"key worker": 3, "Team Manager": 2, "Service Manager": 1}


def test_the_newest_session_is_counted_over_its_teams() -> None:
    events = [
        event("2023-06-13", "North", 6, 4), event("2023-06-13", "South", 5, 0), event("2023-06-13", "East", 4, None),
        event("2023-05-10", "North", 9, 9), event("2023-07-11", "North", 7, 7),
        {**event("2023-06-20", "North", 8, 8), "kind": "briefing"},
    ]  # fmt: skip
    rows = last_session(tables(audits=[{}], learning_events=events))
    assert {row.measure: (joined(row.group), row.value) for row in rows} == {
        "session_invited": ("2023-06-13", 11), "session_attended": ("2023-06-13", 4),
        "session_teams_invited": ("2023-06-13", 2), "session_teams_attended": ("2023-06-13", 1),
    }  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"learning_events": []}, {"learning_events": [event("2023-08-01", "N", 1, 1)]}])
def test_no_session_by_the_day_is_no_figure(more: dict[str, Any]) -> None:
    assert last_session(tables(audits=[{}], **more)) == []
