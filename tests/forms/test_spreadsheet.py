"""The workbook behind a report passes the Analysis Function's checklist of accessible spreadsheets."""

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pandas import DataFrame
from small import month, tables

from qa_analysis.forms.excel.figures import COLUMNS, to_excel
from qa_analysis.forms.excel.workbook import Sheet, write_workbook
from qa_analysis.measures.catalogue import families
from qa_analysis.month.month import Month
from qa_analysis.reports import reports

TITLE = "Quality Assurance and Impact report, June 2023"
FRONT = ["Cover", "Contents", "Notes", "Definitions"]


@pytest.fixture(scope="module")
def held() -> Month:
    audits = [{"overall_grade": grade} for grade in ("good", "good", "inadequate", "outstanding", "good", "good")]
    return month(
        tables(
            audits=[*audits, {"cycle_month": "2022-12", "audited_on": "2022-12-12"}],
            moderations=[{"audit_id": "audits-1", "overall_grade": "inadequate"}],
            findings=[{"audit_id": "audits-1", "theme_code": "3.1", "polarity": "development"}],
            actions=[{}, {"completed_on": "2023-06-20"}],
            family_feedback=[{"audit_id": "audits-1"}],
        )
    )


@pytest.fixture(scope="module")
def data(held: Month) -> bytes:
    return to_excel(held, (), title=TITLE)


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def table_range(sheet: Worksheet) -> tuple[int, int, int, int]:
    [table] = sheet.tables.values()
    first, last = table.ref.split(":")
    top, bottom = sheet[first], sheet[last]
    return top.row, top.column, bottom.row, bottom.column


def with_tables(book: Workbook) -> list[Worksheet]:
    return book.worksheets[1:]


def test_it_begins_with_a_cover_contents_notes_and_definitions(book: Workbook) -> None:
    assert book.sheetnames[:4] == FRONT
    assert book.sheetnames[4:] == [one.name for one in families() if one.name in book.sheetnames]
    assert book.active == book["Cover"]


def test_the_cover_says_what_it_is_as_at_when_from_what_and_whom_to_ask(book: Workbook) -> None:
    text = "\n".join(str(cell.value) for cell in book["Cover"]["A"])
    assert text.startswith(TITLE)
    for said in ("audit cycle June 2023", "Data as at 10 July 2023", "Source:", "Questions: Quality Assurance Manager"):
        assert said in text


def test_the_contents_lead_to_every_sheet_that_follows(book: Workbook) -> None:
    links = [cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[2:]]


def test_every_sheet_has_its_title_in_a1_and_says_that_it_holds_one_table(book: Workbook) -> None:
    titles = [sheet["A1"].value for sheet in book.worksheets]
    assert len(set(titles)) == len(titles)
    assert all(title and sheet["A1"].font.b for title, sheet in zip(titles, book.worksheets, strict=True))
    assert {sheet["A2"].value for sheet in with_tables(book)} == {"This worksheet contains one table."}


def test_every_table_is_marked_named_and_has_one_header_row_of_different_words(book: Workbook) -> None:
    names = [table.name for sheet in with_tables(book) for table in sheet.tables.values()]
    assert len(names) == len(set(names)) == len(with_tables(book))
    assert all(re.fullmatch(r"[A-Z]\w+_table", name) for name in names)
    for sheet in with_tables(book):
        [table] = sheet.tables.values()
        heads = [column.name for column in table.tableColumns]
        assert table.headerRowCount == 1
        assert table.autoFilter is None
        assert all(heads)
        assert len(set(heads)) == len(heads)
        top, left, _, right = table_range(sheet)
        assert [cell.value for cell in sheet[top][left - 1 : right]] == heads
        assert all(cell.font.b for cell in sheet[top])


