"""The drop-downs: what they offer, that a choice is answered, and that they show the line that asks the same."""

from pathlib import Path

import pytest
from small import tables

from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.kinds import QUESTIONS
from qa_analysis.questions.opening import Held
from qa_analysis.questions.panel import LABELS, Panel, asked_for, options, panel
from qa_analysis.questions.query import Questions

AUDITS = [
    {"service_area": service, "team": team, "child_id": f"{team} {number}", "key_worker_id": f"{team} {number}",
     "overall_grade": "good" if number % 2 else "inadequate"}
    for service, team in (("Cared For", "Oak"), ("Cared For", "Rowan"), ("Safeguarding", "Harbour"))
    for number in range(6)
]  # fmt: skip


@pytest.fixture(scope="module")
def qa() -> Questions:
    return Questions(Held(tables("2023-06", audits=AUDITS), extracts_table(()), Path("nowhere")))


def drop_downs(qa: Questions) -> Panel:
    return Panel(qa, pytest.importorskip("ipywidgets"))


def test_every_word_a_question_knows_has_a_drop_down() -> None:
    assert {word for question in QUESTIONS.values() for word in question.words} - {"month"} <= set(LABELS)


def test_a_service_offers_its_own_teams(qa: Questions) -> None:
    offered = options(qa, "team", question="grades", service="Cared For")
    assert offered == [("every team", ""), ("Oak", "Oak"), ("Rowan", "Rowan")]


def test_only_words_that_were_chosen_and_are_known_are_asked() -> None:
    assert asked_for("families", {"team": "Oak", "area": "assessment", "by": ""}) == {"team": "Oak"}


def test_a_choice_is_answered_and_the_line_says_the_same(qa: Questions) -> None:
    chosen = drop_downs(qa)
    before = chosen.shown.value
    chosen.choose["by"].value = "team"
    assert chosen.shown.value != before
    assert "by team" in chosen.shown.value
    assert "qa.grades(by=&quot;team&quot;)" in chosen.line.value


def test_another_question_brings_its_own_drop_downs(qa: Questions) -> None:
    chosen = drop_downs(qa)
    chosen.choose["route"].value = "random"
    chosen.choose["question"].value = "agreement"
    assert chosen.choose["route"].value == ""
    assert ("Random third", "random third") in chosen.choose["route"].options
    chosen.choose["question"].value = "change"
    assert [chosen.choose[word].layout.display for word in ("now", "since")] == ["", "none"]


def test_another_service_lets_go_of_a_team_that_is_not_its_own(qa: Questions) -> None:
    chosen = drop_downs(qa)
    chosen.choose["team"].value = "Harbour"
    chosen.choose["service"].value = "Cared For"
    assert chosen.choose["team"].value == ""
    assert "service Cared For" in chosen.shown.value


def test_a_refusal_is_shown_and_cannot_be_saved(qa: Questions) -> None:
    chosen = drop_downs(qa)
    chosen.choose["question"].value = "agreement"
    assert chosen.keep.disabled
    assert "No records match" in chosen.shown.value


def test_every_drop_down_has_a_label(qa: Questions) -> None:
    assert all(drop_down.description for drop_down in drop_downs(qa).choose.values())


def test_filters_in_force_are_chips_and_a_click_removes_one(qa: Questions) -> None:
    chosen = drop_downs(qa)
    chosen.choose["service"].value = "Cared For"
    chosen.choose["team"].value = "Oak"
    assert [chip.description for chip in chosen.chips.children] == ["Service: Cared For ✕", "Team: Oak ✕"]
    chosen.chips.children[1].click()
    assert chosen.choose["team"].value == ""
    assert [chip.description for chip in chosen.chips.children] == ["Service: Cared For ✕"]
    assert "team Oak" not in chosen.shown.value


def test_clear_takes_away_every_filter_and_keeps_the_question(qa: Questions) -> None:
    chosen = drop_downs(qa)
    chosen.choose["question"].value = "families"
    chosen.choose["service"].value = "Safeguarding"
    assert not chosen.clear.disabled
    chosen.clear.click()
    assert (chosen.answer.call, chosen.clear.disabled, chosen.chips.children) == ("qa.families()", True, ())
    assert ("Oak", "Oak") in chosen.choose["team"].options


def test_what_is_not_chosen_is_said_as_a_person_says_it(qa: Questions) -> None:
    first = {word: options(qa, word, question="grades", service="")[0][0] for word in ("by", "since", "until", "route")}
    assert first == {
        "by": "no breakdown", "since": "12 months to the newest", "until": "the newest month",
        "route": "headline routes, as usual",
    }  # fmt: skip
    assert options(qa, "since", question="trend", service="")[0][0] == "24 months to the newest"
    assert options(qa, "since", question="actions", service="")[0][0] == "from the beginning"
    assert options(qa, "by", question="findings", service="")[0][0] == "prompt, as usual"


def test_a_prompt_and_a_theme_are_two_drop_downs_with_nothing_in_common(qa: Questions) -> None:
    prompts, themes = (dict(options(qa, word, question="findings", service="")[1:]) for word in ("prompt", "theme"))
    assert len(prompts) == 36
    assert set(prompts.values()).isdisjoint(themes.values())
    assert set(prompts).isdisjoint(themes)


def test_without_ipywidgets_a_line_says_how_to_do_without(qa: Questions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ipywidgets", None)
    assert "The lines below do the same" in panel(qa).markup  # type: ignore[attr-defined]
