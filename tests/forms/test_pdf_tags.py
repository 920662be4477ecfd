"""What a page break parts is read as one: a table with its headings named once, a list, a block."""

import io
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from papers import breaches, elements, kinds, made_of, marks, numbers_in_structure
from words import words_of_pdf

from qa_analysis.forms.pdf.printed import by_weasyprint

AREAS = "".join(f'<tr><th scope="row">Area {n}</th><td>{n}</td><td>no</td></tr>' for n in range(150))
ITEMS = "".join(f"<li>Item {n}</li>" for n in range(90))
LONG = (
    '<html lang="en-GB"><head><title>Long</title><style>@page { size: A4; @top-left { content: "Running" } }'
    "thead { display: table-header-group }</style></head><body><main><h1>Long</h1><div><ol>"
    f'{ITEMS}</ol></div><table><caption>By area</caption><thead><tr><th scope="col">Quux</th>'
    '<th scope="col">Number</th><th scope="col">Late</th></tr></thead>'
    f"<tbody>{AREAS}</tbody></table></main></body></html>"
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return made_of(LONG)


def found_in(page: str) -> Counter[str]:
    """How many elements of each kind the PDF of a page has."""
    with pikepdf.open(io.BytesIO(by_weasyprint(page) or b"")) as opened:
        return kinds(opened)


def test_a_table_over_pages_is_one_table_with_its_headings_named_once(file: pikepdf.Pdf) -> None:
    found = kinds(file)
    assert [found[name] for name in ("/Part", "/Table", "/Caption", "/THead", "/TBody")] == [1, 1, 1, 1, 1]
    assert (found["/TR"], found["/TH"], found["/TD"]) == (1 + 150, 3 + 150, 2 * 150)
    [body] = [element for element in elements(file) if element.S == "/TBody"]
    assert [len(row.K) for row in body.K] == [3] * 150
    assert {element.P.objgen for element in body.K} == {body.objgen}


def test_the_repeated_headings_are_drawn_on_every_page_as_no_content(file: pikepdf.Pdf, made: bytes) -> None:
    held = set(numbers_in_structure(file))
    drawn = [mark for sheet in file.pages for mark in marks(sheet)]
    numbered = [
        (sheet.objgen[0], int(given.MCID))
        for sheet in file.pages
        for _, given in marks(sheet)
        if given is not None and "/MCID" in given
    ]
    again = words_of_pdf(made).count("Quux") - 1
    assert again > 0
    assert Counter(tag for tag, given in drawn if given is not None and given.get("/Type") == "/Pagination") == {
        "/Artifact": 3 * again + len(file.pages)
    }
    assert set(numbered) == held


def test_every_cell_names_headings_of_its_own_column_and_row(file: pikepdf.Pdf) -> None:
    columns = [str(element.ID) for element in elements(file) if element.S == "/TH" and element.P.P.S == "/THead"]
    for row in (element for element in elements(file) if element.S == "/TR" and element.P.S == "/TBody"):
        own, number, late = row.K
        assert [str(name) for name in number.A.Headers] == [str(own.ID), columns[1]]
        assert [str(name) for name in late.A.Headers] == [str(own.ID), columns[2]]


def test_a_list_over_pages_is_one_list(file: pikepdf.Pdf) -> None:
    [whole] = [element for element in elements(file) if element.S == "/L"]
    assert [str(item.S) for item in whole.K] == ["/LI"] * 90
    assert len({item.Pg.objgen for item in whole.K}) > 1


def test_two_tables_either_side_of_a_page_break_stay_two(made: bytes) -> None:
    table = "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    found = found_in(
        '<html lang="en-GB"><head><title>Two</title></head><body><main><h1>Two</h1>'
        f'{table}<table style="break-before: page"{table[6:]}</main></body></html>'
    )
    assert [found[name] for name in ("/Part", "/Table", "/THead", "/TR")] == [1, 2, 2, 4]


def test_a_table_whose_headings_are_not_repeated_is_one_as_well(made: bytes) -> None:
    found = found_in(LONG.replace("table-header-group", "table-row-group"))
    assert [found[name] for name in ("/Table", "/THead", "/TBody", "/TR")] == [1, 1, 1, 151]


def test_a_checker_finds_no_breach_in_what_was_joined(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(made)
    assert breaches(tmp_path / "long.pdf") == []
    assert by_weasyprint(LONG) == made
