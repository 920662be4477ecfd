"""Free text that looks like markup, formulas or templates goes through a whole run and changes nothing but words."""

import csv
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import docx
import pandas as pd
import pikepdf
import pytest
from browser import check_page
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from hostile import NOW, STRINGS, TEAMS, council, hostile, plain, structure
from matplotlib.figure import Figure as Picture
from office import faults
from once import once
from openpyxl import load_workbook
from papers import assert_harmless, kinds
from pictures import shares
from runs import DUE, form_of, publish
from sections import write_pages
from small import CONTRACTS, month, tables, write
from words import words_of_html, words_of_word

from qa_analysis.data.identity import new_key
from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.files import write_month
from qa_analysis.month.preparing import prepare
from qa_analysis.questions.opening import KEPT, Held, bare
from qa_analysis.questions.pictures import MOST_ROWS
from qa_analysis.questions.query import Questions
from qa_analysis.reports.data_quality import report as quality_report
from qa_analysis.reports.themes import report as themes_report
from qa_analysis.reports.themes.report import QUOTED
from qa_analysis.telling.blocks import chart, page, table
from qa_analysis.telling.charts import bars, dots

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BATCH = MOST_ROWS
Folders = tuple[Path, Path]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The published month of a council whose every open text is a hostile word, and the pages of one of plain words."""
    hostile_one, plain_one = (
        once(tmp_path_factory, name, make) / "outputs" / NOW
        for name, make in (("hostile", publish_hostile), ("plain", write_plain))
    )
    return hostile_one, plain_one


def publish_hostile(place: Path) -> None:
    publish(write(place / "data", council(hostile())), place, only=first_place(council(hostile())))


def first_place(held: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The service and team of the first audit, whose pages are made: one is as good as all."""
    first = held["audits"].iloc[0]
    return {"service": first["service_area"], "team": first["team"]}


def write_plain(place: Path) -> None:
    month = prepare(write(place / "data", council(plain())), NOW, as_at=None, key=new_key()).month
    write_month(month, place / "outputs" / NOW / "tables")
    write_pages(place / "outputs" / NOW, only=first_place(council(plain())))


def both(folders: Folders, report: str) -> tuple[str, str]:
    """A page of the hostile month, and that of the plain one."""
    hostile_one, plain_one = (form_of(report, "html", folder).read_text(encoding="utf-8") for folder in folders)
    return hostile_one, plain_one


every_report = pytest.mark.parametrize("report", DUE)
TAGGED = {"/H1": "h1", "/H2": "h2", "/H3": "h3", "/Figure": "img", "/LI": "li", "/TH": "th", "/TD": "td"}
OF_WORDS = ("data-quality", "themes")  # what is wrong with words, and what they speak of, is as many rows as it is


def assert_alike(report: str, hostile_one: list[str], plain_one: list[str]) -> None:
    """The same pieces in the same order; where rows hang on the words, no piece that plain words do not have."""
    if report in OF_WORDS:
        assert set(hostile_one) <= {*plain_one, '<table class="">', "<caption>"}
    else:
        assert hostile_one == plain_one


@every_report
def test_the_structure_of_a_page_is_that_of_plain_words(report: str, folders: Folders) -> None:
    assert_alike(report, *(structure(page) for page in both(folders, report)))


@pytest.mark.parametrize("report", ["smt-report", "data-quality", "close-the-loop", "actions", "themes"])
def test_the_words_are_there_to_be_read(report: str, folders: Folders) -> None:
    assert "alert(1)" in both(folders, report)[0]


def test_no_cell_of_a_table_starts_like_a_formula(folders: Folders) -> None:
    for path in (folders[0] / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not _is_number(cell)] == [], path.name


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None


@every_report
def test_a_browser_finds_no_fault_in_it(report: str, folders: Folders) -> None:
    findings = check_page(form_of(report, "html", folders[0]))
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())


@every_report
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_word_and_excel_open_it_without_repair(report: str, form: str, folders: Folders) -> None:
    assert faults(form_of(report, form, folders[0])) == []


@every_report
def test_the_structure_of_a_word_paper_is_that_of_plain_words(report: str, folders: Folders) -> None:
    tags = ([str(node.tag) for node in docx.Document(str(form_of(report, "docx", folder))).element.body.iter()]
            for folder in folders)  # fmt: skip
    assert_alike(report, *tags)


@every_report
def test_a_word_paper_says_the_words_and_leads_nowhere_outside_itself(report: str, folders: Folders) -> None:
    data = form_of(report, "docx", folders[0]).read_bytes()
    paper = docx.Document(BytesIO(data))
    assert words_of_word(data) == words_of_html(both(folders, report)[0])
    assert not any(relation.is_external for relation in paper.part.rels.values())
    codes = [node.text.strip() for node in paper.element.body.iter(qn("w:instrText"))]
    assert {code[:4] for code in codes} <= {"TOC "}
    assert list(paper.element.body.iter(qn("w:fldSimple"))) == []


