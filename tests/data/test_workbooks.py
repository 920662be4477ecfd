import io
import random
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from extracts import AUDIT, AUDIT_HEADINGS, write_xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.data.reading.cell_text import ERROR_CELL, NO_RESULT
from qa_analysis.data.reading.raw import RawTable, Source
from qa_analysis.data.reading.workbooks import _parts, is_workbook, read_workbook
from qa_analysis.errors import InputRefused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def read(content: bytes, name: str = "audits.xlsx") -> tuple[RawTable, ...]:
    """The sheets of a workbook given as bytes."""
    assert is_workbook(content, name)
    return read_workbook(Path(name), content, source=Source(""), headings=frozenset())


def refusal(content: bytes, name: str = "audits.xlsx") -> str:
    """The one line with which a file is refused."""
    with pytest.raises(InputRefused) as caught:
        read(content, name)
    assert caught.value.exit_code == 10
    assert "\n" not in str(caught.value) and name in str(caught.value)
    return str(caught.value)


def workbook(cells: Mapping[str, Any]) -> bytes:
    """A workbook of one sheet with these cells."""
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_parts(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook with its parts changed; None leaves a part out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet holds this XML."""
    sheet = f'<worksheet xmlns="{MAIN}">{xml}</worksheet>'.encode()
    return with_parts(workbook({"A1": 1}), lambda name, part: sheet if "worksheets/sheet" in name else part)


def row(reference: str, *, value: str = "<v>1</v>") -> str:
    """A row with one cell."""
    number = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{number}"><c r="{reference}">{value}</c></row>'


# What is read ---------------------------------------------------------------------------------------------------------


def test_cells_keep_their_kind_and_rows_their_number():
    (table,) = read(
        workbook({"B2": "00123", "C2": 612306, "D2": datetime(2023, 6, 8, 14, 30), "E2": True, "B4": "last"})
    )
    assert [list(cells) for cells in table.rows] == [
        ["", "", "", "", ""],
        ["", "00123", 612306.0, datetime(2023, 6, 8, 14, 30), True],
        ["", "", "", "", ""],
        ["", "last", "", "", ""],
    ]


def test_an_error_cell_and_a_formula_never_calculated_are_told_apart_from_blanks():
    (table,) = read(workbook({"A1": "#N/A", "B1": "=1+1", "C1": "text", "B3": "#REF!"}))
    assert list(table.rows[0]) == [ERROR_CELL, NO_RESULT, "text"]
    assert list(table.rows[2]) == ["", ERROR_CELL, ""]


def test_a_formulas_result_is_read_even_where_it_is_no_text():
    (table,) = read(
        with_sheet(
            '<sheetData><row r="1"><c r="A1" t="str"><f>B1</f><v></v></c>'
            '<c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1+2</f><v/></c></row></sheetData>'
        )
    )
    assert list(table.rows[0]) == ["", 2.0, NO_RESULT]


def test_errors_past_the_last_value_are_kept():
    (table,) = read(workbook({"A1": "x", "B2": "#DIV/0!", "C3": "=1+1"}))
    filled = [(r, c, cell) for r, cells in enumerate(table.rows, 1) for c, cell in enumerate(cells, 1) if cell]
    assert filled == [(1, 1, "x"), (2, 2, ERROR_CELL), (3, 3, NO_RESULT)]


def test_the_other_date_system_is_read(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "mac.xlsx", {"date_1904": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.add_worksheet().write_datetime(0, 0, datetime(2023, 6, 8))
    assert read((tmp_path / "mac.xlsx").read_bytes())[0].rows[0][0] == date(2023, 6, 8)


def test_hidden_sheets_rows_and_merged_cells_are_noted(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        first, second = book.add_worksheet("First"), book.add_worksheet("Second")
        first.write_column(0, 0, ["a", "b", "c"])
        first.set_row(1, None, None, {"hidden": True})
        first.merge_range("A5:A6", "merged")
        second.hide()
    tables = read((tmp_path / "a.xlsx").read_bytes())
    assert [(table.sheet, table.is_hidden) for table in tables] == [("First", False), ("Second", True)]
    assert tables[0].hidden_rows == {2}
    assert tables[0].merged == ((5, 1, 6, 1),)


def test_a_chart_sheet_holds_no_rows():
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart")
    buffer = io.BytesIO()
    book.save(buffer)
    assert [table.sheet for table in read(buffer.getvalue())] == ["Sheet"]


def test_formatted_but_empty_cells_far_away_do_no_harm():
    (table,) = read(
        with_sheet(
            '<dimension ref="A1:XFD1048576"/><sheetData>' + row("A1") + row("XFD1048576", value="") + "</sheetData>"
        )
    )
    assert [list(cells) for cells in table.rows] == [[1.0]]


@pytest.mark.parametrize(("last", "is_read"), [("JF18796", True), ("JF18797", False)])  # 266 columns: 5 million cells
def test_a_table_of_more_than_five_million_cells_is_refused(last: str, is_read: bool) -> None:
    content = with_sheet("<sheetData>" + row("A1") + row(last) + "</sheetData>")
    if is_read:
        assert len(read(content)[0].rows) == 18796
    else:
        assert "spans more than 5,000,000 cells" in refusal(content)


def test_prefixed_xml_is_scanned_like_any_other():
    cell = '<x:c r="A1" t="e"><x:v>#N/A</x:v></x:c><x:c r="B1"><x:f>1+1</x:f><x:v/></x:c>'
    rows = f'<x:sheetData><x:row r="1" hidden="1">{cell}</x:row></x:sheetData>'
    sheet = f'<x:worksheet xmlns:x="{MAIN}">{rows}</x:worksheet>'
    (table,) = read(
        with_parts(workbook({"A1": 1}), lambda name, part: sheet.encode() if "worksheets/sheet" in name else part)
    )
    assert list(table.rows[0]) == [ERROR_CELL, NO_RESULT]
    assert table.hidden_rows == {1}


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-999, 10**9),
                st.booleans(),
                st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1),
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_another_reader_finds_the_same_cells(rows: list[list[Any]]):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            for place, value in enumerate(cells):
                if value is not None:
                    sheet.write(number, place, value)
    ours = {
        (r, c): v
        for r, cells in enumerate(read(buffer.getvalue())[0].rows)
        for c, v in enumerate(cells)
        if v not in ("", None)
    }
    theirs = openpyxl.load_workbook(io.BytesIO(buffer.getvalue()), read_only=False).active
    expected = {
        (c.row - 1, c.column - 1): c.value for cells in theirs.iter_rows() for c in cells if c.value is not None
    }
    assert ours == expected


# What is refused ------------------------------------------------------------------------------------------------------

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(500)
OLD_EXCEL = OLE + "Workbook".encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize("name", ["audits.xlsx", "audits.xls", "audits.csv"])
def test_a_workbook_with_a_password_is_refused(name: str):
    assert "password" in refusal(ENCRYPTED, name)


@pytest.mark.parametrize("name", ["audits.xls", "audits.xlsx"])
def test_an_old_workbook_is_refused(name: str):
    assert "Save as" in refusal(OLD_EXCEL, name)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"audit_id,team\n1,North\n", "text file"),
        (b"<html><body><table></table></body></html>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "web page"),
        (b"MIME-Version: 1.0\n", "web page"),
        (b"", "empty"),
        (b"\x00\x01\x02", "text file"),
    ],
)
@pytest.mark.parametrize("name", ["audits.xlsx", "audits.xls", "audits.xlsb", "audits.ods"])
def test_a_file_that_is_no_workbook_but_is_named_one_is_refused(content: bytes, says: str, name: str):
    assert says in refusal(content, name)


@pytest.mark.parametrize("name", ["audits.xlsb", "audits.xls"])
def test_other_kinds_of_workbook_are_refused_by_name(name: str):
    assert "Save as" in refusal(workbook({"A1": 1}), name)


def with_another_part(name: str) -> bytes:
    buffer = io.BytesIO(workbook({"A1": "x"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, b"x")
    return buffer.getvalue()


def test_a_binary_workbook_is_refused_by_content():
    assert "binary" in refusal(with_another_part("xl/workbook.bin"))


@pytest.mark.parametrize("name", ["audits.xlsm", "audits.xltm", "audits.xlsx"])
def test_a_workbook_with_macros_is_read_and_its_macros_never_leave_the_file(name: str):
    content = with_another_part("xl/vbaProject.bin")
    assert read(content, name)[0].rows == [["x"]]
    assert "xl/vbaproject.bin" not in _parts(content, name)


def test_another_archive_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "not an Excel workbook" in refusal(buffer.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_expanded():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(11):
                part.write(b" " * 10_000_000)
    assert "too large" in refusal(buffer.getvalue())


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    content = bytearray(with_sheet("<sheetData>" + " " * 5_000_000 + "</sheetData>"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    honest, lie = size.to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert "damaged" in refusal(bytes(content).replace(honest, lie))


def test_too_many_parts_are_refused():
    buffer = io.BytesIO(workbook({"A1": 1}))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(2000):
            archive.writestr(f"xl/media/{number}.xml", "<x/>")
    assert "too large" in refusal(buffer.getvalue())


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "KZ1", "A200001", "KN200000"])
def test_a_sparse_sheet_is_refused(reference: str):
    assert "rows and columns" in refusal(with_sheet(f"<sheetData>{row(reference)}</sheetData>"))


@pytest.mark.parametrize("value", ["<f>1+1</f>", "<is><t>x</t></is>"])
def test_a_sparse_sheet_is_refused_whatever_its_cell_holds(value: str):
    assert "rows and columns" in refusal(with_sheet(f"<sheetData>{row('XFD1048576', value=value)}</sheetData>"))


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    ],
)
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_in_any_part_is_refused(part: str, doctype: str):
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        declaration = content.startswith(b"<?xml")
        end = content.index(b"?>") + 2 if declaration else 0
        return content[:end] + doctype.encode() + content[end:]

    assert "document type" in refusal(with_parts(workbook({"A1": 1}), change))


def test_a_document_type_in_another_encoding_is_refused():
    sheet = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "a">]><worksheet xmlns="{MAIN}"/>'.encode(
        "utf-16"
    )
    assert "document type" in refusal(
        with_parts(workbook({"A1": 1}), lambda name, part: sheet if "worksheets/sheet" in name else part)
    )


@pytest.mark.parametrize(
    "xml",
    [
        "<sheetData>" + row("A1"),
        "<sheetData>" + row("A2") + row("A1") + "</sheetData>",
        '<sheetData><row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A7"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="one"><c><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="zz"><v>1</v></c></row></sheetData>',
    ],
)
def test_a_damaged_sheet_is_refused(xml: str):
    assert "damaged" in refusal(with_sheet(xml))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_without_a_part_it_needs_is_refused(part: str):
    refusal(with_parts(workbook({"A1": 1}), lambda name, content: None if name == part else content))


def test_a_part_that_is_there_twice_is_refused():
    buffer = io.BytesIO(workbook({"A1": 1}))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert "damaged" in refusal(buffer.getvalue())


def test_a_workbook_cut_short_is_refused(tmp_path: Path):
    content = write_xlsx(tmp_path, "audits.xlsx", {"Audits": [AUDIT_HEADINGS, AUDIT]}).read_bytes()
    for length in range(4, len(content), 97):
        refusal(content[:length])


def test_a_workbook_with_changed_bytes_is_refused_or_reads_the_same(tmp_path: Path):
    rows = [AUDIT_HEADINGS, *[[f"A{number}", *AUDIT[1:]] for number in range(40)]]
    content = write_xlsx(tmp_path, "audits.xlsx", {"Audits": rows}).read_bytes()
    expected, chance, different = read(content)[0].rows, random.Random(2022), 0
    for _ in range(400):
        mutant = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            mutant[chance.randrange(4, len(mutant))] = chance.randrange(256)
        try:
            tables = read(bytes(mutant))
        except InputRefused:
            continue
        different += len(tables) != 1 or [list(cells) for cells in tables[0].rows] != [
            list(cells) for cells in expected
        ]
    assert different == 0
