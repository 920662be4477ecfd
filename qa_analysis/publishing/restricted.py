"""Writes the lists for named people: each a workbook in restricted/, which nobody but its owner can open."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qa_analysis.council import Council
from qa_analysis.disclosure.places import RESTRICTED
from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, write_workbook
from qa_analysis.month.named import Named
from qa_analysis.reports.declared import Report


def write_restricted(reports: Iterable[Report], named: Named, folder: Path) -> None:
    """Every list that the reports declare, in the month's folder, each sheet of it marked.

    Raises:
        ValueError: two lists have one file.
    """
    council = named.tables.rules.council
    for report in reports:
        for listed in report.restricted:
            is_supplied = all(name in named.tables.frames for name in listed.needs)
            for book in listed.build(named) if is_supplied else ():
                target = private(folder / RESTRICTED) / book.file
                if target.exists():
                    raise ValueError(f"{report.name}: another list is written to {book.file}")
                write_book(book, target.parent, council)


def write_book(book: Book, folder: Path, council: Council) -> None:
    """A list for named people in its folder, each sheet marked."""
    name, marking = at_first(council.name), council.marked("restricted")
    sheets = [replace(sheet, marking=f"{name} · {marking}") for sheet in book.sheets]
    write_workbook(folder / book.file, sheets, title=book.title, council=name, marking=marking)


def private(folder: Path) -> Path:
    """The folder, made where it is not there, for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
