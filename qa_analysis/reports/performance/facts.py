"""The facts of one service or team that its manager's narrative may begin from, each with its signal."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import month_name
from qa_analysis.english import at_first, counted
from qa_analysis.measures.actions.stock import states
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.narratives.claims import Signal
from qa_analysis.measures.narratives.places import COLUMN
from qa_analysis.measures.performance.direction import INDICATORS, indicators
from qa_analysis.measures.performance.figures import SIGNALS
from qa_analysis.measures.supervision.standing import AWAY, NONE_YET, NOT_DUE, OVERDUE, standing
from qa_analysis.telling.wording import percent

FACTS: Final = ("Part", "What", "Figure", "Signal")
WELL, ILL, DOING, INFORMATION = "Achievements", "Challenges", "Mitigating actions", "For information"
ON_THE_DAY: Final = "Counted on the day"
TOO_FEW: Final = "A month of one place is too few for a signal"
Place = tuple[str, str]  # a level and a name
Fact = tuple[str, str, str, str]


@dataclass(frozen=True, eq=False)
class Facts:
    """The facts of every place of a month, for the managers of each alone: nothing in them is withheld for size."""

    tables: Tables

    def of(self, place: Place) -> list[Fact]:
        """The facts of a place by the part that they may stand in: part, what, figure and signal."""
        every = [*self._indicators(place), *self._supervision(place), *self._actions(place), *self._audits(place)]
        order = (WELL, ILL, DOING, INFORMATION)
        return sorted(every, key=lambda fact: order.index(fact[0]))

    def signals(self, place: Place) -> list[Signal]:
        """What its indicators say; of those that it has no figure of, what they say of the whole."""
        own, whole = self._travels.get(place, {}), self._travels.get(_WHOLE, {})
        others = [replace(one, name=f"{one.name}, all together") for code in whole if code not in own
                  for one in [_signal(whole[code])]]  # fmt: skip
        return [*map(_signal, own.values()), *others]

    @cached_property
    def _travels(self) -> dict[Place, dict[str, dict[str, Figure]]]:
        """The newest figures of each place by indicator and measure."""
        found: dict[Place, dict[str, dict[str, Figure]]] = defaultdict(dict)
        levels = {column: level for level, column in COLUMN.items()}
        for figure in indicators(self.tables):
            code, *named = figure.group
            place = (levels[figure.by[1]], named[0]) if named else _WHOLE
            if figure.measure != "indicator_against_others":
                found[place].setdefault(code, {})[_KINDS.get(figure.measure, figure.measure)] = figure
        return found

    @cached_property
    def _people(self) -> DataFrame | None:
        return standing(self.tables) if {"staff", "supervision"} <= set(self.tables.frames) else None

    @cached_property
    def _open(self) -> DataFrame:
        return states(self.tables)

    def _indicators(self, place: Place) -> Iterator[Fact]:
        for held in self._travels.get(place, {}).values():
            signal = _signal(held)
            is_missed = _TARGET in held and held[_TARGET].verdict == "consistently missed"
            is_ill = signal.verdict == "getting worse" or is_missed
            part = WELL if signal.verdict == "improving" else ILL if is_ill else INFORMATION
            said = f"{at_first(signal.verdict)}{f' since {signal.since}' if signal.since else ''}"
            missed = ". Target consistently missed" if is_missed else ""
            yield part, signal.name, _value(held.get(_VALUE)), f"{said}{missed}"

    def _supervision(self, place: Place) -> Iterator[Fact]:
        level, name = place
        if self._people is None:
            return
        here = self._people.loc[self._people[COLUMN[level]] == name, "state"]
        here = here[here != AWAY]
        waiting = int(here.isin([OVERDUE, NONE_YET]).sum())
        if len(here):
            figure = f"{int((here == NOT_DUE).sum())} of {counted(len(here), 'person', 'people')} not overdue"
            yield ILL if waiting else WELL, "Supervision", f"{figure}; {waiting} overdue or none recorded", ON_THE_DAY

    def _actions(self, place: Place) -> Iterator[Fact]:
        level, name = place
        mine = self._open[self._open[COLUMN[level]] == name]
        still, late = int(mine["is_open"].sum()), int(mine["is_overdue"].sum())
        if len(mine):
            yield DOING, "Audit actions", f"{still} open, {late} of them overdue", ON_THE_DAY

    def _audits(self, place: Place) -> Iterator[Fact]:
        level, name = place
        audits = self.tables.audits
        mine = audits[(audits["cycle_month"] == self.tables.month) & (audits[COLUMN[level]] == name)]
        good = int(mine["overall_grade"].isin(self.tables.rules.good_grades).sum())
        if len(mine):
            yield INFORMATION, "Audits of the month", f"{len(mine)}, {good} of them good or better", TOO_FEW


_WHOLE: Final[Place] = ("", "")
_VALUE, _TARGET = "value", "target"
_KINDS: Final = {
    INDICATORS.share: _VALUE, INDICATORS.value: _VALUE,
    f"{INDICATORS.share}_target": _TARGET, f"{INDICATORS.value}_target": _TARGET,
}  # fmt: skip


def _signal(held: dict[str, Figure]) -> Signal:
    """The signal of one indicator of a place."""
    about, direction = held[INDICATORS.months], held.get(INDICATORS.direction)
    if direction is None:
        return Signal(about.note, "no figure", about.verdict)
    since = month_name(direction.period.partition("/")[0]) if direction.verdict in SIGNALS else ""
    return Signal(about.note, direction.verdict, about.verdict, since)


def _value(newest: Figure | None) -> str:
    """The newest month in words: "86% (36 of 42), June 2023"; why there is none."""
    if newest is None or not newest.is_given:
        return at_first(newest.note) if newest is not None and newest.note else "Not supplied"
    number = percent(newest.value) if newest.unit == "share" else f"{newest.value:,.1f}".removesuffix(".0")
    cases = (
        f" ({newest.numerator:,.0f} of {newest.denominator:,.0f})" if newest.denominator == newest.denominator else ""
    )
    return f"{number}{cases}, {month_name(newest.period)}"
