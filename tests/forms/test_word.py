"""A Word paper with real headings, tables, captions and page numbers, which free text cannot change."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import a_report, rendered
from words import words_of_html, words_of_word

from qa_analysis.forms.word.paper import to_word
from qa_analysis.forms.word.tables import column_widths

DAY = date(2023, 7, 10)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("word")
    return rendered(folder, *a_report(), title="SMT report, June 2023").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def paper(page: str) -> Document:
    return opened(to_word(page, as_at=DAY))


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def body(markup: str) -> str:
    return f"<html><head><title>T</title></head><body><main>{markup}</main></body></html>"


def written(markup: str) -> Document:
    return opened(to_word(body(markup), as_at=DAY))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode("utf-8", errors="replace") for name in package.namelist()}


def test_the_paper_says_what_the_page_says_word_for_word(page: str) -> None:
    assert words_of_word(to_word(page, as_at=DAY)) == words_of_html(page)


def test_headings_are_words_own_and_the_title_is_the_title(paper: Document) -> None:
    headings = [(p.style.name, p.text) for p in paper.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        ("Title", "Is practice good enough?"),
        ("Heading 1", "What you decided last month"),
        ("Heading 1", "The month in five sentences"),
        ("Heading 1", "Grades by key area"),
        ("Heading 2", "Now and then"),
        ("Heading 2", "Data quality"),
        ("Heading 1", "Method"),
    ]


def test_headings_are_numbered_by_a_list_of_several_levels_tied_to_their_styles(paper: Document) -> None:
    levels = paper.part.numbering_part.element.find(qn("w:abstractNum")).findall(qn("w:lvl"))
    tied = [(one.find(qn("w:pStyle")).get(qn("w:val")), one.find(qn("w:lvlText")).get(qn("w:val"))) for one in levels]
    assert tied == [("Heading1", "%1"), ("Heading2", "%1.%2"), ("Heading3", "%1.%2.%3")]
    for level in ("1", "2", "3"):
        number = paper.styles[f"Heading {level}"].element.find(qn("w:pPr")).find(qn("w:numPr"))
        assert number.find(qn("w:numId")).get(qn("w:val")) == "1"


def test_a_heading_stays_with_what_follows_and_a_picture_with_its_caption(paper: Document) -> None:
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Table Caption", "Picture"):
        assert paper.styles[name].paragraph_format.keep_with_next is True, name
    [at] = [n for n, paragraph in enumerate(paper.paragraphs) if paragraph.style.name == "Picture"]
    assert paper.paragraphs[at + 1].style.name == "Caption"


def test_a_table_has_a_caption_a_header_row_that_repeats_row_headings_and_numbers_to_the_right(paper: Document) -> None:
    [table] = paper.tables
    xml = table._tbl.xml
    assert 'w:tblCaption w:val="Grades"' in xml
    assert table._tbl.getprevious().style == "TableCaption"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in list(table.rows)[1:])
    assert re.search(r'w:tblLook [^>]*w:firstRow="1"[^>]*w:firstColumn="1"', xml)
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == ["Table Text", "Table Number"]
    bold = paper.styles["Figures"].element.findall(qn("w:tblStylePr"))
    assert {style.get(qn("w:type")) for style in bold if style.find(qn("w:rPr")).find(qn("w:b")) is not None} == {
        "firstRow", "firstCol",
    }  # fmt: skip


def test_a_picture_carries_its_alternative_text_and_fits_the_page(paper: Document) -> None:
    [picture] = paper.inline_shapes
    assert picture._inline.docPr.get("descr") == "Grades by month"
    assert picture.width <= Mm(176)
    assert picture.height <= Mm(95)


def test_pages_are_a4_numbered_and_headed_with_report_and_month(paper: Document) -> None:
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "The council · SMT report, June 2023 · OFFICIAL · for managers"
    for footer in (section.footer, section.first_page_footer):
        fields = [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_contents_are_a_field_with_its_entries_in_place_each_leading_to_its_heading(paper: Document) -> None:
    entries = [paragraph for paragraph in paper.paragraphs if paragraph.style.name == "toc 1"]
    assert [entry._p.find(qn("w:hyperlink")).find(qn("w:r")).find(qn("w:t")).text for entry in entries] == list("1234")
    code = "".join(node.text for node in paper.element.body.iter(qn("w:instrText")))
    assert code.strip().startswith("TOC ")
    kinds = [node.get(qn("w:fldCharType")) for node in paper.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    places = {mark.get(qn("w:name")) for mark in paper.element.body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in paper.element.body.iter(qn("w:hyperlink"))} <= places


def test_the_file_says_its_title_and_language_and_names_nobody(page: str) -> None:
    data = to_word(page, as_at=DAY)
    about = opened(data).core_properties
    assert (about.title, about.language, about.author) == ("SMT report, June 2023", "en-GB", "")
    assert (about.last_modified_by, about.comments) == ("", "")
    assert about.created.date() == about.modified.date() == DAY
    styles = parts(data)["word/styles.xml"]
    assert 'w:lang w:val="en-GB"' in styles
    assert set(re.findall(r'w:ascii="([^"]*)"', styles)) == {"Arial", "Courier New"}
    assert not any("thumbnail" in name for name in parts(data))


def test_the_same_page_gives_the_same_bytes(page: str) -> None:
    data = to_word(page, as_at=DAY)
    assert data == to_word(page, as_at=DAY)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_each_numbered_list_begins_with_one_and_bullets_within_are_indented() -> None:
    paper = written("<ol><li>a</li></ol><ol><li>b</li></ol><ul><li>c<ul><li>d</li></ul></li></ul>")
    numbers = [paragraph._p.pPr.numPr for paragraph in paper.paragraphs]
    assert len({number.numId.val for number in numbers[:2]}) == 2
    assert [number.ilvl.val for number in numbers] == [0, 0, 0, 1]
    assert [paragraph.text for paragraph in paper.paragraphs] == ["a", "b", "c", "d"]


def test_emphasis_and_links_within_the_page_are_kept_and_links_to_files_keep_their_words() -> None:
    paper = written(
        '<h1>T</h1><h2 id="x">X</h2><p>See <strong>b</strong> <em>i</em> <code>c</code> <a href="#x">there</a> and '
        '<a href="tables/measures.csv">the figures</a>.</p>'
    )
    paragraph = paper.paragraphs[-1]
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs[1:4:2]] == [("b", True, None), ("i", None, True)]
    [link] = paragraph._p.findall(qn("w:hyperlink"))
    assert "the figures" in paragraph.text
    assert link.get(qn("w:anchor")) in paper.element.xml
    assert not any(relation.is_external for relation in paper.part.rels.values())


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<video></video>", "<video> has no form"),
        ("<p><button>x</button></p>", "<button> has no form"),
        ("<div>loose text</div>", "<div> holds text outside a paragraph"),
        ('<figure><img src="data:image/png;base64,AA=="></figure>', "no alternative text"),
        ('<table><tr><th colspan="2">x</th></tr></table>', "spanning cells"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td></tr></table>", "uneven rows"),
        ("<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>", "a list within a list within"),
    ],
)
def test_what_has_no_form_in_a_paper_stops_it(markup: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        written(markup)


@pytest.mark.slow
@settings(max_examples=50)  # each example writes two files
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_text_changes_words_alone(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    table = "<table><tr><th>{0}</th><td>{0}</td></tr></table><p>{0}</p><ul><li>{0}</li></ul>"
    plain, hostile = (written(table.format(words)).element.body for words in ("x", f"x{escaped}x"))
    assert [node.tag for node in hostile.iter()] == [node.tag for node in plain.iter()]


@given(
    columns=st.lists(st.tuples(st.floats(5, 400), st.floats(0, 800)), min_size=1, max_size=12),
    room=st.floats(200, 600),
)
def test_columns_fit_the_page_and_give_the_longest_words_room_where_there_is_any(
    columns: list[tuple[float, float]], room: float
) -> None:
    least, most = [low for low, _ in columns], [low + more for low, more in columns]
    widths = column_widths(least, most, room)
    assert sum(widths) <= room + 0.01
    assert all(width > 0 for width in widths)
    if sum(least) <= room:
        assert all(width >= low - 0.01 for width, low in zip(widths, least, strict=True))


def test_a_month_of_wide_tables_breaks_no_ordinary_word() -> None:
    widths = column_widths([60.0, 60.0, 300.0], [80.0, 80.0, 900.0], 300.0)
    assert widths == [60.0, 60.0, 180.0]
