"""A second look at a worksheet's XML: every cell that it fills is filled in what the parser gave.

Counting is cheap and done of every sheet. Where the counts differ, or the XML holds what no spreadsheet program writes
inside a cell (a comment, CDATA), the cells are compared one by one.
"""

import io
import math
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from functools import cached_property
from itertools import chain
from typing import Final
from xml.etree import ElementTree  # the parts have been scanned: none holds a document type

from qa_analysis.data.reading.headings import letters, position
from qa_analysis.data.reading.raw import Cell
from qa_analysis.errors import InputRefused

TEXTS: Final = ("s", "str", "inlineStr")
EMPTY: Final = ("", None)

Element = ElementTree.Element


class Strings:
    """The texts that a workbook's cells point to by number; read only where cells are compared one by one."""

    def __init__(self, part: bytes) -> None:
        self.part = part

    def refuse_miscounted(self, file: str) -> None:
        """Refuse a list that is shorter or longer than it says: every text after the fault would be another cell's.

        Raises:
            InputRefused: it is.
        """
        said = self.part[: self.part.find(b"<si")].partition(b'uniqueCount="')[2].partition(b'"')[0]
        found = sum(self.part.count(start) for start in (b"<si>", b"<si ", b"<si/>"))
        if said.isdigit() and found and int(said) != found:
            raise InputRefused(
                f"{file} is damaged: its list of texts has {found:,} entries and says that it has {int(said):,}. Open "
                "it in Excel and save it again, or ask for a new export."
            )

    @cached_property
    def texts(self) -> list[str]:
        """The texts in their order."""
        if not self.part:
            return []
        return [_text(entry) for entry in ElementTree.fromstring(self.part) if _local(entry) == "si"]


def filled_cells(grid: Sequence[Sequence[Cell]], apart: Sequence[tuple[int, int]]) -> int:
    """How many cells the parser filled, without some at rows and columns that are told apart anyway."""
    filled = sum(len(row) - row.count("") - row.count(None) for row in grid)
    return filled - sum(_at(grid, *place) not in EMPTY for place in apart)


def refuse_lost(part: bytes, grid: Sequence[Sequence[Cell]], strings: Strings, place: str) -> None:
    """Compare the cells of a sheet one by one.

    Raises:
        InputRefused: the parser gave less or other than the sheet holds.
    """
    for row, column, cell in _cells(part):
        if not _agree(cell, _at(grid, row, column), strings):
            raise InputRefused(
                f"{place}: cell {letters(column - 1)}{row} holds something that cannot be read, as a damaged workbook "
                "does or one that no spreadsheet program wrote. Open it in Excel and save it again, or ask for a new "
                "export."
            )


def _cells(part: bytes) -> Iterator[tuple[int, int, Element]]:
    """Every cell of a sheet with its row and column, wherever in the sheet it stands."""
    row, column = 0, 0
    for event, element in ElementTree.iterparse(io.BytesIO(part), events=("start", "end")):
        name = _local(element)
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif event == "start" and name == "c":
            reference = element.get("r", "").rstrip("0123456789")
            column = position(reference) + 1 if reference else column + 1
        elif event == "end" and name == "c":
            yield row, column, element
        elif event == "end" and name == "row":
            element.clear()


def _agree(cell: Element, given: Cell, strings: Strings) -> bool:
    """Whether a cell is what the parser gave for it."""
    values = [child for child in cell if _local(child) == "v"]
    inline = [child for child in cell if _local(child) == "is"]
    kind = cell.get("t", "n")
    if kind == "e":
        return True
    if len(values) + len(inline) > 1:
        return False
    text = "".join(chain.from_iterable(value.itertext() for value in values)) + "".join(map(_text, inline))
    if kind == "s" and text.strip():
        text = strings.texts[int(text)]
    if not text.strip() or given in EMPTY:
        return not text.strip() and (given in EMPTY or not str(given).strip())
    if kind == "d":
        return isinstance(given, date | time | timedelta)
    return _same_text(text, given) if kind in TEXTS else _same_value(text, given)


def _same_text(text: str, given: Cell) -> bool:
    """Whether two texts are one but for spaces, line feeds and the way control characters are written."""
    return "_x" in text or (isinstance(given, str) and "".join(text.split()) == "".join(given.split()))


def _same_value(text: str, given: Cell) -> bool:
    """Whether a number, a date or an answer is what was written."""
    if isinstance(given, bool | date | time | timedelta):
        return True  # the parser's own reading of a number, whose digits it therefore had
    if not isinstance(given, int | float):
        return _same_text(text, given)
    try:
        return math.isclose(float(text), given)
    except ValueError:
        return False


def _text(entry: Element) -> str:
    """The text of an entry, without what is only said of its pronunciation."""
    parts = [entry] if _local(entry) == "t" else [child for child in entry if _local(child) in ("t", "r")]
    return "".join(part.text or "" if _local(part) == "t" else _text(part) for part in parts)


def _local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _at(grid: Sequence[Sequence[Cell]], row: int, column: int) -> Cell:
    """A cell of the grid; nothing beyond its edge."""
    return grid[row - 1][column - 1] if row <= len(grid) and column <= len(grid[row - 1]) else None
