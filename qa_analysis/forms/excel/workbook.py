"""Workbooks that anyone can read: each sheet a title, a few lines and one real table; no formula, no link from data.

The form is that of the Government Analysis Function's guidance on accessible spreadsheets: title in A1, a table with a
name and a header row, no merged cells, nothing hidden, no blank row. Filter buttons stay off: they cover the headings.
"""

import io
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import xlsxwriter
from pandas import DataFrame

WIDE: Final = 24  # characters, where a column says no other
FONT: Final = MappingProxyType({"font_name": "Arial", "font_size": 11, "text_wrap": True, "valign": "top"})
TITLE: Final = MappingProxyType({**FONT, "bold": True, "font_size": 16, "text_wrap": False})
LINE: Final = MappingProxyType({**FONT, "text_wrap": False})
HEADER: Final = MappingProxyType({**FONT, "bold": True, "bottom": 2, "valign": "bottom"})
LINK: Final = MappingProxyType({**FONT, "font_color": "#1A5F9C", "underline": 1})
ONE_TABLE: Final = "This worksheet contains one table."
NO_TABLE: Final = "There is nothing to list."
UNDATED: Final = date(1980, 1, 1)  # the earliest a zip file can say
SLACK: Final = 1.1  # letters that go into a column, over the digits it is as wide as: most are narrower
HEIGHT, TITLE_HEIGHT = 15.0, 24.0  # points
MOST_ABOVE: Final = 255  # letters of a header
A4: Final = 9  # as Excel numbers the sizes of paper


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its tab, its title, what to know before reading, and its table, if it has one.

    `marking` says whose it is and for whom, where that has to stand on every sheet.
    `formats` gives a number format for each cell of a column; `links` the column that leads to the sheets it names.
    """

    name: str
    title: str
    table: DataFrame | None = None
    lines: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    formats: Mapping[str, Sequence[str]] = field(default_factory=dict)
    links: str = ""
    marking: str = ""


@dataclass(frozen=True)
class Book:
    """One workbook to be written: its file's name, its title and its sheets."""

    file: str
    title: str
    sheets: tuple[Sheet, ...]


def write_workbook(
    target: Path | io.BytesIO,
    sheets: Sequence[Sheet],
    *,
    title: str,
    council: str = "",
    marking: str = "",
    dated: date = UNDATED,
) -> None:
    """The sheets as one file. Cells are text or numbers; the only links are our own, from sheet to sheet.

    Whose it is and how it is marked stands above every printed page.
    """
    above = _above(council, marking)
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": dict(FONT),
        "in_memory": True,  # files on the way would hold names, and stay where a run is stopped
    }
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": _plain(title), "created": datetime(dated.year, dated.month, dated.day)})
        styles = _Styles(workbook, {})
        for sheet in sheets:
            place = workbook.add_worksheet(sheet.name)
            _write_sheet(place, sheet, styles)
            if above:
                place.set_header(above)


def _above(council: str, marking: str) -> str:
    """The header of a printed page as Excel writes it, in which an ampersand begins a command."""
    left, right = (_plain(text).replace("&", "&&") for text in (council, marking))
    return f"&L{left}&R{right}"[:MOST_ABOVE] if left or right else ""


@dataclass(frozen=True)
class _Styles:
    """The formats of a workbook, each made once."""

    workbook: Any
    made: dict[tuple[tuple[str, object], ...], Any]

    def of(self, properties: Mapping[str, object], number: str = "") -> Any:
        wanted = {**properties, "num_format": number} if number else dict(properties)
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            self.made[key] = self.workbook.add_format(wanted)
        return self.made[key]


