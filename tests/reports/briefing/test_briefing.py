"""The briefing is short, kind and plain, strengths first, and tells nothing of any one team, family or person."""

import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from edition import NOW, THEN, fullest
from small import everyone, tables
from words import reading_grade

from qa_analysis.disclosure.shared_page import unshared
from qa_analysis.framework import rules_for
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.briefing import report as show

SECTIONS = (
    show.cover, show.strengths, show.developments, show.questions, show.six_months_on, show.next_steps,
    show.second_reader,
)  # fmt: skip
RI = "requires improvement"
MOST_WORDS = 950  # two sides of A4, and five minutes


def audits(number: int, good: int, *, cycle: str = "2023-06", **more: Any) -> list[dict[str, Any]]:
    grades = ["good" if n < good else RI for n in range(number)]
    return [{"overall_grade": grade, "cycle_month": cycle, "audited_on": f"{cycle}-15", **more} for grade in grades]


def findings(code: str, polarity: str, numbers: range) -> list[dict[str, Any]]:
    return [{"audit_id": f"audits-{n}", "theme_code": code, "polarity": polarity, "text": "secret"} for n in numbers]


def council(**more: Any) -> dict[str, Any]:
    """Sixty audits now, sixty then. 4.1 a strength of 20 audits and 5.1 found both ways; 1.4 to be developed in 25."""
    return {
        "audits": [*audits(60, 30, team="Team Kestrel"), *audits(60, 20, cycle="2022-12")],
        "findings": [
            *findings("4.1", "strength", range(1, 21)), *findings("5.1", "strength", range(1, 16)),
            *findings("5.1", "development", range(20, 31)), *findings("1.4", "development", range(1, 26)),
            *findings("2.2", "development", range(1, 4)), *findings("X9", "development", range(1, 30)),
        ],
        "family_feedback": [{"audit_id": f"audits-{n}"} for n in range(1, 31)],
        **more,
    }  # fmt: skip


def held(**datasets: Any) -> SharedMonth:
    return everyone(tables(**datasets))


