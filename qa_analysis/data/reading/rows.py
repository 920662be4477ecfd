"""Rows: which of those below the headings are records, and which are padding, totals or notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.cell_text import is_blank, one_line
from qa_analysis.data.reading.headings import Header, tidy_heading
from qa_analysis.data.reading.raw import Cell, RawTable
from qa_analysis.english import agreeing, counted
from qa_analysis.errors import InputRefused

LONGEST_TOTAL = 60  # characters; a longer cell is free text that mentions a total
LEAST_REQUIRED = 3  # with fewer required columns a row of one cell may well be a record

_COUNTED = "audits?|actions?|records?|rows?|cases|children|count|number|for .{1,30}"
_TOTAL = re.compile(rf"(?:grand |sub[ -]?|overall )?totals?(?: (?:{_COUNTED}))? ?[:=]? ?[\d(),.]*")
_TOTAL_OF_A_GROUP = re.compile(r".{1,40} (?:sub-?)?total")  # "North total", where the row has no key

WHY = {
    "total-row": "This row is a total, not a record; it was not loaded. Leave totals out of the extract.",
    "repeated-heading-row": "This row repeats the headings; it was not loaded. Leave it out of the extract.",
    "row-not-a-record": "Only one cell of this row is filled: a note, a footer or a record not yet entered. "
    "It was not loaded. Complete the row or leave it out of the extract.",
    "row-longer-than-headings": "This row has more cells than there are headings, so a delimiter inside a cell has "
    "moved the others along; it was not loaded. Put the cell in quotation marks, or export as .xlsx.",
}


@dataclass(frozen=True)
class Body:
    """The rows under the headings: records to read, and rows listed with the rule that names why."""

    numbers: tuple[int, ...]  # row numbers as a spreadsheet shows them
    records: tuple[Sequence[Cell], ...]
    listed: tuple[tuple[int, str], ...]  # row number, rule


def body(table: RawTable, header: Header, contract: Contract) -> Body:
    """The rows of a sheet under its headings; blank padding is in neither list.

    Raises:
        InputRefused: most rows are longer than the headings, so the file's columns are not certain.
    """
    records: list[tuple[int, Sequence[Cell]]] = []
    listed: list[tuple[int, str]] = []
    judge = _Judge(table, header, contract)
    for number, row in enumerate(table.rows[header.row :], start=header.row + 1):
        first_two = _first_filled(row, 2)
        if not first_two:
            continue
        if rule := judge.rule(row, first_two):
            listed.append((number, rule))
        else:
            records.append((number, row))
    _refuse_ragged(table, listed, len(records))
    return Body(tuple(number for number, _ in records), tuple(row for _, row in records), tuple(listed))


class _Judge:
    """Says which rule, if any, keeps a row from being a record."""

    def __init__(self, table: RawTable, header: Header, contract: Contract) -> None:
        self.width = len(header.headings) if table.rows_end_with_heading else None
        self.headings = {place: tidy_heading(header.headings[place]) for place in header.places.values()}
        self.first_place = min(self.headings, default=0)
        self.first_word = max(self.headings.get(self.first_place, "").split(), key=len, default="")
        self.key_places = [header.places[name] for name in contract.key if name in header.places]
        self.is_wide = sum(column.required for column in contract.columns) >= LEAST_REQUIRED

    def rule(self, row: Sequence[Cell], first_two: Sequence[Cell]) -> str | None:
        """The rule that lists a row, or None where it is a record; `first_two` are its first filled cells."""
        if self.width is not None and len(row) > self.width and any(not is_blank(cell) for cell in row[self.width :]):
            return "row-longer-than-headings"
        if self._repeats_headings(row):
            return "repeated-heading-row"
        if self._is_total(row, first_two[0]):
            return "total-row"
        return "row-not-a-record" if self.is_wide and len(first_two) == 1 else None

    def _repeats_headings(self, row: Sequence[Cell]) -> bool:
        first = _at(row, self.first_place)
        if isinstance(first, str) and first.isascii() and first.isprintable() and self.first_word not in first.lower():
            return False  # plain text without a word of the heading, which is all but every row, is no heading
        if tidy_heading(first) != self.headings.get(self.first_place):
            return False
        return all(tidy_heading(_at(row, place)) == heading for place, heading in self.headings.items())

    def _is_total(self, row: Sequence[Cell], first: Cell) -> bool:
        """A total in the first filled cell, or anywhere where the key is not filled."""
        if _says_total(first, _TOTAL):
            return True
        has_key = not _any_blank(row, self.key_places)
        return not has_key and any(_says_total(cell, _TOTAL, _TOTAL_OF_A_GROUP) for cell in row)


def _says_total(cell: Cell, *patterns: re.Pattern[str]) -> bool:
    """Whether a cell says that its row adds others up."""
    if not isinstance(cell, str) or len(cell) > LONGEST_TOTAL or "total" not in cell.casefold():
        return False
    line = one_line(cell).casefold()
    return any(pattern.fullmatch(line) for pattern in patterns)


def _first_filled(row: Sequence[Cell], most: int) -> list[Cell]:
    """The first cells of a row that hold anything."""
    found: list[Cell] = []
    for cell in row:  # a loop and no generator, here and below: they are gone through for every row of an extract
        if not is_blank(cell):
            found.append(cell)
            if len(found) == most:
                break
    return found


def _any_blank(row: Sequence[Cell], places: Sequence[int]) -> bool:
    """Whether any of these places of a row is blank."""
    for place in places:  # noqa: SIM110  # a generator takes longer
        if is_blank(_at(row, place)):
            return True
    return False


def _at(row: Sequence[Cell], place: int) -> Cell:
    """The cell at a place; None past the end of a short row."""
    return row[place] if place < len(row) else None


def _refuse_ragged(table: RawTable, listed: Sequence[tuple[int, str]], records: int) -> None:
    """Refuse a file most of whose rows are longer than its headings."""
    ragged = [number for number, rule in listed if rule == "row-longer-than-headings"]
    if len(ragged) > records:
        raise InputRefused(
            f"{table.file}: {counted(len(ragged), 'row')}, the first of them row {ragged[0]}, "
            f"{agreeing(len(ragged), 'has', 'have')} more cells than there are headings, so the "
            "columns are not certain. Export it again, or as .xlsx."
        )


def column_cells(records: Sequence[Sequence[Cell]], place: int) -> list[Cell]:
    """The cells of one column of the records. One per record."""
    try:
        return list(map(itemgetter(place), records))
    except IndexError:  # some rows are shorter
        pass
    return [row[place] if place < len(row) else None for row in records]
