"""Yes and no as a whole column says them: Access writes -1 for yes and 0 for no."""

from collections.abc import Sequence
from typing import Final

from qa_analysis.data.reading.cell_text import one_line, text_of
from qa_analysis.data.reading.cells import NO, YES
from qa_analysis.data.reading.raw import Cell
from qa_analysis.data.reading.whole_columns.settled import Settled

MINUS_ONE: Final = {"-1", "-1.0", "\N{MINUS SIGN}1", "\N{MINUS SIGN}1.0"}
ZERO: Final = {"0", "0.0", "-0", "-0.0"}
ONE: Final = {"1", "1.0"}


def settle_yes_no(cells: Sequence[Cell]) -> Settled:
    """The cells of a yes/no column, -1 as yes where 0 is no and nothing else is yes as 1."""
    words = {cell: _word(cell) for cell in set(cells)}
    said = set(words.values()) - {""}
    if not said & MINUS_ONE or not said & ZERO or said & ONE or not said <= MINUS_ONE | ZERO | YES | NO:
        return Settled(cells)
    return Settled([True if words[cell] in MINUS_ONE else cell for cell in cells])


def _word(cell: Cell) -> str:
    """A cell as a word."""
    text = text_of(cell)
    return one_line(text).casefold() if isinstance(text, str) else ""
