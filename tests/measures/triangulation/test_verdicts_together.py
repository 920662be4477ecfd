"""One rule whether sources agree: a side needs clear evidence, silence is no strength, no voice confirms itself."""

import pytest

from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import TOO_FEW
from qa_analysis.measures.triangulation.verdicts import (
    AGREE,
    ALONE,
    DISAGREE,
    MOSTLY_UNCODED,
    NOBODY,
    NOT_CODED,
    SILENT,
    UNCLEAR,
    Cell,
    directions,
    heard_together,
)

DEVELOPMENT, STRENGTH = "development", "strength"
RULES = rules_for("2023-06")


def one(source: str, cell: Cell) -> str:
    return directions({("assessment", source): cell}, RULES)["assessment", source]


@pytest.mark.parametrize(
    ("development", "strength", "word"),
    [(15, 5, DEVELOPMENT), (5, 15, STRENGTH), (14, 6, UNCLEAR), (0, 6, STRENGTH), (0, 5, UNCLEAR), (4, 0, TOO_FEW)],
)
def test_a_side_is_clear_where_an_exact_test_against_a_half_says_so(development: int, strength: int, word: str) -> None:
    assert one("audit grades", Cell(development + strength, development, strength, 100)) == word  # p 0.041, 0.115 …


def test_records_that_lean_neither_way_make_enough_but_no_direction() -> None:
    assert one("families", Cell(20, 1, 2, 60)) == UNCLEAR


@pytest.mark.parametrize(("records", "word"), [(18, DEVELOPMENT), (12, UNCLEAR), (4, TOO_FEW), (0, SILENT)])
def test_alerts_point_to_a_theme_that_has_clearly_more_than_its_even_share(records: int, word: str) -> None:
    assert one("practice alerts", Cell(records, records, 0, 60)) == word  # even would be 10 of 60


def test_compliments_speak_of_strengths_alone() -> None:
    assert one("compliments", Cell(30, 0, 30, 60)) == STRENGTH


def test_one_open_recommendation_is_enough_and_closed_ones_point_nowhere() -> None:
    assert one("external reviews", Cell(1, 1, 0, 1)) == DEVELOPMENT
    assert one("external reviews", Cell(3, 0, 0, 3)) == UNCLEAR


def test_indicators_that_contradict_each_other_have_no_direction() -> None:
    assert one("indicators", Cell(2, 1, 1, 2)) == UNCLEAR


def test_silent_and_nothing_recorded_are_different_words() -> None:
    assert one("observations", Cell(0, 0, 0, 12)) == SILENT
    assert one("observations", Cell(0, 0, 0, 0)) == NOT_CODED


def test_a_source_most_of_whose_records_lie_in_no_theme_is_not_judged() -> None:
    assert one("families", Cell(30, 0, 30, 30, coded=0.49)) == MOSTLY_UNCODED
    assert one("families", Cell(30, 0, 30, 30, coded=0.5)) == STRENGTH


def test_what_is_clear_alone_is_not_clear_among_many_that_are_not() -> None:
    flat = {(f"area {number}", "audit grades"): Cell(20, 10, 10, 20) for number in range(30)}
    cells = {("assessment", "audit grades"): Cell(20, 15, 5, 20), **flat}
    assert directions(cells, RULES)["assessment", "audit grades"] == UNCLEAR


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"audit grades": DEVELOPMENT, "families": STRENGTH}, DISAGREE),
        ({"audit grades": DEVELOPMENT, "moderation": DEVELOPMENT, "families": UNCLEAR}, AGREE[DEVELOPMENT]),
        ({"observations": STRENGTH, "compliments": STRENGTH}, AGREE[STRENGTH]),
        ({"audit grades": STRENGTH, "audit findings": STRENGTH, "families": SILENT}, ALONE[STRENGTH]),
        ({"audit grades": STRENGTH, "audit findings": DEVELOPMENT, "practice alerts": DEVELOPMENT}, ALONE[DEVELOPMENT]),
        ({"audit grades": UNCLEAR, "families": SILENT}, UNCLEAR),
        ({"families": TOO_FEW}, UNCLEAR),
        ({"families": SILENT, "compliments": NOT_CODED}, NOBODY),
        ({}, NOBODY),
    ],
)
def test_the_verdict_on_a_theme(said: dict[str, str], verdict: str) -> None:
    assert heard_together(said).verdict == verdict


def test_a_voice_that_contradicts_itself_is_named_and_not_counted() -> None:
    heard = heard_together({"complaints": DEVELOPMENT, "compliments": STRENGTH, "families": STRENGTH})
    assert (heard.verdict, heard.both_ways) == (ALONE[STRENGTH], ("complaints and compliments",))
