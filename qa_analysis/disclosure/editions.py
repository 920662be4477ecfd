"""What all editions up to a month tell of services and teams together, and what could be worked out from them.

A figure of a place is over a year that moves on by whole quarters (`step` of the rule `floor`), so that no two editions
differ by one month. Each is told only where no sum or difference of all that was told is of fewer than the floor, and
where trying every whole number that fits leaves each month of so few at least two counts (docs/decisions/027). A case
counts from the edition on that first knew it: a panel may decide after the day of the cycle's own edition.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.disclosure.certainty import Certainty, Known
from qa_analysis.disclosure.kept_editions import first_to_know, kept_up_to
from qa_analysis.disclosure.readers import KNOWN, readers_of
from qa_analysis.disclosure.small_cells import HELD, Small
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.figure import CALLED_BY_COUNCIL, labelled
from qa_analysis.stats.subtraction import Reach, Sum, Untold

Cycles = tuple[str, ...]
Told = tuple[str, str, str]  # a place's dimension, its name and the period
OfWhole = Callable[[str, Rules], Iterable[Cycles]]  # which cycles an edition's figures of the whole are of
PLACE: Final = tuple(CALLED_BY_COUNCIL)
TIMES: Final = ("cycle_month", "since")


@dataclass(frozen=True, eq=False)
class Editions:
    """The editions up to a month, of some cases: `cells` are those of a service, a team and a cycle, known since one.

    One row per cell: its children and its people as sets, how many `cases` it has and how many of them are `marked`, as
    those graded good or better are; blank where nothing is marked. `rows` has one row per case: its cell, child, person
    and whether it is marked. `by` says which kinds of places are told of.
    """

    cells: DataFrame
    rows: DataFrame
    month: str
    rules: Rules
    of_whole: OfWhole
    by: tuple[str, ...] = PLACE

    @staticmethod
    def of(
        audits: DataFrame,
        tables: Tables,
        of_whole: OfWhole,
        *,
        known_on: "Series[pd.Timestamp]",
        marked: "Series[bool] | None" = None,
        by: tuple[str, ...] = PLACE,
    ) -> "Editions":
        """The editions up to a month, of these audits, each known from a day on."""
        months = kept_up_to(tables.month, tables.rules)
        first = min(chain.from_iterable(map(tables.rules.place_cycles, months)), default=tables.month)
        audits = audits.assign(
            marked=np.nan if marked is None else marked.astype("float64"),
            since=first_to_know(known_on, audits["cycle_month"], months, tables.rules),
            child=audits["child_id"].fillna(audits["audit_id"]),
            person=audits["key_worker_id"],
            own_team=audits["team"],
            **{name: labelled(audits[name]) if name in by else "" for name in PLACE},
        )
        held = audits[audits["cycle_month"].between(first, tables.month)]
        by_cell = held.groupby([*PLACE, *TIMES], sort=True)
        cells = [
            (
                *cell, frozenset(some["child"]), frozenset(some["person"].dropna()), len(some),
                some["marked"].sum(min_count=1),
            )
            for cell, some in by_cell
        ]  # fmt: skip
        columns = [*PLACE, *TIMES, *HELD, "cases", "marked"]
        rows = held[["marked", *KNOWN]].assign(cell=by_cell.ngroup())
        return Editions(DataFrame(cells, columns=columns), rows, tables.month, tables.rules, of_whole, by)

    @cached_property
    def told(self) -> frozenset[Told]:
        """What the newest edition tells of each service and team."""
        return frozenset(self.every[-1])

    @cached_property
    def every(self) -> tuple[Mapping[Told, Sum], ...]:
        """What each edition told of each service and team, oldest first, and the cases that each figure counts."""
        hidden: frozenset[Known] = frozenset()
        every = self._one_by_one(hidden)
        while certain := self._beyond_whole(_sums(every), self._to_be_hidden - hidden):
            hidden |= certain
            before, every = every, self._one_by_one(hidden)
            to_all = any(reader == 0 for reader, _ in certain)  # which others could tell too was not asked
            if not to_all and _by_cases(every).keys() <= _by_cases(before).keys():
                return every  # what is certain of less was certain before
        return every

    def _one_by_one(self, hidden: frozenset[Known] = frozenset()) -> tuple[Mapping[Told, Sum], ...]:
        """What each edition may tell beside those before it, so that none of the `hidden` is certain."""
        every: list[Mapping[Told, Sum]] = []
        untold = self._untold
        for month in kept_up_to(self.month, self.rules):
            stays, asked = self._asked(month, every[-1] if every else {})
            new = self._apart(asked, untold, _by_cases(every).keys())
            new = self._open(new, _sums(every), hidden) if hidden and new else new
            untold = untold.after(new.values())
            every.append({**stays, **new})
        return tuple(every)

    def _asked(self, month: str, before: Mapping[Told, Sum]) -> tuple[dict[Told, Sum], dict[Told, Sum]]:
        """What an edition tells as the one before did, and what it would tell anew: the largest first.

        A figure of the same year stays until it differs by enough cases (`told_before`).
        """
        enough = {name: cases for name, cases in self._places(month).items() if self._is_enough(cases)}
        stays = {name: before[name] for name, cases in enough.items() if self._stays(cases, before.get(name))}
        anew = [(name, cases) for name, cases in enough.items() if name not in stays]
        return stays, dict(sorted(anew, key=lambda one: (-self._held("child", one[1]), one[0])))

    def _stays(self, now: Sum, then: Sum | None) -> bool:
        return then is not None and bool((now - then) @ self._cases < self.rules.floor[MANAGERS].children)

    @cached_property
    def few(self) -> Mapping[Told, Sum]:
        """Each month of a service or a team that rests on too few: what is not to be worked out.

        Where teams are not told of, nor is any month of a service, which may be one of a team.
        """
        return {
            name: cases
            for cycle in dict.fromkeys(self._named["cycle_month"])
            for name, cases in self._of_places(self.by, self._in((str(cycle),), self.month), str(cycle))
            if self.by != PLACE or not self._is_enough(cases)
        }

    @cached_property
    def reaches(self) -> Mapping[Told, Reach]:
        """Between which counts each month of too few lies, for whoever holds all editions and knows how many it has."""
        asked = [*self.few.values()]
        if not self._is_marked:  # nothing is known
            return {name: (0, int(cases @ self._cases)) for name, cases in self.few.items()}
        return dict(zip(self.few, self._certainty.counts(_sums(self.every)).reaches(asked, self._marked), strict=True))

    @cached_property
    def worked_out(self) -> frozenset[Told]:
        """The months of too few that are known to the last one, and not from the figures of the whole alone."""
        known = {place for place, (low, high) in enumerate(self.reaches.values()) if low == high}
        names = [*self.few]
        return frozenset(names[place] for _, place in self._without_whole(frozenset((0, place) for place in known)))

    def _apart(self, asked: Mapping[Told, Sum], untold: Untold, before: Iterable[bytes]) -> dict[Told, Sum]:
        """What one edition may tell beside all that was told `before`, by adding and subtracting: worked out once."""
        the_same = frozenset(before), tuple(one.tobytes() for one in asked.values())
        if the_same not in self._kept_apart:
            safe = partial(_safe, tells=lambda sums: self._tells(untold.after(sums)))
            self._kept_apart[the_same] = _kept(asked, safe)
        return self._kept_apart[the_same]

    @cached_property
    def _kept_apart(self) -> dict[tuple[frozenset[bytes], tuple[bytes, ...]], dict[Told, Sum]]:
        return {}

    def _open(self, asked: Mapping[Told, Sum], before: Sequence[Sum], hidden: frozenset[Known]) -> dict[Told, Sum]:
        """What it may tell beside them by trying every whole number, so that none of the `hidden` is certain."""
        return _kept(asked, lambda told, new: self._certainty.safe([*before, *told], new, hidden))

    def _tells(self, untold: Untold) -> bool:
        """Whether anything of too few stands alone that the figures of the whole do not tell anyway."""
        return bool((self._small.known(untold) & ~self._by_whole).any())

    @cached_property
    def _certainty(self) -> Certainty:
        few = np.array([*self.few.values()]).reshape(-1, len(self.cells))
        return Certainty(few, self._cases, self._marked, self._whole, readers_of(self.rows, len(self.cells)))

    @cached_property
    def _is_marked(self) -> bool:
        return not np.isnan(self._marked).any()

    @cached_property
    def _marked(self) -> NDArray[np.float64]:
        return self.cells["marked"].to_numpy(dtype=np.float64)

    @cached_property
    def _cases(self) -> NDArray[np.float64]:
        return self.cells["cases"].to_numpy(dtype=np.float64)

    @cached_property
    def _whole(self) -> list[Sum]:
        """What the editions tell of the whole, each sum once."""
        sums = [
            self._in(cycles, month).astype(np.float64)
            for month in kept_up_to(self.month, self.rules)
            for cycles in self.of_whole(month, self.rules)
        ]
        return [*{one.tobytes(): one for one in sums if one.any()}.values()]

    @cached_property
    def _untold(self) -> Untold:
        return Untold.of(len(self.cells)).after(self._whole)

    @cached_property
    def _by_whole(self) -> NDArray[np.bool_]:
        """What the whole itself tells of too few: that is not hidden by hiding a team."""
        return self._small.known(self._untold)

    def _beyond_whole(self, sums: Sequence[Sum], among: frozenset[Known]) -> frozenset[Known]:
        """Which of some months these sums make certain, and the figures of the whole alone do not."""
        return self._without_whole(frozenset(self._certainty.certain(sums, among)))

    def _without_whole(self, certain: frozenset[Known]) -> frozenset[Known]:
        return certain - frozenset(self._certainty.certain([], certain))

    @cached_property
    def _to_be_hidden(self) -> frozenset[Known]:
        """Each month of too few for each reader who does not know all of it, if anything is marked."""
        return self._certainty.every if self._is_marked else frozenset()

    @cached_property
    def _small(self) -> Small:
        return Small.of(self.cells, self.rules)

    def _places(self, month: str) -> dict[Told, Sum]:
        """The cases of every service and team that an edition would tell of."""
        cycles = self.rules.place_cycles(month)
        return dict(self._of_places(self.by, self._in(cycles, month), period_of(cycles)))

    def _of_places(self, by: tuple[str, ...], rows: NDArray[np.bool_], period: str) -> Iterator[tuple[Told, Sum]]:
        for column in by:
            for name in dict.fromkeys(self._named[column][rows]):
                yield (column, str(name), period), (rows & (self._named[column] == name)).astype(np.float64)

    def _in(self, cycles: Cycles, month: str) -> NDArray[np.bool_]:
        """The cells of some cycles that an edition knew of."""
        known: NDArray[np.bool_] = self._named["since"] <= month
        return np.isin(self._named["cycle_month"], cycles) & known

    def _is_enough(self, cases: Sum) -> bool:
        children, people = (self._held(column, cases) for column in HELD)
        return self.rules.floor[MANAGERS].is_reached(children=children, people=people)

    def _held(self, column: str, cases: Sum) -> int:
        """How many children, or people, some cases are of."""
        held = self._holders[column]
        return len(frozenset[str]().union(*(held[place] for place in np.flatnonzero(cases))))

    @cached_property
    def _holders(self) -> dict[str, list[frozenset[str]]]:
        return {column: self.cells[column].tolist() for column in HELD}

    @cached_property
    def _named(self) -> dict[str, NDArray[np.object_]]:
        return {name: self.cells[name].to_numpy(dtype=object) for name in (*PLACE, *TIMES)}


def _sums(every: Iterable[Mapping[Told, Sum]]) -> list[Sum]:
    """What some editions told, each sum once."""
    return [*_by_cases(every).values()]


def _by_cases(every: Iterable[Mapping[Told, Sum]]) -> dict[bytes, Sum]:
    return {one.tobytes(): one for told in every for one in told.values()}


def _kept(asked: Mapping[Told, Sum], safe: Callable[[Sequence[Sum], Sequence[Sum]], int]) -> dict[Told, Sum]:
    """As many as can be told together, from the first on; what would tell of too few is left out."""
    told, left = dict[Told, Sum](), list(asked.items())
    while left:
        many = safe([*told.values()], [published for _, published in left])
        told, left = told | dict(left[:many]), left[many + 1 :]  # the one after them would tell
    return told


def _safe(before: Sequence[Sum], new: Sequence[Sum], tells: Callable[[Sequence[Sum]], bool]) -> int:
    """How many, from the first on, may be told beside others."""
    if not tells([*before, *new]):
        return len(new)
    return bisect_left(range(1, len(new)), True, key=lambda many: tells([*before, *new[:many]]))
