"""A notebook that has run, in the forms people read: its page, and beside it Word, PDF and Excel."""

from collections.abc import Sequence
from pathlib import Path

from qa_analysis.dates import month_name
from qa_analysis.disclosure.shared_page import refuse_unshared
from qa_analysis.forms.html.page import page_of, to_html
from qa_analysis.forms.pdf.printed import by_weasyprint
from qa_analysis.framework import rules_for
from qa_analysis.month.files import read_month
from qa_analysis.month.month import Month
from qa_analysis.month.place import of_place
from qa_analysis.month.shared import shared_of
from qa_analysis.publishing.editions import Edition
from qa_analysis.publishing.formats import write_formats
from qa_analysis.telling.blocks import heading, page, paragraph


def render_all(editions: Sequence[Edition], folder: Path) -> tuple[str, ...]:
    """Notebooks that have run, each as a page and in every other form, on the month's tables read once."""
    month = read_month(folder / "tables")
    return tuple(dict.fromkeys(note for edition in editions for note in render(edition, folder, month)))


def render(edition: Edition, folder: Path, month: Month) -> tuple[str, ...]:
    """A notebook that has run, as a page and in every other form; what there is to say of them."""
    report, council = edition.report, month.rules.council
    html, title = folder / edition.page, f"{edition.titled(council)}, {month_name(month.month)}"
    told = shared_of(month) if report.is_shared else of_place(month, **edition.scope)
    executed = html.with_suffix(".ipynb")
    to_html(executed, html, title=title, council=council, is_shared=report.is_shared, place=edition.place)
    if report.is_shared:
        refuse_unshared(html, told.measures, told.rules)
    return write_formats(html, told, families=report.families, title=title)


def rehearse(month: str) -> None:
    """Makes a page and its PDF for nobody, so that what is prepared when first used is there for every other page."""
    words = page(heading("A page", level=1), paragraph("Some words."))
    by_weasyprint(page_of(words, title="A page", council=rules_for(month).council))
