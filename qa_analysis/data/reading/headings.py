"""Headings: which row holds them, and which column of the dictionary each one means."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.cell_text import is_blank, one_line
from qa_analysis.data.reading.raw import Cell, Merge, RawTable

SEARCHED_ROWS = 20  # title rows, logos and notes above the headings
QUOTED_LENGTH = 60  # a longer "heading" is free text in the wrong row, and is not repeated in a message

_HINT = re.compile(r"\((?:y n|yes no|dd mm yyyy|dd mm yy|yyyy mm|required|optional|mandatory)\)")
LETTER = re.compile(r"(?:(?P<heading>.+?)[ ,(]+)?column (?P<letter>[a-z]{1,3})\)?", re.IGNORECASE | re.ASCII)
_TRAILING = " ?:*."
_JOINS = re.compile(r"[\s_\-/]+")


@dataclass(frozen=True)
class Header:
    """The heading row of a sheet: where each column stands, and what is wrong with it."""

    row: int  # as a spreadsheet counts
    headings: tuple[str, ...]  # as written, by position
    places: Mapping[str, int]  # column -> position
    missing: tuple[str, ...]  # required columns without a heading
    twice: Mapping[str, tuple[int, ...]]  # column -> the positions of its several headings
    unread: Mapping[int, str]  # position -> heading that means no column


def tidy_heading(text: Cell) -> str:
    """A heading as it is compared: no case, one kind of space, no trailing "?", ":" or "*"."""
    line = one_line(text).casefold() if isinstance(text, str) else ""
    return _JOINS.sub(" ", line).strip(_TRAILING)


def without_hint(tidy: str) -> str:
    """A tidy heading without what it says of its form: "(y n)", "(dd mm yyyy)"."""
    return _HINT.sub("", tidy).strip(_TRAILING)


def known_headings(contract: Contract, named: Mapping[str, str] | None = None) -> dict[str, str]:
    """Tidy heading -> column. A heading named in sources.yaml comes first, then column names, then aliases.

    A column whose heading is named has that heading only; an alias that two columns share means neither.
    """
    named = named or {}
    free = [column for column in contract.columns if column.name not in named]
    aliases = [(tidy_heading(alias), column.name) for column in free for alias in column.aliases]
    owners = Counter(alias for alias, _ in set(aliases))
    shared = {alias for alias, number in owners.items() if number > 1}
    return {
        **{alias: name for alias, name in aliases if alias not in shared},
        **{tidy_heading(column.name): column.name for column in free},
        **{tidy_heading(heading): name for name, heading in named.items()},
    }


def find_header(
    rows: Sequence[Sequence[Cell]],
    contract: Contract,
    *,
    named: Mapping[str, str] | None = None,
    row: int | None = None,
    merged: Sequence[Merge] = (),
) -> Header | None:
    """The first row that carries every required heading; failing that, the one that carries most (two at least)."""
    known = known_headings(contract, named)
    numbers = [row] if row else range(1, SEARCHED_ROWS + 1)
    present = [number for number in numbers if number <= len(rows)]
    by_letter = _named_by_letter(named or {})
    headers = [
        _header(number, _cells(rows, number, merged), contract, known, by_letter, is_said=row is not None)
        for number in present
    ]
    complete = next((header for header in headers if not header.missing and header.places), None)
    if complete is None:
        joined = (_over_two_rows(rows, number, merged, contract, known, by_letter) for number in present)
        complete = next((header for header in joined if header), None)
    best = max(headers, key=lambda header: len(header.places), default=None)
    return complete or (best if best and len(best.places) >= min(2, len(contract.columns)) else None)


def looks_like(table: RawTable, contract: Contract, *, named: Mapping[str, str] | None = None) -> bool:
    """Whether a sheet carries at least half the headings a dataset requires."""
    header = find_header(table.rows, contract, named=named, merged=table.merged)
    required = [column for column in contract.columns if column.required]
    return header is not None and 2 * len(header.missing) <= len(required)


def most_like(table: RawTable, contracts: Mapping[str, Contract]) -> str | None:
    """The dataset whose headings a sheet carries, if it carries half of any dataset's."""
    alike = [name for name, contract in contracts.items() if looks_like(table, contract)]
    headers = {name: find_header(table.rows, contracts[name], merged=table.merged) for name in alike}
    return max(alike, key=lambda name: len(header.places) if (header := headers[name]) else 0, default=None)


def most_known(rows: Iterable[Sequence[Cell]], headings: frozenset[str]) -> int:
    """The largest number of known headings in any one row."""
    return max((len({tidy_heading(cell) for cell in row} & headings) for row in rows), default=0)


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The heading that is most like a column's name or alias, if any is like it at all."""
    by_tidy = {tidy_heading(candidate): candidate for candidate in candidates}
    found = get_close_matches(tidy_heading(name), list(by_tidy), n=1, cutoff=0.6)
    return by_tidy[found[0]] if found else None


