"""Lines: the several findings or actions that a form keeps in one cell, as bullets, numbers or lines."""

import re
from typing import Final

from qa_analysis.data.reading.cell_text import is_blank, one_line, tidy
from qa_analysis.data.reading.raw import Cell

DASH: Final = "- "
_BULLETS: Final = "\u2022\u2023\u25cf\u25aa\u25e6\u2043\u00b7\uf0b7\u27a2"
_MARK = re.compile(rf"^\s*(?:[{_BULLETS}]|[-*\u2013\u2014](?=\s)|\(?\d{{1,2}}[.)](?=\s)|\(?[a-z][)](?=\s))\s*")
_INLINE = re.compile(rf"\s*[{_BULLETS}]\s*")


def lines_of(cell: Cell, *, at: str = "") -> list[str]:
    """The items of a cell, parted wherever `at` stands where that is said.

    Where any line begins with a bullet or number, a line without one goes on the item before.

    Without any mark each line is an item; bullets within one line part it too. A hyphen or a semicolon inside a line
    parts nothing: it may be punctuation.
    """
    if not isinstance(cell, str) or is_blank(cell):
        return []
    if at:
        return [item for part in tidy(cell).split(at) if (item := one_line(part))]
    lines = [part for line in tidy(cell).split("\n") for part in _parted(line) if part.strip()]
    is_marked = any(_MARK.match(line) for line in lines)
    items: list[str] = []
    for line in lines:
        own = _MARK.sub("", line, count=1).strip()
        if is_marked and items and not _MARK.match(line):
            items[-1] = f"{items[-1]} {own}"
        elif own and not is_blank(own):
            items.append(own)
    return items


def _parted(line: str) -> list[str]:
    """A line parted at the bullets within it, each part with its bullet kept."""
    marks = [found.start() for found in _INLINE.finditer(line)]
    if not marks:
        return [line]
    starts = sorted({0, *marks})
    return [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]


def marks_inside(cell: Cell) -> bool:
    """Whether a bulleted line holds its own mark again further on, so that it may be two items or punctuation."""
    if not isinstance(cell, str):
        return False
    return any(_MARK.match(line) and DASH in line.strip()[2:] for line in tidy(cell).split("\n"))
