"""On which side a theme is told: a strength by its positive label, an area for development by its negative one.

Every report is made of a council whose audits found every prompt of the codebook, half of them as strengths and half
for development, and then the other way round. Whatever stands beneath a heading, a caption or in a row that says its
side is read for the labels of the other side.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from bs4 import BeautifulSoup, Tag
from fixed_council import AUDITS, DATASETS, NOW
from runs import REPORTED
from sections import for_readers, shown
from small import month, tables

from qa_analysis.framework import rules_for
from qa_analysis.month.month import Month

BOOK = rules_for(NOW).codebook
SIDES = ("strength", "development")
LACKING = re.compile(r"for development|differently|\b(persistent|emerging|fading):", re.I)
DONE_WELL = re.compile(r"\bstrengths?\b|good practice|d(one|o|id) well", re.I)
BY_THEME = ("smt-report", "themes", "learning-session", "briefing")  # reports that tell themes of both sides by label


@pytest.fixture(scope="module", params=[0, 1])
def told(request: pytest.FixtureRequest) -> Month:
    """The fixed council with every prompt found in every third audit, on one side or, next time, on the other."""
    found = [
        {"audit_id": f"audits-{number}", "theme_code": code, "polarity": SIDES[(place + request.param) % 2],
         "text": f"It was written down in week {number}."}
        for place, code in enumerate(BOOK)
        for number in range(1 + place % 3, len(AUDITS) + 1, 3)
    ]  # fmt: skip
    return month(tables(NOW, **{**DATASETS, "findings": found}))


@pytest.mark.parametrize("report", REPORTED)
def test_no_label_of_one_side_stands_where_the_other_is_told(report: str, told: Month) -> None:
    lines = list(sided(report, told))
    wrong = [(side, line) for side, line in lines if any(label in line for label in other_labels(side))]
    assert wrong == []
    seen = {side for side, line in lines if side and any(theme.called(side) in line for theme in BOOK.values())}
    assert seen >= (set(SIDES) if report in BY_THEME else set())


@pytest.mark.parametrize("report", REPORTED)
def test_compliance_is_counted_in_tables_that_say_so_and_never_offered_as_good_practice(
    report: str, told: Month
) -> None:
    page = BeautifulSoup("".join(markup(report, told)), "html.parser")
    for theme in filter(lambda theme: theme.compliance, BOOK.values()):
        offered = page.find_all(["p", "li", "h3", "figcaption"], string=re.compile(re.escape(theme.strength)))
        assert [tag.get_text() for tag in offered] == []
        cells = page.find_all(["td", "th"], string=re.compile(re.escape(theme.strength)))
        assert all(cell.get_text().endswith("(compliance)") for cell in cells)


def test_the_reading_of_sides_sees_a_label_on_the_wrong_side() -> None:
    page = "<h2>Areas for development</h2><ul><li>Contingency plan identified: 3 of 9</li></ul>"
    [(side, line)] = [found for found in _sided(page) if found[1].endswith("of 9")]
    assert side == "development"
    assert any(label in line for label in other_labels(side))


@cache
def other_labels(side: str) -> list[str]:
    """What no line of this side may say: what themes are called on the other, and the prompts themselves."""
    if not side:
        return []
    other = SIDES[1 - SIDES.index(side)]
    mine = {theme.called(side) for theme in BOOK.values()}
    return [
        label for theme in BOOK.values() for label in (getattr(theme, other), theme.label)
        if not any(label in own for own in mine)
    ]  # fmt: skip


def sided(report: str, told: Month) -> Iterator[tuple[str, str]]:
    """Every line of a report with the side it tells of, or none."""
    yield from _sided("".join(markup(report, told)))


def _sided(html: str) -> Iterator[tuple[str, str]]:
    beneath = ""
    for tag in BeautifulSoup(html, "html.parser").find_all(["h1", "h2", "h3", "p", "li", "tr", "figcaption", "img"]):
        text = tag.get("alt", "") if tag.name == "img" else " ".join(tag.get_text(" ").split())
        if tag.name in ("h1", "h2") or (tag.name == "h3" and side_of(text)):
            beneath = side_of(text)
        yield side_of(text) or _captioned(tag) or beneath, text


def _captioned(tag: Tag) -> str:
    """The side that the caption of a row's table says."""
    table = tag.find_parent("table") if tag.name == "tr" else None
    return side_of(table.caption.get_text()) if table and table.caption else ""


def side_of(text: str) -> str:
    """The side that some words say they are of; none where they say neither or both."""
    lacking, done_well = bool(LACKING.search(text)), bool(DONE_WELL.search(text))
    return "" if lacking == done_well else SIDES[lacking]


def markup(report: str, told: Month) -> Iterator[str]:
    """The headings and sections of a report's notebook as markup, in its order."""
    for heading, section in shown(report, for_readers(report, told)):
        yield "".join(f"<h2>{line.lstrip('# ')}</h2>" for line in heading.splitlines() if line) or section
