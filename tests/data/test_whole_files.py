"""Whether all that a file holds is loaded, listed or refused: workbooks and text files cut or tampered with."""

from pathlib import Path

import pytest
from extracts import AUDIT_HEADINGS, audit, messages, plain, read, rules, text_of
from mutated import sheet_of, with_sheet_xml

from qa_analysis.errors import InputRefused

ROWS = [AUDIT_HEADINGS, *(audit(number) for number in range(1, 6))]


def refusal(folder: Path) -> str:
    """The one line with which a folder is refused."""
    with pytest.raises(InputRefused) as caught:
        read(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Workbooks ------------------------------------------------------------------------------------------------------------


def workbook(folder: Path, change: tuple[str, str]) -> None:
    """A workbook of audits with the first occurrence of a piece of its sheet's XML changed."""
    book = sheet_of(ROWS)
    (folder / "audits.xlsx").write_bytes(with_sheet_xml(book, lambda xml: _changed(xml, *change)))


def _changed(xml: str, old: str, new: str) -> str:
    assert old in xml
    return xml.replace(old, new, 1)


def test_an_unchanged_workbook_is_read_without_a_word(tmp_path: Path):
    (tmp_path / "audits.xlsx").write_bytes(sheet_of(ROWS))
    loaded = read(tmp_path)
    assert (len(loaded.frames["audits"]), rules(loaded)) == (5, [])


@pytest.mark.parametrize(
    "change",
    [
        ('<row r="4"', '</sheetData><sheetData><row r="4"'),
        ("</sheetData>", '</sheetData><sheetData><row r="9"><c r="A9"><v>1</v></c></row></sheetData>'),
        ("</sheetData>", '</sheetData><row r="9"><c r="A9"><v>1</v></c></row>'),
        ("<v>7</v>", "<v><![CDATA[7]]></v>"),
        ("<v>7</v>", "<v>7<!-- a note -->0</v>"),
        ("<v>7</v>", "<v>7</v><v>8</v>"),
        ('t="s"><v>7</v>', 't="inlineStr"><v>North</v>'),
        ("<v>7</v>", "<v>70</v>"),  # beyond the end of the list of texts
    ],
)
def test_a_cell_that_a_parser_passes_over_stops_the_run(tmp_path: Path, change: tuple[str, str]):
    workbook(tmp_path, change)
    assert "audits.xlsx" in refusal(tmp_path)


def test_a_comment_between_cells_changes_nothing(tmp_path: Path):
    workbook(tmp_path, ('<row r="4"', '<!-- made by a program --><row r="4"'))
    loaded = read(tmp_path)
    assert (len(loaded.frames["audits"]), rules(loaded)) == (5, [])


def test_a_list_of_texts_that_lacks_an_entry_stops_the_run(tmp_path: Path):
    book = with_sheet_xml(
        sheet_of(ROWS), lambda xml: _changed(xml, "<si>", "<si><t>x</t></si><si>"), part="sharedStrings"
    )
    (tmp_path / "audits.xlsx").write_bytes(book)
    assert "list of texts" in refusal(tmp_path)


def test_rows_that_are_left_out_between_others_are_said(tmp_path: Path):
    book = with_sheet_xml(sheet_of(ROWS), lambda xml: xml[: xml.index('<row r="3"')] + xml[xml.index('<row r="5"') :])
    (tmp_path / "audits.xlsx").write_bytes(book)
    assert rules(read(tmp_path)) == ["rows-absent"]
    assert "Rows 3 to 4 lie above other records and are not in the sheet" in messages(tmp_path)


def test_rows_cut_off_at_the_end_are_said(tmp_path: Path):
    book = with_sheet_xml(sheet_of(ROWS), lambda xml: xml[: xml.index('<row r="5"')] + xml[xml.index("</sheetData>") :])
    (tmp_path / "audits.xlsx").write_bytes(book)
    assert rules(read(tmp_path)) == ["rows-cut"]
    assert "goes on to row 6, and ends before row 5" in messages(tmp_path)


# Text files -----------------------------------------------------------------------------------------------------------


def test_a_text_file_cut_in_the_middle_of_a_row_is_refused(tmp_path: Path):
    (tmp_path / "audits.csv").write_text(text_of(ROWS)[:-20], newline="")
    assert "row 6: the file ends in the middle of a row" in refusal(tmp_path)


def test_a_text_file_cut_in_its_last_cell_is_said_to_be(tmp_path: Path):
    (tmp_path / "audits.csv").write_text(text_of(ROWS).removesuffix("\r\n"), newline="")
    loaded = read(tmp_path)
    assert (len(loaded.frames["audits"]), rules(loaded)) == (5, ["last-row-may-be-cut"])


def test_a_text_file_cut_within_quotation_marks_is_refused(tmp_path: Path):
    (tmp_path / "audits.csv").write_text(text_of(ROWS) + '6,2023-06,"Nor', newline="")
    assert "never closed" in refusal(tmp_path)


@pytest.mark.parametrize("hole", ["\0" * 40, "\r\n\0\r\n", "\r\n\0,\0\r\n"])
def test_a_text_file_with_a_hole_in_it_is_refused(tmp_path: Path, hole: str):
    text = text_of(ROWS)
    (tmp_path / "audits.csv").write_text(text[:80] + hole + text[120:], newline="")
    assert "NUL" in refusal(tmp_path)


def test_a_letter_that_was_lost_is_said(tmp_path: Path):
    (tmp_path / "audits.csv").write_text(text_of([AUDIT_HEADINGS, audit(1, team="Fa\ufffdade")]), encoding="utf-8")
    loaded = read(tmp_path)
    assert (plain(loaded.frames["audits"], "team"), rules(loaded)) == ([("Fa\ufffdade",)], ["text-garbled"])
