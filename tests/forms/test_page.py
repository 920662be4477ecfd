"""A page that everyone can read, that fetches nothing, and that text cannot change."""

# mypy: allow-untyped-calls

import html
from pathlib import Path

import pytest
from browser import Findings, check_page
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from pages import TITLE, a_picture, a_report, rendered, shown

HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% raw %}",
    "$\\frac{",
    "# heading",
    "**bold**",
    "]]>",
    "<!--",
    "&amp;",
]


def soup(folder: Path, *cells: NotebookNode, title: str = "SMT report") -> BeautifulSoup:
    return BeautifulSoup(rendered(folder, *cells, title=title).read_text(encoding="utf-8"), "html.parser")


def test_a_whole_report_opens_without_a_request_a_complaint_or_a_barrier(tmp_path: Path) -> None:
    assert check_page(rendered(tmp_path, *a_report())) == Findings(requests=(), console=(), violations=())


def test_the_browser_check_sees_requests_complaints_and_barriers(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text('<p style="color: #ccc">faint</p><img src="http://192.0.2.1/x.png"><script>oops()</script>')
    findings = check_page(page)
    assert findings.requests == ("http://192.0.2.1/x.png",)
    assert any("Uncaught" in line for line in findings.console)
    assert {"color-contrast", "html-has-lang", "image-alt"} <= {line.split(":")[0] for line in findings.violations}


def test_a_page_says_its_language_title_and_what_it_may_do(tmp_path: Path) -> None:
    page = soup(tmp_path, TITLE, title="Grades & <moderation>")
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert page.title is not None
    assert page.title.get_text() == "Grades & <moderation>"
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert [tag.name for tag in page.select("body > *")] == ["a", "header", "main", "footer"]


def test_code_messages_and_plain_values_are_not_shown(tmp_path: Path) -> None:
    noise = [
        new_output("stream", name="stdout", text="printed"),
        new_output("stream", name="stderr", text="FutureWarning"),
        new_output("execute_result", {"text/plain": "plain value"}, execution_count=1),
        new_output("display_data", {"text/markdown": "# not **ours**"}),
        new_output("display_data", {"application/javascript": "alert(1)"}),
    ]
    page = soup(tmp_path, TITLE, new_code_cell("secret_code()", outputs=noise), shown("<p>A figure.</p>"))
    assert [text for main in page.select("main") for text in main.stripped_strings] == [
        "Is practice good enough?",
        "A figure.",
    ]


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "hide"])
def test_a_cell_tagged_so_is_left_out(tmp_path: Path, tag: str) -> None:
    cell = shown("<p>for the analyst</p>")
    cell.metadata["tags"] = [tag]
    assert "for the analyst" not in rendered(tmp_path, TITLE, cell).read_text(encoding="utf-8")


def test_an_error_is_a_plain_sentence(tmp_path: Path) -> None:
    error = new_output("error", ename="KeyError", evalue="'Jane Smith'", traceback=["Traceback", "Jane Smith"])
    page = soup(tmp_path, TITLE, new_code_cell("x", outputs=[error]))
    assert [p.get_text() for p in page.select("main .absent")] == ["This part of the report could not be made."]
    assert "Smith" not in page.get_text()


def test_the_contents_stand_between_the_title_and_the_first_section(tmp_path: Path) -> None:
    page = soup(tmp_path, *a_report())
    links = {link.get_text(): link["href"] for link in page.select("nav a")}
    assert links == {
        "What you decided last month": "#what-you-decided-last-month",
        "The month in five sentences": "#the-month-in-five-sentences",
        "Grades by key area": "#grades-by-key-area",
        "Method": "#method",
    }
    assert [tag.name for tag in page.select("main h1, main nav, main h2")][:3] == ["h1", "nav", "h2"]


def test_a_section_in_the_titles_own_cell_comes_after_the_contents(tmp_path: Path) -> None:
    page = soup(tmp_path, new_markdown_cell("# Question?\n\n## First\n\n## Second\n\n## Third"))
    assert [tag.name for tag in page.select("h1, nav, main h2:not(nav h2)")] == ["h1", "nav", "h2", "h2", "h2"]


def test_a_page_of_two_sections_needs_no_list_of_them(tmp_path: Path) -> None:
    page = soup(tmp_path, new_markdown_cell("# Question?\n\n## First\n\n## Second"))
    assert page.select("nav") == []


def test_headings_of_the_same_words_get_names_of_their_own(tmp_path: Path) -> None:
    page = soup(tmp_path, TITLE, shown('<h2 id="grades">Grades</h2>'), new_markdown_cell("## Grades\n\n## Contents"))
    assert [tag["id"] for tag in page.select("main h2:not(nav h2)")] == ["grades", "grades-2", "contents-2"]


@pytest.mark.parametrize(
    "words", ["no title", "## Section first\n\n# Title", "# One\n\n# Two", "# Title\n\n### Third level"]
)
def test_headings_out_of_order_stop_the_page(tmp_path: Path, words: str) -> None:
    with pytest.raises(ValueError, match=r"executed.ipynb: .*level"):
        rendered(tmp_path, new_markdown_cell(words))
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<script>1</script>", "holds <script>"),
        ('<iframe src="x.html"></iframe>', "holds <iframe>"),
        ('<p onclick="x()">x</p>', "<p> has onclick"),
        ('<a href="https://example.org">x</a>', "<a> has href"),
        ('<a href="//example.org">x</a>', "<a> has href"),
        ('<a href="javascript:x()">x</a>', "<a> has href"),
        ('<img alt="x" src="chart.png">', "<img> has src"),
        ('<p style="background: url(x.png)">x</p>', "<p> has style"),
        ("<style>@import 'x.css';</style>", "a style fetches"),
        ('<img src="data:image/png;base64,AA==">', "no alternative text"),
        ('<a href="#nowhere">x</a>', "#nowhere leads nowhere"),
        ('<p id="main">x</p>', "the id main is used 2 times"),
    ],
)
def test_what_runs_fetches_or_hides_stops_the_page(tmp_path: Path, markup: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        rendered(tmp_path, TITLE, shown(markup))


def test_a_link_to_a_file_published_beside_the_page_is_fine(tmp_path: Path) -> None:
    page = soup(tmp_path, TITLE, shown('<p><a href="tables/measures.csv">the figures</a></p>'))
    assert page.select_one('a[href="tables/measures.csv"]') is not None


def test_a_bare_picture_stops_the_page(tmp_path: Path) -> None:
    picture = new_code_cell("plot()", outputs=[new_output("display_data", {"image/png": a_picture()})])
    with pytest.raises(ValueError, match="cell 2 shows a picture without words"):
        rendered(tmp_path, TITLE, picture)


def test_the_same_notebook_gives_the_same_page(tmp_path: Path) -> None:
    pages = [rendered(tmp_path, *a_report()).read_bytes() for _ in range(2)]
    assert pages[0] == pages[1]


@pytest.mark.slow
@given(text=st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs", "Cc"]))))
def test_escaped_text_changes_no_tag_of_the_page(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    plain, hostile = (
        soup(folder, TITLE, shown(f'<p title="{html.escape(words)}">{html.escape(words)}</p>')) for words in ("x", text)
    )
    assert [tag.name for tag in hostile.find_all(True)] == [tag.name for tag in plain.find_all(True)]
    [paragraph] = hostile.select("main p")
    assert (paragraph.get_text(), paragraph["title"]) == (text, text)
