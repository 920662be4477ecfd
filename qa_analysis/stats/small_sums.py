"""Whether sums that were told, added and subtracted however they are weighed, leave the sum of a few people alone."""

from collections.abc import Sequence

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

Sums = NDArray[np.float64]  # one row per sum, one column per cell of people: how often the sum counts it
_NOTHING = 1e-6


def telling_of_few(sums: Sums, sizes: Sequence[int], *, fewest: int) -> NDArray[np.int64] | None:
    """The places of some sums that together tell of fewer than `fewest` people; None where no combination does.

    A mixed integer programme looks for weights, one a sum, under which every cell cancels but some that hold fewer
    people than that together. The largest of what is left is scaled to one, so that no weighting is overlooked.
    """
    cells, people = _cells(sums, np.asarray(sizes, dtype=np.float64))
    small = people < fewest
    if not small.any() or not len(sums):
        return None
    free = scipy.linalg.null_space(cells[:, ~small].T) if (~small).any() else np.eye(len(sums))
    if not np.abs(free.T @ cells[:, small]).max(initial=0) > _NOTHING:
        return None  # no weighting leaves a small cell and no large one
    found = _weights(free.T @ cells[:, small], people[small], fewest)
    return None if found is None else np.flatnonzero(np.abs(free @ found) > _NOTHING)


def _cells(sums: Sums, sizes: NDArray[np.float64]) -> tuple[Sums, NDArray[np.float64]]:
    """The cells that any sum counts, those that every sum counts alike as one: nobody can tell them apart."""
    columns, alike = np.unique(sums, axis=1, return_inverse=True)
    people = np.bincount(alike.ravel(), weights=sizes, minlength=columns.shape[1])
    is_counted = columns.any(axis=0) & (people > 0)
    return columns[:, is_counted], people[is_counted].astype(np.float64)


def _weights(ways: Sums, people: NDArray[np.float64], fewest: int) -> NDArray[np.float64] | None:
    """How much of each way to cancel the large cells to take, so that small ones of under `fewest` people stay.

    The unknowns: a weight per way, per small cell whether it stays, and per small cell whether it is the one that
    stays whole.
    """
    many, cells = ways.shape
    one, none = np.eye(cells), np.zeros((cells, cells))
    rows = [
        (np.hstack([ways.T, -one, none]), -np.inf, 0),
        (np.hstack([ways.T, one, none]), 0, np.inf),
        (np.hstack([ways.T, none, -2 * one]), -1, np.inf),
        (np.concatenate([np.zeros(many + cells), np.ones(cells)])[None, :], 1, 1),
        (np.concatenate([np.zeros(many), people, np.zeros(cells)])[None, :], 0, fewest - 1),
    ]
    told = [scipy.optimize.LinearConstraint(matrix, low, high) for matrix, low, high in rows]
    least = np.concatenate([np.full(many, -np.inf), np.zeros(2 * cells)])
    found = scipy.optimize.milp(
        np.zeros(many + 2 * cells),
        constraints=told,
        bounds=scipy.optimize.Bounds(least, np.concatenate([np.full(many, np.inf), np.ones(2 * cells)])),
        integrality=np.concatenate([np.zeros(many), np.ones(2 * cells)]),
    )
    weights: NDArray[np.float64] | None = None if found.x is None else found.x[:many]
    return weights
