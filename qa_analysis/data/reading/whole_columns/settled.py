"""A column whose cells were looked at together: what they are read as, and what the analyst should know."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_analysis.data.reading.raw import Cell


@dataclass(frozen=True)
class Note:
    """One thing to know of a column; `told` goes on after the column's heading."""

    rule: str
    told: str


@dataclass(frozen=True)
class Settled:
    """The cells to read instead of those found, and the notes on them."""

    cells: Sequence[Cell]
    notes: tuple[Note, ...] = ()
