"""Nobody's identifier leaves restricted/, and a month is not stopped by a number that only looks like one."""

import base64
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.disclosure.scan import A_NAME_OF_A_FILE, Found, identifiers_found

PEOPLE = ["612306", "CH-10234", "Jane Smith", "0098765", "Siân O'Neill-Jones", "jane.doe@council.gov.uk"]


def times(folder: Path, text: str, name: str = "report.txt", originals: list[str] = PEOPLE) -> int:
    (folder / name).write_text(text, encoding="utf-8")
    return sum(found.times for found in identifiers_found(folder, originals))


@pytest.mark.parametrize(
    "text",
    [
        "child 612306 was seen",
        "612306.0",
        "(612306)",
        "ref.612306",
        "case_612306_final",
        "2023-06,612306,good",
        "7,612306",
        "６１２３０６",
        "612\u200b306",
        "CH-10234",
        "ch 10234",
        "CH/10234",
        "98765",
        "0098765",
        "Jane Smith",
        "JANE  SMITH",
        "Jane\u00a0Smith",
        "Jane\nSmith",
        "SMITH, Jane",
        "Smith,Jane",
        "jane.smith@example.org",
        "Jane_Smith",
        "Jane Smith's audit",
        "Sia\u0302n O’Neill-Jones",
        "O'NEILL JONES, Siân",
        "Siân Jones",
        "jane.doe@council.gov.uk",
        "Jane Doe",
    ],
)
def test_an_original_is_found_however_it_is_written(tmp_path: Path, text: str) -> None:
    assert times(tmp_path, text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "0.612306",
        ".612306",
        "0.5,0.612306,1.612306",
        "1612306",
        "6123061",
        "612,306",
        "612306.25",
        "1.612306.2",
        "6.12306e5",
        "a612306",
        "612306a7f0c4e6f1b2a3",
        "10234",
        "5 CH 1 10234",
        "Jane and Mr Smith",
        "Janet Smithson",
        "Smith",
        "12:30:06",
        "",
    ],
)
def test_what_only_looks_like_an_original_is_let_pass(tmp_path: Path, text: str) -> None:
    assert times(tmp_path, text) == 0


@pytest.mark.parametrize(
    "original", ["1234", "A-12", "Hope", "Rosemary", "Team Manager", "Not recorded", "Duty Team 2", "2023-06", "", "-"]
)
def test_what_is_too_common_is_not_looked_for(tmp_path: Path, original: str) -> None:
    assert times(tmp_path, f"{original} and {original}", originals=[original]) == 0


@pytest.mark.parametrize(
    "page",
    [
        "<p>Jane&nbsp;Smith</p>",
        "<p>Jane <b>Smi</b>th</p>",
        "<td>Jane</td><td>Smith</td>",
        '<img alt="Audit of Jane Smith" src="x">',
        "<p>&#74;ane &#x53;mith</p>",
        "<!-- Jane Smith -->",
        "<title>Jane Smith</title>",
        '<div data-who="Jane Smith"></div>',
    ],
)
def test_a_page_is_read_as_its_reader_and_its_source_have_it(tmp_path: Path, page: str) -> None:
    assert times(tmp_path, page, "report.html") == 1


def test_colours_pictures_and_hashes_of_a_page_are_not_read(tmp_path: Path) -> None:
    picture = base64.b64encode(b"\x00" * 30).decode() + "/612306/" + "A" * 40
    page = (
        "<style>p { color: #612306 }</style>"
        '<p style="color: #612306">Fine</p>'
        f'<img alt="Chart" src="data:image/png;base64,{picture}">'
        f"<p>{'612306' * 10}beef</p>"
    )
    assert times(tmp_path, page, "report.html") == 0


def test_a_notebook_is_read_without_its_pictures(tmp_path: Path) -> None:
    def notebook(markup: str) -> str:
        data = {"image/png": "612306\n612306", "text/html": [markup], "text/plain": ["<HTML>"]}
        cells = [{"cell_type": "code", "source": ["x"], "outputs": [{"data": data}]}]
        return json.dumps({"cells": cells})

    assert times(tmp_path, notebook("<p>all well</p>"), "report.ipynb") == 0
    assert times(tmp_path, notebook("<p>Jane <b>Smi</b>th</p>"), "report.ipynb") == 1


