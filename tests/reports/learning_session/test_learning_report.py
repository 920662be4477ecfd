"""The learning-session pack reads well, tells of no single audit, and asks about what was found."""

import re
import warnings
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from small import asked, month, tables

from qa_analysis.framework import rules_for
from qa_analysis.month.month import Month
from qa_analysis.reports.learning_session import report as show
from qa_analysis.telling.open_questions import OPEN_QUESTIONS, of_development

SECTIONS = (show.cover, show.good_practice, show.outcomes, show.developments, show.asked, show.together, show.before)
THEN = {"cycle_month": "2022-12", "audited_on": "2022-12-12"}
RI = "requires improvement"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SESSION = {"event_id": "L1", "kind": "reflective session", "held_on": "2023-06-13", "team": "North"}


def findings(code: str, polarity: str, audits: range) -> list[dict[str, Any]]:
    return [{"audit_id": f"audits-{n}", "theme_code": code, "polarity": polarity, "text": "x"} for n in audits]


def council(**more: Any) -> dict[str, Any]:
    """Twenty audits now and twenty six months ago on one theme; 3.6 often found, 4.1 a strength, 5.1 in four audits."""
    worker = {"key_worker_conversation_on": "2023-06-14"}
    now = [{"overall_grade": "good" if n % 2 else RI, "key_worker_id": f"k{n}", **worker} for n in range(20)]
    then = [{"overall_grade": RI, **THEN} for _ in range(20)]
    return {
        "audits": [*now, *then],
        "findings": [
            *findings("3.6", "development", range(1, 10)), *findings("4.1", "strength", range(1, 8)),
            *findings("5.1", "development", range(1, 5)), *findings("3.6", "development", range(21, 24)),
        ],
        "learning_events": [{**SESSION, "invited": 12, "attended": 7}],
        **more,
    }  # fmt: skip


def text(held: Month, *sections: Any) -> str:
    """The pack as a reader sees it, with warnings of any library as errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parts = [section(held).markup for section in sections or SECTIONS]
    said = BeautifulSoup(" ".join(parts), "html.parser").get_text(" ").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", said)


ODD: dict[str, dict[str, Any]] = {
    "one audit": {"audits": [{}]},
    "nothing graded": {"audits": [{"overall_grade": None, "grade_assessment": None}] * 8},
    "no headline audit": {"audits": [{"selection_route": "reactive"}] * 3},
    "one audit a side": {"audits": [{}, THEN]},
    "no theme, no worker": {"audits": [{"theme_code": None, "key_worker_id": None}] * 6},
    "a session without numbers": {"audits": [{}] * 6, "learning_events": [SESSION]},
    "no session yet": {"audits": [{}] * 6, "learning_events": []},
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_month_is_readable_and_without_nonsense(odd: str) -> None:
    said = text(month(tables(**ODD[odd])))
    assert not re.search(r"\bnan\b|NaN|None|NaT|\binf\b|\(\)| of 0\b", said)


def test_with_under_five_audits_no_grade_and_no_finding_is_told() -> None:
    few = {"audits": [{"overall_grade": "inadequate"}] * 4, "findings": findings("3.6", "development", range(1, 5))}
    said = text(month(tables(**few)))
    assert "Too few headline audits were graded to summarise them" in said
    assert "good or better overall" not in said
    assert "Description without analysis" not in said


def test_what_fewer_than_five_audits_showed_is_left_out() -> None:
    said = text(month(tables(**council())))
    assert "artners" not in said
    assert "Description without analysis of what it means for the child" in said


def test_themes_audited_again_are_told_then_and_now_and_left_without_a_verdict() -> None:
    held = month(tables(**council()))
    outcomes = text(held, show.outcomes)
    assert "Audited again after six months: Supervision. In December 2022 0 of 20 (0%, 0% to 16%)" in outcomes
    assert "now 10 of 20 (50%, 30% to 70%): up 50 percentage points" in outcomes
    assert not re.search(r"improv(?!ement)|worse|embedded", outcomes)
    assert "Description without analysis of what it means for the child under 5 of 20 9 of 20" in text(
        held, show.developments
    )


def test_a_theme_not_audited_six_months_ago_is_said_once() -> None:
    said = text(month(tables(audits=[{}] * 8)), show.outcomes, show.developments)
    assert said.count("No theme of this cycle was audited in December 2022 as well.") == 1
    assert "then and now" not in said


def test_questions_are_about_what_was_found_good_practice_first() -> None:
    said = re.findall("<li>(.*?)</li>", unescape(show.asked(month(tables(**council()))).markup))
    assert said[0].startswith("Purposeful direct work with the child: what did you do")
    assert said[1] == (
        "Description without analysis of what it means for the child: what helps you get from what happened to what it "
        "means for this child?"
    )
    assert said[2].startswith("The key worker and the auditor spoke in 20 of 20 audits.")
    assert len(said) == 3


def test_every_prompt_of_the_codebook_has_an_open_question_of_its_own() -> None:
    assert set(OPEN_QUESTIONS) == set(rules_for("2023-06").codebook)
    assert len(set(OPEN_QUESTIONS.values())) == len(OPEN_QUESTIONS)
    assert [q for q in OPEN_QUESTIONS.values() if not q.endswith("?")] == []
    closed = re.compile(r"^(do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|why)\b", re.I)
    assert [question for question in OPEN_QUESTIONS.values() if closed.match(question)] == []


def test_a_councils_own_theme_is_asked_about_in_its_own_words() -> None:
    assert of_development("X9", "Little life-story work").startswith(
        "What is practice like where auditors found “little life-story work”"
    )


def test_there_is_a_line_to_fill_in_for_each_thing_that_came_up() -> None:
    rows = BeautifulSoup(show.together(month(tables(**council()))).markup, "html.parser").select("tbody tr")
    assert [row.th.get_text() for row in rows] == [
        "Description without analysis of what it means for the child", "Something else (1)", "Something else (2)",
    ]  # fmt: skip
    assert {cell.get_text().strip() for row in rows for cell in row.select("td")} == {""}


def test_attendance_is_told_in_counts_or_not_supplied() -> None:
    said = text(month(tables(**council())), show.before)
    assert (
        said.strip() == "The last session was held on 13 June 2023: 7 of 12 people invited attended, from 1 of 1 team."
    )
    absent = {name: rows for name, rows in council().items() if name != "learning_events"}
    assert "not supplied this month" in text(month(tables(**absent)), show.before)


def test_every_number_is_one_of_the_measures() -> None:
    held = month(tables(**council()))
    pages = [unescape(section(held).markup) for section in SECTIONS]
    numbers = asked(held)[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna().abs()
    shown = {f"{number:.0f}" for number in numbers} | {f"{100 * number:.0f}" for number in numbers}
    for page in pages:
        for said in re.findall("<(?:li|p|td)[^>]*>(.*?)</(?:li|p|td)>", page):
            bare = re.sub(r"(?:1[03] )?(?:June|July|December) 20\d\d|fewer than 5|under 5", "", said)
            assert [number for number in NUMBER.findall(bare) if number not in shown] == [], said
