"""The loop of each audit theme, from raised to audited again."""

from typing import Any

from small import found, tables

from qa_analysis.measures.closing_the_loop.ledger import (
    DID_NOT,
    DUE,
    ORPHAN,
    OVERDUE,
    TOOK_PART,
    Loop,
    ledger,
    loops,
    state,
)
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE


def audits(*of: tuple[str, str, int, int]) -> list[dict[str, Any]]:
    """Audits of themes in cycles: theme, cycle, how many, how many of them good."""
    return [
        {"theme_code": theme, "cycle_month": cycle, "audited_on": f"{cycle}-08", "team": "North" if n % 2 else "South",
         "overall_grade": "good" if n < good else "inadequate"}
        for theme, cycle, size, good in of
        for n in range(size)
    ]  # fmt: skip


def test_a_theme_is_audited_again_from_six_months_on() -> None:
    held = tables(
        audits=audits(("neglect", "2022-12", 1, 1), ("neglect", "2023-03", 1, 1), ("neglect", "2023-06", 1, 1))
    )
    assert loops(held) == [Loop("neglect", "2022-12", "2023-06")]


def test_a_revisit_is_due_for_six_months_and_overdue_after() -> None:
    held = tables(
        audits=audits(("neglect", "2022-11", 1, 1), ("step-down", "2022-12", 1, 1), ("supervision", "2023-06", 1, 1))
    )
    assert [state(held, one) for one in loops(held)] == [
        (OVERDUE, "2023-05"), (DUE, "2023-06"), (DUE, "2023-12"),
    ]  # fmt: skip
    rows = ledger(held)
    late, due = (found(rows, "ledger_revisit", group=theme) for theme in ("neglect", "step-down"))
    assert (late.verdict, late.note) == (OVERDUE, "revisit overdue since May 2023")
    assert (due.verdict, due.note) == (DUE, "revisit due in June 2023")
    assert [found(rows, f"revisits_{kind}").value for kind in ("done", "due", "overdue")] == [0, 2, 1]


def test_what_answered_a_theme_since_it_was_raised_is_counted() -> None:
    held = tables(
        audits=[*audits(("neglect", "2022-12", 2, 1)), {"theme_code": None}],
        actions=[
            {"audit_id": "audits-1", "level": "team", "agreed_on": "2023-01-05"},
            {"audit_id": "audits-1", "level": "child", "agreed_on": "2023-01-05"},
            {"theme_code": "neglect", "level": "service", "agreed_on": "2022-11-30", "source": "smt"},
        ],
        smt_decisions=[
            {"theme_code": "neglect", "meeting_on": "2023-01-18", "completed_on": "2023-02-01"},
            {"theme_code": "step-down", "meeting_on": "2023-01-18"},
        ],
        learning_events=[
            {"event_id": "L1", "theme_code": "neglect", "held_on": "2023-02-01", "team": team} for team in ("a", "b")
        ],
    )
    rows = ledger(held)
    counted = {name: found(rows, f"ledger_{name}").value for name in ("actions", "decisions", "learning", "open")}
    assert counted == {"actions": 1, "decisions": 1, "learning": 1, "open": 1}
    assert found(rows, "ledger_orphan").verdict == ""


def test_a_theme_that_nothing_answered_is_nobodys() -> None:
    row = found(ledger(tables(audits=[*audits(("neglect", "2022-12", 2, 1)), {"theme_code": None}])), "ledger_orphan")
    assert (row.value, row.verdict) == (1, ORPHAN)


def test_the_change_of_a_theme_names_its_cycles_and_too_few_are_said() -> None:
    few = found(
        ledger(tables(audits=audits(("neglect", "2022-12", 9, 3), ("neglect", "2023-06", 20, 10)))), "ledger_change"
    )
    many = found(
        ledger(tables(audits=audits(("neglect", "2022-12", 10, 2), ("neglect", "2023-06", 20, 10)))), "ledger_change"
    )
    assert (few.verdict, many.verdict, many.value) == (TOO_FEW_TO_JUDGE, "", 0.3)
    assert many.method.endswith("; 2023-06 less 2022-12")


def test_teams_that_took_part_stand_beside_those_that_did_not() -> None:
    held = tables(
        audits=audits(("neglect", "2022-12", 40, 20), ("neglect", "2023-06", 40, 30)),
        learning_events=[
            {"event_id": "L1", "theme_code": "neglect", "held_on": "2023-02-01", "team": "North", "attended": 3},
            {"event_id": "L1", "theme_code": "neglect", "held_on": "2023-02-01", "team": "South", "attended": 0},
        ],
    )
    rows = ledger(held)
    assert found(rows, "learning_change", group=TOOK_PART).value == 0.25
    assert found(rows, "learning_change", group=DID_NOT).denominator == 40


def test_without_a_theme_there_is_no_ledger() -> None:
    rows = ledger(tables(audits=[{"theme_code": None}]))
    assert {row.measure for row in rows} == {"revisits_done", "revisits_due", "revisits_overdue"}
