"""What can be worked out from published sums: by adding and subtracting, and by trying every whole number that fits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import NDArray

Sum = NDArray[np.float64]  # one number a part: how often a published sum counts it
ToMove = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]]
Reach = tuple[int, int]  # the smallest and the largest count that fits all that was told
_TRIES: Final = 3  # programmes that move nothing further, or sums left, before each of these is looked at by itself
_NEAR: Final = 0.2  # of the way to the furthest: to move many at once the very best is not needed
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
        told = [*sums]
        if not told:
            return self
        ways, sizes, _ = np.linalg.svd(self.left @ np.array(told).T, full_matrices=False)
        new = ways[:, sizes**2 > _NOTHING]
        return Untold(self.left - new @ new.T)

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


@dataclass(frozen=True, eq=False)
class Counts:
    """Whole numbers of which sums were told: each part lies from nought to `most`, each of `sums` from `low` to `high`.

    A sum told exactly has both limits alike; a rounded one has all the counts that look like the one printed.
    """

    most: NDArray[np.float64]
    sums: Sequence[Sum]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @staticmethod
    def exact(parts: NDArray[np.float64], most: NDArray[np.float64], sums: Sequence[Sum]) -> "Counts":
        """The sums of these parts, told to the last one."""
        values = np.array([one @ parts for one in sums])
        return Counts(most, sums, values, values)

    def fitting(self) -> NDArray[np.float64] | None:
        """Some parts for which all that was told is true; nothing where the sums told contradict each other."""
        return self._furthest(np.zeros(len(self.most)))

    def reach(self, asked: Sum) -> Reach:
        """Between which counts a sum must lie for all that was told.

        Where the sums told contradict each other, nothing can be said: from nought to all.
        """
        ends = [self._furthest(way * asked) for way in (1, -1)]
        if ends[0] is None or ends[1] is None:
            return 0, round(float(asked @ self.most))
        return round(float(asked @ ends[0])), round(float(asked @ ends[1]))

    def reaches(self, asked: Sequence[Sum], parts: NDArray[np.float64]) -> list[Reach]:
        """The same of many sums, where `parts` are counts that fit, such as the true ones."""
        ends = [round(float(one @ self.most)) for one in asked]
        seen = self._seen(asked, parts, to_move=lambda low, high: (low > 0) | (high < ends))
        return [
            found if found == (0, end) else self.reach(one) for one, found, end in zip(asked, seen, ends, strict=True)
        ]

    def certain(self, asked: Sequence[Sum], parts: NDArray[np.float64]) -> Iterator[int]:
        """Which of the sums can be of one count alone: their places, as they are found."""
        for place, (low, high) in enumerate(self._seen(asked, parts, to_move=lambda low, high: low == high)):
            if low == high and all(self._is_furthest(way * asked[place], way * low) for way in (1, -1)):
                yield place

    def _is_furthest(self, aim: Sum, known: int) -> bool:
        """Whether a sum can be no smaller than it is known to be able to be."""
        found = self._furthest(aim)
        return found is not None and round(float(aim @ found)) == known

    def _seen(self, asked: Sequence[Sum], parts: NDArray[np.float64], *, to_move: ToMove) -> list[Reach]:
        """Between which counts each sum was seen to lie: it lies between no fewer.

        A programme moves as many as it can of those `to_move`, weighed by chance so that what one gains is not what
        another loses, until some have moved nothing further.
        """
        wanted = np.array(asked, dtype=np.float64).reshape(len(asked), len(self.most))
        chance, idle, ends = np.random.default_rng(0), 0, np.round(wanted @ self.most)
        low, high = np.round(wanted @ parts), np.round(wanted @ parts)
        while idle < _TRIES and (left := np.flatnonzero(to_move(low, high))).size > _TRIES:
            up = np.where(low[left] == 0, 1, np.where(high[left] == ends[left], -1, chance.choice([-1, 1])))
            found = self._furthest(-(up * chance.uniform(1, 2, len(left))) @ wanted[left], gap=_NEAR)
            at = high if found is None else np.round(wanted @ found)
            idle = 0 if np.any((at < low) | (at > high)) else idle + 1
            low, high = np.minimum(low, at), np.maximum(high, at)
        return [(int(least), int(most)) for least, most in zip(low, high, strict=True)]

    def _furthest(self, aim: Sum, *, gap: float = 0.0) -> NDArray[np.float64] | None:
        """The parts at which a sum is smallest, or near it; nothing where the sums told contradict each other."""
        told = [scipy.optimize.LinearConstraint(self._told, self.low, self.high)] if len(self.sums) else []
        found = scipy.optimize.milp(
            aim,
            constraints=told,
            bounds=scipy.optimize.Bounds(0, self.most),
            integrality=np.ones(len(self.most)),
            options={"mip_rel_gap": gap},
        )
        return None if found.x is None else np.round(found.x)

    @cached_property
    def _told(self) -> "scipy.sparse.csr_matrix":
        return scipy.sparse.csr_matrix(np.array(self.sums))
