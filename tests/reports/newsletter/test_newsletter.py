"""The paragraph for the staff newsletter: about 150 words, warm, and every number a rounded one."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pandas import DataFrame
from small import CONTRACTS, everyone, tables
from words import reading_grade

from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import tables_as_at
from qa_analysis.dates import months_between
from qa_analysis.disclosure.shared_page import unshared
from qa_analysis.english import in_a_sentence
from qa_analysis.framework import rules_for
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.newsletter import report as show

DEMO = months_between("2022-06", "2024-07")
THIN = 60  # audits in three cycles, under which a paragraph may say that it is too soon
RI = "requires improvement"


@pytest.fixture(scope="module")
def demo() -> dict[str, SharedMonth]:
    """Every month of the synthetic council, as everyone may read it."""
    frames = council()
    return {cycle: _told(frames, cycle) for cycle in DEMO}


def _told(frames: dict[str, DataFrame], cycle: str) -> SharedMonth:
    rules = rules_for(cycle)
    return everyone(tables_as_at(frames, CONTRACTS, month=cycle, as_at=rules.as_at(cycle), rules=rules))


def said(told: SharedMonth) -> str:
    return BeautifulSoup(show.told(told).markup, "html.parser").get_text().replace("\u00a0", " ")


def findings(code: str, polarity: str, number: int) -> list[dict[str, Any]]:
    return [
        {"audit_id": f"audits-{n}", "theme_code": code, "polarity": polarity, "text": "x"} for n in range(1, number + 1)
    ]


def small(number: int, good: int, **more: Any) -> SharedMonth:
    audits = [{"overall_grade": "good" if n < good else RI} for n in range(number)]
    return everyone(tables(audits=audits, **more))


@pytest.mark.slow
def test_every_month_of_the_demo_has_about_a_hundred_and_fifty_words(demo: dict[str, SharedMonth]) -> None:
    lengths = {cycle: len(said(told).split()) for cycle, told in demo.items()}
    assert {cycle: length for cycle, length in lengths.items() if not 120 <= length <= 170} == {}


@pytest.mark.slow
def test_every_number_of_every_month_is_a_row_of_the_edition(demo: dict[str, SharedMonth]) -> None:
    for told in demo.values():
        assert unshared(f"<main>{said(told)} {show.provenance(told).markup}</main>", told.measures, told.rules) == []
        assert len(re.findall(r"about \d", said(told))) >= (4 if told.measures["value"].max() > THIN else 1)


@pytest.mark.slow
def test_no_month_reads_like_a_machine(demo: dict[str, SharedMonth]) -> None:
    odd = re.compile(r"\b(\w+) \1\b|\bnan\b|None|\b1 audits|\(|\.\.|\b0%|\b100%|  |\babout about\b")
    assert [(cycle, odd.findall(said(told))) for cycle, told in demo.items() if odd.search(said(told))] == []


@pytest.mark.slow
def test_every_month_is_easy_to_read(demo: dict[str, SharedMonth]) -> None:
    assert max(reading_grade(said(told)) for told in demo.values()) < 9


def test_any_theme_fits_into_the_paragraph() -> None:
    book = rules_for("2023-06").codebook
    for strength, development in zip(book, [*list(book)[1:], "1.1"], strict=True):
        found = [*findings(strength, "strength", 30), *findings(development, "development", 40)]
        words = said(small(60, 25, findings=found, family_feedback=[{"audit_id": f"audits-{n}"} for n in range(1, 31)]))
        assert 120 <= len(words.split()) <= 172, words
        if not book[strength].compliance:
            assert f"we are celebrating {book[strength].in_short}: auditors saw this done well in about 30" in words
        lacking = in_a_sentence(book[development].development)
        assert f"One area for development came up in about 40 audits: {lacking}. " in words
        assert book[development].in_practice in words


def test_it_thanks_celebrates_asks_for_one_thing_and_says_where_to_learn_more() -> None:
    words = said(small(60, 25, findings=[*findings("4.2", "strength", 20), *findings("1.4", "development", 25)]))
    order = ["Thank you to all our auditors", "we are celebrating", "One area for development", "Want to know more?"]
    places = [words.index(part) for part in order]
    assert places == sorted(places)
    assert "From April to June 2023 we carried out about 60 audits across the service." in words
    assert "Auditors graded about 40% of them good or better." in words


@pytest.mark.parametrize(("number", "good"), [(1, 1), (7, 3), (17, 9)])
def test_with_too_few_audits_it_says_so(number: int, good: int) -> None:
    words = said(small(number, good))
    assert "There are too few audits yet to say how many were good." in words
    assert "too few findings of good practice yet to pick out one thing to celebrate" in words
    assert len(re.findall(r"\d+", words.replace("2023", ""))) <= 1


@pytest.mark.parametrize(("good", "word"), [(60, "almost all of them"), (0, "few of them")])
def test_neither_all_nor_none_is_said(good: int, word: str) -> None:
    assert f"Auditors graded {word} good or better." in said(small(60, good))


def test_of_several_themes_found_as_often_each_has_its_turn() -> None:
    codes, rules = ("1.1", "2.3", "4.2"), rules_for("2023-06")
    found = [finding for code in codes for finding in findings(code, "strength", 12)]
    told = [
        said(everyone(tables(cycle, audits=_in(cycle, 40), findings=found)))
        for cycle in ("2023-04", "2023-05", "2023-06")
    ]
    assert all(any(rules.codebook[code].in_short in words for words in told) for code in codes)


def _in(cycle: str, number: int) -> list[dict[str, Any]]:
    return [{"cycle_month": cycle, "audited_on": f"{cycle}-15"}] * number


def test_beneath_stands_where_it_comes_from() -> None:
    words = BeautifulSoup(show.provenance(small(60, 25)).markup, "html.parser").get_text()
    assert "audits of April to June 2023, data as at 10 July 2023" in words
    assert "Counts are rounded to the nearest 5" in words
