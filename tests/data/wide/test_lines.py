"""The items that a form keeps in one cell."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa_analysis.data.reading.cell_text import is_blank
from qa_analysis.data.reading.wide.lines import lines_of


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("Good use of genogram", ["Good use of genogram"]),
        ("- Plan needed; drift\n- Core group minutes missing", ["Plan needed; drift", "Core group minutes missing"]),
        ("\u2022 Voice\n\u2022\tPlan", ["Voice", "Plan"]),
        ("\u2022 Voice \u2022 Plan", ["Voice", "Plan"]),
        ("1. Voice\n2) Plan\n(3) Drift", ["Voice", "Plan", "Drift"]),
        ("a) Voice\nb) Plan", ["Voice", "Plan"]),
        ("Voice\n\nPlan\r\n", ["Voice", "Plan"]),
        (
            "- Voice of the child is strong,\n  direct work seen\n- Plan",
            ["Voice of the child is strong, direct work seen", "Plan"],
        ),
        ("Supervision not recorded since May - gaps", ["Supervision not recorded since May - gaps"]),
        ("-5 days late", ["-5 days late"]),
        ("2 visits missed", ["2 visits missed"]),
        ("", []),
        ("-", []),
        (None, []),
        (7.0, []),
    ],
)
def test_bullets_numbers_and_lines_part_and_punctuation_does_not(cell: object, items: list[str]) -> None:
    assert lines_of(cell) == items


def test_where_it_is_said_what_parts_the_items_every_one_parts() -> None:
    cell = "- Supervision not recorded since May - gaps\n- Plan; drift"
    assert lines_of(cell) == ["Supervision not recorded since May - gaps", "Plan; drift"]
    assert lines_of(cell, at="- ") == ["Supervision not recorded since May", "gaps", "Plan; drift"]
    assert lines_of("Voice; plan;  ", at=";") == ["Voice", "plan"]


@given(st.lists(st.text("abcdefgh ,;", min_size=3).filter(lambda text: text.strip(" ,;")), min_size=1, max_size=6))
def test_what_is_written_as_bullets_is_read_back(items: list[str]) -> None:
    tidy = [" ".join(item.split()) for item in items]
    assert lines_of("\n".join(f"- {item}" for item in tidy)) == tidy


@given(st.text())
def test_no_letter_is_lost_but_those_of_a_word_for_nothing(text: str) -> None:
    assume(not any(is_blank(word) for word in text.split()))  # NULL and the like are no text
    kept = [letter for line in lines_of(text) for letter in line if letter.isalpha()]
    there = [letter for letter in text if letter.isalpha()]
    marks = len(text.splitlines())  # the letter of "a)"
    assert len(there) - marks <= len(kept) <= len(there)
