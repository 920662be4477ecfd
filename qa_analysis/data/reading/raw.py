"""Raw tables: what a reader of files or of a database hands on, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

DateOrder = Literal["day first", "month first"]
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column of merged cells
UNREAD = "source_unread"  # of a record: the columns whose cell could not be read for certain, joined by semicolons
Cell = object  # text, number, date, boolean, None, or a Fault where the file itself says it holds no value


@dataclass(frozen=True)
class Remark:
    """Something the analyst should know of a whole file or sheet."""

    rule: str
    message: str


@dataclass(frozen=True)
class RawTable:
    """One sheet or file as it was found: rows[0] is row 1 as a spreadsheet shows it."""

    file: str
    sheet: str  # "" where the file has no sheets
    sha256: str
    rows: Sequence[Sequence[Cell]]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[Merge, ...] = ()
    absent_rows: tuple[tuple[int, int], ...] = ()  # first and last of rows left out between others, not even blank
    rows_cut: tuple[int, int] | None = None  # first and last row that the sheet says it has, and has not
    rows_end_with_heading: bool = False  # a row longer than its headings has a delimiter too many
    remarks: tuple[Remark, ...] = ()
    read_at: str | None = None  # the server's time of a database's snapshot, in UTC
    is_template: bool = False  # of a workbook that `qa-analysis template` made: without a record it was not filled in


@dataclass(frozen=True)
class Upheld:
    """Words in a cell that mean "as in another column of the row": a blank or Agreed for a grade that was upheld."""

    words: tuple[str, ...]  # "" is a blank cell
    heading: str


@dataclass(frozen=True)
class Shape:
    """How the rows of a wide sheet become rows of one dataset; empty where a row of the sheet is a row of it."""

    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # heading -> words of the rows that count
    constants: Mapping[str, str] = field(default_factory=dict)  # column of the dictionary -> the same in every row
    make: Mapping[str, str] = field(default_factory=dict)  # column of the dictionary -> pattern such as "{No.}-{n}"
    repeat: tuple[str, ...] = ()  # what {n} in a heading stands for: one row for each group that holds anything
    split: str = ""  # the column of which one cell holds several rows, as lines or bullets
    split_at: str = ""  # what parts them, where it is not the beginning of a line or a bullet
    upheld: Mapping[str, Upheld] = field(default_factory=dict)  # column of the dictionary -> words, heading
    is_shared: bool = False  # other datasets are read from the same sheet: only headings that are named count
    is_first: bool = True  # of those sharing a sheet, the one that tells what is to be told of the sheet itself
    read_elsewhere: frozenset[str] = frozenset()  # headings that the others read
    personal: frozenset[str] = frozenset()  # ids that hold a person's number or name: replaced like these

    @property
    def is_wide(self) -> bool:
        """Whether anything has to be done beyond finding a heading for each column."""
        return bool(self.rows or self.constants or self.make or self.repeat or self.split or self.upheld)


@dataclass(frozen=True)
class Source:
    """What sources.yaml says of one dataset's file or database; all of it may be left out."""

    dataset: str
    file: str = ""  # a name in the folder, * and ? allowed; "" where the file is found by its name
    sheet: str = ""
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # column of the dictionary -> heading in the file
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column -> word in the file -> code
    grades: Mapping[str, str] = field(default_factory=dict)  # word in the file -> grade
    dates: Mapping[str, DateOrder] = field(default_factory=dict)  # column (or "" for all) -> which comes first
    encoding: str = ""
    delimiter: str = ""
    nothing: tuple[str, ...] = ()  # words in the file that mean no value
    not_supplied: tuple[str, ...] = ()  # columns of the dictionary that the council does not record
    shape: Shape = field(default_factory=Shape)
    database: str = ""  # a name under databases in sources.yaml; then one of the two that follow
    view: str = ""
    query: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether a row of the sheet is more, or other, than a row of the dataset with a heading for each column."""
        headings = [heading.casefold().strip() for heading in self.columns.values()]
        return self.shape.is_wide or self.shape.is_shared or len(set(headings)) < len(headings)

    @property
    def is_named(self) -> bool:
        """Whether sources.yaml itself says where the dataset lies, so that no file is found for it by its name."""
        return bool(self.file or self.database)

    def date_order(self, column: str) -> DateOrder:
        """Whether the day or the month comes first in dates such as 05/06/2023 of a column."""
        return self.dates.get(column) or self.dates.get("") or "day first"

    def says_date_order(self, column: str) -> bool:
        """Whether sources.yaml itself says which comes first."""
        return column in self.dates or "" in self.dates


class Reader(Protocol):
    """Yields the raw tables of one place, with their provenance.

    Everything after this (headings, rows, cells, issues) is the same whatever the place.
    """

    def __call__(self, path: Path, content: bytes, *, source: Source, headings: frozenset[str]) -> tuple[RawTable, ...]:
        """The tables found there. `headings` are those the wanted datasets know, tidied."""
        ...


@dataclass(frozen=True)
class Extract:
    """What became of one file or sheet: rows_in = rows_loaded + rows_listed.

    Of the rows listed, `rows_set_aside` are records that cannot be used; the others are no records, as totals are.
    """

    dataset: str  # "" where the sheet belongs to no dataset and was left out
    file: str
    sheet: str
    sha256: str
    rows_in: int = 0
    rows_loaded: int = 0
    rows_listed: int = 0
    rows_not_chosen: int = 0  # of those listed, what sources.yaml leaves to other datasets
    rows_set_aside: int = 0
    period_from: str | None = None  # YYYY-MM-DD, or YYYY-MM where the dataset has no date
    period_to: str | None = None
    columns_not_read: tuple[str, ...] = ()
    read_at: str | None = None  # the server's time of a database's snapshot, in UTC
