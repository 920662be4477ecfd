"""What can be worked out by adding and subtracting published sums: which parts stand alone, and which pairs do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import bmat, csr_matrix, identity

Sum = NDArray[np.float64]  # one number a part: how often a published sum counts it
_NOTHING: Final = 1e-7  # less than this of a part is rounding: parts are counted whole


@dataclass(frozen=True, eq=False)
class Untold:
    """What the sums told so far leave open: the projection of every part on all that no sum tells of.

    A part that leaves nothing open can be worked out, and so can a combination of two parts of which the openness is
    that of one.
    """

    left: NDArray[np.float64]

    @staticmethod
    def of(parts: int) -> "Untold":
        """So many parts of which nothing has been told."""
        return Untold(np.eye(parts))

    def told(self, published: Sum) -> "Untold":
        """What is left open when one more sum is told."""
        new = self.left @ published
        size = float(new @ new)
        return self if size < _NOTHING else Untold(self.left - np.outer(new, new) / size)

    def after(self, sums: Iterable[Sum]) -> "Untold":
        """What is left open when several more are told."""
        held = self
        for published in sums:
            held = held.told(published)
        return held

    def known(self, parts: NDArray[np.int64]) -> "Untold":
        """What is left open when some parts are known."""
        if not len(parts):
            return self
        own = np.linalg.pinv(self.left[np.ix_(parts, parts)], rcond=_NOTHING, hermitian=True)
        return Untold(self.left - self.left[:, parts] @ own @ self.left[parts])

    def alone(self, parts: NDArray[np.int64], together: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether each part, or a combination of two of them, can be worked out. One answer per pair of `parts`.

        Only pairs that are small `together` are looked at; a part by itself stands on the diagonal.
        """
        held = self.left[np.ix_(parts, parts)]
        open_alone = np.diag(held)
        pair: NDArray[np.float64] = np.outer(open_alone, open_alone) - held**2
        np.fill_diagonal(pair, open_alone)
        return together & (pair < _NOTHING)

    def tells_of(self, parts: Sequence[int]) -> bool:
        """Whether any combination of these parts alone can be worked out."""
        return bool(np.linalg.eigvalsh(self.left[np.ix_(parts, parts)])[0] < _NOTHING)


def pinned(sums: Sequence[Sum], values: Sequence[float], most: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each part, from nought to so many at `most`, must be none or all for the sums to have their values.

    A linear programme gives room to every limit that has any: what has none left is pinned. Sums are scaled together,
    so that room can be as large as it is asked for (Freund, Roundy and Todd 1985).
    """
    parts, held = len(most), csr_matrix(np.array(sums))
    one, scale = identity(parts), csr_matrix((parts, 1))
    equal = bmat([[held, csr_matrix((len(sums), 2 * parts)), -csr_matrix(np.array(values)[:, None])]])
    limits = bmat([[-one, one, None, scale], [one, None, one, -csr_matrix(most[:, None])]])  # room below, room above
    room = [(0, None)] * parts + [(0, 1)] * (2 * parts) + [(1, None)]
    found = linprog(
        -np.r_[np.zeros(parts), np.ones(2 * parts), 0],
        A_eq=equal, b_eq=np.zeros(len(sums)), A_ub=limits, b_ub=np.zeros(2 * parts),
        bounds=room, method="highs",
    )  # fmt: skip
    if found.x is None:
        return np.ones(parts, dtype=bool)
    rooms = found.x[parts : 3 * parts].reshape(2, parts)
    return np.asarray((rooms < 1 / 2).any(axis=0))
