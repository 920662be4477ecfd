"""The scan of a workbook's parts before they are parsed: size, shape, and what a parser passes over in silence."""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from qa_analysis.errors import InputRefused

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 300
MAX_CELLS: Final = 5_000_000  # of the rectangle that holds every filled cell, because a parser keeps all of it
MAX_MERGED: Final = 10_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_TRIM = "Delete the empty rows and columns around the table (Home, Delete), or export it as CSV."


@dataclass
class SheetScan:
    """What one worksheet holds: where its filled cells end, and which cells and rows a parser would misrepresent."""

    last_row: int = 0
    last_column: int = 0
    errors: list[tuple[int, int]] = field(default_factory=list)  # row and column of #N/A, #REF! and their like
    uncached: list[tuple[int, int]] = field(default_factory=list)  # formulas saved without a result
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    filled: int = 0  # cells with a value, without those of `errors`
    is_odd: bool = False  # it holds a comment, an instruction or CDATA, which parsers read differently
    absent_rows: list[tuple[int, int]] = field(default_factory=list)  # first and last of those left out between others
    rows_end: int = 0  # the last row that is there, filled or not
    rows_said: int = 0  # the last row that the sheet says it has


def scan_part(part: bytes, place: str) -> None:
    """Make sure that a part is well-formed XML without a document type, which only an attack has.

    Raises:
        InputRefused: it is not.
    """
    _parse(_parser(place), part, place)


def scan_sheet(part: bytes, place: str) -> SheetScan:
    """The shape of a worksheet and the cells that need a word.

    Raises:
        InputRefused: it is damaged, or larger than any extract.
    """
    parser = _parser(place)
    handler = _SheetHandler(place, parser)
    parser.StartElementHandler = handler.start
    parser.StartCdataSectionHandler = handler.odd
    parser.CommentHandler = parser.ProcessingInstructionHandler = handler.odd
    _parse(parser, part, place)
    handler.scan.rows_end = handler.row
    return handler.scan


class _SheetHandler:
    """Follows a worksheet's elements as they stream past; listens to ends and texts only inside a formula's cell."""

    def __init__(self, place: str, parser: expat.XMLParserType) -> None:
        self.place, self.parser = place, parser
        self.scan = SheetScan()
        self.row, self.column, self.digits = 0, 0, ""
        self.kind, self.has_result = "", False
        self.columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "is"):
            self._start_value()
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self.has_result = False
            self.parser.EndElementHandler = self.end
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "dimension":
            self._dimension(attributes.get("ref", ""))
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)

    def end(self, name: str) -> None:
        """An element ends in the cell of a formula."""
        element = name.rpartition(":")[2]
        if element == "v":
            self.parser.CharacterDataHandler = None
        if element != "c":
            return
        self.parser.EndElementHandler = None
        self.scan.filled += self.has_result and self.kind != "e"
        if not self.has_result and self.kind != "str":
            self._within(self.row, self.column)
            self.scan.uncached.append((self.row, self.column))

    def text(self, data: str) -> None:
        """The result of a formula."""
        self.has_result = self.has_result or bool(data.strip())

    def odd(self, *_: object) -> None:
        """Something that no spreadsheet program writes."""
        self.scan.is_odd = True

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self.row + 1))
        if number <= self.row:
            raise _damaged(self.place)
        if number > self.row + 1 and self.row:
            self.scan.absent_rows.append((self.row + 1, number - 1))
        self.row, self.column, self.digits = number, 0, str(number)
        if attributes.get("hidden") in ("1", "true"):
            self.scan.hidden_rows.append(number)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        column = self._column(attributes["r"]) if "r" in attributes else self.column + 1
        if column <= self.column:
            raise _damaged(self.place)
        self.column, self.kind = column, attributes.get("t", "n")
        self.scan.is_odd = self.scan.is_odd or self.kind == "d"  # a parser takes any text for its date

    def _start_value(self) -> None:
        if self.row > self.scan.last_row or self.column > self.scan.last_column:
            self._within(self.row, self.column)
        if self.kind == "e":
            self.scan.errors.append((self.row, self.column))
            self.has_result = True
        elif self.parser.EndElementHandler:
            self.parser.CharacterDataHandler = self.text
        else:
            self.scan.filled += 1

    def _column(self, reference: str) -> int:
        """The column of a cell of this row."""
        letters = reference.removesuffix(self.digits)
        if letters not in self.columns:
            row, column = self._position(reference)
            if row != self.row:
                raise _damaged(self.place)
            self.columns[letters] = column
        return self.columns[letters]

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if len(self.scan.merged) >= MAX_MERGED:
            raise InputRefused(f"{self.place}: it has more than {MAX_MERGED:,} merged cells. Unmerge them.")
        self.scan.merged.append((*self._position(first), *self._position(last or first)))

    def _dimension(self, reference: str) -> None:
        """The last row of the sheet, as the program that wrote it counted."""
        found = _REFERENCE.fullmatch(reference.rpartition(":")[2])
        self.scan.rows_said = int(found[2]) if found else 0

    def _position(self, reference: str) -> tuple[int, int]:
        """Row and column of a reference such as B12."""
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise _damaged(self.place)
        number = 0
        for letter in found[1]:
            number = 26 * number + ord(letter) - ord("A") + 1
        return int(found[2]), number

    def _within(self, row: int, column: int) -> None:
        """Note a filled cell; refuse the sheet where the rectangle it makes is larger than any extract."""
        scan = self.scan
        scan.last_row, scan.last_column = max(row, scan.last_row), max(column, scan.last_column)
        if scan.last_row > MAX_ROWS:
            raise InputRefused(f"{self.place}: a cell in row {row:,} is filled; {MAX_ROWS:,} rows are read. {_TRIM}")
        if scan.last_column > MAX_COLUMNS:
            raise InputRefused(f"{self.place}: a cell in column {column:,} is filled; {MAX_COLUMNS} are read. {_TRIM}")
        if scan.last_row * scan.last_column > MAX_CELLS:
            raise InputRefused(f"{self.place}: the table spans more than {MAX_CELLS:,} cells. {_TRIM}")


def _parser(place: str) -> expat.XMLParserType:
    """A parser that refuses a document type."""

    def refuse(*_: object) -> None:
        raise InputRefused(f"{place} holds a document type, which no spreadsheet program writes. Ask for a new export.")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, part: bytes, place: str) -> None:
    """Stream a part through a parser."""
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as error:
        raise _damaged(place) from error


def _damaged(place: str) -> InputRefused:
    return InputRefused(f"{place} is damaged. Open the workbook in Excel, save it again, or ask for a new export.")
