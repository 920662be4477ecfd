"""Headings as sources.yaml names them: by their words, under a group's heading, or by a column's letter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qa_analysis.data.reading.cell_text import is_blank, one_line
from qa_analysis.data.reading.headings import SEARCHED_ROWS, letters, tidy_heading
from qa_analysis.data.reading.raw import Cell, RawTable

UNDER: Final = ">"  # "Moderation > Grade": the heading Grade under the group heading Moderation
_LETTER = re.compile(r"column ([A-Z]{1,3})")  # "column C"


@dataclass(frozen=True)
class WideHeader:
    """The heading row of a sheet, and the group heading each column stands under."""

    row: int  # as a spreadsheet counts; 0 where none was found
    headings: tuple[str, ...]  # as written, by position
    groups: tuple[str, ...]  # the nearest text to the left in the row above, by position

    def places(self, named: str) -> list[int]:
        """The positions that a heading of sources.yaml can mean: none, one, or several where it stands there twice."""
        if found := _LETTER.fullmatch(named.strip()):
            place = _position(found[1])
            return [place] if place < len(self.headings) else []
        wanted = tidy_heading(named)
        same = [place for place, heading in enumerate(self.headings) if heading and tidy_heading(heading) == wanted]
        return same or self._under(named)

    def name(self, place: int) -> str:
        """How sources.yaml names a column: its heading, where need be with its group or by its letter."""
        heading = one_line(self.headings[place])
        for name in (heading, f"{one_line(self.groups[place])} {UNDER} {heading}"):
            if heading and self.places(name) == [place]:
                return name
        return f"column {letters(place)}"

    def _under(self, named: str) -> list[int]:
        """The positions of "group > heading"."""
        group, _, heading = named.partition(UNDER)
        wanted = (tidy_heading(group), tidy_heading(heading))
        pairs = zip(self.groups, self.headings, strict=True)
        return [place for place, (above, own) in enumerate(pairs) if (tidy_heading(above), tidy_heading(own)) == wanted]


def wide_header(table: RawTable, named: Iterable[str], *, row: int | None = None) -> WideHeader:
    """The first row that carries every heading named; failing that, the one that carries most of them."""
    numbers = [row] if row else range(1, min(SEARCHED_ROWS, len(table.rows)) + 1)
    wanted, best, most = tuple(named), WideHeader(0, (), ()), 0
    for number in numbers:
        header = header_at(table.rows, number)
        found = sum(bool(header.places(heading)) for heading in wanted)
        if found > most:
            best, most = header, found
    return best


def header_at(rows: Sequence[Sequence[Cell]], number: int) -> WideHeader:
    """One row read as headings, with the groups of the row above."""
    headings = tuple(_text(cell) for cell in rows[number - 1]) if number <= len(rows) else ()
    above = [_text(cell) for cell in rows[number - 2]] if number > 1 else []
    groups, last = [], ""
    for place in range(len(headings)):
        last = (above[place] if place < len(above) else "") or last
        groups.append(last)
    return WideHeader(number, headings, tuple(groups))


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) and not is_blank(cell) else ""


def _position(letters_over: str) -> int:
    """The position of a column by its letters: A is 0, AA is 26."""
    place = 0
    for letter in letters_over:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
