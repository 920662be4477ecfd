"""Words for nothing: what databases write where there is no value, and what sources.yaml says means none."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from qa_analysis.data.reading.cell_text import one_line, says_nothing
from qa_analysis.data.reading.raw import Cell, RawTable
from qa_analysis.data.reading.whole_columns.settled import WORD_FOR_NOTHING, Note


def without_words_for_nothing(table: RawTable, words: Collection[str], *, below: int) -> RawTable:
    """The sheet with the cells under the headings blank that hold a word which sources.yaml says means nothing."""
    if not words:
        return table
    known = {_comparable(word) for word in words}
    rows = [[None if _is_one_of(cell, known) else cell for cell in row] for row in table.rows[below:]]
    return replace(table, rows=[*table.rows[:below], *rows])


def nothing_note(cells: Sequence[Cell]) -> Note | None:
    """How many cells of a column hold a database's word for nothing; None where none does."""
    words = {cell for cell in set(cells) if isinstance(cell, str) and says_nothing(cell)}
    if not words:
        return None
    return Note(WORD_FOR_NOTHING, sum(cell in words for cell in cells))


def _is_one_of(cell: Cell, known: Collection[str]) -> bool:
    """Whether a cell is one of the words, in capitals or not."""
    return isinstance(cell, str) and len(cell) < 100 and _comparable(cell) in known


def _comparable(word: str) -> str:
    """A word as it is compared."""
    return one_line(word).casefold()
