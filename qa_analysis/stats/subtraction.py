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
_NONE_FIT: Final = 2  # the status by which scipy's milp says that nothing is feasible
_AS_WHOLE: Final = 1e-6  # what a programme takes for a whole number
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
class Seen:
    """Between which counts each sum was seen to lie, and the counts of all parts that showed it: `fits`, one a row.

    A sum lies between no fewer.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    fits: NDArray[np.float64]


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
        values = np.array(sums).reshape(-1, len(parts)) @ parts
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
        found = zip(asked, ends, seen.low, seen.high, strict=True)
        return [(0, end) if (low, high) == (0, end) else self.reach(one) for one, end, low, high in found]

    def seen(self, asked: Sequence[Sum], parts: NDArray[np.float64]) -> Seen:
        """Whether each of the sums was seen to be of two counts, where `parts` are counts that fit."""
        return self._seen(asked, parts, to_move=lambda low, high: low == high)

    def otherwise(self, asked: Sum, parts: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Counts that fit, with a sum other than that of `parts`, as like them as can be; nothing where there are none.

        Where nothing is found, the sum is certain.
        """
        known, most = round(float(asked @ parts)), round(float(asked @ self.most))
        stay = np.where(parts == 0, 1.0, np.where(parts == self.most, -1.0, 0.0))
        others = [(known + 1, most), (0, known - 1)]
        found = (self._furthest(stay, within=(asked, *one)) for one in others if one[0] <= one[1])
        return next((one for one in found if one is not None), None)

    def certain(self, asked: Sequence[Sum], parts: NDArray[np.float64]) -> Iterator[int]:
        """Which of the sums can be of one count alone: their places, as they are found."""
        seen = self.seen(asked, parts)
        for place in map(int, np.flatnonzero(seen.low == seen.high)):
            if self.otherwise(asked[place], parts) is None:
                yield place

    def _seen(self, asked: Sequence[Sum], parts: NDArray[np.float64], *, to_move: ToMove) -> Seen:
        """Between which counts each sum was seen to lie.

        A programme moves as many as it can of those `to_move`, weighed by chance so that what one gains is not what
        another loses, until some have moved nothing further.
        """
        wanted = np.array(asked, dtype=np.float64).reshape(len(asked), len(self.most))
        chance, idle, ends = np.random.default_rng(0), 0, np.round(wanted @ self.most)
        low, high, fits = np.round(wanted @ parts), np.round(wanted @ parts), [np.round(parts)]
        while idle < _TRIES and (left := np.flatnonzero(to_move(low, high))).size > _TRIES:
            up = np.where(low[left] == 0, 1, np.where(high[left] == ends[left], -1, chance.choice([-1, 1])))
            found = self._furthest(-(up * chance.uniform(1, 2, len(left))) @ wanted[left], gap=_NEAR)
            fits += [] if found is None else [found]
            at = np.round(wanted @ fits[-1])
            idle = 0 if np.any((at < low) | (at > high)) else idle + 1
            low, high = np.minimum(low, at), np.maximum(high, at)
        return Seen(low, high, np.array(fits))

    def _furthest(
        self, aim: Sum, *, gap: float = 0.0, within: tuple[Sum, int, int] | None = None
    ) -> NDArray[np.float64] | None:
        """The parts at which a sum is smallest, or near it; nothing where the sums told contradict each other.

        One more sum may be asked to lie `within` two counts. Parts that need not be whole are tried first, which costs
        half as much: they nearly always come out whole, and where no such parts fit, no whole ones do.
        """
        found = self._solved(aim, within, whole=False)
        if found.status == _NONE_FIT:
            return None
        if found.x is None or np.any(np.abs(found.x - np.round(found.x)) > _AS_WHOLE):
            found = self._solved(aim, within, whole=True, gap=gap)
        return None if found.x is None else np.round(found.x)

    def _solved(
        self, aim: Sum, within: tuple[Sum, int, int] | None, *, whole: bool, gap: float = 0.0
    ) -> "scipy.optimize.OptimizeResult":
        told = [scipy.optimize.LinearConstraint(self._told, self.low, self.high)] if len(self.sums) else []
        told += [] if within is None else [scipy.optimize.LinearConstraint(*within)]
        return scipy.optimize.milp(
            aim,
            constraints=told,
            bounds=scipy.optimize.Bounds(0, self.most),
            integrality=np.full(len(self.most), float(whole)),
            options={"mip_rel_gap": gap} if whole else {"presolve": False},  # which takes longer than it saves
        )

    @cached_property
    def _told(self) -> "scipy.sparse.csr_matrix":
        return scipy.sparse.csr_matrix(np.array(self.sums))
