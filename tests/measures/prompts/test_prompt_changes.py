"""What may be said of a prompt six months on, and what stands in the way."""

from typing import Any

from small import tables

from qa_analysis.measures.figure import Figure
from qa_analysis.measures.prompts.changes import LESS, NO_CHANGE, prompt_change
from qa_analysis.measures.themes.in_audits import clear_shifts

CODES = ("1.1", "1.2", "1.3", "1.4")


def council(now: dict[str, int], then: dict[str, int], size: int = 40, **later: Any) -> list[Figure]:
    """So many audits in each quarter, and how many answer each prompt yes."""
    audits, answers = [], []
    for cycle, yes, more in (("2023-06", now, later), ("2022-12", then, {})):
        for number in range(size):
            name = f"{cycle}-{number}"
            audits.append({"audit_id": name, "cycle_month": cycle, "audited_on": f"{cycle}-10", **more})
            answers += [
                {"audit_id": name, "prompt_code": code, "answer": "yes" if number < many else "no"}
                for code, many in yes.items()
            ]
    return prompt_change(tables(audits=audits, audit_answers=answers))


def said(rows: list[Figure]) -> dict[str, str]:
    return {row.group[0]: row.verdict for row in rows}


def test_a_clear_fall_is_told_and_a_small_one_is_no_clear_change() -> None:
    rows = council({"1.1": 10, "1.2": 24}, {"1.1": 30, "1.2": 27})
    assert said(rows) == {"1.1": LESS, "1.2": NO_CHANGE}
    assert rows[0].method.endswith("2023-04/2023-06 less 2022-10/2022-12")


def test_a_difference_that_would_be_clear_alone_is_not_among_thirty_others() -> None:
    alone = {"x": (19, 40, 28, 40)}
    assert clear_shifts(alone)["x"].is_clear
    others = {f"{number}": (20, 40, 20, 40) for number in range(30)}
    assert not clear_shifts(alone | others)["x"].is_clear


def test_a_change_of_form_in_between_is_among_the_reasons() -> None:
    audits = [
        {"audit_id": f"{cycle}-{n}", "cycle_month": cycle, "audited_on": f"{cycle}-10", "form_version": form}
        for cycle, form in (("2022-12", "v1"), ("2023-06", "v2"))
        for n in range(20)
    ]
    answers = [{"audit_id": row["audit_id"], "prompt_code": "1.1", "answer": "yes"} for row in audits]
    [row] = prompt_change(tables(audits=audits, audit_answers=answers))
    assert "the audit form changed in June 2023" in row.reasons
    assert row.verdict == NO_CHANGE


def test_under_ten_answers_on_a_side_are_too_few_and_a_prompt_new_to_the_form_is_not_compared() -> None:
    rows = council({"1.1": 6, "1.2": 6}, {"1.1": 8}, size=9)
    assert said(rows) == {"1.1": "too few to judge"}
