import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.stats.wording import text
from qa_analysis.stats.wording.kin_words import KIN
from qa_analysis.stats.wording.text import kin_of, suggest

CODED = [
    ("The plan is out of date.", "plan"),
    ("No plan says what should happen next.", "plan"),
    ("A plan with dates and names.", "plan"),
    ("Supervision was regular and reflective.", "oversight"),
    ("The manager had not seen the file for months.", "oversight"),
    ("Supervision says little about the child.", "oversight"),
]
TEXTS, CODES = map(list, zip(*CODED, strict=True))
FINDING = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=80)


def test_what_reads_like_a_plan_is_suggested_as_one_and_kin_words_are_learnt_with_it() -> None:
    found = suggest(
        ["The plan has no dates.", "The team manager gave direction.", "It was xyzzy and so on"],
        coded_texts=TEXTS,
        codes=CODES,
    )
    assert list(found.columns) == ["code", "confidence"]
    assert list(found["code"][:2]) == ["plan", "oversight"]  # "team manager" and "direction" are in no coded text
    assert (found["confidence"][:2] > 0.5).all()
    assert found["confidence"][2] == 0


def test_definitions_alone_are_enough() -> None:
    meant = {"plan": ["The plan says what happens next."], "voice": "What the child says and feels is written down."}
    found = suggest(["How the child feels is heard"], coded_texts=[], codes=[], definitions=meant)
    assert found["code"].tolist() == ["voice"]


SEEDS = {"plan": ["contingenc*", "plan b"], "oversight": ["drift", "plan of the manager", "voice?"]}


def test_seeds_point_to_a_code_that_nothing_learnt_would_have_known() -> None:
    asked = ["zebra crossing", "Drift", "xyzzy"]
    seeds = {"plan": ["plan?"], "oversight": ["zebra*", "drift"]}
    without = suggest(asked, coded_texts=TEXTS, codes=CODES)
    found = suggest(asked, coded_texts=TEXTS, codes=CODES, seeds=seeds)
    assert without["confidence"][0] == 0
    assert without["code"][1] == "plan"
    assert found["code"].tolist()[:2] == ["oversight", "oversight"]
    assert found["confidence"][0] > 0.8
    assert found["confidence"][2] == 0


def test_of_overlapping_seeds_the_longest_counts_and_a_weak_one_moves_little() -> None:
    found = suggest(["The plan of the manager", "voice", "plan b"], coded_texts=TEXTS, codes=CODES, seeds=SEEDS)
    assert found["code"].tolist() == ["oversight", "oversight", "plan"]
    assert found["confidence"][1] < 0.8


def test_without_seeds_a_suggestion_is_what_was_learnt() -> None:
    asked = ["The plan has no dates.", "voice"]
    plain = suggest(asked, coded_texts=TEXTS, codes=CODES)
    pd.testing.assert_frame_equal(plain, suggest(asked, coded_texts=TEXTS, codes=CODES, seeds={"plan": ["zzz"]}))
    pd.testing.assert_frame_equal(plain, suggest(asked, coded_texts=TEXTS, codes=CODES, seeds=SEEDS, seeds_weigh=0.0))


def test_the_last_hundred_of_a_code_are_what_is_learnt() -> None:
    old = ["The genogram is missing."] * 100
    coded = [*old, *TEXTS[:3] * 34, *TEXTS[3:]]
    codes = [*["plan"] * (len(old) + 102), *CODES[3:]]
    asked = ["genogram", "The plan."]
    whole = suggest(asked, coded_texts=coded, codes=codes)
    later = suggest(asked, coded_texts=coded[-103:], codes=codes[-103:])
    pd.testing.assert_frame_equal(whole, later)


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = pd.Series([*TEXTS, "Nothing known", "direction"], index=range(10, 18))
    whole = suggest(asked, coded_texts=TEXTS, codes=CODES)
    monkeypatch.setattr(text, "BLOCK", 3)
    pd.testing.assert_frame_equal(suggest(asked, coded_texts=TEXTS, codes=CODES), whole)
    assert whole.index.tolist() == asked.index.tolist()


@settings(max_examples=40)
@given(st.lists(FINDING, max_size=8))
def test_any_text_gets_a_known_code_a_confidence_within_bounds_and_the_same_again(asked: list[str]) -> None:
    found = suggest(asked, coded_texts=TEXTS, codes=CODES)
    assert len(found) == len(asked)
    assert set(found["code"]) <= {"plan", "oversight"}
    assert found["confidence"].between(0, 1).all()
    pd.testing.assert_frame_equal(found, suggest(asked, coded_texts=TEXTS, codes=CODES))


@settings(max_examples=20)
@given(st.permutations(range(len(TEXTS))))
def test_the_order_of_the_coded_texts_makes_no_difference(order: list[int]) -> None:
    asked = ["The plan has no dates.", "The team manager gave direction."]
    found = suggest(asked, coded_texts=[TEXTS[i] for i in order], codes=[CODES[i] for i in order])
    again = suggest(asked, coded_texts=TEXTS, codes=CODES)
    assert found["code"].tolist() == again["code"].tolist()
    assert np.allclose(found["confidence"], again["confidence"], atol=1e-3)


@pytest.mark.parametrize(
    ("coded", "codes", "words"),
    [
        (["a plan"], [], "1 coded texts and 0 codes"),
        (["a plan", "a visit"], ["plan", " "], "has no code"),
        (["a plan", "another"], ["plan", "plan"], "Fewer than two codes"),
        (["a plan", "!"], ["plan", "visit"], "Fewer than two codes"),
        ([], [], "Fewer than two codes"),
        (["of the", "and it"], ["plan", "visit"], "No coded text has a word"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(coded: list[str], codes: list[str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        suggest(["x"], coded_texts=coded, codes=codes)


@pytest.mark.parametrize(
    ("finding", "kin"),
    [
        ("The personal education plan was late", ["education"]),  # and no plan for safety: the longest phrase counts
        ("Management oversight of private fostering", ["management", "private fostering"]),
        ("Children’s views", ["voice"]),
        ("Multi agency partners", ["partners", "partners"]),
        ("Planned", []),
        ("", []),
    ],
)
def test_kin_words_are_found_whole_the_longest_first(finding: str, kin: list[str]) -> None:
    assert kin_of(finding) == kin


def test_no_phrase_belongs_to_two_families() -> None:
    phrases = [
        phrase.strip() for families in KIN.values() for words in families.values() for phrase in words.split(",")
    ]
    assert not {phrase for phrase in phrases if phrases.count(phrase) > 1}
    assert all(phrases)


def test_texts_that_say_the_same_are_answered_alike_each_in_its_place() -> None:
    coded = {"coded_texts": ["a plan with dates", "a visit to school"], "codes": ["plan", "visit"]}
    texts = pd.Series(["the visit was late", "dates in the plan", None, "the visit was late"], index=[7, 3, 5, 1])
    found = suggest(texts, **coded)
    assert found["code"].tolist()[:2] == ["visit", "plan"]
    assert list(found.index) == [7, 3, 5, 1]
    assert found.loc[7].tolist() == found.loc[1].tolist()
    each = [suggest(texts[[row]], **coded) for row in texts.index]
    pd.testing.assert_frame_equal(found, pd.concat(each))
