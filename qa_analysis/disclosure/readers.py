"""Who may know some rows besides what is published: a team, a child or its family, a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from qa_analysis.stats.subtraction import Counts, Sum

KNOWN: Final = ("own_team", "child", "person")


@dataclass(frozen=True, eq=False)
class Reader:
    """What a reader knows of each cell: how many of its `cases`, and how many of these are `marked`.

    `within` are the places, in the list of all readers, of those who know all of that besides other cases.
    """

    cases: Sum
    marked: Sum
    within: tuple[int, ...] = ()

    def counts(self, cases: Sum, marked: Sum, sums: Sequence[Sum]) -> Counts:
        """What is open to this reader where these sums were told, of the cases that they do not know."""
        return Counts.exact(marked - self.marked, cases - self.cases, sums)

    def may_hold(self, fits: NDArray[np.float64], cases: Sum) -> NDArray[np.bool_]:
        """Which of some counts that fit all that was told fit what this reader knows too. One answer per row."""
        here = np.flatnonzero(self.cases)
        found, least = fits[:, here], self.marked[here]
        fit: NDArray[np.bool_] = np.all((found >= least) & (found <= cases[here] - self.cases[here] + least), axis=1)
        return fit


def readers_of(rows: DataFrame, every: int) -> tuple[Reader, ...]:
    """Who knows nothing, then who knows all cases of one team, one child or one worker.

    `rows` has one row per case: which of `every` cell it is in, its `own_team`, `child` and `person`, and whether it is
    `marked`. Who knows just what another does is left out.
    """
    groups = [rows.index[rows[column] == one] for column in KNOWN for one in sorted(rows[column].dropna().unique())]
    known = list(dict.fromkeys(frozenset(group) for group in groups))
    return Reader(np.zeros(every), np.zeros(every)), *(_knowing(rows, some, known, every) for some in known)


def _knowing(rows: DataFrame, some: frozenset[int], known: Sequence[frozenset[int]], every: int) -> Reader:
    held = rows.loc[sorted(some)]
    cells = held["cell"].to_numpy(dtype=np.int64)
    marked = np.bincount(cells, weights=held["marked"].to_numpy(dtype=np.float64), minlength=every)
    within = tuple(place for place, others in enumerate(known, start=1) if some < others)
    return Reader(np.bincount(cells, minlength=every).astype(np.float64), marked.astype(np.float64), within)
