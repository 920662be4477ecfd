"""The tables of a report's page as worksheets, one each, so that they can be worked with as they were read."""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd
from bs4 import BeautifulSoup, Tag
from pandas import DataFrame, Series

from qa_analysis.forms.excel.workbook import Sheet

NUMBER: Final = re.compile(r"[-\u2212+]?\d{1,3}(,?\d{3})*")
WHOLE: Final = "#,##0"
FIRST, OTHERS, LONGEST = 34, 18, 60  # characters: the column of names, another one, and the widest there may be


def told_tables(html: str) -> tuple[Sheet, ...]:
    """The tables of a page, in its order. One worksheet per table, named "Table 1" and so on, titled as on the page."""
    return tuple(_sheets(BeautifulSoup(html, "html.parser")))


def _sheets(page: BeautifulSoup) -> Iterator[Sheet]:
    for number, tag in enumerate(page.select("main table"), start=1):
        caption, table = tag.find("caption"), _frame(tag)
        names = [str(name) for name in table.columns]
        numbers = {name: [WHOLE] * len(table) for name in names if len(table) and table[name].map(_is_number).all()}
        yield Sheet(
            f"Table {number}",
            caption.get_text() if isinstance(caption, Tag) else "",
            table.assign(**{name: table[name].map(_number) for name in numbers}),
            (_section(tag),),
            {name: _width(table[name], FIRST if place == 0 else OTHERS) for place, name in enumerate(names)},
            numbers,
        )


def _frame(tag: Tag) -> DataFrame:
    """The cells as they read. One row per row of the table."""
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in tag.select("tbody tr")]
    return pd.DataFrame(rows, columns=[cell.get_text(" ", strip=True) for cell in tag.select("thead th")])


def _section(tag: Tag) -> str:
    """The section of the page that the table stands in."""
    section = tag.find_previous("h2")
    return f"In the report's section: {section.get_text()}" if isinstance(section, Tag) else "In the report's opening"


def _width(cells: "Series[str]", least: int) -> int:
    return min(max(least, int(cells.str.len().max() if len(cells) else 0)), LONGEST)


def _is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def _number(text: str) -> int:
    return int(text.replace(",", "").replace("\u2212", "-"))
