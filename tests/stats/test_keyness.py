from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import cases

from qa_analysis.stats.wording.keyness import BLOCK, COLUMNS, STOP_WORDS, holders, keyness, log_odds, phrases


def sides(block: Mapping[str, Any], column: str) -> dict[str, list[float]]:
    """Each period's values, themes in the same order."""
    rows = sorted(zip(block["theme"], block["period"], block[column], strict=True))
    return {period: [value for _, other, value in rows if other == period] for period in ("earlier", "now")}


@pytest.mark.parametrize("block", cases("extra.json", "log_odds_themes") + cases("extra.json", "log_odds_themes_zero"))
def test_pooled_counts_as_prior_give_monroes_z_of_two_periods(block: Mapping[str, Any]) -> None:
    counts, expected = sides(block, "n"), sides(block, "monroe_two_group_z")
    found = log_odds(counts["now"], counts["earlier"], prior="pooled")
    assert np.allclose(found.z, expected["now"], atol=1e-7, rtol=0)
    assert np.allclose(log_odds(counts["earlier"], counts["now"], prior="pooled").z, expected["earlier"], atol=1e-7)


def test_a_weak_prior_by_hand() -> None:
    # Two terms, one made-up count: 3 + 0.5 of 5, against 1 + 0.5 of 5.
    found = log_odds([3, 1], [1, 3], prior="half")
    assert found.log_odds[0] == pytest.approx(np.log(3.5 / 1.5) - np.log(1.5 / 3.5))
    assert found.z[0] == pytest.approx(found.log_odds[0] / np.sqrt(1 / 3.5 + 1 / 1.5))


def test_a_single_term_has_nothing_to_be_weighed_against() -> None:
    assert np.isnan(log_odds([3], [5]).z).all()


def test_turning_the_sides_round_turns_the_sign() -> None:
    there, back = log_odds([9, 1, 4], [2, 8, 4]), log_odds([2, 8, 4], [9, 1, 4])
    assert np.allclose(there.z, -back.z)


def test_phrases_stay_within_clauses_and_begin_and_end_with_a_subject() -> None:
    found = list(phrases("The voice of the child is heard. Plans, in 2023, were late"))
    assert "voice of the child" in found
    assert "plans" in found
    assert not [phrase for phrase in found if {phrase.split()[0], phrase.split()[-1]} & STOP_WORDS]
    assert "heard plans" not in found
    assert "plans in" not in found


def test_what_one_side_says_leads_and_shared_words_do_not() -> None:
    left = [
        "Drift and delay for this child.",
        "There was drift and delay in the plan.",
        "Drift and delay again; the plan is late.",
    ]
    right = ["The plan is creative.", "Creative direct work.", "A creative and careful plan."]
    found = keyness(left, right, least=2)
    assert found["phrase"].iloc[0] == "drift and delay"
    assert found["phrase"].iloc[-1] == "creative"
    assert "drift" not in set(found["phrase"])  # it only comes as part of the longer phrase
    assert abs(found.set_index("phrase").loc["plan", "z"]) < found["z"].abs().max() / 2
    assert list(found.loc[found["phrase"] == "drift and delay", ["left", "right"]].iloc[0]) == [3, 0]


def test_a_text_counts_a_phrase_once_however_often_it_says_it() -> None:
    found = keyness(["late late late late", "late"], ["early", "late"], least=1).set_index("phrase")
    assert found.loc["late", "left"] == 2


def test_nothing_to_compare_gives_an_empty_table() -> None:
    assert list(keyness([], []).columns) == list(COLUMNS)
    assert keyness([], []).empty
    assert keyness(["", "the of"], ["  "]).empty


def test_twenty_texts_a_side_keep_their_ranking_when_drawn_again() -> None:
    """The phrase that half of one side has and none of the other leads nine times in ten; nothing is absurdly large."""
    rng = np.random.default_rng(3)
    filler = [f"word{'abcdefghij'[number]}" for number in range(10)]
    common = [" ".join(rng.choice(filler, 6)) for _ in range(400)]
    left = [f"{text} staff turnover" if place % 2 else text for place, text in enumerate(common[:200])]
    leads, largest = 0, 0.0
    for _ in range(50):
        drawn = list(rng.choice(left, 20, replace=False)), list(rng.choice(common[200:], 20, replace=False))
        found = keyness(*drawn)
        leads += found["phrase"].iloc[0] == "staff turnover"
        largest = max(largest, float(found["log_odds"].abs().max()))
    assert leads >= 45
    assert largest < 2


@given(st.lists(st.text(), max_size=6), st.lists(st.text(), max_size=6))
def test_any_texts_give_finite_figures(left: list[str], right: list[str]) -> None:
    found = keyness(left, right, least=1)
    assert np.isfinite(found[["log_odds", "z"]].to_numpy()).all()
    assert found["phrase"].is_unique
    assert (found["left"] + found["right"] >= 1).all()


WORDS = st.lists(st.sampled_from(["plan", "late", "visit", "of", "the", "child.", "school"]), max_size=6).map(" ".join)


@given(st.lists(st.tuples(st.integers(0, 4), WORDS), max_size=15))
def test_a_case_with_several_texts_holds_a_phrase_once(said: list[tuple[int, str]]) -> None:
    by_case: dict[int, set[str]] = {}
    for case, text in said:
        by_case.setdefault(case, set()).update(phrases(text))
    expected = Counter(phrase for held in by_case.values() for phrase in held)
    cases_of, texts = ([one[place] for one in said] for place in (0, 1))
    assert holders(pd.Series(cases_of, dtype="int64"), pd.Series(texts, dtype="str")) == expected


def test_cases_are_counted_so_many_at_a_time() -> None:
    texts = pd.Series(["Plan.", "Visit."] * BLOCK + ["Plan."], dtype="str")
    assert holders(pd.Series(range(len(texts))), texts) == {"plan": BLOCK + 1, "visit": BLOCK}
