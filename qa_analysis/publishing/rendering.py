"""A notebook that has run, in the forms people read: its page, and beside it Word, PDF and Excel."""

from pathlib import Path

from qa_analysis.dates import month_name
from qa_analysis.disclosure.shared_page import refuse_unshared
from qa_analysis.forms.html.page import to_html
from qa_analysis.month.files import read_month
from qa_analysis.month.place import of_place
from qa_analysis.month.shared import shared_of
from qa_analysis.publishing.editions import Edition
from qa_analysis.publishing.formats import write_formats


def render(edition: Edition, folder: Path) -> tuple[str, ...]:
    """A notebook that has run, as a page and in every other form; what there is to say of them."""
    report, month = edition.report, read_month(folder / "tables")
    html, title = folder / edition.page, f"{edition.titled(month.rules.council)}, {month_name(month.month)}"
    told = shared_of(month) if report.is_shared else of_place(month, **edition.scope)
    council = month.rules.council
    to_html(
        html.with_suffix(".ipynb"), html, title=title, council=council, is_shared=report.is_shared, place=edition.place
    )
    if report.is_shared:
        refuse_unshared(html, told.measures, told.rules)
    return write_formats(html, told, families=report.families, title=title)
