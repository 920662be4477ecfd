import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures.themes.impact_statements import STATEMENTS

from qa_analysis.framework import resource, rules_for
from qa_analysis.measures.themes.what_changed import (
    _CANNOT_TELL,
    _CONDITIONS,
    BETTER,
    MIXED,
    NOT_SAID,
    UNCLEAR,
    WORSE,
    _written,
    named,
    what_changed,
)

RULES = rules_for("2023-06")
LEAST_AGREED = 38  # of forty: as at the first run, before the lists were held against them


def change(text: str) -> str:
    return str(what_changed(pd.Series([text]), RULES).iloc[0])


def test_most_statements_are_read_as_a_reader_reads_them_and_none_the_other_way_round() -> None:
    texts, expected = zip(*STATEMENTS, strict=True)
    read = list(what_changed(pd.Series(texts), RULES))
    agreed = sum(one == other for one, other in zip(read, expected, strict=True))
    wrong = [f"{text}: {one}" for text, one, other in zip(texts, read, expected, strict=True) if one != other]
    print(f"what changed: {agreed} of {len(texts)} statements as a reader reads them", *wrong, sep="\n")  # noqa: T201
    assert len(texts) == 40
    assert agreed >= LEAST_AGREED
    assert not [one for one, other in zip(read, expected, strict=True) if {one, other} == {BETTER, WORSE}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is not safer at home.", WORSE),
        ("The boys haven’t settled.", WORSE),
        ("Without this the child would have been harmed.", UNCLEAR),
        ("Action was taken without delay.", UNCLEAR),
        ("The delay did not affect the child.", UNCLEAR),
        ("Despite long delays the children are thriving.", BETTER),
        ("Concerns have not reduced.", WORSE),
        ("She has a developmental delay.", UNCLEAR),
        ("The little one is safer.", BETTER),
    ],
)
def test_a_not_before_a_word_turns_it_round_or_takes_it_away(text: str, expected: str) -> None:
    assert change(text) == expected


def test_what_should_or_may_come_of_it_is_no_change() -> None:
    assert change("The plan should make the child safer.") == UNCLEAR
    assert change("Services were asked to help her become more settled.") == UNCLEAR


def test_a_better_record_is_not_a_better_life() -> None:
    assert change("The plan has improved.") == UNCLEAR
    assert change("The plan has improved life for him.") == BETTER
    assert change("Supervision drifted.") == UNCLEAR


def test_what_nobody_can_tell_is_neither_better_nor_no_difference() -> None:
    assert change("It is hard to see what difference the work has made for the child.") == NOT_SAID
    assert change("Visits are up to date.") == NOT_SAID
    assert change("The aunt is thriving; it is not clear whether he is safer.") == BETTER
    assert change("He is calmer but his sister has been let down.") == MIXED


def test_the_lists_are_printed_in_the_methods() -> None:
    page = (resource("data_contracts").parent / "docs" / "methods.md").read_text(encoding="utf-8")
    for words in (RULES.better_words, RULES.worse_words, RULES.cannot_tell_words):
        assert ", ".join(words) in page


LISTS = {_CANNOT_TELL: RULES.cannot_tell_words, BETTER: RULES.better_words, WORSE: RULES.worse_words, "": _CONDITIONS}
LISTED = [word.replace("...", "the").replace("*", "ed") for words in LISTS.values() for word in words]
CLAUSES = st.lists(st.sampled_from([*LISTED, "no", "the child", "not", "school", "she is"]), max_size=6).map(" ".join)
EVERY = sorted(
    ((word, way) for way, words in LISTS.items() for word in words),
    key=lambda one: (one[1] != _CANNOT_TELL, -len(one[0])),
)
ONE_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(f'({_written(word)})' for word, _ in EVERY)})(?!\w)")


@given(CLAUSES)
def test_words_are_found_as_if_every_word_of_the_lists_were_tried_at_every_letter(clause: str) -> None:
    expected = [(cue.span(), EVERY[(cue.lastindex or 0) - 1][1]) for cue in ONE_PATTERN.finditer(clause)]
    assert [(cue.span(), way) for cue, way in named(clause, RULES)] == expected


def test_a_councils_own_words_may_begin_with_anything() -> None:
    rules = replace(RULES, better_words=("a lot better", "£20 more a week", "x"))
    texts = ["Mornings are a lot better.", "Mum has £20 more a week for food.", "School says: x", "Nothing to add."]
    assert list(what_changed(pd.Series(texts), rules)) == [BETTER, BETTER, BETTER, UNCLEAR]
