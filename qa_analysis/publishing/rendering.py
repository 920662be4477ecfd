"""A notebook that has run, in the forms people read: its page, and beside it Word, PDF and Excel."""

from pathlib import Path

from qa_analysis.dates import month_name
from qa_analysis.disclosure.places import SHARED_FOLDER
from qa_analysis.disclosure.shared_page import refuse_unshared
from qa_analysis.forms.html.page import to_html
from qa_analysis.month.files import read_month
from qa_analysis.month.shared import shared_of
from qa_analysis.publishing.formats import write_formats
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Report


def render(name: str, folder: Path) -> tuple[str, ...]:
    """A notebook that has run, as a page and in every other form; what there is to say of them."""
    report, month = reports()[name], read_month(folder / "tables")
    html, title = folder / page_of(report), f"{report.titled(month.rules.council)}, {month_name(month.month)}"
    told = shared_of(month) if report.is_shared else month
    council = month.rules.council
    to_html(html.with_suffix(".ipynb"), html, title=title, council=council, is_shared=report.is_shared)
    if report.is_shared:
        refuse_unshared(html, told.measures, told.rules)
    return write_formats(html, told, families=report.families, title=title)


def page_of(report: Report) -> str:
    """The page of a report, from the month's folder."""
    return f"{SHARED_FOLDER}/{report.name}.html" if report.is_shared else f"{report.name}.html"
