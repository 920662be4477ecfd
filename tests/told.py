"""What a report says of a month, word for word, without a notebook being run: its sections in the notebook's order."""

from collections.abc import Iterator
from typing import Any

import nbformat
from words import lines_of_html

from qa_analysis.framework import resource
from qa_analysis.month.month import Month
from qa_analysis.reports import reports


def said(report: str, month: Month) -> Iterator[str]:
    """The headings and sections of a report's notebook, in its order. One line per paragraph, item or row."""
    names: dict[str, Any] = {"this": month}
    for cell in nbformat.read(resource("notebooks") / reports()[report].notebook, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield from ("", cell.source)
        elif not cell.metadata.get("tags"):
            *before, last = cell.source.splitlines()
            exec("\n".join(line for line in before if line.startswith("from ")), names)
            yield from lines_of_html(eval(last, names).markup)
