"""The figures of prompts worked out a second time, in plain Python from the rows of the synthetic council."""

from functools import cache

import pytest
from by_hand import AUDITS, DAY, MONTH, YEAR, frames, headline, records, wilson, year
from small import CONTRACTS

from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.prompts.against_findings import against_findings
from qa_analysis.measures.prompts.answers import prompts_answered
from qa_analysis.measures.prompts.changes import prompt_change

PROMPTS = [
    f"{area}.{number}" for area, many in enumerate((4, 7, 11, 5, 3, 6), start=1) for number in range(1, many + 1)
]
SAID = ("yes", "partly", "no")


@cache
def figures() -> tuple[Figure, ...]:
    rules = rules_for(MONTH)
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules)
    return (*prompts_answered(held), *against_findings(held), *prompt_change(held))


def told(measure: str, period: str, by: tuple[str, ...], group: tuple[str, ...]) -> Figure:
    [one] = [f for f in figures() if (f.measure, f.period, f.by, f.group) == (measure, period, by, group)]
    return one


@cache
def answers() -> dict[tuple[str, str], str]:
    mine = {audit["audit_id"] for audit in headline(*year())}
    return {
        (row["audit_id"], row["prompt_code"]): row["answer"]
        for row in records("audit_answers")
        if row["audit_id"] in mine
    }


def of(code: str, cycles: list[str]) -> list[str]:
    """The answers to a prompt in some cycles that say yes, partly or no."""
    return [
        said
        for (audit, prompt), said in answers().items()
        if prompt == code and said in SAID and AUDITS[audit]["cycle_month"] in cycles
    ]


@pytest.mark.parametrize("code", PROMPTS)
def test_each_answer_to_a_prompt_is_the_same_by_loops(code: str) -> None:
    held = of(code, year())
    assert len(held) > 30
    for said in SAID:
        share = told("prompt_answer", YEAR, ("prompt_code", "answer"), (code, said))
        assert (share.numerator, share.denominator) == (held.count(said), len(held))
        assert (share.value, share.lower, share.upper) == pytest.approx(wilson(held.count(said), len(held)))
    apart = sum(said == "not applicable" for (_, prompt), said in answers().items() if prompt == code)
    assert told("prompt_not_applicable", YEAR, ("prompt_code",), (code,)).value == apart


def test_a_quarter_a_cycle_and_a_role_are_the_same_by_loops() -> None:
    quarter = of("1.4", ["2023-04", "2023-05", "2023-06"])
    share = told("prompt_answered_yes", "2023-04/2023-06", ("prompt_code",), ("1.4",))
    assert (share.numerator, share.denominator) == (quarter.count("yes"), len(quarter))
    cycle = of("3.10", [MONTH])
    share = told("prompt_answered_yes", MONTH, ("prompt_code",), ("3.10",))
    assert (share.numerator, share.denominator) == (cycle.count("yes"), len(cycle))
    by_team = [
        said
        for (audit, prompt), said in answers().items()
        if prompt == "6.6" and said in SAID and AUDITS[audit]["auditor_role"] == "practice improvement team"
    ]
    share = told("prompt_answered_yes", YEAR, ("auditor_role", "prompt_code"), ("practice improvement team", "6.6"))
    assert (share.numerator, share.denominator) == (by_team.count("yes"), len(by_team))


def test_a_change_is_the_difference_of_two_quarters_by_loops() -> None:
    compared = [one for one in figures() if one.measure == "prompt_change"]
    for one in compared:
        now, then = (of(one.group[0], [f"{month}" for month in cycles]) for cycles in (
            ["2023-04", "2023-05", "2023-06"], ["2022-10", "2022-11", "2022-12"],
        ))  # fmt: skip
        assert one.value == pytest.approx(now.count("yes") / len(now) - then.count("yes") / len(then))


def test_answers_against_findings_are_the_same_by_loops() -> None:
    found: dict[str, set[tuple[str, str]]] = {"development": set(), "strength": set()}
    for row in records("findings"):
        if row["theme_code"]:
            found[row["polarity"]].add((row["audit_id"], row["theme_code"]))
    said = {key: answer for key, answer in answers().items() if answer in SAID}
    refused = [key for key, answer in said.items() if answer == "no"]
    unfound = told("prompt_no_without_finding", YEAR, (), ())
    assert unfound.denominator == len(refused)
    assert unfound.numerator == sum(key not in found["development"] for key in refused)
    asked = [key for key in found["development"] if key in said]
    though_yes = told("prompt_yes_with_finding", YEAR, (), ())
    assert (though_yes.numerator, though_yes.denominator) == (sum(said[key] == "yes" for key in asked), len(asked))
    praised = [key for key in found["strength"] if key in said]
    though_no = told("prompt_no_with_strength", YEAR, (), ())
    assert (though_no.numerator, though_no.denominator) == (sum(said[key] == "no" for key in praised), len(praised))
