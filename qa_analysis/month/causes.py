"""Why published figures are others today, by calculating them again with one thing changed at a time.

The rows kept with a publication, by the rules of today, must give what was published: where they do not, the software
or the rules of the framework changed. Then rows that came late, that were changed and that are gone are put in one kind
at a time, and what the council says of itself; what no single one explains is the rest. Only the measures concerned
are calculated, and nothing where nothing differs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame

from qa_analysis.errors import Refusal
from qa_analysis.measures.figure import CALLED_BY_COUNCIL, dimensions
from qa_analysis.month.digests import Digested, RowChanges, row_changes
from qa_analysis.month.figures import NO_FIGURES
from qa_analysis.month.measuring import month_of
from qa_analysis.month.month import CAUSES, ROWS_RESTATED, Month
from qa_analysis.month.restatements import FIGURE, LAST, kinds
from qa_analysis.month.rows import Rows

LATE, CHANGED, DELETED, RULES, SOFTWARE, LATER, REST = CAUSES
OF_ROWS: Final = (LATE, CHANGED, DELETED)
BETWEEN_CAUSES: Final = "; "
_SMALL: Final = 1e-9  # written with ten digits: less than this is rounding
_COMPARED: Final = ["numerator", "denominator", "value", "lower", "upper", "unit", "note", "verdict"]


@dataclass(frozen=True, eq=False)
class Earlier:
    """A publication to hold a month against: its rows, and whether the same program and rules made it."""

    folder: str
    month: str
    as_at: date
    rows: Callable[[], Rows]
    is_same_program: bool
    is_same_rules: bool  # of the framework
    is_same_council: bool  # what it says of itself
    known: Mapping[str, str]  # a digest of each dataset as known on the day

    @property
    def is_made_alike(self) -> bool:
        """Whether the same rows would give the same figures today."""
        return self.is_same_program and self.is_same_rules and self.is_same_council

    @cached_property
    def digested(self) -> Digested:
        """Its rows, read when they are first asked for."""
        return Digested(self.rows())


def changed_rows(earlier: Earlier, now: Digested) -> dict[str, RowChanges]:
    """What became of the rows of a publication, by dataset; its rows are read only where a digest differs."""
    if earlier.known and dict(earlier.known) == now.known(earlier.as_at):
        return {}
    return row_changes(earlier.digested, now, earlier.as_at)


def rows_table(earlier: Earlier, changes: Mapping[str, RowChanges]) -> DataFrame:
    """How many rows came late, were changed and are gone. One row per dataset that has any."""
    rows = [{"published_in": earlier.folder, "dataset": name, **one.tallies} for name, one in changes.items()]
    return DataFrame(rows, columns=ROWS_RESTATED)


def explained(
    restated: DataFrame,
    earlier: Earlier,
    changes: Mapping[str, RowChanges],
    *,
    published: DataFrame,
    now: Digested,
    month: Month,
) -> DataFrame:
    """The restated figures, those last published in `earlier` each with its causes. One row per figure, as before.

    Of figures by service or team the causes are named and not measured out: what lies between two published numbers was
    never held against the rule of small groups.
    """
    is_of_it = restated["published_in"].eq(earlier.folder) & restated["against"].eq(LAST)
    if not is_of_it.any():
        return restated
    own = restated[is_of_it]
    steps = _Steps(earlier, changes, now, month, tuple(own["measure"].unique()))
    told = _told(own, _ways(steps, indexed(published), pd.MultiIndex.from_frame(own[FIGURE])))
    return pd.concat([restated[~is_of_it], told]).sort_index().reindex(columns=restated.columns)


def indexed(figures: DataFrame) -> DataFrame:
    """What is compared of figures, by what names them. One row per figure."""
    return figures.set_index(FIGURE)[_COMPARED]


@dataclass(frozen=True, eq=False)
class _Way:
    """From one answer to another: how far each figure moved, and whether anything of it is another. One per figure."""

    amount: NDArray[np.float64]
    differs: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Steps:
    """The figures concerned, calculated from the rows of then with more and more of today's put in."""

    earlier: Earlier
    changes: Mapping[str, RowChanges]
    now: Digested
    month: Month
    measures: tuple[str, ...]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What differs between then and now, besides the program and the day."""
        of_rows = tuple(kind for kind in OF_ROWS if any(one.tallies[kind] for one in self.changes.values()))
        is_of_council = self.earlier.is_same_rules and not self.earlier.is_same_council
        return (*of_rows, RULES) if is_of_council else of_rows

    @property
    def is_later(self) -> bool:
        """Whether the day or the month is another, so that more had happened."""
        return (self.earlier.month, self.earlier.as_at) != (self.month.month, self.month.as_at)

    @property
    def is_needed(self) -> bool:
        """Whether anything but the day differs, so that the rows of then are to be looked at."""
        return bool(self.changes) or not self.earlier.is_made_alike

    @cached_property
    def then(self) -> DataFrame:
        """From the rows of then, by today's program."""
        return self._figures(self.earlier.digested.rows)

    @cached_property
    def same_day(self) -> DataFrame:
        """From today's rows, as known on the day of then."""
        return self._figures(self.now.rows)

    @cached_property
    def today(self) -> DataFrame:
        """As the month tells them."""
        return indexed(self.month.measures)

    def but(self, kind: str) -> DataFrame:
        """From the rows of then, with what is of one kind as it is today."""
        rows = self.earlier.digested.rows
        if kind == RULES:
            return self._figures(replace(rows, own=self.now.rows.own))
        frames = {name: one.but(kind) for name, one in self.changes.items() if one.tallies[kind]}
        return self._figures(replace(rows, frames={**rows.frames, **frames}))

    def _figures(self, rows: Rows) -> DataFrame:
        """The figures of the earlier month on its day; none where there is no such month in these rows."""
        try:
            held = month_of(rows, self.earlier.month, as_at=self.earlier.as_at).held
            return indexed(pd.concat([held.of(name) for name in self.measures]))
        except Refusal:
            return indexed(NO_FIGURES)


