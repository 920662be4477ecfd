"""An attacker with every edition that one reader can hold, whole numbers, and a solver.

Nothing is read but what is published: the figures of each edition as `tables/measures.csv` has them, made by the
functions that a run writes them with (`told`, then `as_told_before`), so that a page, a workbook or a notebook, which
are made of those figures and no others, says no more. What a reader may know besides: how many audits each team had in
each cycle, and all the rows of one child, of one worker or of one team.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isnan
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series
from small import CONTRACTS, NO_ISSUES

from qa_analysis.council import SAYS_NOTHING, Own
from qa_analysis.data.scope import WHOLE, Scope, narrowed
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.dates import ends_of, months_between
from qa_analysis.disclosure.reach import MOST, alike
from qa_analysis.disclosure.told_before import NAMED, as_told_before
from qa_analysis.framework import MANAGERS, Rules, rules_for
from qa_analysis.measures.figure import frame_of, labelled
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.moderation.agreement import of_route, pairs
from qa_analysis.measures.moderation.panel_movement import SINCE, WIDENED
from qa_analysis.measures.shared_edition.protected import ALMOST_ALL, shared
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.measuring import told
from qa_analysis.month.quotations import masked
from qa_analysis.month.rows import Rows
from qa_analysis.stats.subtraction import Counts, Reach, Sum

PLACES = ("service_area", "team")
MOVED = {
    "agreement_exact": lambda steps: steps == 0,
    "moderation_lowered": lambda steps: steps > 0,
    "moderation_raised": lambda steps: steps < 0,
}
CELL = [*PLACES, "cycle_month", "since"]  # what came late is known from a day on, and is in no figure of before


class Found(NamedTuple):
    """What one reader could work out: of so many protected counts so many to the last one, and the narrowest of all."""

    reader: str
    protected: int
    of_one_or_two: int
    recovered: int
    recovered_of_one_or_two: int
    narrowest: Reach

    @property
    def width(self) -> int:
        """How far apart the ends of the narrowest lie."""
        return self.narrowest[1] - self.narrowest[0]


@dataclass(frozen=True, eq=False)
class Edition:
    """One published edition: its month, what it was made of, and its figures."""

    month: str
    tables: Tables
    figures: DataFrame


def tables_of(frames: Mapping[str, DataFrame], month: str, *, own: Own = SAYS_NOTHING) -> Tables:
    """A council as known on the usual day of a month."""
    rules = rules_for(month, own=own)
    placed = {name: frame if "source_file" in frame else _placed(name, frame) for name, frame in frames.items()}
    return tables_as_at(placed, CONTRACTS, month=month, as_at=rules.as_at(month), rules=rules)


def editions(
    frames_of: Callable[[str], Mapping[str, DataFrame]],
    months: Sequence[str],
    measures: Sequence[str],
    *,
    own: Own = SAYS_NOTHING,
) -> Iterator[Edition]:
    """The editions of some months as they are published one after another; a month named twice is published again."""
    before: DataFrame | None = None
    for month in months:
        held = tables_of(frames_of(month), month, own=own)
        rows = Rows(held.frames, CONTRACTS, NO_ISSUES, extracts_table(()), masked(held, ()), held.rules.own)
        month_told = told(held, rows)
        made = pd.concat([month_told.held.of(name) for name in measures], ignore_index=True)
        figures = made if before is None else as_told_before(made, before, held.rules)
        newest = figures if before is None else pd.concat([before, figures], ignore_index=True)
        before = newest.drop_duplicates(NAMED, keep="last")
        yield Edition(month, held, figures)


@dataclass(frozen=True, eq=False)
class OfManagers:
    """The holder of managers' editions, who would know how one or two children were graded.

    `cases` has a row per case: where it was, whose it is and whether it is marked, as graded good or upheld.
    """

    cases: DataFrame
    told: DataFrame
    rules: Rules
    known: frozenset[str] = field(default_factory=frozenset)  # cases that the reader knows

    @staticmethod
    def of_grades(held: Sequence[Edition]) -> "OfManagers":
        """Of good or better."""
        tables, rules = held[-1].tables, held[-1].tables.rules
        audits = tables.audits[tables.audits["selection_route"].isin(rules.headline_routes)]
        audits = graded(audits, "overall_grade", rules)
        audits = audits.assign(since=audits["audited_on"])
        return OfManagers(_cases(audits, audits["is_good"]), _told(held, "good_or_better"), rules)

    @staticmethod
    def of_moderation(held: Sequence[Edition], measure: str = "agreement_exact") -> "OfManagers":
        """Of grades that the panel upheld, lowered or raised, of audits drawn at random."""
        tables = held[-1].tables
        both = of_route(pairs(tables, tuple(tables.audits["cycle_month"].unique())), tables, random_only=True)
        audits = both[["audit_id", "steps", "moderated_on"]].merge(tables.audits, on="audit_id")
        audits = audits.assign(since=audits[["audited_on", "moderated_on"]].max(axis=1))
        drawn = _told(held, measure)
        random = drawn["population"].str.contains("random third")
        return OfManagers(_cases(audits, MOVED[measure](audits["steps"])), drawn[random], tables.rules)

    def knowing(self, cases: "Series[bool]") -> "OfManagers":
        """The same reader with some rows before them."""
        return OfManagers(self.cases, self.told, self.rules, frozenset(self.cases.loc[cases, "audit_id"]))

    @property
    def neighbours(self) -> frozenset[str]:
        """The children who share a month under the floor with another: what they know of themselves tells of others."""
        cells = [cell for few in self._few if few @ self._most > 1 for cell in np.flatnonzero(few)]
        return frozenset(self.cases.loc[np.isin(self._cell, cells), "child"])

    def found(self, reader: str, *, marked_alone: bool = False) -> Found:
        """What this reader can work out of each month of a place under the floor, beyond what the whole tells.

        With `marked_alone` of those months that have a marked case: not that there is none.
        """
        asked = [few for few in self._few if few @ (self._parts if marked_alone else self._most) > 0]
        reach = self._counts(self._sums).reaches(asked, self._parts)
        by_whole = self._counts([one for one in self._sums if one.sum() == self._of_cycle(one)]).reaches(
            asked, self._parts
        )
        kept = [place for place, (low, high) in enumerate(by_whole) if low < high]
        sizes = [int(asked[place] @ self._most) for place in kept]
        known = [size for place, size in zip(kept, sizes, strict=True) if len(set(reach[place])) == 1]
        return Found(
            reader, len(kept), sum(size < 3 for size in sizes), len(known), sum(size < 3 for size in known),
            min((reach[place] for place in kept), key=lambda one: (one[1] - one[0], one), default=(0, 0)),
        )  # fmt: skip

    def worked_out(self) -> int:
        """How many of those months this reader knows to the last case: as `found`, in less time."""
        asked = [few for few in self._few if few @ self._most > 0]
        known = [*self._counts(self._sums).certain(asked, self._parts)]
        whole = self._counts([one for one in self._sums if one.sum() == self._of_cycle(one)])
        return len(known) - len([*whole.certain([asked[place] for place in known], self._parts)])

    @cached_property
    def _cells(self) -> DataFrame:
        return self.cases[CELL].drop_duplicates().sort_values(CELL, ignore_index=True)

    @cached_property
    def _cell(self) -> NDArray[np.int64]:
        """The cell of each case."""
        order = pd.MultiIndex.from_frame(self._cells)
        return order.get_indexer(pd.MultiIndex.from_frame(self.cases[CELL])).astype(np.int64)

    @cached_property
    def _unknown(self) -> NDArray[np.bool_]:
        return ~self.cases["audit_id"].isin(self.known).to_numpy()

    @cached_property
    def _most(self) -> NDArray[np.float64]:
        return np.bincount(self._cell[self._unknown], minlength=len(self._cells)).astype(np.float64)

    @cached_property
    def _parts(self) -> NDArray[np.float64]:
        """The truth, with which a solver begins: what it may lie between does not depend on it."""
        marked = self.cases["marked"].to_numpy()
        return np.bincount(self._cell[self._unknown & marked], minlength=len(self._cells)).astype(np.float64)

    @cached_property
    def _sums(self) -> list[Sum]:
        """Each figure as the cells that it counts, once."""
        found = {mask.tobytes(): mask.astype(np.float64) for mask in map(self._counted, self.told.to_dict("records"))}
        return list(found.values())

    def _counted(self, figure: Mapping[Hashable, str]) -> NDArray[np.bool_]:
        """The cells that a figure counts: of its period and place, and of cases known on its day."""
        first, last = ends_of(figure["period"])
        mask = self._cells["cycle_month"].between(first, last) & (self._cells["since"] <= figure["as_at"])
        if figure["by"] == "era":
            [widened] = [cycle for cycle, name in self.rules.breaks.items() if name == WIDENED]
            return (mask & ((self._cells["cycle_month"] >= widened) == (figure["group"] == SINCE))).to_numpy()
        return (mask & (self._cells[figure["by"]] == figure["group"]) if figure["by"] else mask).to_numpy()

    def _counts(self, sums: Sequence[Sum]) -> Counts:
        """What was told, less what the reader knows: it must be what the true cases add up to."""
        return Counts.exact(self._parts, self._most, sums)

    def _of_cycle(self, one: Sum) -> float:
        """How many cells the cycles of a sum have: it is of the whole where it counts them all."""
        cells = self._cells
        cycles, last = set(cells["cycle_month"].to_numpy()[one > 0]), cells["since"].to_numpy()[one > 0].max()
        return float((cells["cycle_month"].isin(cycles) & (cells["since"] <= last)).sum())

    @cached_property
    def _few(self) -> list[Sum]:
        """The months of services and of teams that are under the floor."""
        floor, found = self.rules.floor[MANAGERS], []
        for column in PLACES:
            for (name, cycle), some in self.cases.groupby([column, "cycle_month"]):
                if not floor.is_reached(children=some["child"].nunique(), people=some["key_worker_id"].nunique()):
                    mask = (self._cells[column] == name) & (self._cells["cycle_month"] == cycle)
                    found.append(mask.to_numpy().astype(np.float64))
        return found

    def checked(self) -> bool:
        """Whether every figure told is what its cases add up to, as `found` takes it to be."""
        marked = np.bincount(self._cell[self.cases["marked"].to_numpy()], minlength=len(self._cells))
        return all(marked[self._counted(row)].sum() == row["numerator"] for row in self.told.to_dict("records"))


@dataclass(frozen=True, eq=False)
class OfEveryone:
    """The holder of shared editions, who would know a count behind what is printed.

    The counts are those of one grade, theme or question: so many a cycle of one kind, and so many of the other.
    """

    told: DataFrame
    rules: Rules

    def found(self, reader: str, *, known: Mapping[str, tuple[int, int]] | None = None) -> Found:
        """What this reader can work out of each printed part and whole; `known` are rows they have, by cycle."""
        reach = [one for series in self._series for one in self._reaches(series, known or {})]
        recovered = sum(low == high for low, high in reach)
        return Found(reader, len(reach), 0, recovered, 0, min(reach, key=lambda one: (one[1] - one[0], one)))

    @property
    def _series(self) -> Iterator[DataFrame]:
        for _, rows in self.told.groupby(["measure", "by", "group"]):
            yield rows.drop_duplicates("period")

    def _reaches(self, series: DataFrame, known: Mapping[str, tuple[int, int]]) -> list[Reach]:
        ends = [ends_of(period) for period in series["period"]]
        cycles = months_between(min(first for first, _ in ends), max(last for _, last in ends))
        sums, low, high = [], [], []
        for (first, last), row in zip(ends, series.to_dict("records"), strict=True):
            within = np.array([first <= cycle <= last for cycle in cycles], dtype=np.float64)
            sums += [np.concatenate([within, 0 * within]), np.concatenate([within, within])]
            good, others = (
                sum(known.get(cycle, (0, 0))[side] for cycle in cycles if first <= cycle <= last) for side in (0, 1)
            )
            for (least, most), seen in zip(self._looks(row), (good, good + others), strict=True):
                low.append(least - seen)
                high.append(most - seen)
        counts = Counts(np.full(2 * len(cycles), float(MOST)), sums, np.array(low, float), np.array(high, float))
        some = counts.fitting()
        return [] if some is None else counts.reaches(sums, some)

    def _looks(self, row: Mapping[object, float]) -> tuple[Reach, Reach]:
        """Which counts look like a printed row: found from what is printed alone, with counts that print so."""
        whole = 1 if isnan(row["denominator"]) else int(row["denominator"])
        part = 0 if isnan(row["numerator"]) else int(row["numerator"])
        return alike(whole if row["verdict"] == ALMOST_ALL else part, whole, self.rules.shared_edition)


def shared_editions(frames: Mapping[str, DataFrame], months: Sequence[str], scope: Scope = WHOLE) -> OfEveryone:
    """The shares of the shared editions of some months, of the whole or of one service."""
    every = [tables_of(frames, month) for month in months]
    of_service = [one.audits["service_area"].eq(scope.service).any() or scope.is_whole for one in every]
    held = [narrowed(one, CONTRACTS, scope) for one, has in zip(every, of_service, strict=True) if has]
    figures = pd.concat([frame_of(shared(one), as_at=one.as_at) for one in held], ignore_index=True)
    is_printed = (figures["unit"] == "share") & (figures["denominator"] != 0)  # of none there is nothing to protect
    return OfEveryone(figures[is_printed], held[-1].rules)


def _cases(audits: DataFrame, marked: "Series[bool]") -> DataFrame:
    held = audits.assign(marked=marked.astype(bool), child=audits["child_id"].fillna(audits["audit_id"]))
    usual = held["cycle_month"].map(lambda cycle: pd.Timestamp(rules_for(cycle).as_at(cycle)))
    since = held["since"].where(held["since"] > usual).dt.date.astype("str").where(held["since"] > usual, "")
    return held.assign(since=since, **{name: labelled(held[name]) for name in PLACES})[
        ["audit_id", *CELL, "child", "key_worker_id", "marked"]
    ].reset_index(drop=True)


def _told(held: Sequence[Edition], measure: str) -> DataFrame:
    """Every figure of a measure that some edition gave of the whole, a service or a team."""
    figures = pd.concat([one.figures for one in held], ignore_index=True)
    given = figures["value"].notna() & figures["by"].isin(["", "era", *PLACES]) & (figures["measure"] == measure)
    return figures[given].drop_duplicates([*NAMED, "numerator"])


def _placed(name: str, frame: DataFrame) -> DataFrame:
    """Rows made in memory, as if they had been read."""
    return frame.assign(
        source_file=f"{name}.csv", source_sheet="", source_row=range(2, len(frame) + 2), source_unread=""
    )
