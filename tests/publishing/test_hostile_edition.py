"""Labels of the rules that look like markup, formulas or templates go through both pages that everyone may read.

No text of the data reaches them: only whether a code is of the codebook. So what may be hostile is framework.yaml.
"""

import zipfile
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from browser import check_page
from edition import NOW, SECTIONS, fullest, made
from hostile import hostile, plain, structure
from papers import assert_harmless, kinds
from words import words_of_html, words_of_word

from qa_analysis.errors import DisclosureFailed
from qa_analysis.framework import Rules, Theme, rules_for
from qa_analysis.month.shared import SharedMonth

pytestmark = pytest.mark.slow

WITHOUT_DIGITS = str.maketrans("0123456789", "abcdefghij")  # a number that is no figure is refused: see below
SIZE = 35  # letters of a label, so that hostile and plain ones rank alike
SEEDS = range(6)
OWN = ("=1+1", "<b>own</b>", "{{7*7}}")  # codes of a council's own


def labels(words: list[str]) -> list[str]:
    """The words without digits, each ending in letters of its own, as a label may be."""
    return [word.translate(WITHOUT_DIGITS) for word in words]


def worded(words: list[str]) -> Rules:
    """The rules with every label of theirs that reaches the pages taken from the words."""
    usual, left = rules_for(NOW), iter(labels(words))
    areas = {area: f"Area {next(left)}" for area in usual.key_areas}
    book = {code: _theme(left) for code in (*OWN, *list(usual.codebook)[: 14 - len(OWN)])}
    return replace(usual, key_areas=areas, codebook=book)


def _theme(left: object) -> Theme:
    texts = {part.name: f"A {next(left)}." for part in fields(Theme) if part.name not in ("examples", "compliance")}  # type: ignore[call-overload]
    return Theme(**texts, examples=())


def made_of(words: list[str], place: Path) -> dict[str, Path]:
    """Each report with its labels taken from the words."""
    told = fullest(worded(words))
    return {name: made(name, told, place) for name in SECTIONS}


@pytest.fixture(scope="module")
def plain_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made_of(plain(), tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module", params=SEEDS)
def pages(
    request: pytest.FixtureRequest, plain_pages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, Path]]:
    """Each report of hostile words, and of plain ones."""
    hostile_pages = made_of(hostile(request.param), tmp_path_factory.mktemp("edition"))
    return {name: (hostile_pages[name], plain_pages[name]) for name in SECTIONS}


every_report = pytest.mark.parametrize("report", SECTIONS)


@every_report
def test_a_page_of_hostile_labels_is_built_like_that_of_plain_ones(report: str, pages: dict) -> None:
    hostile_one, plain_one = (path.read_text(encoding="utf-8") for path in pages[report])
    assert structure(hostile_one) == structure(plain_one)
    assert hostile_one != plain_one


@every_report
def test_a_word_paper_of_hostile_labels_is_built_alike_and_leads_nowhere(report: str, pages: dict) -> None:
    papers = [path.with_suffix(".docx").read_bytes() for path in pages[report]]
    tags = [[str(node.tag) for node in docx.Document(BytesIO(paper)).element.body.iter()] for paper in papers]
    assert tags[0] == tags[1]
    assert words_of_word(papers[0]) == words_of_html(pages[report][0].read_text(encoding="utf-8"))
    assert not any(relation.is_external for relation in docx.Document(BytesIO(papers[0])).part.rels.values())


@every_report
def test_a_pdf_of_hostile_labels_is_built_alike_and_leads_nowhere(report: str, pages: dict) -> None:
    if not pages[report][0].with_suffix(".pdf").exists():
        pytest.skip("neither the Pango libraries nor a browser are installed, so no PDF was made")
    files = [pikepdf.open(path.with_suffix(".pdf")) for path in pages[report]]
    assert_harmless(files[0])
    for name in ("/H1", "/H2", "/Figure", "/LI", "/TD", "/Link"):
        assert kinds(files[0])[name] == kinds(files[1])[name], name


@every_report
def test_a_workbook_of_hostile_labels_holds_no_formula_and_no_link_but_its_contents(report: str, pages: dict) -> None:
    with zipfile.ZipFile(pages[report][0].with_suffix(".xlsx")) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in text or "<f " in text for name, text in parts.items() if "/worksheets/" in name)
    assert {name for name, text in parts.items() if "<hyperlink" in text} <= {"xl/worksheets/sheet2.xml"}
    assert not any('TargetMode="External"' in text for text in parts.values())


@every_report
def test_a_browser_finds_no_fault_in_hostile_labels(report: str, pages: dict) -> None:
    findings = check_page(pages[report][0])
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())


def test_a_label_with_a_number_stops_the_run_and_the_line_names_the_page_alone(tmp_path: Path) -> None:
    usual = rules_for(NOW)
    book = {code: replace(theme, in_practice="Ring within 77 days.") for code, theme in usual.codebook.items()}
    with pytest.raises(DisclosureFailed, match=r"briefing\.html prints 3 numbers") as stopped:
        made("briefing", fullest(replace(usual, codebook=book)), tmp_path)
    assert "77" not in str(stopped.value)


def test_no_text_of_the_data_reaches_the_months_that_the_pages_open() -> None:
    told: SharedMonth = fullest()
    said = told.measures.drop(columns=["measure", "period", "as_at", "population", "method"])
    words = {str(text) for name in ("by", "group", "unit", "note", "verdict", "reasons") for text in said[name]}
    rules = told.rules
    known = {f"{code}+{side}" for code in rules.codebook for side in ("strength", "development")} | set(rules.key_areas)
    assert words <= known | {
        "", "audits", "share", "verdict", "key_area", "theme_code+polarity", "too few to say", "few", "almost all",
        "improving", "worse",
    }  # fmt: skip
