"""Two columns of one heading, as a joined query makes them: one column where they say the same, else not certain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from qa_analysis.data.reading.cell_text import is_blank, text_of
from qa_analysis.data.reading.headings import Header, letters, quoted
from qa_analysis.data.reading.raw import Cell, RawTable
from qa_analysis.data.reading.rows import column_cells
from qa_analysis.english import counted

SAME: Final = "heading-twice-same"


@dataclass(frozen=True)
class Twins:
    """The headings of a sheet once columns that say the same are one, and the columns of which that is so."""

    header: Header
    same: Mapping[str, str]  # column -> what to know of the columns that say the same


def settle_twins(table: RawTable, header: Header) -> Twins:
    """The headings with one of several columns that hold the same in every row, or the only one that is filled."""
    records = table.rows[header.row :]
    chosen = {name: place for name, places in header.twice.items() if (place := _only(records, places)) is not None}
    twice = {name: places for name, places in header.twice.items() if name not in chosen}
    same = {name: _same_message(name, header, place) for name, place in chosen.items()}
    return Twins(replace(header, places={**header.places, **chosen}, twice=twice), same)


def differing_message(name: str, table: RawTable, header: Header) -> str:
    """What to do about two headings that mean one column and differ beneath."""
    places = header.twice[name]
    columns = [column_cells(table.rows[header.row :], place) for place in places]
    rows = sum(len({_word(cell) for cell in cells}) > 1 for cells in zip_longest(*columns))
    return (
        f'{_listed(header, places)} mean "{name}" and differ in {counted(rows, "row")}. Keep one, or say in '
        f"sources.yaml which one it is, by its letter (columns: {name}: column {letters(places[0])})."
    )


def _only(records: Sequence[Sequence[Cell]], places: Sequence[int]) -> int | None:
    """The position of the column to read, where the others say the same or nothing; None where they differ."""
    said = {place: [_word(cell) for cell in column_cells(records, place)] for place in places}
    filled = [place for place in places if any(said[place])] or list(places)
    return filled[0] if all(said[place] == said[filled[0]] for place in filled) else None


def _same_message(name: str, header: Header, place: int) -> str:
    """What to know of columns that say the same."""
    return (
        f'{_listed(header, header.twice[name])} mean "{name}" and say the same; column {letters(place)} was read. '
        "Export it once."
    )


def _listed(header: Header, places: Sequence[int]) -> str:
    """Headings with the letters of their columns."""
    return " and ".join(f"{quoted(header.headings[place])} (column {letters(place)})" for place in places)


def _word(cell: Cell) -> str:
    """A cell as it is compared."""
    text = None if is_blank(cell) else text_of(cell)
    return text.casefold() if isinstance(text, str) else "" if text is None else repr(text)
