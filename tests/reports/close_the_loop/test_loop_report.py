"""Closing the loop as it is told: readable whatever the month, and every number bound to a figure."""

import re
import warnings
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from small import asked, month, tables

from qa_analysis.reports.close_the_loop import report as show
from qa_analysis.reports.close_the_loop.words import verdict_title

SECTIONS = (show.cover, show.verdicts, show.other_ways, show.like_for_like, show.planner, show.ledger, show.summary)
THEN = {"cycle_month": "2022-12", "audited_on": "2022-12-12"}
LATER = {"cycle_month": "2023-08", "audited_on": "2023-08-09"}
EARLIER = {"cycle_month": "2023-02", "audited_on": "2023-02-09"}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ODD: dict[str, dict[str, Any]] = {
    "no earlier cycle": {"audits": [{}] * 3},
    "one audit a side": {"audits": [{}, THEN]},
    "all grades alike": {"audits": [{}] * 30 + [THEN] * 30},
    "no theme, no auditor, no service": {
        "audits": [{"theme_code": None, "auditor_id": None, "service_area": None, **side} for side in ({}, THEN) * 12]
    },
    "no grade": {"audits": [{"overall_grade": None, **side} for side in ({}, THEN) * 12]},
}


def said(held: Any) -> str:
    """Every section as plain text, with warnings of any library as errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return " ".join(
            BeautifulSoup(section(held).markup, "html.parser").get_text(" ") for section in SECTIONS
        ).replace("\u00a0", " ")


@pytest.mark.parametrize("council", ODD.values(), ids=ODD)
def test_an_odd_month_is_readable_and_without_nonsense(council: dict[str, Any]) -> None:
    text = said(month(tables(**council)))
    assert not re.search(r"\bnan\b|NaN|None|inf\b|-0 ", text)


def graded(grade: str, side: dict[str, str], **more: Any) -> list[dict[str, Any]]:
    return [{"overall_grade": grade if n % 8 else "good", "auditor_id": f"a{n % 5}", **side, **more} for n in range(40)]


def test_a_clear_change_by_the_same_auditors_is_the_title() -> None:
    held = month(tables("2023-08", audits=[*graded("inadequate", LATER), *graded("good", EARLIER)]))
    assert verdict_title(held) == "Overall grade: worse"


def test_across_the_widening_of_auditors_no_title_claims_without_more() -> None:
    held = month(tables(audits=[*graded("good", {}), *graded("inadequate", {**THEN, "cycle_month": "2022-11"})]))
    assert verdict_title(held) == "Overall grade: higher than six months ago, not directly comparable"
    assert "Managers began to audit in December 2022, so the two are not directly comparable" in said(held)


def test_regression_to_the_mean_is_named_where_a_theme_was_picked_because_it_looked_bad() -> None:
    plan = [{"cycle_month": "2023-02", "theme_code": "supervision", "factor": "external scrutiny"}]
    council = {"audits": [*graded("good", LATER), *graded("inadequate", EARLIER)]}
    named, plain = (said(month(tables("2023-08", **council, **more))) for more in ({"audit_plan": plan}, {}))
    assert "regression to the mean" in named
    assert "regression to the mean" not in plain


def test_a_theme_has_an_interval_and_the_page_says_why_it_has_no_verdict_word() -> None:
    audits = [*graded("good", LATER), *graded("inadequate", EARLIER)]
    page = show.ledger(month(tables("2023-08", audits=audits))).markup
    assert re.search(r"up \d+ percentage points; range \+\d+ to \+\d+", page)
    assert "No verdict is given for single themes" in page
    assert not re.search("improved|worse|no clear evidence", page, re.IGNORECASE)


def test_every_number_in_the_sentences_is_one_of_the_measures() -> None:
    held = month(tables("2023-08", audits=[*graded("good", LATER, team="N"), *graded("inadequate", EARLIER, team="S")]))
    sections = (show.verdicts, show.like_for_like, show.planner, show.ledger, show.summary)
    pages = [unescape(section(held).markup) for section in sections]
    numbers = asked(held)[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna().abs()
    shown = {f"{number:.0f}" for number in numbers} | {f"{100 * number:.0f}" for number in numbers} | {"0"}
    for page in pages:
        for sentence in re.findall("<(?:li|p|td)[^>]*>(.*?)</(?:li|p|td)>", page):
            bare = re.sub(r"\b(?:January|February|June|August) 20\d\d\b|95%", "", sentence)
            assert [number for number in NUMBER.findall(bare) if number not in shown] == [], sentence
