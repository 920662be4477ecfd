"""What managers may be told of a service or a team: nothing that rests on too few, and nothing that gives it away.

The floor is the rule `floor` of framework.yaml for managers, the same as for questions of one's own. It is applied
where figures are made, to every figure by service or team whoever made it (docs/decisions/027). A figure is told only
where no sum and no difference of all that the edition tells, of the whole, of services and of teams, of its month and
of its year, is of fewer than the floor; with the rule every_edition, of all that was told from the first cycle on.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_between, period_of
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import (
    ACTIONS,
    AUDITS,
    DATA_QUALITY,
    DECISIONS,
    GRADES,
    INDICATORS,
    MODERATION,
    SHARED_EDITION,
    Family,
)
from qa_analysis.measures.figure import CALLED_BY_COUNCIL, TOO_FEW, dimensions, labelled, parts
from qa_analysis.measures.moderation.agreement import of_route, pairs
from qa_analysis.stats.subtraction import Sum, Untold, pinned

Told = tuple[str, str, str]  # a place's dimension, its name and the period
NOT_OF_CHILDREN: Final = (ACTIONS, DECISIONS, DATA_QUALITY, SHARED_EDITION)  # tasks, records, what is rounded anyway
NOT_OF_PRACTICE: Final = (*NOT_OF_CHILDREN, AUDITS, INDICATORS)  # how many audits were done, and what is no audit's
NUMBERS: Final = ["numerator", "denominator", "value", "lower", "upper"]
PLACE: Final = list(CALLED_BY_COUNCIL)
HELD: Final = ("child", "person")


def withheld(figures: DataFrame, hidden: "Series[bool]", note: str) -> DataFrame:
    """The figures, the hidden ones without their numbers and with the reason. One row per figure, as before."""
    return figures.assign(
        **{name: figures[name].mask(hidden) for name in NUMBERS},
        note=figures["note"].mask(hidden, note),
        verdict=figures["verdict"].mask(hidden, TOO_FEW),
        reasons=figures["reasons"].mask(hidden, ""),
    )


@dataclass(frozen=True, eq=False)
class Places:
    """The services and teams of a council, and what may be told of each in one edition."""

    tables: Tables

    def without_small(self, figures: DataFrame) -> DataFrame:
        """The figures, those by service or team withheld that may not be told. One row per figure, as before."""
        floor = self.tables.rules.floor[MANAGERS]
        of_place = figures["by"].map(lambda by: not set(PLACE).isdisjoint(dimensions(by))).astype(bool)
        family = figures["measure"].map(lambda name: declared()[name].family)
        asked = figures[of_place & ~family.isin(NOT_OF_PRACTICE)]
        may = [
            self._may(family[row], by, group, period, of)
            for row, by, group, period, of in zip(
                asked.index, asked["by"], asked["group"], asked["period"], asked["denominator"], strict=True
            )
        ]
        hidden = Series(False, index=figures.index)
        hidden[asked.index] = ~np.array(may, dtype=bool)
        return withheld(
            figures,
            hidden,
            f"not shown: under {floor.children} children or {floor.people} workers, or as few by subtraction",
        )

    def _may(self, family: Family, by: str, group: str, period: str, of: float) -> bool:
        """Whether one figure may be told: of one place, of a period that was weighed, and of enough cases."""
        named = [(name, part) for name, part in zip(dimensions(by), parts(by, group), strict=True) if name in PLACE]
        is_enough = not of < self.tables.rules.floor[MANAGERS].children
        return is_enough and len(named) == 1 and (*named[0], period) in self._told(family)

    def _told(self, family: Family) -> frozenset[Told]:
        """What may be told of the cases that the figures of a family rest on."""
        if family == GRADES:
            return self._of_graded
        return self._of_moderated if family == MODERATION else self._of_audited

    @cached_property
    def _of_graded(self) -> frozenset[Told]:
        rules = self.tables.rules
        audits = self._headline[self._headline["overall_grade"].isin(rules.grades)]
        return Edition.of(audits, self.tables, audits["overall_grade"].isin(rules.good_grades)).told

    @cached_property
    def _of_moderated(self) -> frozenset[Told]:
        tables = self.tables
        cycles = tuple(tables.audits["cycle_month"].dropna().unique())
        drawn = of_route(pairs(tables, cycles), tables, random_only=True)["audit_id"]
        return Edition.of(tables.audits[tables.audits["audit_id"].isin(drawn)], tables).told

    @cached_property
    def _of_audited(self) -> frozenset[Told]:
        return Edition.of(self._headline, self.tables).told

    @cached_property
    def _headline(self) -> DataFrame:
        audits = self.tables.audits
        return audits[audits["selection_route"].isin(self.tables.rules.headline_routes)]


@dataclass(frozen=True, eq=False)
class Edition:
    """What a month's edition, or all up to it, tell of some cases: `cells` are those of a service, a team and a cycle.

    One row per cell: its children and its people as sets, how many `cases` it has and how many of them are `marked`, as
    those graded good or better are; blank where nothing is marked.
    """

    cells: DataFrame
    month: str
    rules: Rules

    @staticmethod
    def of(audits: DataFrame, tables: Tables, marked: "Series[bool] | None" = None) -> "Edition":
        """The edition of a month, of these audits up to it."""
        audits = audits.assign(marked=np.nan if marked is None else marked.astype("float64"))
        held = audits[audits["cycle_month"] <= tables.month]
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
        return Edition(DataFrame(cells, columns=columns), tables.month, tables.rules)

    @cached_property
    def told(self) -> frozenset[Told]:
        """What the newest edition tells of each service and team, of its month and of its year."""
        cycles, told = self._named["cycle_month"], dict[Told, Sum]()
        sums: list[Sum] = [(cycles == cycle).astype(np.float64) for cycle in dict.fromkeys(cycles)]
        untold = Untold.of(len(self.cells)).after(sums)
        known = self._known(untold, sums)  # what the whole itself tells is not hidden by hiding a team
        for month in self._months():
            told = self._safe(self._apart(month, untold), untold, sums, known)
            untold, sums = untold.after(told.values()), [*sums, *told.values()]
        return frozenset(told)

    def _apart(self, month: str, untold: Untold) -> dict[Told, Sum]:
        """What one edition may tell beside all that was told, by adding and subtracting, the largest first."""
        told, known = dict[Told, Sum](), self._small.known(untold)
        for name, published in self._offered(month):
            if self._is_enough(published):
                after = untold.told(published)
                if not (self._small.known(after) & ~known).any():
                    untold, told = after, told | {name: published}
        return told

    def _safe(
        self, asked: dict[Told, Sum], untold: Untold, sums: list[Sum], known: NDArray[np.bool_]
    ) -> dict[Told, Sum]:
        """As many of these, the largest first, as tell of nobody even by how many cases a part has."""
        names, every = list(asked), list(asked.values())

        def tells(many: int) -> bool:
            some = every[:many]
            return bool((self._known(untold.after(some), [*sums, *some]) & ~known).any())

        safe = bisect_left(range(1, len(every) + 1), True, key=tells)
        return {name: asked[name] for name in names[:safe]}

    def _known(self, untold: Untold, sums: list[Sum]) -> NDArray[np.bool_]:
        """What can be worked out of too few where it is known how many cases each part has."""
        marked, cases = (self.cells[column].to_numpy(dtype=np.float64) for column in ("marked", "cases"))
        if len(marked) and not np.isnan(marked).any():
            untold = untold.known(np.flatnonzero(pinned(sums, [float(one @ marked) for one in sums], cases)))
        return self._small.known(untold)

    @cached_property
    def _small(self) -> "Small":
        return Small.of(self.cells, self.rules)

    def _months(self) -> tuple[str, ...]:
        """The months of the editions that are reckoned with: this one, or every one up to it."""
        cycles = self.cells["cycle_month"]
        if not self.rules.floor[MANAGERS].every_edition:
            return (self.month,)
        return months_between(cycles.min(), self.month) if len(cycles) else ()

    def _offered(self, month: str) -> Iterator[tuple[Told, Sum]]:
        """What one edition would tell if nobody were to be protected: years before months, the largest first."""
        for cycles in dict.fromkeys((self.rules.cycles_up_to(month, self.rules.rolling_cycles), (month,))):
            within = np.isin(self._named["cycle_month"], cycles)
            found = [
                ((column, str(name), period_of(cycles)), (within & (self._named[column] == name)).astype(np.float64))
                for column in PLACE
                for name in dict.fromkeys(self._named[column][within])
            ]
            yield from sorted(found, key=lambda one: (-self._held("child", one[1]), one[0]))

    def _is_enough(self, published: Sum) -> bool:
        children, people = (self._held(column, published) for column in HELD)
        return self.rules.floor[MANAGERS].is_reached(children=children, people=people)

    def _held(self, column: str, published: Sum) -> int:
        """How many children, or people, a sum is of."""
        held = self.cells[column].array
        return len(frozenset[str]().union(*(held[place] for place in np.flatnonzero(published))))

    @cached_property
    def _named(self) -> dict[str, NDArray[np.object_]]:
        return {name: self.cells[name].to_numpy(dtype=object) for name in (*PLACE, "cycle_month")}


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
