from typing import Any

from small import found, tables

from qa_analysis.dates import months_after
from qa_analysis.measures.themes.response import NO_RESPONSE, theme_response


def persistent(**more: Any):
    """Contingency is an area for development in every audit of a year."""
    months = [months_after("2023-06", -back) for back in range(12)]
    return tables(
        audits=[{"cycle_month": month, "audited_on": f"{month}-02"} for month in months],
        findings=[{"audit_id": f"audits-{n}", "theme_code": "1.4", "polarity": "development"} for n in range(1, 13)],
        **more,
    )


def test_an_action_for_one_child_does_not_answer_a_theme() -> None:
    held = persistent(actions=[{"theme_code": "1.4", "level": "child"}])
    row = found(theme_response(held), "theme_responses", group="1.4")
    assert (row.value, row.verdict, row.period) == (0, NO_RESPONSE, "2023-05/2023-06")


def test_a_service_action_a_decision_and_learning_answer_it_within_two_cycles() -> None:
    held = persistent(
        actions=[
            {"theme_code": "1.4", "level": "service"}, {"theme_code": "3.1", "level": "service"},
            {"theme_code": "1.4", "level": "team", "agreed_on": "2023-04-28"},
        ],
        smt_decisions=[{"theme_code": "1.4", "meeting_on": "2023-05-17"}],
        learning_events=[{"theme_code": "1.4", "held_on": "2023-06-07"}],
    )  # fmt: skip
    row = found(theme_response(held), "theme_responses", group="1.4")
    assert (row.value, row.verdict) == (3, "")


def test_themes_that_neither_emerge_nor_persist_ask_for_no_answer() -> None:
    assert theme_response(tables(audits=[{}] * 12)) == []
