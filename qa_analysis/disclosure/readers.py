"""Who may know some rows besides what is published: a team, a child or its family, a worker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from qa_analysis.stats.subtraction import Counts, Sum

KNOWN: Final = ("own_team", "child", "person")
_NOTHING: Final = 0.5  # counts are whole


@dataclass(frozen=True, eq=False)
class Reader:
    """What a reader knows of each cell: how many of its `cases`, and how many of these are `marked`."""

    cases: Sum
    marked: Sum

    @cached_property
    def _known(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.cases)

    def counts(self, cases: Sum, marked: Sum, sums: Sequence[Sum]) -> Counts:
        """What is open to this reader where these sums were told, of the cases that they do not know."""
        return Counts.exact(marked - self.marked, cases - self.cases, sums)

    def may_hold(self, fits: NDArray[np.float64], cases: Sum) -> NDArray[np.bool_]:
        """Which of some counts that fit all that was told fit what this reader knows too. One answer per row."""
        here = self._known
        found, least = fits[:, here], self.marked[here]
        fit: NDArray[np.bool_] = np.all((found >= least) & (found <= cases[here] - self.cases[here] + least), axis=1)
        return fit


class Witnesses:
    """Counts of all cells that fit everything told, the true ones first, and which sums each has otherwise than those.

    Who knows some rows may hold a sum to be of two counts if one of these that moves it fits those rows as well. Grows
    by what is found, and so does the list of what was found that it is made of: one witness spares many programmes.
    """

    def __init__(self, asked: NDArray[np.float64], marked: Sum, told: Sequence[Sum], found: list[Sum]) -> None:
        """The true counts alone, then those of some others that fit what was told."""
        self.asked, self.fits, self.moved = asked, marked[None, :], np.zeros((1, len(asked)), dtype=np.bool_)
        others, sums = np.array(found).reshape(-1, len(marked)), np.array(told).T
        self.found: list[Sum] = []
        self.add(others[np.all(np.abs(others @ sums - marked @ sums) < _NOTHING, axis=1)])
        self.found = found

    def add(self, fits: NDArray[np.float64]) -> None:
        """More of them. One row each."""
        moved = np.abs((fits - self.fits[0]) @ self.asked.T) > _NOTHING
        self.fits, self.moved = np.concatenate([self.fits, fits]), np.concatenate([self.moved, moved])
        self.found.extend(fits)

    def unmoved(self, places: Sequence[int], reader: Reader, cases: Sum) -> list[int]:
        """Which of some sums none of them shows to be of two counts for a reader."""
        moved = np.any(self.moved[reader.may_hold(self.fits, cases)], axis=0)
        return [place for place in places if not moved[place]]


def readers_of(rows: DataFrame, every: int) -> tuple[Reader, ...]:
    """Who knows nothing, then who knows all cases of one team, one child or one worker.

    `rows` has one row per case: which of `every` cell it is in, its `own_team`, `child` and `person`, and whether it is
    `marked`.
    """
    known = (_knowing(some, every) for column in KNOWN for some in _of_each(rows, column))
    return Reader(np.zeros(every), np.zeros(every)), *known


def _of_each(rows: DataFrame, column: str) -> Iterator[DataFrame]:
    for _, some in rows.groupby(column, sort=True):
        yield some


def _knowing(rows: DataFrame, every: int) -> Reader:
    cells = rows["cell"].to_numpy(dtype=np.int64)
    marked = np.bincount(cells, weights=rows["marked"].to_numpy(dtype=np.float64), minlength=every)
    return Reader(np.bincount(cells, minlength=every).astype(np.float64), marked.astype(np.float64))
