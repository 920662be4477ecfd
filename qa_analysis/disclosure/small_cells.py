"""The cells of audits too small to be told of, and what of them can be worked out by adding and subtracting."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.stats.subtraction import Untold

HELD: Final = ("child", "person")


@dataclass(frozen=True, eq=False)
class Small:
    """The cells too small to be told of, which pairs of them are too small together, and all cells of one worker.

    `together` has a row and a column per small cell; `of_one` holds the cells of each worker, or child, with several.
    """

    cells: NDArray[np.int64]
    together: NDArray[np.bool_]
    of_one: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(cells: DataFrame, rules: Rules) -> "Small":
        """The small ones among some cells."""
        floor = rules.floor[MANAGERS]
        sizes = {column: cells[column].map(len).to_numpy(dtype=np.int64) for column in HELD}
        small = np.flatnonzero((sizes["child"] < floor.children) | (sizes["person"] < floor.people))
        held = cells.iloc[small]
        both = {column: _in_both(held[column].tolist()) for column in sizes}
        return Small(
            small,
            (both["child"] < floor.children) | (both["person"] < floor.people),
            tuple(group for column in sizes for group in _of_one(held[column].tolist(), small)),
        )

    def known(self, untold: Untold) -> NDArray[np.bool_]:
        """What can be worked out of too few. One answer per pair of small cells, then one per worker or child."""
        of_one = np.array([untold.tells_of(group) for group in self.of_one], dtype=bool)
        return np.concatenate([untold.alone(self.cells, self.together).ravel(), of_one])


def _in_both(held: list[frozenset[str]]) -> NDArray[np.int64]:
    """How many children, or people, each two cells have together."""
    known = {one: place for place, one in enumerate(sorted(frozenset().union(*held)))}
    marks = np.zeros((len(held), len(known)), dtype=np.int64)
    for row, ones in enumerate(held):
        marks[row, [known[one] for one in ones]] = 1
    sizes = marks.sum(axis=1)
    union: NDArray[np.int64] = sizes[:, None] + sizes[None, :] - marks @ marks.T
    return union


def _of_one(held: list[frozenset[str]], places: NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """The cells that are one worker's, or one child's, alone, where there are three or more: pairs are looked at."""
    alone: dict[str, list[int]] = {}
    for ones, place in zip(held, places, strict=True):
        for one in ones if len(ones) == 1 else ():
            alone.setdefault(one, []).append(int(place))
    yield from (tuple(group) for group in alone.values() if len(group) > 2)
