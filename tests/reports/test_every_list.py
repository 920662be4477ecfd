"""Every list for named people can be written, also those that no month of the other tests holds."""

import io

import pytest
from councils import council
from small import CONTRACTS, NO_ISSUES

from qa_analysis.data.identity import Identities
from qa_analysis.data.tables import tables_as_at
from qa_analysis.forms.excel.workbook import write_workbook
from qa_analysis.framework import rules_for
from qa_analysis.month.named import Named
from qa_analysis.reports import reports

OF_ISSUES = ("data-quality",)  # lists of what is to be corrected: of nothing here
NEWEST = "2023-07"  # in the midst of complaints that nobody has answered yet


@pytest.fixture(scope="module")
def named() -> Named:
    rules = rules_for(NEWEST)
    held = tables_as_at(council(cycles=14), CONTRACTS, month=NEWEST, as_at=rules.as_at(NEWEST), rules=rules)
    return Named(held, NO_ISSUES, {}, Identities({"somebody": "somebody"}))


@pytest.mark.parametrize(
    "report", [name for name, one in reports().items() if one.restricted and name not in OF_ISSUES]
)
def test_every_list_of_a_report_is_written_as_a_workbook(report: str, named: Named) -> None:
    books = [book for one in reports()[report].restricted for book in one.build(named)]
    for book in books:
        write_workbook(io.BytesIO(), book.sheets, title=book.title, council="A council", marking="for one person")
    assert books, "such a council has something to list"