def text(told: SharedMonth, *sections: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parts = [section(told).markup for section in sections or SECTIONS]
    said = BeautifulSoup(" ".join(parts), "html.parser").get_text(" ").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", said)


def sentences(said: str) -> Iterator[str]:
    return (part for part in re.split(r"(?<=[.?!])\s+", said) if part)


ODD: dict[str, dict[str, Any]] = {
    "one audit": {"audits": [{}]},
    "nothing graded": {"audits": [{"overall_grade": None}] * 30},
    "no headline audit": {"audits": [{"selection_route": "reactive"}] * 30},
    "all good": {"audits": audits(60, 60), "family_feedback": [{"audit_id": f"audits-{n}"} for n in range(1, 61)]},
    "none good": {"audits": audits(60, 0), "family_feedback": []},
    "eight audits a side": {"audits": [*audits(8, 4), *audits(8, 4, cycle="2022-12")]},
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_month_is_readable_honest_and_without_nonsense(odd: str) -> None:
    told = held(**ODD[odd])
    said = text(told)
    assert not re.search(
        r"\bnan\b|NaN|None|NaT|\binf\b|\(\)|\b0\b|\b100\b|\b1 audits|\bof of\b|\.\.|\babout audits", said
    )
    assert not re.search(r"\b(all|none|no) (of them|audits)\b", re.sub("[Aa]lmost all", "nearly", said))
    assert unshared(f"<main>{said}</main>", told.measures, told.rules) == []


def test_thin_data_are_called_too_few_and_the_rest_still_helps() -> None:
    said = text(held(audits=audits(12, 6)))
    assert "It rests on about 10 audits" in said
    assert "too few audits yet to say how many were good" in said
    assert "too few coded findings" in said
    assert "too few audits, now or six months ago" in said
    assert "What has a child, a family or an audit taught you lately" in said


def test_strengths_come_first_with_what_good_looks_like() -> None:
    told = held(**council())
    assert text(told).index("done well in about 20 audits") < text(told).index("This came up in about 25 audits")
    said = text(told, show.strengths)
    assert "Purposeful direct work with the child. Social workers do planned, creative direct work" in said
    assert (
        "and carry out the tasks they took on. Auditors saw this done well in about 15 audits, and as an area for "
        "development in about 10." in said
    )


def test_each_development_says_what_to_do_and_a_theme_of_both_sides_is_told_once() -> None:
    said = text(held(**council()), show.developments)
    assert "No clear contingency plan. Ask early, “What will we do if this does not work?”" in said
    assert "This came up in about 25 audits." in said
    assert "Partners not involved" not in said
    assert "Right partners" not in said
    assert "genogram" not in said  # three audits
    assert "X9" not in said


def test_questions_for_the_team_are_about_what_came_up() -> None:
    said = text(held(**council()), show.questions)
    assert said.strip() == "How do you talk with a family about what happens if things do not work out?"


def test_a_key_area_is_named_only_where_it_stands_apart() -> None:
    alike = [{**row, "grade_assessment": "good", "grade_multi_agency": RI} for row in audits(60, 30)]
    usual = {area: RI for area in rules_for("2023-06").grade_columns.values()}
    mixed = [{**usual, **row, "grade_assessment": "good" if n < 50 else RI} for n, row in enumerate(audits(60, 30))]
    assert "strongest in assessment (about 85% good or better)" in text(held(audits=mixed), show.strengths)
    assert "key areas" not in text(held(audits=alike), show.strengths)  # five of them, so none stands out
    multi_agency = "multi-agency planning, analysis, review and decision making (few good or better)"
    assert multi_agency in text(held(audits=alike), show.developments)


def test_an_area_of_which_almost_all_is_good_is_the_strongest_without_a_number() -> None:
    usual = {area: RI for area in rules_for("2023-06").grade_columns.values()}
    rows = [{**usual, **row, "grade_assessment": "good"} for row in audits(60, 30)]
    assert "strongest in assessment (almost all good or better)" in text(held(audits=rows), show.strengths)


def test_where_few_were_good_six_months_ago_that_is_said_in_a_word() -> None:
    said = text(held(audits=[*audits(60, 30), *audits(60, 5, cycle="2022-12")]), show.six_months_on)
    assert "Overall, few audits were good or better in October to December 2022, and about 50% are now. No key" in said


def test_six_months_on_is_told_without_calling_it_a_change() -> None:
    said = text(held(**council()), show.six_months_on)
    assert "about 35% of audits were good or better in October to December 2022, and about 50% are now" in said
    assert "In rounded figures that is not clear enough to tell." in said
    assert not re.search("improv|worse|drop", said)


def test_a_clear_change_is_told_with_both_shares() -> None:
    same = [{"auditor_id": f"auditor-{n % 6}"} for n in range(60)]
    then = [{**row, **by} for row, by in zip(audits(60, 20, cycle="2023-12"), same, strict=True)]
    now = [{**row, **by} for row, by in zip(audits(60, 50, cycle="2024-06"), same, strict=True)]
    said = text(everyone(tables("2024-06", audits=[*now, *then])), show.six_months_on)
    assert "and about 85% are now. That is a clear improvement: thank you." in said


def test_what_changed_across_another_form_is_told_as_higher_or_lower_with_the_reason_once() -> None:
    said = text(fullest(is_other_form=True), show.six_months_on)
    assert "are now. That is lower." in said
    assert "Higher than six months ago: help, protection and stability, and recording and comm" in said
    assert said.count("The audit form changed in November 2024, so the two are not directly comparable.") == 1
    assert not re.search("improvement|worse|drop|[Cc]learly", said)


def test_where_several_key_areas_changed_they_are_named_and_one_alone_has_its_shares() -> None:
    said = text(fullest(), show.six_months_on)
    assert "Clearly better than six months ago: help, protection and stability, and recording and comm" in said
    assert "Clearly worse than six months ago: assessment, relationship-based practice and direct work, multi-" in said
    columns = dict.fromkeys(rules_for(NOW).grade_columns.values(), RI)
    both = [
        {**row, **columns, "grade_assessment": row["overall_grade"], "auditor_id": f"auditor-{n % 6}"}
        for cycle, size in ((NOW, 50), (THEN, 20)) for n, row in enumerate(audits(60, size, cycle=cycle))
    ]  # fmt: skip
    said = text(everyone(tables(NOW, audits=both)), show.six_months_on)
    assert "Assessment: about 35% were good or better then, and about 85% are now. That is a clear imp" in said


def test_no_team_no_code_and_no_wording_of_a_finding_is_told() -> None:
    said = text(held(**council()))
    assert not re.search(r"Kestrel|Safeguarding|secret|\bkw\b|\bau\b|audits-\d", said)


def test_it_is_short_and_in_short_sentences() -> None:
    said = text(held(**council()), *SECTIONS[:-1])
    assert len(said.split()) < MOST_WORDS
    assert len(text(fullest()).split()) < MOST_WORDS
    lengths = [len(sentence.split()) for sentence in sentences(said)]
    assert sum(lengths) / len(lengths) < 15
    assert reading_grade(said) < 9
    assert reading_grade(" ".join(theme.in_practice for theme in rules_for("2023-06").codebook.values())) < 9


def test_who_to_talk_to_is_said_by_role_and_a_second_reader_is_asked_for() -> None:
    said = text(held(**council()))
    for role in ("Team Manager", "Practice Improvement Team", "Principal Social Worker", "Quality Assurance Manager"):
        assert role in said
    page = BeautifulSoup(show.second_reader(held(**council())).markup, "html.parser")
    assert page.caption is not None
    assert page.caption.get_text() == "Read by a second person before it is shared:"
    assert [cell.get_text().strip() for cell in page.select("td")] == ["", ""]


def test_every_theme_has_one_plain_sentence_of_what_to_do_and_a_few_words_for_it() -> None:
    book = rules_for("2023-06").codebook
    assert len({theme.in_practice for theme in book.values()}) == len({theme.in_short for theme in book.values()}) == 37
    for theme in book.values():
        assert re.fullmatch(r"[A-Z].*[.?]", theme.in_practice), theme.in_practice
        assert len(theme.in_practice.split()) <= 30, theme.in_practice
        assert re.fullmatch(r"[a-z].*[^.]", theme.in_short), theme.in_short
        assert len(theme.in_short.split()) <= 12, theme.in_short
        assert not re.search(r"\b(must|failed|failure|should have|ensure)\b", theme.in_practice), theme.in_practice
