"""Shaping: the rows of a wide sheet as the rows of one dataset, by what sources.yaml says of it and nothing else.

A council's tracker holds in one row an audit, its moderation, its actions and its findings. Each dataset takes from it
the rows that are its own (`rows`), the groups of columns that repeat (`repeat`), the lines of one cell (`split`), what
is the same in every row (`constants`), and ids that are made of other cells (`make`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.cell_text import Fault, is_blank, one_line, text_of
from qa_analysis.data.reading.cells import read_boolean
from qa_analysis.data.reading.headings import Header, known_headings, nearest, quoted, tidy_heading
from qa_analysis.data.reading.raw import Cell, RawTable, Source
from qa_analysis.data.reading.rows import Body, body
from qa_analysis.data.reading.whole_columns.nothing import without_words_for_nothing
from qa_analysis.data.reading.wide.lines import lines_of
from qa_analysis.data.reading.wide.wide_headings import wide_header
from qa_analysis.english import counted

FILLED = "filled"  # of a filter's words: any that is not blank
NUMBER = "{n}"  # in a heading: the group's word; in a pattern: the number of the row made from one row
PSEUDO = frozenset({"n", "sheet", "file", "row"})  # what a pattern may hold besides headings
_PART = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Shaped:
    """The rows of one dataset out of a wide sheet, or what keeps them from being read."""

    header: Header
    rows: Body
    not_chosen: int = 0  # rows of the sheet, or groups in them, that are not this dataset's
    unread: Mapping[int, str] = field(default_factory=dict)  # position -> heading that no dataset reads
    problems: tuple[tuple[str, str, str | None], ...] = ()  # rule, message, column
    remarks: tuple[tuple[str, str], ...] = ()  # rule, message


def shaped(table: RawTable, contract: Contract, source: Source) -> Shaped | None:
    """The records of a dataset in a wide sheet; None where none of its headings is there."""
    sheet = _Sheet(table, contract, source)
    return sheet.result() if sheet.header.row else None


def headings_named(source: Source) -> tuple[str, ...]:
    """Every heading that sources.yaml names for a dataset, each repeated group's written out."""
    shape = source.shape
    patterns = [part for pattern in shape.make.values() for part in parts_of(pattern) if part not in PSEUDO]
    upheld = [rule.heading for rule in shape.upheld.values()]
    named = [*source.columns.values(), *shape.rows, *patterns, *upheld]
    written = [heading.replace(NUMBER, word) for heading in named for word in (shape.repeat or ("",))]
    return tuple(dict.fromkeys(written))


def parts_of(pattern: str) -> list[str]:
    """What stands in braces in a pattern: headings, and words of PSEUDO."""
    return _PART.findall(pattern)


