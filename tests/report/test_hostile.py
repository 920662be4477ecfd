"""Free text that looks like markup, formulas or templates goes through a whole run and changes nothing but words."""

import csv
import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import numpy as np
import pikepdf
import pytest
from browser import check_page
from click.testing import CliRunner
from docx.oxml.ns import qn
from openpyxl import load_workbook
from papers import assert_harmless, kinds
from small import frames, write
from words import words_of_html, words_of_word

from qa_analysis.cli import main

MONTH = "2023-06"
STRINGS = 1000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PIECES = [
    '=HYPERLINK("http://x.invalid","go")', "<script>alert(1)</script>", "{{7*7}}", "{% raw %}", "$\\frac{", "# heading",
    "a\x00b", "\u202eright to left", "\u200f", "</table></main>", '"><img src=x onerror=alert(1)>', "<!-- ", "]]>",
    "-->",
    "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "`rm`", "${HOME}", "%s%n", "\\x00", "&lt;b&gt;", "</style>",
    "javascript:x",
    "\u2028", "'; DROP TABLE audits; --", "| a | b |", "[x](javascript:x)", "\ufeff", "ﬁ", "😀", "=1+1", "{=1+1}",
]  # fmt: skip


def hostile(seed: int = 3) -> list[str]:
    """Strings made of such pieces, each with a number of its own."""
    rng = np.random.default_rng(seed)
    return [" ".join(rng.choice(PIECES, rng.integers(1, 4))) + f" {number:04d}" for number in range(STRINGS)]


def published(place: Path, words: list[str]) -> Path:
    """The month of a council whose every open text is one of the words."""
    held = frames(
        audits=[{"team": f"Team {word}", "impact_statement": word} for word in words[:100]],
        moderations=[{"audit_id": "audits-1", "reason_for_change": words[0]}],
        findings=[{"audit_id": f"audits-{number % 100 + 1}", "text": word} for number, word in enumerate(words)],
        actions=[{"description": word, "team": f"Team {word}"} for word in words[:500]],
        smt_decisions=[
            {"meeting_on": "2023-06-20", "item": f"On {word}", "decision": word, "owner_id": "w"} for word in words
        ],
        family_feedback=[{"audit_id": "audits-1", "text": word} for word in words[:200]],
    )
    data = write(place / "data", held)
    command = ["run", MONTH, "--data", str(data), "--outputs", str(place / "outputs"), "--report", "smt-report"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return place / "outputs" / MONTH


def structure(markup: str) -> list[str]:
    """Every tag with its attributes' names, in order, pictures' bytes left out."""
    return [re.sub(r'"[^"]*"', '""', tag) for tag in re.findall(r"<[a-zA-Z/!][^>]*>", markup)]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The published month of the hostile words, and that of plain ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", "5a" * 32)
        plain = [f"plain words {number:04d}" for number in range(STRINGS)]
        hostile_one, plain_one = (published(tmp_path_factory.mktemp("month"), words) for words in (hostile(), plain))
        return hostile_one, plain_one


@pytest.fixture(scope="module")
def pages(folders: tuple[Path, Path]) -> tuple[Path, str, str]:
    hostile_page, plain_page = ((folder / "smt-report.html").read_text(encoding="utf-8") for folder in folders)
    return folders[0], hostile_page, plain_page


def test_the_structure_of_the_page_is_that_of_plain_words(pages: tuple[Path, str, str]) -> None:
    assert structure(pages[1]) == structure(pages[2])


def test_the_words_are_there_to_be_read(pages: tuple[Path, str, str]) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[1]


def test_no_cell_of_a_table_starts_like_a_formula(pages: tuple[Path, str, str]) -> None:
    for path in (pages[0] / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not _is_number(cell)] == [], path.name


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None


def test_a_browser_finds_no_fault_in_it(pages: tuple[Path, str, str]) -> None:
    findings = check_page(pages[0] / "smt-report.html")
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())


def test_the_structure_of_the_word_paper_is_that_of_plain_words(folders: tuple[Path, Path]) -> None:
    hostile_one, plain_one = (
        [str(node.tag) for node in docx.Document(str(folder / "smt-report.docx")).element.body.iter()]
        for folder in folders
    )
    assert hostile_one == plain_one


def test_the_word_paper_says_the_words_and_leads_nowhere_outside_itself(pages: tuple[Path, str, str]) -> None:
    data = (pages[0] / "smt-report.docx").read_bytes()
    paper = docx.Document(BytesIO(data))
    assert words_of_word(data) == words_of_html(pages[1])
    assert not any(relation.is_external for relation in paper.part.rels.values())
    codes = [node.text.strip() for node in paper.element.body.iter(qn("w:instrText"))]
    assert [code[:4] for code in codes] == ["TOC "]
    assert list(paper.element.body.iter(qn("w:fldSimple"))) == []


def test_the_pdf_has_the_headings_pictures_and_cells_of_plain_words_and_leads_nowhere_outside_itself(
    folders: tuple[Path, Path],
) -> None:
    if not (folders[0] / "smt-report.pdf").exists():
        pytest.skip("neither the Pango libraries nor a browser are installed, so no PDF was made")
    with (
        pikepdf.open(folders[0] / "smt-report.pdf") as hostile_one,
        pikepdf.open(folders[1] / "smt-report.pdf") as plain_one,
    ):
        assert_harmless(hostile_one)
        for name in ("/H1", "/H2", "/H3", "/Figure", "/LI", "/TD"):
            assert kinds(hostile_one)[name] == kinds(plain_one)[name] > 0, name


def test_the_workbook_holds_no_formula_and_no_link_but_its_contents(folders: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(folders[0] / "smt-report.xlsx") as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in text or "<f " in text for name, text in parts.items() if "/worksheets/" in name)
    assert [name for name, text in parts.items() if "<hyperlink" in text] == ["xl/worksheets/sheet2.xml"]
    assert not any('TargetMode="External"' in text for text in parts.values())


def test_the_workbook_has_the_hostile_words_as_text(folders: tuple[Path, Path]) -> None:
    book = load_workbook(folders[0] / "smt-report.xlsx")
    teams = [row[4] for row in book["Audits"].iter_rows(min_row=5) if row[3].value == "team"]
    assert len(teams) >= 100
    assert {cell.data_type for cell in teams} == {"s"}
    assert any("<script>alert(1)</script>" in str(cell.value) for cell in teams)