def test_numbers_of_json_are_read_but_the_manifests_counts_of_rows_are_not(tmp_path: Path) -> None:
    assert times(tmp_path, '{"rows": 612306}', "manifest.json") == 0
    assert times(tmp_path, '{"file": "612306.xlsx"}', "manifest.json") == 1
    assert times(tmp_path, '{"child": 612306}', "table.json") == 2


def test_a_workbook_is_read_in_its_cells_sheets_comments_and_properties(tmp_path: Path) -> None:
    path = tmp_path / "tables.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Smith, Jane")
        sheet.write_string("A1", "Jane\u00a0Smith")
        sheet.write_number("A2", 612306)
        sheet.write_number("A3", 0.612306)
        sheet.write_rich_string("A4", "Ja", book.add_format({"bold": True}), "ne", " Smith")
        sheet.write_comment("A5", "of Jane Smith", {"author": "x"})
        book.set_properties({"author": "Jane Smith"})
    [found] = identifiers_found(tmp_path, PEOPLE)
    assert found.file == "tables.xlsx"
    assert found.times >= 6


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_table_in_the_encoding_of_windows_is_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("name\nJane Smith\n", encoding=encoding)
    assert identifiers_found(tmp_path, PEOPLE) == (Found("table.csv", 1),)


def test_a_clean_workbook_is_clean(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "tables.xlsx") as book:
        sheet = book.add_worksheet("Measures")
        for row in range(3000):
            sheet.write_number(row, 0, row + 0.612306)
    assert identifiers_found(tmp_path, ["A1000", "B2000", "612306", "01234"]) == ()


def test_a_part_of_a_file_that_is_no_sound_xml_is_read_all_the_same(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "report.docx", "w") as package:
        package.writestr("word/document.xml", "<w:p><w:r><w:t>Ja</w:t></w:r><w:r><w:t>ne Smith</w:t></w:p> & more")
        package.writestr("docProps/core.xml", "<dc:creator><![CDATA[Jane Smith]]></dc:creator><!-- Jane Smith -->")
    assert identifiers_found(tmp_path, PEOPLE) == (Found("report.docx", 3),)


def test_restricted_is_not_read_but_its_file_names_are_since_the_manifest_lists_them(tmp_path: Path) -> None:
    (tmp_path / "restricted").mkdir()
    (tmp_path / "restricted" / "list.csv").write_text("Jane Smith,612306")
    assert identifiers_found(tmp_path, PEOPLE) == ()
    (tmp_path / "restricted" / "Smith, Jane.csv").write_text("")
    assert identifiers_found(tmp_path, PEOPLE) == (Found(A_NAME_OF_A_FILE, 1),)


def test_what_is_found_is_counted_by_file_and_never_said(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "measures.csv").write_text("CH-10234\n612306\n")
    (tmp_path / "Jane Smith.html").write_text("<p>Jane Smith</p>")
    found = identifiers_found(tmp_path, PEOPLE)
    assert found == (Found(A_NAME_OF_A_FILE, 2), Found("tables/measures.csv", 2))


@given(
    planted=st.sampled_from(["612306", "Jane Smith", "CH-10234"]),
    before=st.text("abc .,;<\n\u00a0()", max_size=8),
    after=st.text("abc ,;<\n\u00a0()", max_size=8),
)
def test_a_planted_original_is_found_between_any_punctuation(
    tmp_path_factory: pytest.TempPathFactory, planted: str, before: str, after: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "planted"
    folder.mkdir(exist_ok=True)
    assert times(folder, f"{before} {planted} {after}") == 1


def test_five_thousand_people_are_looked_for_in_a_large_table_in_seconds(tmp_path: Path) -> None:
    rows = "\n".join(f"2023-06,{n / 7:.6f},Assessment of Jane and others,{n}" for n in range(20_000))
    people = [f"Jane Surname{n:04d}" for n in range(2_500)] + [f"8{n:06d}" for n in range(2_500)]
    assert times(tmp_path, rows + "\n8000042", "measures.csv", people) == 1