class _Sheet:
    """One wide sheet and what is wanted of it."""

    def __init__(self, table: RawTable, contract: Contract, source: Source) -> None:
        self.contract, self.source, self.shape = contract, source, source.shape
        self.columns = dict(source.columns)
        self.header = wide_header(table, headings_named(source) or _known(contract), row=source.header_row)
        self.table = without_words_for_nothing(table, source.nothing, below=self.header.row)
        if not self.shape.is_shared:
            self.columns |= self._by_alias()
        self.words = self.shape.repeat or ("",)

    def result(self) -> Shaped:
        """The records, or the problems of the headings."""
        names = self._names()
        header = Header(self.header.row, tuple(self._heading(n) for n in names), _numbered(names), (), {}, {})
        if problems := (*self._not_found(), *self._missing(names)):
            return Shaped(header, Body((), (), ()), problems=problems)
        found = self._body()
        numbers, records, apart, others = [], [], 0, Counter[str]()
        for number, row in zip(found.numbers, found.records, strict=True):
            if (other := self._other_word(row)) is not None:
                others[other] += 1
                apart += 1
                continue
            made = list(self._records(number, row, names))
            apart += not made
            numbers += [number] * len(made)
            records += made
        listed = Body(tuple(numbers), tuple(records), found.listed)
        return Shaped(header, listed, apart, self._unread(found), remarks=self._remarks(others))

    # Headings

    def _names(self) -> tuple[str, ...]:
        """The columns of the dataset that get a value, in its order."""
        given = {*self.columns, *self.shape.constants, *self.shape.make, *self.shape.upheld}
        return tuple(column.name for column in self.contract.columns if column.name in given)

    def _heading(self, name: str) -> str:
        """What the analyst sees of a column: its heading (those of groups together), or the pattern it is made by."""
        heading = self.columns.get(name) or self.shape.make.get(name) or name
        groups = f"{self.words[0]} to {self.words[-1]}" if len(self.words) > 1 else self.words[0]
        return heading.replace(NUMBER, groups) if name in self.columns else heading

    def _by_alias(self) -> dict[str, str]:
        """Columns found by their own headings, where the sheet serves this dataset alone. Column -> heading."""
        known = known_headings(self.contract, self.source.columns)
        taken = {tidy_heading(heading) for heading in headings_named(self.source)}
        free = [h for h in self.header.headings if h and tidy_heading(h) not in taken]
        set_otherwise = {*self.columns, *self.shape.constants, *self.shape.make, *self.source.not_supplied}
        found = {known[tidy_heading(h)]: h for h in reversed(free) if tidy_heading(h) in known}
        return {name: heading for name, heading in found.items() if name not in set_otherwise}

    def _not_found(self) -> Iterator[tuple[str, str, str | None]]:
        """The headings of sources.yaml that are not in the sheet, or are there twice."""
        for heading in headings_named(self.source):
            places = self.header.places(heading)
            if len(places) == 1:
                continue
            if places:
                ways = " or ".join(f'"{self.header.name(place)}"' for place in places)
                yield (
                    "heading-twice",
                    f"{quoted(heading)} is there {len(places)} times. Name one of them: {ways}.",
                    None,
                )
                continue
            near = nearest(heading, [h for h in self.header.headings if h])
            hint = f"Is {quoted(near)} meant? Correct" if near else "Correct"
            yield "heading-not-found", f"sources.yaml names {quoted(heading)}, which is not there. {hint} it.", None

    def _missing(self, names: Sequence[str]) -> Iterator[tuple[str, str, str | None]]:
        """The required columns that nothing is said of."""
        for column in self.contract.columns:
            if column.required and column.name not in (*names, *self.source.not_supplied):
                near = nearest(column.name, [h for h in self.header.headings if h])
                hint = f" ({quoted(near)}?)" if near else ""
                yield (
                    "column-missing",
                    f'The required column "{column.name}" is missing from {self.contract.dataset}. Say in sources.yaml '
                    f"which heading it has (columns){hint}, or that it is not recorded (not_supplied).",
                    column.name,
                )

    def _body(self) -> Body:
        """The rows of the sheet that hold records, by the sheet's own headings."""
        places = {f"{place}": place for place, heading in enumerate(self.header.headings) if heading}
        return body(self.table, Header(self.header.row, self.header.headings, places, (), {}, {}), self.contract)

    def _unread(self, found: Body) -> dict[int, str]:
        """Columns that hold something which no dataset reads. Position -> heading."""
        if not self.shape.is_first:
            return {}
        read = {place for heading in headings_named(self.source) for place in self.header.places(heading)}
        read |= {place for heading in self.columns.values() for place in self.header.places(heading)}
        read |= {place for heading in self.shape.read_elsewhere for place in self.header.places(heading)}
        wanted = enumerate(self.header.headings)
        return {place: one_line(heading) for place, heading in wanted if heading and place not in read}

    def _remarks(self, others: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
        """Words of a filter's column that neither choose a row nor clearly leave it out."""
        odd = {word: times for word, times in others.items() if word not in ("", "no")}
        if not odd or not _is_yes_no(self.shape.rows):
            return ()
        heading = " and ".join(quoted(heading) for heading in self.shape.rows)
        told = (
            f"In {counted(sum(odd.values()), 'row')} {heading} is neither yes nor no, and the row was not "
            "taken. If it is wanted, add the word to sources.yaml (rows)."
        )
        return (("filter-not-yes-or-no", told),)

    # Rows

    def _cell(self, row: Sequence[Cell], heading: str) -> Cell:
        """The cell of a row under a heading."""
        place = self.header.places(heading)[0]
        return row[place] if place < len(row) else None

    def _other_word(self, row: Sequence[Cell]) -> str | None:
        """The word that keeps a row out of the dataset; None where the row is chosen."""
        for heading, words in self.shape.rows.items():
            cell = self._cell(row, heading)
            if not _is_one_of(cell, words):
                return _filter_word(cell)
        return None

    def _records(self, number: int, row: Sequence[Cell], names: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
        """The records that one row of the sheet holds: one, or one for each group or line that holds anything."""
        for count, (word, line) in enumerate(self._parts(row), start=1):
            yield tuple(self._value(name, number, row, word, count, line) for name in names)

    def _parts(self, row: Sequence[Cell]) -> Iterator[tuple[str, str | None]]:
        """The groups of a row that hold anything, or the lines of its cell."""
        if self.shape.split:
            cell = self._cell(row, self.columns[self.shape.split])
            yield from (("", line) for line in lines_of(cell, at=self.shape.split_at))
            return
        repeated = [heading for heading in self.columns.values() if NUMBER in heading]
        for word in self.words:
            cells = [self._cell(row, heading.replace(NUMBER, word)) for heading in repeated]
            if not repeated or not all(map(is_blank, cells)):
                yield word, None

    def _value(self, name: str, number: int, row: Sequence[Cell], word: str, count: int, line: str | None) -> Cell:
        """One cell of a record."""
        if name in self.shape.make:
            return self._made(self.shape.make[name], number, row, word or str(count))
        if name in self.shape.constants:
            return self.shape.constants[name]
        if line is not None and name == self.shape.split:
            return line
        cell = self._cell(row, self.columns[name].replace(NUMBER, word)) if name in self.columns else None
        rule = self.shape.upheld.get(name)
        return self._cell(row, rule.heading) if rule and _is_one_of(cell, rule.words) else cell

    def _made(self, pattern: str, number: int, row: Sequence[Cell], word: str) -> Cell:
        """An id made of other cells; nothing where one of them is blank."""
        known = {"n": word, "sheet": self.table.sheet, "file": self.table.file.rpartition(".")[0], "row": str(number)}
        parts = {
            part: known[part] if part in PSEUDO else text_of(self._cell(row, part.replace(NUMBER, word)))
            for part in parts_of(pattern)
        }
        faults = [text for text in parts.values() if not isinstance(text, str) or not text]
        if faults:
            return next((fault for fault in faults if isinstance(fault, Fault)), None)
        return _PART.sub(lambda found: str(parts[found[1]]), pattern)


def _known(contract: Contract) -> tuple[str, ...]:
    """Every heading known of a dataset, for a source that names none."""
    return tuple(known_headings(contract))


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _is_one_of(cell: Cell, words: Sequence[str]) -> bool:
    """Whether a cell holds one of the words; yes and Y are one word, as are no and N; "filled" is any."""
    own = _filter_word(cell)
    return (FILLED in words and own != "") or own in {_filter_word(word) for word in words}


def _filter_word(cell: Cell) -> str:
    """A cell as words are compared: no case; "yes" or "no" where it means that, "" where it is blank."""
    answer = read_boolean(cell)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    text = text_of(cell)
    return "" if is_blank(cell) or not isinstance(text, str) else text.casefold().rstrip(".")


def _is_yes_no(rows: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether rows are chosen by yes or no."""
    return any(_filter_word(word) in ("yes", "no") for words in rows.values() for word in words)


def with_sharing(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources of one sheet, each told what the others read."""
    if len(sources) == 1:
        return tuple(sources)
    every = frozenset(heading for source in sources for heading in headings_named(source))
    return tuple(
        replace(source, shape=replace(source.shape, is_shared=True, is_first=place == 0, read_elsewhere=every))
        for place, source in enumerate(sources)
    )
