"""Each report in the forms people already use: Word, PDF and Excel beside its page, from the same words and figures."""

from collections.abc import Sequence
from pathlib import Path

from qa_analysis.forms.excel.figures import to_excel
from qa_analysis.forms.pdf.printed import NO_PDF, to_pdf
from qa_analysis.forms.word.paper import to_word
from qa_analysis.measures.family import Family
from qa_analysis.month.month import Month


def write_formats(html: Path, month: Month, *, families: Sequence[Family], title: str) -> tuple[str, ...]:
    """The report as .docx, .pdf and .xlsx beside its page; what there is to say of a form that could not be made.

    Word and PDF are made from the page alone, which is what the check for identifiers reads.
    """
    page = html.read_text(encoding="utf-8")
    html.with_suffix(".docx").write_bytes(to_word(page, as_at=month.as_at))
    html.with_suffix(".xlsx").write_bytes(to_excel(month, families, title=title, page=page))
    printed = to_pdf(page)
    if printed is None:
        return (NO_PDF,)
    html.with_suffix(".pdf").write_bytes(printed)
    return ()
