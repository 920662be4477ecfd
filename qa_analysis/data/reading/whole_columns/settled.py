"""A column whose cells were looked at together: what they are read as, and what the analyst should know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qa_analysis.data.reading.raw import Cell

DATE_SHIFTED: Final = "date-shifted"
WORD_FOR_NOTHING: Final = "word-for-nothing"
TOLD: Final = {  # of a whole sheet; the columns and their rows follow
    DATE_SHIFTED: "Days shifted by a clock were read as the day in UK time (midnight written in UTC is 23:00 of the "
    "day before in summer, and rounding makes it 23:59:59): {columns}. Export dates without a time.",
    WORD_FOR_NOTHING: "A database's word for nothing, such as NULL, counts as blank: {columns}. Export these cells "
    "empty.",
}


@dataclass(frozen=True)
class Note:
    """One thing to know of a column: the rule, and in how many rows."""

    rule: str
    rows: int


@dataclass(frozen=True)
class Settled:
    """The cells to read instead of those found, and the notes on them."""

    cells: Sequence[Cell]
    notes: tuple[Note, ...] = ()
