"""What the sections of a report's notebook say of a month, without a kernel and without its page.

Pictures are made and told by their words, and not drawn: nobody who asks here looks at one.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from unittest.mock import patch

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pictures import undrawn
from words import lines_of_html

from qa_analysis.framework import resource
from qa_analysis.month.files import read_month
from qa_analysis.month.month import Month
from qa_analysis.month.place import of_place
from qa_analysis.month.shared import SharedMonth, shared_of
from qa_analysis.publishing import formats
from qa_analysis.publishing.editions import editions_of
from qa_analysis.publishing.front_page import write_month_page
from qa_analysis.publishing.rendering import render
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Place


class Cell(NamedTuple):
    """A heading as the notebook has it, or the markup of a section."""

    heading: str
    markup: str


_MOST = 200  # some months with every report of each
_shown: dict[tuple[str, int], tuple[Month | SharedMonth, list[Cell]]] = {}
_for_everyone: dict[int, tuple[Month, SharedMonth]] = {}


def for_readers(report: str, month: Month) -> Month | SharedMonth:
    """The month as a report's readers have it: where everyone is one, without what not everyone may read."""
    if not reports()[report].is_shared:
        return month
    if id(month) not in _for_everyone:
        while len(_for_everyone) >= _MOST:
            del _for_everyone[next(iter(_for_everyone))]
        _for_everyone[id(month)] = (month, shared_of(month))  # kept, as below
    return _for_everyone[id(month)][1]


def shown(report: str, month: Month | SharedMonth) -> list[Cell]:
    """What a report's notebook shows of a month, in its order; made once, whoever asks."""
    key = (report, id(month))
    if key not in _shown:
        while len(_shown) >= _MOST:
            del _shown[next(iter(_shown))]
        with undrawn():
            _shown[key] = (month, list(_cells(report, month)))  # the month is kept, so that no other is taken for it
    return _shown[key][1]


def said(report: str, month: Month | SharedMonth) -> Iterator[str]:
    """The headings and sections of a report's notebook, in its order. One line per paragraph, item or row."""
    for heading, markup in shown(report, month):
        yield from ("", heading) if heading else lines_of_html(markup)


def write_pages(folder: Path, *, only: Mapping[str, str] = MappingProxyType({})) -> None:
    """Every report due with a folder's tables as page, Word and Excel, and their front page, of what the sections show.

    As a run would leave them, but that no notebook runs, pictures are blank and PDFs are empty files. `only` names the
    service and the team whose page is made, where one is as good as all.
    """
    told = read_month(folder / "tables")
    due = [one for one in reports().values() if one.every.holds_in(told.month)]
    editions = editions_of(due, told, only={Place(kind): [name] for kind, name in only.items()})
    for edition in editions:
        made_of = shared_of(told) if edition.report.is_shared else of_place(told, **edition.scope)
        _write_notebook(edition.report.name, made_of, (folder / edition.page).with_suffix(".ipynb"))
        with patch.object(formats, "to_pdf", return_value=b""):
            render(edition, folder, told)
    write_month_page(folder, told, editions)


def _write_notebook(report: str, month: Month | SharedMonth, path: Path) -> None:
    cells = [
        new_markdown_cell(heading)
        if heading
        else new_code_cell(outputs=[new_output("display_data", data={"text/html": markup})])
        for heading, markup in shown(report, month)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells), path)


def _cells(report: str, month: Month | SharedMonth) -> Iterator[Cell]:
    names: dict[str, Any] = {"this": month}
    for heading, source in _sources(report):
        if heading:
            yield Cell(heading, "")
        else:
            *before, last = source.splitlines()
            exec("\n".join(line for line in before if line.startswith("from ")), names)
            yield Cell("", eval(last, names).markup)


@cache
def _sources(report: str) -> list[tuple[str, str]]:
    """The headings of a notebook and the code of its sections: one of the two is empty."""
    cells = nbformat.read(resource("notebooks") / reports()[report].notebook, as_version=4).cells
    return [
        (cell.source, "") if cell.cell_type == "markdown" else ("", cell.source)
        for cell in cells
        if cell.cell_type == "markdown" or not cell.metadata.get("tags")
    ]