def quoted(heading: str) -> str:
    """A heading in quotation marks, shortened where it is longer than headings are."""
    line = one_line(heading)
    return f'"{line}"' if len(line) <= QUOTED_LENGTH else f'"{line[:20]}…"'


def letters(position: int) -> str:
    """The letters over a column of a spreadsheet: 0 is A, 26 is AA."""
    text, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _cells(rows: Sequence[Sequence[Cell]], number: int, merged: Sequence[Merge]) -> list[Cell]:
    """The cells of a row, where a cell merged downwards over several rows belongs to the last of them as well."""
    cells = list(rows[number - 1])
    for first, column, last, last_column in merged:
        if first < number == last and column == last_column <= len(cells) and is_blank(cells[column - 1]):
            cells[column - 1] = rows[first - 1][column - 1]
    return cells


def _found(headings: Sequence[str], known: Mapping[str, str]) -> dict[str, list[int]]:
    """Column -> the positions of its headings. A heading that is the column's own name leaves its aliases unread."""
    found: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        tidy = tidy_heading(heading)
        if name := known.get(tidy) or known.get(without_hint(tidy)):  # "Date of audit (dd/mm/yyyy)"
            found.setdefault(name, []).append(position)
    own = {
        name: [p for p in places if tidy_heading(headings[p]) == tidy_heading(name)] for name, places in found.items()
    }
    return {name: own[name] or places for name, places in found.items()}


def _named_by_letter(named: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """Columns that sources.yaml names as "column C" or "Audit id (column C)". Column -> position and heading."""
    found = {name: match for name, heading in named.items() if (match := LETTER.fullmatch(one_line(heading)))}
    return {name: (position(match["letter"]), tidy_heading(match["heading"] or "")) for name, match in found.items()}


def position(letter: str) -> int:
    """The position of a column by its letters: A is 0, AA is 26."""
    number = 0
    for one in letter.upper():
        number = 26 * number + ord(one) - ord("A") + 1
    return number - 1


def _over_two_rows(
    rows: Sequence[Sequence[Cell]],
    number: int,
    merged: Sequence[Merge],
    contract: Contract,
    known: Mapping[str, str],
    by_letter: Mapping[str, tuple[int, str]],
) -> Header | None:
    """Two rows read as one of headings, where that makes every required heading appear: "Grades" over "Assessment".

    A heading that stands alone in the upper row holds for the cells to its right, as far as the next one.
    """
    if number < 2:
        return None
    upper, lower, group = list(_cells(rows, number - 1, merged)), _cells(rows, number, merged), ""
    cells: list[Cell] = []
    for place, below in enumerate(lower):
        above = upper[place] if place < len(upper) and isinstance(upper[place], str) else ""
        group = str(above) if not is_blank(above) else group
        cells.append(_joined(group, below, known) if not is_blank(below) else above)
    header = _header(number, cells, contract, known, by_letter, is_said=False)
    return header if header.places and not header.missing else None


def _joined(group: str, below: Cell, known: Mapping[str, str]) -> Cell:
    """A heading with the group it stands under, where that is known; else the heading alone."""
    if not isinstance(below, str) or is_blank(group):
        return below
    whole = f"{one_line(group)} {one_line(below)}"
    singular = f"{one_line(group).removesuffix('s')} {one_line(below)}"  # "Grades" over "Assessment"
    return next((words for words in (whole, singular) if tidy_heading(words) in known), below)


def _header(
    number: int,
    cells: Sequence[Cell],
    contract: Contract,
    known: Mapping[str, str],
    by_letter: Mapping[str, tuple[int, str]],
    *,
    is_said: bool,
) -> Header:
    """One row read as headings; letters count where another heading, or sources.yaml, says that it is their row."""
    headings = tuple("" if is_blank(cell) or not isinstance(cell, str) else cell for cell in cells)
    found = _found(headings, known)
    if found or is_said:
        lettered = {
            name: [place]
            for name, (place, heading) in by_letter.items()
            if name not in found and place < len(headings) and heading in ("", tidy_heading(headings[place]))
        }
        taken = {places[0] for places in lettered.values()}
        found = {name: rest for name, places in found.items() if (rest := [p for p in places if p not in taken])}
        found |= lettered
    placed = {position for positions in found.values() for position in positions}
    return Header(
        row=number,
        headings=headings,
        places={name: positions[0] for name, positions in found.items()},
        missing=tuple(column.name for column in contract.columns if column.required and column.name not in found),
        twice={name: tuple(positions) for name, positions in found.items() if len(positions) > 1},
        unread={p: heading for p, heading in enumerate(headings) if heading and p not in placed},
    )
