"""Reader's reach: the most that whoever holds all past editions of an audience can work out, in one line a manifest.

Of managers' editions: the months of a service or a team that rest on too few. Of the shared edition: the counts behind
what is printed. Both as between which whole numbers they must lie for all that was printed so far to be true.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.editions import Editions
from qa_analysis.disclosure.kept_editions import kept_up_to
from qa_analysis.disclosure.small_places import Places
from qa_analysis.measures.grades.grades import areas, graded
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.shared_edition.protected import protected_count, protected_share
from qa_analysis.protection import Protection
from qa_analysis.stats.subtraction import Counts, Reach, Sum

MOST = 10_000  # audits graded of one kind in a cycle: more than any council's


@dataclass(frozen=True)
class ReadersReach:
    """How many counts are protected, how many of them can be worked out, and the narrowest that any lies between."""

    what: str
    protected: int
    worked_out: int
    narrowest: Reach | None  # none where nothing is protected

    def written(self) -> dict[str, object]:
        """As the manifest has it."""
        return {
            "protected": self.protected,
            "worked_out": self.worked_out,
            "narrowest": list(self.narrowest or ()),
            "in_words": self.words,
        }

    @property
    def words(self) -> str:
        """The same in a sentence."""
        if self.narrowest is None:
            return f"No {self.what} need protecting."
        low, high = self.narrowest
        known = f"{self.worked_out or 'none'} can be calculated"
        return (
            f"{self.protected:,} {self.what} are protected; {known} from all editions together. The narrowest lies "
            f"between {low} and {high}."
        )


def readers_reach(places: Places) -> dict[str, dict[str, object]]:
    """What the holders of all past editions can work out, by audience: the manifest's entry."""
    return {
        "managers": of_managers(places.graded).written(),
        "everyone": of_everyone(places.tables).written(),
    }


def of_managers(editions: Editions) -> ReadersReach:
    """What managers' editions leave open of each month of a service or a team that rests on too few."""
    return _reach("months of a service or a team", list(editions.reaches.values()), len(editions.worked_out))


def of_everyone(tables: Tables) -> ReadersReach:
    """What the shared editions leave open of the counts behind the newest one."""
    found = [reach for column in areas(tables.rules).values() for reach in _behind(tables, column)]
    return _reach("rounded counts", found, sum(low == high for low, high in found))


def _reach(what: str, found: Sequence[Reach], worked_out: int) -> ReadersReach:
    narrowest = min(found, key=lambda one: (one[1] - one[0], one), default=None)
    return ReadersReach(what, len(found), worked_out, narrowest)


def _behind(tables: Tables, column: str) -> Iterator[Reach]:
    """Between which counts the good or better, and the graded, of the newest edition lie, for one grade."""
    routes = tables.audits["selection_route"].isin(tables.rules.headline_routes)
    audits = graded(tables.audits[routes], column, tables.rules)
    by_cycle = audits.groupby("cycle_month")["is_good"].agg(["sum", "size"])
    editions = kept_up_to(tables.month, tables.rules)
    windows = [tables.rules.cycles_up_to(month, POOLED_CYCLES) for month in editions]
    cycles = sorted({cycle for window in windows for cycle in window})
    if not len(audits):
        return
    counts = by_cycle.reindex(cycles, fill_value=0)
    told, newest = _told(counts, windows, tables.rules.shared_edition)
    good = counts["sum"].to_numpy(dtype=np.float64)
    parts = np.concatenate([good, counts["size"].to_numpy(dtype=np.float64) - good])
    yield from told.reaches(newest, parts)


def _told(counts: DataFrame, windows: Sequence[tuple[str, ...]], held: Protection) -> tuple[Counts, list[Sum]]:
    """What all editions tell of the good and the others of each cycle, and the two sums that the newest is made of."""
    sums: list[Sum] = []
    low: list[int] = []
    high: list[int] = []
    for window in windows:
        within = counts.index.isin(window).astype(np.float64)
        good, every = (int(counts.loc[counts.index.isin(window), name].sum()) for name in ("sum", "size"))
        sums = [*sums, np.concatenate([within, 0 * within]), np.concatenate([within, within])]
        for least, most in alike(good, every, held):
            low.append(least)
            high.append(most)
    ends = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    return Counts(np.full(2 * len(counts), float(MOST)), sums, *ends), sums[-2:]


@cache
def alike(good: int, every: int, held: Protection) -> tuple[Reach, Reach]:
    """Between which counts a part and its whole lie that are printed as these are."""
    printed, reach = protected_share(good, every, held), held.hidden_to + held.nearest
    near = range(max(0, good - reach), good + reach + 1) if printed.value == printed.value else None
    alike = [
        (part, whole)
        for whole in range(max(0, every - reach), every + reach + 1)
        if _same(protected_count(whole, held), printed.denominator)
        for part in (near or range(whole + 1))
        if part <= whole and all(map(_same, protected_share(part, whole, held), printed))
    ]
    parts, wholes = ([one[side] for one in alike] for side in (0, 1))
    return (min(parts), max(parts)), (min(wholes), max(wholes))


def _same(one: object, other: object) -> bool:
    """Whether two printed things look alike: what is not given looks like nothing that is given."""
    return one == other or (one != one and other != other)
