"""Answers of one opening, taken from each other: nobody is told apart, and ordinary use goes on."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small import tables

from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.narrowing import audits_as_one_cycle
from qa_analysis.questions.opening import Held
from qa_analysis.questions.query import Questions
from qa_analysis.questions.scope import graded_cases

TOGETHER = "Together with an answer given before, this one could identify fewer than 3 children, or one person’s work."


def audits(cycle: str, size: int, **more: Any) -> list[dict[str, Any]]:
    """So many audits of a cycle, each of another child and worker."""
    mark = f"{cycle} {more.get('team', '')} {more.get('selection_route', '')}"
    return [
        {"cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": f"child {mark} {number}",
         "key_worker_id": f"worker {mark} {number}", "overall_grade": "good" if number % 2 else "inadequate",
         **more, "audit_id": f"audit {mark} {number}"}
        for number in range(size)
    ]  # fmt: skip


def ask(*rows: list[dict[str, Any]]) -> Questions:
    held = tables("2023-06", audits=[row for some in rows for row in some])
    return Questions(Held(held, extracts_table(()), Path("nowhere")))


def test_two_periods_do_not_tell_of_the_month_between_them() -> None:
    qa = ask(audits("2023-04", 5), audits("2023-05", 5), audits("2023-06", 2))
    assert qa.grades(since="2023-04", until="2023-05").is_given
    refused = qa.grades(since="2023-04", until="2023-06")
    assert (refused.is_given, refused.sentence) == (False, TOGETHER)
    assert refused.caveat == "Ask it for the same period and route as before, or of the whole service."


def test_the_order_of_asking_does_not_matter() -> None:
    qa = ask(audits("2023-04", 5), audits("2023-05", 5), audits("2023-06", 2))
    assert qa.grades(since="2023-04", until="2023-06").is_given
    assert not qa.grades(since="2023-04", until="2023-05").is_given
    assert qa.grades(since="2023-04", until="2023-06").is_given


def test_one_route_less_does_not_tell_of_that_route() -> None:
    qa = ask(audits("2023-06", 6), audits("2023-06", 2, selection_route="reactive"))
    assert qa.grades(route="every").is_given
    assert qa.grades(route="random").sentence == TOGETHER


def test_three_answers_do_not_tell_what_two_do_not() -> None:
    qa = ask(*(audits(f"2023-0{month}", 1 if month == 4 else 4) for month in range(2, 7)))
    assert qa.grades(since="2023-02", until="2023-03").is_given
    assert qa.grades(since="2023-05", until="2023-06").is_given
    assert qa.grades(since="2023-02", until="2023-06").sentence == TOGETHER


def test_a_change_and_a_trend_are_sums_like_any_other() -> None:
    rows = (audits("2023-03", 5), audits("2023-04", 5), audits("2023-05", 5), audits("2023-06", 2))
    qa = ask(*rows)
    assert qa.trend(since="2023-03").is_given
    assert qa.grades(since="2023-03").sentence == TOGETHER
    assert not ask(*rows).trend(since="2023-03").table["numerator"].isna().all()


def test_what_is_counted_apart_is_not_held_together() -> None:
    qa = ask(audits("2023-04", 5), audits("2023-05", 5), audits("2023-06", 2))
    assert qa.grades(since="2023-04", until="2023-05").is_given
    assert qa.coverage(since="2023-04").is_given
    assert qa.grades(since="2023-04", area="assessment").is_given


def test_one_persons_work_is_not_told_by_subtraction() -> None:
    qa = ask(audits("2023-05", 5), audits("2023-06", 4, key_worker_id="the one"))
    assert qa.grades(month="2023-05").is_given
    assert qa.grades(since="2023-05").sentence == TOGETHER


def test_ordinary_questions_about_services_are_all_answered(demo: Held) -> None:
    qa = Questions(demo)
    asked = [
        qa.grades(), qa.grades(by="service"), qa.grades(by="area"), qa.trend(), qa.trend(service="Safeguarding"),
        qa.change(), qa.change(service="Safeguarding"), qa.agreement(), qa.direction(by="service"),
        qa.findings(polarity="strength", service="Cared For"), qa.families(by="service"), qa.overdue(by="service"),
        qa.actions(), qa.coverage(by="service"), qa.grades(service="Cared For"),
        qa.grades(by="service", since="2023-01"),
    ]  # fmt: skip
    assert [answer.call for answer in asked if not answer.is_given] == []


def test_the_ten_questions_of_the_document_are_answered_in_one_opening(demo: Held) -> None:
    document = Path(__file__).parents[2] / "docs" / "questions.md"
    lines = re.findall(r"^qa\.(\w+)\((.*)\)$", document.read_text(encoding="utf-8"), re.MULTILINE)[:10]
    qa = Questions(demo)
    given = [qa.ask(question, **dict(re.findall(r'(\w+)="([^"]*)"', words))) for question, words in lines]
    assert [answer.call for answer in given if not answer.is_given] == []


def recovered(qa: Questions, held: Held, team: str, cycles: tuple[str, ...], routes: tuple[str, ...]) -> list[str]:
    """The team's refused months that the answers of periods and routes tell, as an attacker would solve for them."""
    known = graded_cases(held.tables)
    own = known[known["team"] == team]
    sums = []
    for first, last in [(a, b) for a in cycles for b in cycles if a <= b]:
        for route in routes:
            if qa.grades(team=team, since=first, until=last, route=route).is_given:
                asked = Asked("grades", first=first, last=last, team=team, route=route)
                sums.append(own["audit_id"].isin(graded_cases(audits_as_one_cycle(asked, held))["audit_id"]).to_numpy())
    told = np.array(sums, dtype="float64").reshape(len(sums), len(own))
    return [cycle for cycle in cycles if _is_small(own, cycle) and _solves(told, own["cycle_month"] == cycle)]


def _is_small(own: pd.DataFrame, cycle: str) -> bool:
    return 0 < own.loc[own["cycle_month"] == cycle, "child"].nunique() < 3


def _solves(told: np.ndarray, month: pd.Series) -> bool:
    """Whether the month's sum is made of the sums told."""
    return np.linalg.matrix_rank(np.vstack([told, month.to_numpy(dtype="float64")])) == np.linalg.matrix_rank(told)


@pytest.mark.slow
def test_no_month_of_one_or_two_children_is_recovered_from_periods_and_routes(demo: Held) -> None:
    cycles, qa = demo.cycles[-4:], Questions(demo)
    found = {team: recovered(qa, demo, team, cycles, ("headline", "every")) for team in list(demo.choices["team"])[::2]}
    assert {team: months for team, months in found.items() if months} == {}


def test_no_team_month_of_a_small_council_is_recovered() -> None:
    sizes = {"North": (3, 1, 4, 2, 5), "South": (4, 4, 1, 3, 2), "West": (1, 2, 1, 6, 4)}
    months = [f"2023-0{number}" for number in range(2, 7)]
    rows = [audits(month, size, team=team) for team in sizes for month, size in zip(months, sizes[team], strict=True)]
    more = [audits("2023-05", 2, team=team, selection_route="reactive") for team in sizes]
    qa = ask(*rows, *more)
    found = {team: recovered(qa, qa.held, team, qa.held.cycles, ("headline", "every")) for team in sizes}
    assert found == {"North": [], "South": [], "West": []}
