"""A text that people read together tells nobody who it is about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.report.identifying import times_found, wanted
from qa_analysis.report.masking import WITHHELD, mask_of, masked

PEOPLE = ["612306", "CH-10234", "Jane Smith", "O'NEILL-JONES, Siân", "jane.doe@council.gov.uk", "Hope Day"]
TEXTS = [
    "The plan was clear and the home visits were regular.", "The plan was shared; a visit was missed by the IRO.",
    "There was a clear view of the child at each home visit.", "The IRO raised it at the visit.",
    "We hope for more visits and a plan by day.", "Hope is not a plan; the day was busy, we hope.",
]  # fmt: skip
MASK = mask_of(
    PEOPLE, TEXTS, terms=["Requires improvement", "Safeguarding", "Early Help"],
    places=["Willow", "Early Help South", "Assessment 2"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan for 612306 was clear", "The plan for […] was clear"),
        ("SMITH, Jane was seen", "[…] was seen"),
        ("Jane Smith's plan", "[…]'s plan"),
        ("Jane was seen", "[…] was seen"),
        ("Siân O’Neill-Jones was there", "[…] was there"),
        ("a visit with Jayden and his mum", "a visit with […] and his mum"),
        ("Jayden Brown's plan", "[…]'s plan"),
        ("The IRO raised it", "The IRO raised it"),
        ("Requires improvement in Safeguarding", "Requires improvement in Safeguarding"),
        ("Hope was seen", "[…] was seen"),
        ("we hope for the day", "we hope for the day"),
        ("born 03/04/2011 in Leeds", "born […] in […]"),
        ("on 3rd March 2011", "on […]"),
        ("call 0151 496 0000 today", "call […] today"),
        ("NHS 943 476 5919", "[…] […]"),
        ("lives at L20 3NJ now", "lives at […] now"),
        ("write to a.b@c.org", "write to […]"),
        ("file CH99871, LAC/2231/B and EHM-4471", "file […], […] and […]"),
        ("Perpetua Oxenfoord001 under S47 in 2023", "[…] […] under S47 in 2023"),
        ("2 visits in 14 days", "2 visits in 14 days"),
        ("I was there", "I was there"),
        ("seen by Willow, by early help south and by Assessment 2", "seen by […], by […] and by […]"),
        ("under the willow, with Early Help", "under the willow, with Early Help"),
        ("", ""),
    ],
)
def test_what_tells_who_it_is_about_is_taken_out_and_the_rest_stays(text: str, expected: str) -> None:
    assert masked(text, MASK) == expected


PIECES = st.sampled_from(
    [*PEOPLE, "Jane", "Smith", "smith", "612306.0", "６１２３０６", "612\u200b306", "the", "plan", ",", " "]
)


@settings(max_examples=400)
@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map(" ".join) | st.lists(PIECES, max_size=8).map("".join))
def test_no_phrase_is_left_whatever_the_text(text: str) -> None:
    assert times_found(masked(text, MASK), wanted(PEOPLE)) == 0


@given(st.lists(st.sampled_from(["the", "plan", "was", "clear", "visit", "and"]), max_size=12).map(" ".join))
def test_a_text_of_ordinary_words_stays_as_it_is(text: str) -> None:
    assert masked(text, MASK) == text


def test_words_left_on_both_sides_of_what_was_taken_out_that_make_a_name_take_the_whole_text_with_them() -> None:
    assert masked("jane [03/04/2011] smith", MASK) == WITHHELD
