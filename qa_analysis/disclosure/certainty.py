"""What some readers can be certain of where sums were told: by trying every whole number that fits, for each reader.

Most of it costs no programme. A way to fill all cells that fits what was told, found for one reader, shows the same to
every other whose rows it fits, and under every other choice of sums that it leaves as they are.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa_analysis.disclosure.readers import Reader
from qa_analysis.stats.subtraction import Counts, Sum

Known = tuple[int, int]  # of the readers and of the sums asked about, which one may work out which
AT_ONCE: Final = 10  # so many sums or fewer are looked at one by one
_NOTHING: Final = 0.5  # counts are whole


@dataclass(frozen=True, eq=False)
class Telling:
    """Sums that are told together, and by what the same ones are known again."""

    sums: Sequence[Sum]

    @cached_property
    def names(self) -> frozenset[bytes]:
        """A name for each, which is the same for the same sum."""
        return frozenset(self.by_name)

    @cached_property
    def by_name(self) -> dict[bytes, Sum]:
        """Each sum by its name."""
        return {one.tobytes(): one for one in self.sums}


class Witnesses:
    """Counts of all cells, each fitting all that was told once: which sums they leave alike, and which asked they move.

    What a count leaves alike, and whom it fits, is worked out once.
    """

    def __init__(self, asked: NDArray[np.float64], cases: Sum, marked: Sum) -> None:
        """The true counts alone, `marked`, of so many `cases`."""
        self.asked, self.cases, self.many = asked, cases, 1
        self._fits, self._moved = marked[None, :], np.zeros((1, len(asked)), dtype=np.bool_)
        self._answers: dict[object, NDArray[np.bool_]] = {}

    @property
    def fits(self) -> NDArray[np.float64]:
        """Each of them in a row, the true counts first."""
        return self._fits[: self.many]

    @property
    def moved(self) -> NDArray[np.bool_]:
        """Which of the sums asked about each of them has otherwise than the true counts."""
        return self._moved[: self.many]

    def add(self, fits: NDArray[np.float64]) -> None:
        """More of them. One row each."""
        more = slice(self.many, self.many + len(fits))
        if more.stop > len(self._fits):  # twice the room, so that a thousand are not copied for each one more
            self._fits = np.concatenate([self._fits, np.zeros((more.stop, self._fits.shape[1]))])
            self._moved = np.concatenate([self._moved, np.zeros((more.stop, len(self.asked)), dtype=np.bool_)])
        self._fits[more], self.many = fits, more.stop
        self._moved[more] = np.abs((fits - self._fits[0]) @ self.asked.T) > _NOTHING

    def of(self, told: Telling, number: int, reader: Reader) -> NDArray[np.bool_]:
        """Which of them leave what is told as it is and fit what a reader knows, whose `number` it is."""
        fit = self._each(number, lambda since: reader.may_hold(self.fits[since:], self.cases))
        return fit & self._each(told.names, lambda since: self._alike(told, since))

    def _alike(self, told: Telling, since: int) -> NDArray[np.bool_]:
        alike = np.ones(self.many - since, dtype=np.bool_)
        for name, one in told.by_name.items():
            alike &= self._leave(name, one)[since:]
        return alike

    def _leave(self, name: bytes, one: Sum) -> NDArray[np.bool_]:
        return self._each(name, lambda since: np.abs((self.fits[since:] - self.fits[0]) @ one) < _NOTHING)

    def _each(self, named: object, answer: Callable[[int], NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """One answer each, asked of those alone that were added since."""
        known = self._answers.get(named, np.zeros(0, dtype=np.bool_))
        if len(known) < self.many:
            known = self._answers[named] = np.concatenate([known, answer(len(known))])
        return known


@dataclass(frozen=True, eq=False)
class Certainty:
    """Of some sums of `marked` cases, as the months of too few are, which can be of one count alone for which reader.

    `asked` has one row a sum. Besides what else is told, `whole` always is. The first reader knows no rows.
    """

    asked: NDArray[np.float64]
    cases: Sum
    marked: Sum
    whole: Sequence[Sum]
    readers: Sequence[Reader]

    @cached_property
    def every(self) -> frozenset[Known]:
        """Each sum for each reader who does not know all its cases.

        What one reader can work out of a sum, whoever knows more cases can, unless they know all of it: it is asked of
        who knows most.
        """
        unknown = [self.asked @ (self.cases - reader.cases) > 0 for reader in self.readers]
        return frozenset(
            (number, int(place))
            for number, reader in enumerate(self.readers)
            for place in np.flatnonzero(unknown[number])
            if not any(unknown[more][place] for more in reader.within)
        )

    def certain(self, sums: Sequence[Sum], among: frozenset[Known]) -> Iterator[Known]:
        """Which of some are certain where these sums are told, as they are found, reader by reader.

        What is certain to a reader who knows no rows is so to everybody, and is said once.
        """
        told, to_all = Telling(sums), set[int]()
        for number, of_reader in groupby(sorted(among), key=itemgetter(0)):
            places = [place for _, place in of_reader if place not in to_all]
            for place in self._certain_to(number, places, told):
                to_all |= set() if number else {place}
                yield number, place

    def safe(self, before: Sequence[Sum], new: Sequence[Sum], hidden: frozenset[Known]) -> int:
        """How many of some new sums, from the first on, may be told beside others so that none hidden is certain."""
        many = len(new)
        while many and (one := next(self.certain([*before, *new[:many]], hidden), None)):
            many = self._until(one, before, new[:many])
        return many

    def counts(self, sums: Sequence[Sum], number: int = 0) -> Counts:
        """What the whole and these sums tell a reader of what is marked."""
        return self.readers[number].counts(self.cases, self.marked, [*self.whole, *sums])

    def _until(self, one: Known, before: Sequence[Sum], new: Sequence[Sum]) -> int:
        """How many of some new sums may be told before the one that makes something certain, which all of them do."""
        told = range(1, len(new))
        return bisect_left(told, True, key=lambda many: self._is_certain(one, Telling([*before, *new[:many]])))

    def _certain_to(self, number: int, places: Sequence[int], told: Telling) -> Iterator[int]:
        """Which of some sums a reader can be certain of, as they are found; who shows that another is not is kept."""
        if len(left := self._unmoved(number, places, told)) > AT_ONCE:
            reader = self.readers[number]
            seen = self.counts(told.sums, number).seen([*self.asked[left]], self.marked - reader.marked)
            self._witnesses.add(seen.fits + reader.marked)
        yield from (place for place in left if self._is_certain((number, place), told))

    def _is_certain(self, one: Known, told: Telling) -> bool:
        number, place = one
        if not self._unmoved(number, [place], told):
            return False
        if any(enough <= told.names for enough in self._proofs.get(one, ())):
            return True
        reader = self.readers[number]
        other = self.counts(told.sums, number).otherwise(self.asked[place], self.marked - reader.marked)
        if other is not None:
            self._witnesses.add(other[None, :] + reader.marked)
        else:
            self._proofs.setdefault(one, []).append(told.names)
        return other is None

    def _unmoved(self, number: int, places: Sequence[int], told: Telling) -> list[int]:
        """Which of some sums no count that was found shows to be of two counts for a reader."""
        fit = self._witnesses.of(told, number, self.readers[number])
        moved = np.any(self._witnesses.moved[fit], axis=0)
        return [place for place in places if not moved[place]]

    @cached_property
    def _proofs(self) -> dict[Known, list[frozenset[bytes]]]:
        """Sums that made something certain once: with more sums it is so still."""
        return {}

    @cached_property
    def _witnesses(self) -> Witnesses:
        return Witnesses(self.asked, self.cases, self.marked)
