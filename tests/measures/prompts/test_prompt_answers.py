"""How prompts were answered, by whom and where."""

from typing import Any

from small import found, month, tables

from qa_analysis.data.tables import Tables
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.prompts.answers import prompts_answered

YEAR = "2022-07/2023-06"


def audit(name: str, **more: Any) -> dict[str, Any]:
    return {"audit_id": name, **more}


def answer(name: str, said: str, code: str = "1.1") -> dict[str, Any]:
    return {"audit_id": name, "prompt_code": code, "answer": said}


def council(audits: list[dict[str, Any]], answers: list[dict[str, Any]], **more: Any) -> Tables:
    return tables(audits=audits, audit_answers=answers, **more)


def test_each_answer_is_a_share_of_those_that_say_yes_partly_or_no() -> None:
    rows = prompts_answered(
        council(
            [audit(name) for name in "abcde"],
            [answer("a", "yes"), answer("b", "yes"), answer("c", "partly"), answer("d", "no"),
             answer("e", "not applicable")],
        )
    )  # fmt: skip
    shares = {row.group[1]: (row.numerator, row.denominator) for row in rows if row.measure == "prompt_answer"}
    assert shares == {"yes": (2, 4), "partly": (1, 4), "no": (1, 4)}
    assert found(rows, "prompt_not_applicable", group="1.1").value == 1
    assert found(rows, "prompt_answered_yes", by="prompt_code", period="2023-06").denominator == 4
    assert found(rows, "audits_with_answers").numerator == 5


def test_3_1_is_not_3_10_and_prompts_come_in_the_frameworks_order() -> None:
    rows = prompts_answered(council([audit("a")], [answer("a", "yes", "3.10"), answer("a", "no", "3.1")]))
    told = [row for row in rows if row.measure == "prompt_answered_yes" and row.by == ("prompt_code",)]
    assert [(row.group[0], row.numerator) for row in told if row.period == "2023-06"] == [("3.1", 0), ("3.10", 1)]


def test_audits_of_other_routes_are_in_no_share() -> None:
    rows = prompts_answered(
        council([audit("a"), audit("b", selection_route="practice week")], [answer("a", "yes"), answer("b", "no")])
    )
    assert found(rows, "prompt_answer", group=("1.1", "no")).numerator == 0


def test_a_cycle_a_quarter_and_the_quarter_six_months_before_each_have_their_own_share() -> None:
    rows = prompts_answered(
        council(
            [
                audit("now"), audit("may", cycle_month="2023-05"), audit("then", cycle_month="2022-12"),
                audit("long ago", cycle_month="2022-06"),
            ],
            [answer("now", "yes"), answer("may", "no"), answer("then", "no"), answer("long ago", "no")],
        )
    )  # fmt: skip
    told = {
        row.period: (row.numerator, row.denominator)
        for row in rows
        if row.measure == "prompt_answered_yes" and row.by == ("prompt_code",)
    }
    assert told == {
        "2023-06": (1, 1), "2023-05": (0, 1), "2022-12": (0, 1), "2023-04/2023-06": (1, 2), "2022-10/2022-12": (0, 1),
    }  # fmt: skip
    assert found(rows, "prompt_answer", group=("1.1", "yes")).denominator == 3


def test_by_role_and_roles_of_few_auditors_together() -> None:
    audits = [audit(f"t{n}", auditor_role="team manager", auditor_id=f"t{n}") for n in range(4)]
    audits += [audit(f"p{n}", auditor_role="practice improvement team", auditor_id=f"p{n}") for n in range(3)]
    audits += [audit("d", auditor_role="director", auditor_id="d"), audit("i", auditor_role="IRO", auditor_id="i"),
               audit("j", auditor_role="IRO", auditor_id="j")]  # fmt: skip
    rows = prompts_answered(council(audits, [answer(row["audit_id"], "yes") for row in audits]))
    told = {row.group[0]: row.denominator for row in rows if row.by == ("auditor_role", "prompt_code")}
    assert told == {"team manager": 4, "practice improvement team": 3, "roles of few auditors, together": 3}


def place(name: str, many: int, service: str) -> list[dict[str, Any]]:
    return [
        audit(f"{name}{n}", service_area=service, team=name, child_id=f"{name}{n}", key_worker_id=f"{name}{n % 3}")
        for n in range(many)
    ]


def test_by_service_it_keeps_to_the_managers_floor() -> None:
    audits = [*place("N", 9, "Safeguarding"), *place("S", 8, "Cared For"), *place("W", 2, "Fostering")]
    held = month(council(audits, [answer(row["audit_id"], "yes") for row in audits]))
    table = held.figures("prompt_answered_yes", by=("service_area", "prompt_code"), period=YEAR)
    told = {group.split("+")[0]: value for group, value in zip(table["group"], table["value"], strict=True)}
    assert told["Safeguarding"] == 1
    assert told["Fostering"] != told["Fostering"]


def test_without_answers_there_is_no_figure_and_with_none_of_the_year_no_share_of_zero() -> None:
    none: list[Figure] = prompts_answered(council([audit("a")], [answer("a", "yes", "9.9")]))
    assert [row.measure for row in none] == ["audits_with_answers"]
