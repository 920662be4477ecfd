"""A text that people read together tells nobody who it is about."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.disclosure.identifying import ORDINARY
from qa_analysis.disclosure.masking import MASK, MONTHS, mask, named_in, unnamed, written_small

PEOPLE = ["Jane Smith", "612306", "CH-10234", "Siân O'Neill-Jones"]


def test_small_words_are_those_that_findings_write_small() -> None:
    assert written_small(["the plan", "a plan", "The plan", "Zebedee"]) == {"plan"}


@pytest.mark.parametrize(
    "text",
    [
        "Jane Smith", "SMITH, Jane", "child 612306", "CH 10234", "ch-10234.", "Siân", "O’Neill-Jones",
        "j.doe@example.org", "L20 7DE", "on 12/03/2023", "on 3rd March 2023", "0151 934 3333", "A202206-001",
    ],
)  # fmt: skip
def test_the_mask_takes_all_that_names(text: str) -> None:
    masked = mask([f"was seen: {text} and well"], PEOPLE)[0]
    assert MASK in masked
    assert not named_in([masked], PEOPLE)[0]
    assert not re.search(r"jane|smith|neill|si.n|doe|612306|10234|L20|2023|934", masked, re.IGNORECASE)


def test_the_mask_leaves_ordinary_text_alone() -> None:
    said = "The smith's plan, of 3 parts, was 12 weeks late; see 3.10 and 4.4."
    assert mask([said], PEOPLE) == [said]


LETTERS = string.ascii_letters + " .,'-0123456789İßéﬁ\u200b\u00ad"


def test_a_name_at_the_end_is_found_where_a_longer_one_begins_alike() -> None:
    originals = ["\u013000\u00df", "\u0130000.A"]
    assert named_in(mask([" \u013000\u00df "], originals), originals) == [False]


@given(st.lists(st.text(LETTERS, min_size=3, max_size=14), max_size=4), st.text(LETTERS, max_size=40), st.data())
def test_whatever_is_masked_the_scan_finds_nobody_in_it(originals: list[str], text: str, data: st.DataObject) -> None:
    planted = data.draw(st.sampled_from(originals)) if originals else ""
    masked = mask([f"{text} {planted} {text}", planted], originals)
    assert named_in(masked, originals) == [False, False]


@given(st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True))
def test_a_capitalised_word_within_a_sentence_is_kept_only_if_the_framework_knows_it(name: str) -> None:
    known = name.casefold() in ORDINARY | MONTHS
    assert unnamed(f"seen with {name} today", frozenset([name.casefold()]), frozenset()) == (
        f"seen with {name if known else MASK} today"
    )
