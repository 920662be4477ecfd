"""From what a council's month is published: a mark of its inputs, kept in the manifest of what was made from them."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from qa_analysis.data.issues import LIST_FILE
from qa_analysis.data.reading.finding import OPEN_IN_EXCEL, SYSTEM_FILES
from qa_analysis.data.reading.sources_file import FILE_NAME as SOURCES_FILE
from qa_analysis.data.reading.strict_yaml import written_in
from qa_analysis.disclosure.places import MANIFEST
from qa_analysis.errors import WrongUse
from qa_analysis.publishing.publish import published
from qa_analysis.region.orders import Order

INPUTS: Final = "inputs"  # as the manifest calls the mark


def mark_of(order: Order) -> str:
    """The mark of what the month is made from: every file of the council's folder, the options and the program.

    Rows of a database cannot be marked before they are read, so there the mark is of this run of the region alone.
    """
    digest = hashlib.sha256()
    for part in (order.program, order.month, *order.options, "", *_files(order.data)):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\n")
    if order.is_again or _has_database(order.data):
        digest.update(order.begun.encode())
    return digest.hexdigest()


def published_from(order: Order, mark: str) -> Path | None:
    """The newest published revision of the council's month, if it was made from inputs of this mark."""
    newest = published(order.own_outputs, order.month)
    return newest if newest and marked(newest) == mark else None


def marked(folder: Path) -> str:
    """The mark in the manifest of a published month; blank where it has none or cannot be read."""
    return _said(folder, INPUTS)


def when_published(folder: Path) -> str:
    """When a month was published, as its manifest writes it; blank where that cannot be read."""
    return _said(folder, "published")


def _said(folder: Path, name: str) -> str:
    try:
        return str(json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get(name, ""))
    except (OSError, ValueError, AttributeError):
        return ""


def _files(folder: Path) -> Iterator[str]:
    """Name and digest of each file that a run would read; what is no file is named alone, for it may never end."""
    for path in sorted(folder.iterdir()):
        if not _is_beside(path.name) and not path.is_dir():
            yield f"{path.name}:{_digest(path)}"


def _digest(path: Path) -> str:
    if not path.is_file():
        return "no file"
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as refused:
        return f"not read ({refused.errno})"


def _is_beside(name: str) -> bool:
    """Whether a file is no input: hidden, kept by Excel or the system, or our own list of issues."""
    return name.startswith((".", OPEN_IN_EXCEL, LIST_FILE.removesuffix(".xlsx"))) or name.casefold() in SYSTEM_FILES


def _has_database(folder: Path) -> bool:
    """Whether sources.yaml names one; a file that cannot be read is refused by the run itself."""
    try:
        written = written_in(folder, SOURCES_FILE)
    except (WrongUse, OSError):
        return False
    return isinstance(written, dict) and bool(written.get("databases"))