def _ways(steps: _Steps, published: DataFrame, wanted: pd.MultiIndex) -> dict[str, _Way]:
    """From what was published to today, one way per cause; they add up."""
    was, today = published.reindex(wanted), steps.today.reindex(wanted)
    if not steps.is_needed:
        return {LATER if steps.is_later else REST: _way(was, today)}
    then, same_day = steps.then.reindex(wanted), steps.same_day.reindex(wanted)
    if len(steps.kinds) == 1:
        found = {steps.kinds[0]: _way(then, same_day)}
    else:
        found = {kind: _way(then, steps.but(kind).reindex(wanted)) for kind in steps.kinds}
        found[REST] = _rest(_way(then, same_day), found)
    found[SOFTWARE if steps.earlier.is_same_rules else RULES] = _way(was, then)
    return {**found, LATER: _way(same_day, today)} if steps.is_later else found


def _way(before: DataFrame, after: DataFrame) -> _Way:
    both = pd.concat([before.add_suffix("_then"), after.add_suffix("_now")], axis=1)
    amount = np.asarray(after["value"].astype("float64") - before["value"].astype("float64"), dtype=np.float64)
    return _Way(amount, kinds(both).ne("").to_numpy())


def _rest(whole: _Way, single: Mapping[str, _Way]) -> _Way:
    """What kinds of rows do together and none does alone."""
    amount = whole.amount - sum((way.amount for way in single.values()), np.zeros(len(whole.amount)))
    is_unexplained = whole.differs & ~np.any([way.differs for way in single.values()] or [~whole.differs], axis=0)
    return _Way(amount, is_unexplained | (np.abs(amount) > _SMALL))


def _told(restated: DataFrame, ways: Mapping[str, _Way]) -> DataFrame:
    """Each figure with its causes and how much of the change each makes."""
    is_of_place = restated["by"].map(lambda by: not {*CALLED_BY_COUNCIL}.isdisjoint(dimensions(by))).to_numpy()
    amounts = {
        f"by_{cause}": np.where(way.differs & ~is_of_place & (np.abs(way.amount) > _SMALL), way.amount, np.nan)
        for cause, way in ways.items()
    }
    named = [
        BETWEEN_CAUSES.join(cause for cause in CAUSES if cause in ways and ways[cause].differs[place])
        for place in range(len(restated))
    ]
    return restated.assign(cause=named, **amounts)
