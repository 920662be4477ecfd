"""What all editions up to a month tell of services and teams together, and what could be worked out from them.

A figure of a place is over a year that moves on by whole quarters (`step` of the rule `floor`), so that no two editions
differ by one month. Each is told only where no sum or difference of all that was told is of fewer than the floor, and
where trying every whole number that fits leaves each month of so few at least two counts (docs/decisions/027).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_between, period_of
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.figure import CALLED_BY_COUNCIL, labelled
from qa_analysis.stats.subtraction import Counts, Reach, Sum, Untold

Told = tuple[str, str, str]  # a place's dimension, its name and the period
PLACE: Final = list(CALLED_BY_COUNCIL)
HELD: Final = ("child", "person")
KEPT: Final = 36  # editions that a reader may hold: three years of them


@dataclass(frozen=True, eq=False)
class Editions:
    """The editions up to a month, of some cases: `cells` are those of a service, a team and a cycle.

    One row per cell: its children and its people as sets, how many `cases` it has and how many of them are `marked`, as
    those graded good or better are; blank where nothing is marked.
    """

    cells: DataFrame
    month: str
    rules: Rules

    @staticmethod
    def of(audits: DataFrame, tables: Tables, marked: "Series[bool] | None" = None) -> "Editions":
        """The editions up to a month, of these audits."""
        periods = [*_periods(tables.month, tables.rules)]
        audits = audits.assign(marked=np.nan if marked is None else marked.astype("float64"))
        held = audits[audits["cycle_month"].isin({cycle for period in periods for cycle in period})]
        held = held.assign(
            child=held["child_id"].fillna(held["audit_id"]), **{name: labelled(held[name]) for name in PLACE}
        )
        cells = [
            (
                *cell, frozenset(some["child"]), frozenset(some["key_worker_id"].dropna()), len(some),
                some["marked"].sum(min_count=1),
            )
            for cell, some in held.groupby([*PLACE, "cycle_month"], sort=True)
        ]  # fmt: skip
        columns = [*PLACE, "cycle_month", *HELD, "cases", "marked"]
        return Editions(DataFrame(cells, columns=columns), tables.month, tables.rules)

    @cached_property
    def told(self) -> frozenset[Told]:
        """What the newest edition tells of each service and team."""
        now = period_of(self.rules.place_cycles(self.month))
        return frozenset(one for one in self.every if one[-1] == now)

    @cached_property
    def every(self) -> Mapping[Told, Sum]:
        """What was told of each service and team, in the order of the editions."""
        periods = [self._offered(cycles) for cycles in _periods(self.month, self.rules)]
        told = self._one_by_one(periods)
        return self._one_by_one(periods, is_tried=True) if self._is_certain([*told.values()]) else told

    def _one_by_one(self, periods: Sequence[Mapping[Told, Sum]], *, is_tried: bool = False) -> dict[Told, Sum]:
        """What each edition may tell beside those before it; `is_tried` where whole numbers are tried for each."""
        told: dict[Told, Sum] = {}
        for offered in periods:
            asked = self._apart(offered, told)
            told |= self._safe(asked, told) if is_tried else asked
        return told

    @cached_property
    def few(self) -> Mapping[Told, Sum]:
        """Each month of a service or team that rests on too few: what is not to be worked out."""
        return {
            (column, name, cycle): cases
            for cycle in dict.fromkeys(self._named["cycle_month"])
            for (column, name, _), cases in self._places((str(cycle),)).items()
            if not self._is_enough(cases)
        }

    @cached_property
    def reaches(self) -> Mapping[Told, Reach]:
        """Between which counts each month of too few lies, for whoever holds all editions and knows how many it has."""
        found = self._reaches([*self.every.values()])
        return dict(zip(self.few, found, strict=True))

    @cached_property
    def worked_out(self) -> frozenset[Told]:
        """The months of too few that are known to the last one, and not from the figures of the whole alone."""
        known = [name for name, (low, high) in self.reaches.items() if low == high]
        return frozenset(known) - {[*self.few][place] for place in self._certain_by_whole}

    def _offered(self, cycles: tuple[str, ...]) -> dict[Told, Sum]:
        """What an edition would tell if nobody were to be protected from the others: the largest first."""
        enough = [(name, cases) for name, cases in self._places(cycles).items() if self._is_enough(cases)]
        return dict(sorted(enough, key=lambda one: (-self._held("child", one[1]), one[0])))

    def _apart(self, offered: Mapping[Told, Sum], before: Mapping[Told, Sum]) -> dict[Told, Sum]:
        """What one edition may tell beside all that was told, by adding and subtracting."""
        untold, told, left = self._untold.after(before.values()), dict[Told, Sum](), list(offered.items())
        while left:
            safe = self._safe_of([published for _, published in left], untold)
            untold, told = untold.after(published for _, published in left[:safe]), told | dict(left[:safe])
            left = left[safe + 1 :]  # the one after them would tell, and is left out
        return told

    def _safe_of(self, sums: Sequence[Sum], untold: Untold) -> int:
        """How many sums, from the first on, may be told together."""
        if not self._tells(untold.after(sums)):
            return len(sums)
        return bisect_left(range(1, len(sums)), True, key=lambda many: self._tells(untold.after(sums[:many])))

    def _tells(self, untold: Untold) -> bool:
        """Whether anything of too few stands alone that the figures of the whole do not tell anyway."""
        return bool((self._small.known(untold) & ~self._by_whole).any())

    def _safe(self, asked: dict[Told, Sum], before: Mapping[Told, Sum]) -> dict[Told, Sum]:
        """As many of these, the largest first, as leave every month of too few at least two counts."""
        names, sums = list(asked), [*before.values()]

        def tells(many: int) -> bool:
            return self._is_certain([*sums, *(asked[name] for name in names[:many])])

        safe = len(names) if not tells(len(names)) else bisect_left(range(1, len(names)), True, key=tells)
        return {name: asked[name] for name in names[:safe]}

    def _is_certain(self, sums: Sequence[Sum]) -> bool:
        """Whether a month of too few can be of one count alone, which the figures of the whole do not tell anyway."""
        return any(place not in self._certain_by_whole for place in self._certain(sums))

    def _certain(self, sums: Sequence[Sum]) -> Iterator[int]:
        counts = self._counts(sums)
        return counts.certain([*self.few.values()], self._marked) if counts else iter(())

    def _reaches(self, sums: Sequence[Sum]) -> list[Reach]:
        """Between which counts each month of too few lies; of what is not marked nothing is known."""
        counts, cases = self._counts(sums), self.cells["cases"].to_numpy(dtype=np.float64)
        if counts is None:
            return [(0, int(few @ cases)) for few in self.few.values()]
        return counts.reaches([*self.few.values()], self._marked)

    def _counts(self, sums: Sequence[Sum]) -> Counts | None:
        """What the whole and these sums tell of what is marked, if anything is."""
        cases = self.cells["cases"].to_numpy(dtype=np.float64)
        return None if np.isnan(self._marked).any() else Counts.exact(self._marked, cases, [*self._whole, *sums])

    @cached_property
    def _marked(self) -> NDArray[np.float64]:
        return self.cells["marked"].to_numpy(dtype=np.float64)

    @cached_property
    def _whole(self) -> list[Sum]:
        """The whole's own months, which every edition tells."""
        cycles = self._named["cycle_month"]
        return [(cycles == cycle).astype(np.float64) for cycle in dict.fromkeys(cycles)]

    @cached_property
    def _untold(self) -> Untold:
        return Untold.of(len(self.cells)).after(self._whole)

    @cached_property
    def _by_whole(self) -> NDArray[np.bool_]:
        """What the whole itself tells of too few: that is not hidden by hiding a team."""
        return self._small.known(self._untold)

    @cached_property
    def _certain_by_whole(self) -> frozenset[int]:
        return frozenset(self._certain([]))

    @cached_property
    def _small(self) -> "Small":
        return Small.of(self.cells, self.rules)

    def _places(self, cycles: tuple[str, ...]) -> dict[Told, Sum]:
        """The cases of every service and team in some cycles."""
        within = np.isin(self._named["cycle_month"], cycles)
        return {
            (column, str(name), period_of(cycles)): (within & (self._named[column] == name)).astype(np.float64)
            for column in PLACE
            for name in dict.fromkeys(self._named[column][within])
        }

    def _is_enough(self, cases: Sum) -> bool:
        children, people = (self._held(column, cases) for column in HELD)
        return self.rules.floor[MANAGERS].is_reached(children=children, people=people)

    def _held(self, column: str, cases: Sum) -> int:
        """How many children, or people, some cases are of."""
        held = self.cells[column].array
        return len(frozenset[str]().union(*(held[place] for place in np.flatnonzero(cases))))

    @cached_property
    def _named(self) -> dict[str, NDArray[np.object_]]:
        return {name: self.cells[name].to_numpy(dtype=object) for name in (*PLACE, "cycle_month")}


def _periods(month: str, rules: Rules) -> Iterator[tuple[str, ...]]:
    """The periods over which the editions up to a month told of places, each once, oldest first."""
    editions = months_between(max(rules.first_cycle, months_after(month, 1 - KEPT)), month)
    yield from dict.fromkeys(filter(None, map(rules.place_cycles, editions)))


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