@every_report
def test_a_pdf_has_the_headings_pictures_and_cells_of_its_page_and_leads_nowhere_outside_itself(
    report: str, folders: Folders
) -> None:
    """The page's own pieces are those of plain words: see above."""
    if not form_of(report, "pdf", folders[0]).exists():
        pytest.skip("neither the Pango libraries nor a browser are installed, so no PDF was made")
    tags = Counter(tag.name for tag in BeautifulSoup(both(folders, report)[0], "html.parser").find_all())
    with pikepdf.open(form_of(report, "pdf", folders[0])) as paper:
        assert_harmless(paper)
        marked = kinds(paper)
    assert {name: marked[name] for name in TAGGED} == {name: tags[tag] for name, tag in TAGGED.items()}


@every_report
def test_a_workbook_holds_no_formula_and_no_link_but_its_contents(report: str, folders: Folders) -> None:
    with zipfile.ZipFile(form_of(report, "xlsx", folders[0])) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in text or "<f " in text for name, text in parts.items() if "/worksheets/" in name)
    assert {name for name, text in parts.items() if "<hyperlink" in text} <= {"xl/worksheets/sheet2.xml"}
    assert not any('TargetMode="External"' in text for text in parts.values())


def test_the_workbook_has_the_hostile_words_as_text(folders: Folders) -> None:
    book = load_workbook(folders[0] / "smt-report.xlsx")
    teams = [row[4] for row in book["Audits"].iter_rows(min_row=5) if row[3].value == "team"]
    assert len(teams) >= TEAMS
    assert {cell.data_type for cell in teams} == {"s"}
    assert any("<script>alert(1)</script>" in str(cell.value) for cell in teams)


def test_the_front_page_and_its_links_are_those_of_plain_words(folders: Folders) -> None:
    hostile_one, plain_one = both(folders, "index")
    assert structure(hostile_one) == structure(plain_one)


def answer_of(words: list[str], draw: Callable[..., Picture]) -> str:
    """The picture with the words as names of its groups, and the table under it, as a page shows them."""
    groups = [f"Team {word}" for word in words]
    rows = shares(*((group, 0.5) for group in groups))
    said = f"Teams: {', '.join(groups)}"
    return page(
        chart(draw(rows, titles=dict(zip(groups, words, strict=True))), alt=said, caption=said), table(rows, said)
    ).markup


@pytest.mark.slow
@pytest.mark.parametrize(("draw", "first"), [(dots, 0), (bars, BATCH)])
def test_every_string_can_stand_beside_a_picture(draw: Callable[..., Picture], first: int) -> None:
    usual = {size: structure(answer_of(plain()[:size], draw)) for size in (BATCH, STRINGS % BATCH)}
    for start in range(first, STRINGS, 2 * BATCH):
        words = hostile()[start : start + BATCH]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", message=f"Glyph {ord('😀')} .* missing from")  # a letter, if no font's
            assert structure(answer_of(words, draw)) == usual[len(words)]


@pytest.mark.slow
def test_every_string_can_be_asked_about_and_answered() -> None:
    found = []
    for words in (hostile(), plain()):
        held = council(words)
        rules = rules_for(NOW)
        known = tables_as_at(held, CONTRACTS, month=NOW, as_at=rules.as_at(NOW), rules=rules)
        bared = {name: bare(known.frames[name], CONTRACTS[name]) for name in KEPT if name in known.frames}
        qa = Questions(Held(replace(known, frames=MappingProxyType(bared)), extracts_table(()), Path("nowhere")))
        asked = [(question, by) for question in ("grades", "coverage", "actions") for by in ("service", "team")]
        asked.append(("grades", "theme"))
        answers = [qa.ask(question, by=by) for question, by in asked]
        assert [answer.sentence for answer in answers if not answer.is_given] == []
        found.append([structure(answer._repr_html_()) for answer in answers])
    assert found[0] == found[1]


def test_every_string_can_be_quoted_and_asked_to_be_mended() -> None:
    usual = month(tables(audits=[{}], approved_quotations=[]))
    shown = []
    for words in (hostile(), plain()):
        mended = pd.DataFrame([dict.fromkeys(usual.quality.columns, word) | {"row": 2} for word in words])
        told = replace(usual, quality=mended)
        parts = [
            show(told).markup for show in (quality_report.whats_wrong, quality_report.whose, quality_report.issues)
        ]
        quoted = pd.DataFrame({"cycle": NOW, "key_area": "assessment", "theme_code": words, "text": words})
        for start in range(0, STRINGS, QUOTED):
            some = quoted[start : start + QUOTED].assign(polarity="strength")
            parts.append(themes_report.in_their_words(replace(usual, quotations=some)).markup)
        shown.append([structure(part) for part in parts])
    assert shown[0] == shown[1]
