"""The tables of a page stand in the workbook as they were read, one worksheet each."""

import io

from openpyxl import load_workbook
from small import month, tables

from qa_analysis.forms.excel.figures import to_excel
from qa_analysis.forms.excel.told import told_tables

PAGE = """<main><h2>Grades</h2>
<table><caption>By area</caption><thead><tr><th>Key area</th><th>Audits</th><th>Now</th></tr></thead>
<tbody><tr><th>Assessment</th><td>1,204</td><td>15 of 38 (39%)</td></tr>
<tr><th>Supervision</th><td>\u22123</td><td>none graded</td></tr></tbody></table>
<h2>Actions</h2>
<table><caption>By service</caption><thead><tr><th>Service</th></tr></thead><tbody></tbody></table></main>"""


def test_each_table_is_a_worksheet_with_its_title_and_section() -> None:
    by_area, by_service = told_tables(PAGE)
    assert (by_area.name, by_area.title, by_area.lines) == ("Table 1", "By area", ("In the report's section: Grades",))
    assert (by_service.name, by_service.title) == ("Table 2", "By service")
    assert by_service.table is not None and by_service.table.empty


def test_whole_numbers_are_numbers_and_what_has_words_stays_as_it_reads() -> None:
    held = told_tables(PAGE)[0].table
    assert held is not None
    assert held["Audits"].tolist() == [1204, -3]
    assert held["Now"].tolist() == ["15 of 38 (39%)", "none graded"]


def test_they_come_before_the_figures_in_the_workbook() -> None:
    book = load_workbook(io.BytesIO(to_excel(month(tables(audits=[{}])), (), title="Report", page=PAGE)))
    assert book.sheetnames[:6] == ["Cover", "Contents", "Notes", "Table 1", "Table 2", "Definitions"]
    assert [row[0].value for row in book["Contents"].iter_rows(min_row=4, max_row=5)][-1] == "Table 1"
