"""A tagged PDF that assistive technology can read, the same bytes for the same page, made without a network.

Checked by reading the file's own structure with pikepdf, and by a checker of PDF/UA-1.
"""

import io
import socket
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from pages import a_report, rendered
from papers import assert_harmless, breaches, elements, kinds, made_of, marks, numbers_in_structure
from words import missing_of_pdf, surplus_of_pdf, words_of_html, words_of_pdf

from qa_analysis.forms.pdf import printed as pdf
from qa_analysis.forms.pdf.printed import by_browser, by_weasyprint, find_browser, to_pdf, with_long_words_marked


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("pdf")
    return rendered(folder, *a_report(), title="SMT report, June 2023").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(page: str) -> bytes:
    return made_of(page)


def test_it_is_tagged_says_its_language_and_shows_its_title(file: pikepdf.Pdf) -> None:
    assert bool(file.Root.MarkInfo.Marked)
    assert str(file.Root.Lang) == "en-GB"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert str(file.docinfo["/Title"]) == "SMT report, June 2023"
    assert "/Author" not in file.docinfo
    with file.open_metadata() as about:
        assert about["dc:title"] == "SMT report, June 2023"
        assert about["pdfuaid:part"] == "1"


def test_a_checker_finds_no_breach_of_pdf_ua(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(made)
    assert breaches(tmp_path / "report.pdf") == []


def test_a_breach_of_pdf_ua_is_found(made: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(made)) as opened:
        del opened.Root.Lang
        for figure in (element for element in elements(opened) if element.S == "/Figure"):
            del figure.Alt
        opened.save(tmp_path / "report.pdf")
    assert len(breaches(tmp_path / "report.pdf")) >= 2


def test_every_heading_of_a_table_says_of_what_it_is_one(file: pikepdf.Pdf) -> None:
    headings = [element for element in elements(file) if element.S == "/TH"]
    assert Counter((str(heading.P.P.S), str(heading.A.Scope)) for heading in headings) == {
        ("/THead", "/Column"): 2, ("/TBody", "/Row"): 1,
    }  # fmt: skip


def test_running_headers_and_page_numbers_are_no_content_and_everything_else_is(file: pikepdf.Pdf) -> None:
    held = set(numbers_in_structure(file))
    for sheet in file.pages:
        marked = marks(sheet)
        numbered = [int(given.MCID) for _, given in marked if given is not None and "/MCID" in given]
        furniture = [tag for tag, given in marked if given is not None and given.get("/Type") == "/Pagination"]
        assert {(sheet.objgen[0], number) for number in numbered} <= held
        assert set(furniture) == {"/Artifact"}


def test_links_are_printed_and_each_says_where_it_leads(file: pikepdf.Pdf) -> None:
    notes = [note for sheet in file.pages for note in sheet.get("/Annots", [])]
    assert notes
    assert {int(note.F) for note in notes} == {4}
    within = [element.P for element in elements(file) if element.S == "/Link" and element.P.S == "/Link"]
    assert within == []


def test_headings_lists_and_figures_are_tagged_as_what_they_are(file: pikepdf.Pdf) -> None:
    found = kinds(file)
    assert [found[name] for name in ("/H1", "/H2", "/H3", "/Figure", "/Table")] == [1, 5, 2, 1, 1]
    assert found["/LI"] == 4 + 3  # the contents, and the items of two lists


def test_every_figure_has_its_alternative_text(file: pikepdf.Pdf) -> None:
    figures = [element for element in elements(file) if element.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["Grades by month"]


def test_every_cell_of_a_table_names_the_headings_it_stands_under(file: pikepdf.Pdf) -> None:
    headings = {str(element.ID) for element in elements(file) if element.S == "/TH"}
    cells = [element for element in elements(file) if element.S == "/TD"]
    named = [{str(name) for name in cell.A.Headers} for cell in cells]
    assert len(headings) == 3
    assert [len(names) for names in named] == [2]  # the column's heading and the row's
    assert set().union(*named) <= headings


def test_sections_are_bookmarked_with_their_numbers(file: pikepdf.Pdf) -> None:
    with file.open_outline() as outline:
        [title] = outline.root
        marks = [mark.title for mark in title.children]
        within = [mark.title for child in title.children for mark in child.children]
    assert title.title == "Is practice good enough?"
    assert marks == [
        "Contents", "1 What you decided last month", "2 The month in five sentences", "3 Grades by key area",
        "4 Method",
    ]  # fmt: skip
    assert within == ["3.1 Now and then", "3.2 Data quality"]


def test_every_font_is_embedded(file: pikepdf.Pdf) -> None:
    fonts = [font for sheet in file.pages for font in sheet.Resources.get("/Font", {}).values()]
    described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert described
    assert all("/FontFile2" in one or "/FontFile3" in one for one in described)


def test_it_leads_nowhere_and_runs_nothing(file: pikepdf.Pdf) -> None:
    assert_harmless(file)


def test_pages_are_a4_with_a_running_header_and_page_numbers(page: str, made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as opened:
        boxes = {tuple(round(float(side)) for side in sheet.mediabox) for sheet in opened.pages}
        sheets = len(opened.pages)
    assert boxes == {(0, 0, 595, 842)}
    counted = Counter(words_of_pdf(made))
    assert counted["Page"] == sheets
    assert counted["SMT"] == Counter(words_of_html(page))["SMT"] + sheets - 1  # the first has its cover line


def test_it_says_what_the_page_says_and_a_number_added_in_its_style_is_found(page: str, made: bytes) -> None:
    assert (missing_of_pdf(page, made), surplus_of_pdf(page, made)) == ([], [])
    typed = page.replace('content: "Page "', 'content: "412 audits, page "')
    assert typed != page
    assert surplus_of_pdf(page, by_weasyprint(typed) or b"") == ["412", "audits", "page"]


def test_the_same_page_gives_the_same_bytes(page: str, made: bytes) -> None:
    assert by_weasyprint(page) == made


def test_nothing_is_fetched(page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(*arguments: object, **options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not to be read")
    reaching = page.replace(
        "</main>", f'<img alt="x" src="http://192.0.2.1/x.png"><img alt="y" src="{secret.as_uri()}"></main>'
    )
    data = by_weasyprint(reaching)
    assert data is None or b"not to be read" not in data


def test_a_long_table_goes_on_with_its_headings_repeated() -> None:
    rows = "".join(f'<tr><th scope="row">Area {n}</th><td>{n}</td></tr>' for n in range(150))
    markup = (
        '<html lang="en-GB"><head><title>T</title><style>thead { display: table-header-group }</style></head><body>'
        f"<main><h1>T</h1><table><thead><tr><th>Quux</th><th>N</th></tr></thead><tbody>{rows}</tbody></table></main>"
    )
    data = by_weasyprint(markup)
    if data is None:
        pytest.skip("the Pango libraries are not installed, so no PDF was made by WeasyPrint")
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert words_of_pdf(data).count("Quux") == len(opened.pages) > 1


def test_long_words_may_break_and_stay_one_word(page: str) -> None:
    long = "x" * 400
    marked = with_long_words_marked(page.replace("Twelve warnings.", f"Twelve {long} warnings."))
    assert f'<span class="broken">{long}</span>' in marked
    assert words_of_html(marked) == words_of_html(page.replace("Twelve warnings.", f"Twelve {long} warnings."))


def test_without_pango_a_browser_prints_the_page(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = find_browser()
    if browser is None:
        pytest.skip("neither Edge nor Chrome nor Chromium is installed, so none printed the page")
    monkeypatch.setattr(pdf, "weasyprint_here", lambda: None)
    data = to_pdf(page)
    assert data is not None
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.docinfo["/Title"]) == "SMT report, June 2023"
        assert_harmless(opened)
    assert missing_of_pdf(page, data) == []


def test_without_either_there_is_no_pdf(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "weasyprint_here", lambda: None)
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    assert to_pdf(page) is None


def test_a_browser_that_fails_makes_no_pdf(page: str, tmp_path: Path) -> None:
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    assert by_browser(broken, page) is None
    assert by_browser(tmp_path / "nowhere", page) is None