def _write_sheet(place: Any, sheet: Sheet, styles: _Styles) -> None:
    place.write_string(0, 0, _plain(sheet.title), styles.of(TITLE))
    place.set_row(0, TITLE_HEIGHT)
    has_rows = sheet.table is not None and len(sheet.table) > 0
    held = [] if sheet.table is None else [ONE_TABLE if has_rows else NO_TABLE]
    about = [". ".join((sheet.marking, *held))] if sheet.marking else held
    for line, text in enumerate([*about, *sheet.lines], start=1):
        place.write_string(line, 0, _plain(text), styles.of(LINE if sheet.table is not None else FONT))
        place.set_row(line, height([(text, sheet.widths.get("", WIDE))]) if sheet.table is None else HEIGHT)
    if sheet.table is None:
        place.set_column(0, 0, sheet.widths.get("", WIDE))
    else:
        _write_table(place, sheet, sheet.table, 1 + len(about) + len(sheet.lines), styles)
    place.set_landscape()
    place.set_paper(A4)
    place.fit_to_pages(1, 0)  # one page wide


def _write_table(place: Any, sheet: Sheet, table: DataFrame, top: int, styles: _Styles) -> None:
    """The header row at `top` and the rows under it, marked as a table of the sheet's name."""
    widths = [sheet.widths.get(name, WIDE) for name in table.columns]
    for column, (name, wide) in enumerate(zip(table.columns, widths, strict=True)):
        place.set_column(column, column, wide)
        place.write_string(top, column, name, styles.of(HEADER))
        _write_column(place, sheet, table, column, top + 1, styles)
    for line, row in enumerate(table.itertuples(index=False), start=top + 1):
        place.set_row(line, height(zip(row, widths, strict=True)))
    if len(table):
        headings = [
            {"header": name, "header_format": styles.of({**HEADER, **_side(sheet, table, column)})}
            for column, name in enumerate(table.columns)
        ]
        place.add_table(top, 0, top + len(table), len(table.columns) - 1, {
            "name": table_name(sheet.name), "columns": headings, "autofilter": False, "banded_rows": False,
            "style": "Table Style Light 1",
        })  # fmt: skip
    place.freeze_panes(top + 1, 0)


def _write_column(place: Any, sheet: Sheet, table: DataFrame, column: int, top: int, styles: _Styles) -> None:
    name = table.columns[column]
    numbers = sheet.formats.get(name) or [""] * len(table)
    style = {number: styles.of({**FONT, **_side(sheet, table, column)}, number) for number in dict.fromkeys(numbers)}
    for line, (value, number) in enumerate(zip(table[name], numbers, strict=True), start=top):
        if name == sheet.links:
            place.write_url(line, column, f"internal:'{value}'!A1", styles.of(LINK), _plain(str(value)))
        else:
            _write_cell(place, line, column, value, style[number])


def _side(sheet: Sheet, table: DataFrame, column: int) -> Mapping[str, object]:
    """Numbers and what stands for them to the right; words a little away from a number before them."""
    is_number = [name in sheet.formats for name in table.columns]
    if is_number[column]:
        return {"align": "right"}
    return {"align": "left", "indent": 1} if column and is_number[column - 1] else {}


def height(cells: Iterable[tuple[object, int]]) -> float:
    """The height of a row whose longest text is wrapped; not every program works that out when it opens a file."""
    lines = [_lines(text, int(SLACK * wide)) for text, wide in cells if isinstance(text, str) and len(text) > wide]
    return HEIGHT * max(lines, default=1)


@lru_cache(maxsize=10_000)  # the same words stand in many rows
def _lines(text: str, wide: int) -> int:
    return len(textwrap.wrap(text, wide))


def table_name(sheet: str) -> str:
    """The name of a sheet's table: letters, digits and underscores alone, as Excel asks."""
    return re.sub(r"\W+", "_", sheet).strip("_") + "_table"


def _write_cell(place: Any, line: int, column: int, value: object, style: object) -> None:
    if pd.isna(value):  # type: ignore[call-overload]
        place.write_blank(line, column, None, style)
    elif isinstance(value, str | date):
        text = value if isinstance(value, str) else f"{value:%d/%m/%Y}"
        place.write_string(line, column, _plain(text), style)
    else:
        place.write_number(line, column, value, style)


def _plain(text: str) -> str:
    """Text without control characters and direction marks."""
    if text.isprintable():  # nearly every one
        return text
    return "".join(letter for letter in text if letter.isprintable() or letter == "\u00a0")
