"""What lies in a folder, as it is: every sheet with its headings and what stands under each; no datasets yet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.cell_text import is_blank, one_line, text_of
from qa_analysis.data.reading.delimited import TEXT_ENDINGS, read_delimited
from qa_analysis.data.reading.finding import NO_FILE, content_of, devices_in, files_of
from qa_analysis.data.reading.headings import SEARCHED_ROWS, known_headings, tidy_heading
from qa_analysis.data.reading.raw import Cell, RawTable, Source
from qa_analysis.data.reading.sources_file import Plan
from qa_analysis.data.reading.wide.wide_headings import WideHeader, header_at
from qa_analysis.data.reading.workbooks import WORKBOOK_ENDINGS, is_workbook, read_workbook
from qa_analysis.errors import InputRefused

LONGEST_HEADING: Final = 120  # characters; a longer text is no heading
NEARLY_ALL: Final = 0.9
LEAST_HEADINGS: Final = 3
KNOWN_COUNTS: Final = 3  # a heading that is known counts as three that are not


@dataclass(frozen=True)
class SeenColumn:
    """One column of a sheet: how sources.yaml names it, and the cells under it that hold anything."""

    place: int
    name: str
    heading: str
    group: str
    cells: tuple[Cell, ...]
    rows: int  # records of the sheet, so that the blanks are known too

    @property
    def words(self) -> Counter[str]:
        """The distinct texts and how often each occurs."""
        texts = (text_of(cell) for cell in self.cells)
        return Counter(text for text in texts if isinstance(text, str))

    @property
    def is_unique(self) -> bool:
        """Whether every record has its own value, a total or note at the end apart."""
        return len(self.words) == len(self.cells) > 1 and len(self.cells) >= NEARLY_ALL * self.rows


@dataclass(frozen=True)
class SeenSheet:
    """One sheet or text file with its heading row."""

    table: RawTable
    header: WideHeader
    columns: tuple[SeenColumn, ...]
    rows: int

    @property
    def place(self) -> str:
        """The file and sheet, as a message names them."""
        return f'{self.table.file}, sheet "{self.table.sheet}"' if self.table.sheet else self.table.file


@dataclass(frozen=True)
class SeenFolder:
    """The sheets of a folder that have headings and rows; the others by file and name; what could not be opened."""

    sheets: tuple[SeenSheet, ...]
    others: tuple[tuple[str, str], ...]
    refused: tuple[str, ...]


def sheets_in(folder: Path, contracts: Mapping[str, Contract]) -> SeenFolder:
    """What lies in a folder, sheet by sheet."""
    known = frozenset(heading for contract in contracts.values() for heading in known_headings(contract))
    sheets, others = list[SeenSheet](), list[tuple[str, str]]()
    refused = [f"{path.name} was not read: {NO_FILE}." for path in devices_in(folder, Plan())]
    for path in files_of(folder, Plan()):
        try:
            tables = _tables(path, known)
        except InputRefused as refusal:
            refused.append(str(refusal))
            continue
        for table in tables:
            if seen := seen_sheet(table, known):
                sheets.append(seen)
            else:
                others.append((table.file, table.sheet))
    return SeenFolder(tuple(sheets), tuple(others), tuple(refused))


def seen_sheet(table: RawTable, known: frozenset[str]) -> SeenSheet | None:
    """One sheet with its headings; None where it has none, is hidden, or holds no row under them."""
    if table.is_hidden or not (header := _header(table, known)):
        return None
    records = [row for row in table.rows[header.row :] if sum(not is_blank(cell) for cell in row) > 1]
    columns = tuple(_column(header, place, records) for place, heading in enumerate(header.headings) if heading)
    return SeenSheet(table, header, columns, len(records)) if records else None


def _tables(path: Path, known: frozenset[str]) -> Sequence[RawTable]:
    """The tables of one file; none where it is of no kind that is read."""
    if path.suffix.lower() not in WORKBOOK_ENDINGS | TEXT_ENDINGS:
        return ()
    content = content_of(path)
    if is_workbook(content, path.name):
        return read_workbook(path, content, source=Source(""), headings=frozenset())
    return read_delimited(path, content, source=Source(""), headings=known)


def _header(table: RawTable, known: frozenset[str]) -> WideHeader | None:
    """The row most like headings: many short texts, no two alike, and among them those that datasets have."""
    numbers = range(1, min(SEARCHED_ROWS, len(table.rows)) + 1)
    rated = [(_likeness(table.rows[number - 1], known), -number) for number in numbers]
    likeness, number = max(rated, default=(0, 0))
    return header_at(table.rows, -number) if likeness >= LEAST_HEADINGS else None


def _likeness(row: Sequence[Cell], known: frozenset[str]) -> int:
    """How like headings a row is."""
    texts = [one_line(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
    short = {tidy_heading(text) for text in texts if len(text) <= LONGEST_HEADING and not text[:1].isdigit()}
    return len(short) + KNOWN_COUNTS * len(short & known)


def _column(header: WideHeader, place: int, records: Sequence[Sequence[Cell]]) -> SeenColumn:
    cells = (row[place] if place < len(row) else None for row in records)
    return SeenColumn(
        place=place,
        name=header.name(place),
        heading=one_line(header.headings[place]),
        group=one_line(header.groups[place]),
        cells=tuple(cell for cell in cells if not is_blank(cell)),
        rows=len(records),
    )
