"""Issues told by kind: one line for each dataset, rule and column, with its rows, the first of them, and the remedy."""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.english import counted

FIRST_ROWS: Final = 3
VALUES_SHOWN: Final = 3
NO_DATASET: Final = "no dataset"
KIND: Final = ["dataset", "rule", "column", "severity"]

_SUBJECT = re.compile(r'("[^"]+"(?: \([a-z][a-z0-9_]*\))?)(?= (?:is|holds|leads|finds|cannot) )')  # what it is of
_HELD = re.compile(r' holds "([^"]*)", which ')


def kinds(issues: DataFrame) -> list[str]:
    """One line per kind of issue: errors first, then by dataset in the order of the issues."""
    return [line for severity in ("error", "warning") for line in _lines(issues[issues["severity"] == severity])]


def _lines(issues: DataFrame) -> Iterator[str]:
    for _, alike in issues.fillna({"column": ""}).groupby(KIND, sort=False, dropna=False):
        apart = alike if alike["row"].isna().any() else None
        if apart is None:
            yield kind_line(alike)
        else:  # of whole files and sheets: each says something of its own
            yield from dict.fromkeys(_of_a_sheet(issue) for _, issue in apart.iterrows())


def kind_line(alike: DataFrame) -> str:
    """The line of issues of one kind, each of a row."""
    first = alike.iloc[0]
    return f"{first['dataset'] or NO_DATASET}: {_sentence(alike)}"


def _sentence(alike: DataFrame) -> str:
    """The message of the first, with the rows of all behind the heading it begins with."""
    message, rows = str(alike.iloc[0]["message"]), _rows(alike)
    found = _SUBJECT.match(message)
    if not found:
        return f"{rows}: {message}"
    rest = message[found.end() :]
    values = list(dict.fromkeys(held[1] for text in alike["message"] if (held := _HELD.search(text))))
    if values:
        shown = ", ".join(f'"{value}"' for value in values[:VALUES_SHOWN])
        more = " and others" if len(values) > VALUES_SHOWN else ""
        rest = _HELD.sub(lambda _: f" holds {shown}{more}, which ", rest, count=1)
    return f"{found[1]} {rows}{rest}"


def _rows(alike: DataFrame) -> str:
    """How many rows, and where the first of them are."""
    first = alike.iloc[0]
    of_file = alike[alike["file"].eq(first["file"]) & alike["sheet"].fillna("").eq(_text(first["sheet"]))]
    numbers = list(dict.fromkeys(int(row) for row in of_file["row"]))[:FIRST_ROWS]
    place = _place(first)
    if len(alike) == 1:
        return f"in row {numbers[0]} of {place}"
    named = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {', '.join(map(str, numbers))}"
    return f"in {counted(len(alike), 'row')} (first: {named} of {place})"


def _of_a_sheet(issue: "Series[str]") -> str:
    """The line of an issue of a whole file, sheet or dataset."""
    row = f", row {int(issue['row'])}" if pd.notna(issue["row"]) else ""
    where = f"{_place(issue)}{row}: " if _text(issue["file"]) and not issue["message"].startswith('Sheet "') else ""
    return f"{issue['dataset'] or NO_DATASET}: {where}{issue['message']}"


def _place(issue: "Series[str]") -> str:
    """The file and sheet of an issue."""
    file, sheet = _text(issue["file"]), _text(issue["sheet"])
    return f"{file}, sheet {sheet}" if sheet else file or "the extract"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