def test_nothing_is_merged_hidden_or_left_blank_within_a_table(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not any(size.hidden for size in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert not sheet._images and not sheet._charts
    for sheet in with_tables(book):
        top, left, bottom, right = table_range(sheet)
        assert (left, bottom, right) == (1, sheet.max_row, sheet.max_column)
        cells = [cell.value for row in sheet.iter_rows(top, bottom, left, right) for cell in row]
        assert None not in cells and "" not in cells
        assert all(sheet.cell(line, 1).value for line in range(1, top))  # no blank row above it
    assert not book.defined_names


def test_words_wrap_columns_have_their_width_and_headings_stay_in_sight(book: Workbook) -> None:
    for sheet in with_tables(book):
        top, left, bottom, right = table_range(sheet)
        assert sheet.freeze_panes == f"A{top + 1}"
        assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[top])
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows(top, bottom, left, right) for cell in row)
    fonts = {(cell.font.name, cell.font.sz) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert fonts == {("Arial", 11), ("Arial", 16)}


def rows(book: Workbook, family: str) -> list[dict[str, object]]:
    sheet = book[family]
    top = table_range(sheet)[0]
    assert [cell.value for cell in sheet[top]] == list(COLUMNS)
    return [dict(zip(COLUMNS, values, strict=True)) for values in sheet.iter_rows(min_row=top + 1, values_only=True)]


def figure(book: Workbook, family: str, measure: str, **labels: str) -> dict[str, object]:
    wanted = {"Measure": measure, "Period": "2023-06", "By": "all together", **labels}
    [found] = [row for row in rows(book, family) if all(row[name] == value for name, value in wanted.items())]
    return found


def test_a_share_is_a_number_with_its_parts_and_interval(book: Workbook) -> None:
    row = figure(book, "Grades", "Good or better")
    assert (row["Number"], row["Out of"], row["Unit"], row["Method"]) == (5, 6, "share", "Wilson")
    assert row["Value"] == pytest.approx(5 / 6)
    assert isinstance(row["Lower"], float)


def test_shares_are_shown_as_percentages_and_counts_whole(book: Workbook) -> None:
    formats = {
        (row[10].value, row[7].number_format) for row in book["Grades"].iter_rows(min_row=5) if row[7].data_type == "n"
    }
    assert formats == {("share", "0%"), ("audits", "#,##0"), ("breaks", "#,##0")}


def test_a_count_has_no_interval_and_what_could_not_be_worked_out_says_so(book: Workbook) -> None:
    count = figure(book, "Audits", "Audits completed")
    assert [count[name] for name in ("Number", "Out of", "Value", "Lower", "Upper")] == ["[z]", "[z]", 6, "[z]", "[z]"]
    unknown = figure(book, "Moderation", "Good or better by the panel's standard")
    assert [unknown[name] for name in ("Value", "Lower", "Upper")] == ["[x]", "[x]", "[x]"]
    assert str(unknown["Note"]).startswith("too little to correct with")
    meanings = {row[0]: row[1] for row in book["Notes"].iter_rows(min_row=4, values_only=True)}
    assert "could not be calculated" in str(meanings["[x]"])
    assert "Not applicable" in str(meanings["[z]"])


def test_groups_are_in_the_words_of_the_framework(book: Workbook) -> None:
    groups = {(row["By"], row["Group"]) for name in ("Grades", "Findings") for row in rows(book, name)}
    assert ("key area and grade", "Recording and communication, good") in groups
    assert any(by == "theme code and polarity" and str(group).startswith("3.1 ") for by, group in groups)


def test_every_measure_on_a_sheet_is_defined_in_the_words_of_the_methods(held: Month, book: Workbook) -> None:
    top = table_range(book["Definitions"])[0]
    defined = {row[1]: row for row in book["Definitions"].iter_rows(min_row=top + 1, values_only=True)}
    assert defined.keys() == set(held.measures["measure"])
    assert "every route" in str(defined["audits_completed"][2])


def test_the_file_says_its_title_and_names_nobody(book: Workbook, data: bytes) -> None:
    about = book.properties
    assert (about.title, about.creator, about.lastModifiedBy) == (f"{TITLE}: the figures", None, None)
    assert about.created is not None
    assert about.created.date() == date(2023, 7, 10)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in sheet for sheet in sheets)


def test_the_same_month_gives_the_same_bytes(held: Month, data: bytes) -> None:
    assert to_excel(held, (), title=TITLE) == data


def test_a_report_of_its_own_has_its_own_families(held: Month) -> None:
    book = load_workbook(io.BytesIO(to_excel(held, reports()["moderation"].families, title="T")))
    assert set(book.sheetnames[4:]) == {"Moderation", "Grades"}


def test_a_theme_is_called_by_the_side_on_which_it_was_found() -> None:
    rows = [
        {"audit_id": f"audits-{number}", "theme_code": code, "polarity": side}
        for number in (1, 2, 3)
        for code, side in (("1.4", "development"), ("3.1", "strength"))
    ]
    sheets = load_workbook(io.BytesIO(to_excel(month(tables(audits=[{}] * 6, findings=rows)), (), title=TITLE)))
    groups = {cell for row in sheets["Findings"].iter_rows(values_only=True) for cell in row if isinstance(cell, str)}
    assert {"1.4 No clear contingency plan, development", "3.1 Assessment in place (compliance), strength"} <= groups
    assert not any("identified" in group for group in groups)


@pytest.mark.parametrize("typed", ["=1+1", "@SUM(A1)", "+1", "-2", "{=1+1}", "http://x.invalid"])
def test_what_looks_like_a_formula_or_a_link_stays_words(typed: str) -> None:
    held = io.BytesIO()
    write_workbook(held, (Sheet("Words", typed, DataFrame({"Said": [typed]})),), title="Words")
    sheet = load_workbook(held)["Words"]
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == typed and cell.row > 1]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
