"""How a figure is written down: the one shape that sentences, charts and tables all draw from."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from math import nan
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import wilson

COLUMNS: Final = (
    "measure", "period", "as_at", "population", "by", "group", "numerator", "denominator", "value", "lower", "upper",
    "unit", "method", "note", "verdict", "reasons",
)  # fmt: skip

TOO_FEW: Final = "too few to say"  # of one figure
TOO_FEW_TO_JUDGE: Final = "too few to judge"  # of a comparison
TOO_FEW_CHANGES: Final = "too few changes to say"  # of a direction
OF_TOO_FEW: Final = (TOO_FEW, TOO_FEW_TO_JUDGE, TOO_FEW_CHANGES)

NOT_RECORDED: Final = "not recorded"  # what a blank is called where rows are counted by it
CALLED_BY_COUNCIL: Final = ("team", "service_area")  # dimensions whose values may be any text, a plus among it

_TEXTS: Final = ("measure", "period", "population", "by", "group", "unit", "method", "note", "verdict", "reasons")
_PLUS, _BETWEEN_REASONS = "+", "; "
Names = str | tuple[str, ...]  # one dimension or group, or several; none is "" or ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A count, a share or another estimate, with what it is of and what may be said of it.

    `by` names what it is divided by and `group` the part that this figure is about, one value for each of `by`; the
    whole has neither. Numbers are `nan` where there is none; a numerator and a denominator are whole numbers of cases.
    `verdict` is a word from the rules, `reasons` are what stands in the way of the number or of a like-for-like claim,
    and `note` says both to readers: code looks at the first two.
    """

    measure: str
    period: str
    population: str
    by: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    numerator: float = nan
    denominator: float = nan
    value: float = nan
    lower: float = nan
    upper: float = nan
    unit: str = ""
    method: str = ""
    note: str = ""
    verdict: str = ""
    reasons: tuple[str, ...] = ()

    def but(self, **changes: Any) -> "Figure":
        """The same figure with some fields changed."""
        return replace(self, **changes)

    def judged(self, word: str) -> "Figure":
        """The same figure with a word from the rules, which is its note as well; without a word, as it is."""
        return self.but(verdict=word, note=word) if word else self

    @property
    def is_given(self) -> bool:
        """Whether there is a number."""
        return self.value == self.value

    @property
    def is_withheld(self) -> bool:
        """Whether its numbers are kept back because they rest on too few (disclosure/small_groups.py)."""
        return self.verdict == TOO_FEW and self.denominator != self.denominator

    @property
    def is_doubtful(self) -> bool:
        """Whether it rests on too few cases, or something stands in its way."""
        return self.verdict in OF_TOO_FEW or bool(self.reasons)


_FIELDS: Final = tuple(field.name for field in fields(Figure))


def count(
    measure: str, value: float, *, period: str, population: str, unit: str, by: Names = (), group: Names = ()
) -> Figure:
    """A number of things: no interval, because nothing is estimated."""
    return Figure(
        measure=measure, period=period, population=population, by=several(by), group=several(group),
        value=float(value), unit=unit, method="count",
    )  # fmt: skip


def share(
    measure: str, part: int, whole: int, *, period: str, population: str, few: int, by: Names = (), group: Names = ()
) -> Figure:
    """A part of a whole with its Wilson interval; below `few` the verdict is that it is too few to say."""
    found = estimated(
        measure, wilson(part, whole), period=period, population=population, unit="share", by=by, group=group
    )
    word = TOO_FEW if whole < few else ""
    return found.but(numerator=part, denominator=whole, verdict=word, note=word, reasons=())


def estimated(
    measure: str, estimate: Estimate, *, period: str, population: str, unit: str, by: Names = (), group: Names = ()
) -> Figure:
    """An estimate with its interval and the number of cases it rests on. Why there is none is a reason, and noted."""
    return Figure(
        measure=measure, period=period, population=population, by=several(by), group=several(group),
        denominator=estimate.n, value=estimate.value, lower=estimate.lower, upper=estimate.upper, unit=unit,
        method=estimate.method, note=estimate.note, reasons=several(estimate.note),
    )  # fmt: skip


def counts_by(
    frame: DataFrame, column: str, measure: str, *, by: str = "", groups: Iterable[str] | None = None, **labels: str
) -> list[Figure]:
    """How many rows each value of a column has. One figure per group; groups named in advance may have none."""
    sizes = labelled(frame[column]).value_counts()
    names = sorted(sizes.index) if groups is None else [*groups, *sorted(set(sizes.index) - set(groups))]
    return [count(measure, int(sizes.get(name, 0)), by=by or column, group=str(name), **labels) for name in names]


def shares_by(frame: DataFrame, column: str, flag: str, measure: str, *, few: int, **labels: str) -> list[Figure]:
    """The share of each group's rows that carry a flag. One figure per group that has any row."""
    grouped = frame.assign(**{column: labelled(frame[column])}).groupby(column)[flag].agg(["sum", "size"])
    return [
        share(measure, int(good), int(size), by=column, group=str(name), few=few, **labels)
        for name, good, size in zip(grouped.index, grouped["sum"], grouped["size"], strict=True)
    ]


def labelled(values: Series) -> Series:
    """The values with blanks named, so that no row vanishes from a total."""
    return values.fillna(NOT_RECORDED)


def frame_of(figures: Iterable[Figure], *, as_at: pd.Timestamp) -> DataFrame:
    """The figures as one table, in the order given. One row per figure."""
    every = list(figures)
    if not every:
        return pd.DataFrame([], columns=list(COLUMNS))
    columns = {name: [getattr(figure, name) for figure in every] for name in _FIELDS}
    written = {
        "by": [joined(figure.by) for figure in every],
        "group": [joined(figure.group) for figure in every],
        "reasons": [_BETWEEN_REASONS.join(figure.reasons) for figure in every],
    }
    days = [as_at.date().isoformat()] * len(every)
    return pd.DataFrame({**columns, "as_at": days, **written}, columns=list(COLUMNS))


def figure_of(row: Series | Mapping[Hashable, Any]) -> Figure:
    """One row of such a table as the figure it was made from."""
    texts = {name: _text(row[name]) for name in _TEXTS}
    by, reasons = texts["by"], texts["reasons"]
    held: dict[str, Any] = {
        **texts,
        "by": dimensions(by),
        "group": parts(by, texts["group"]),
        "reasons": tuple(reasons.split(_BETWEEN_REASONS)) if reasons else (),
        **{name: _cases(row[name]) for name in ("numerator", "denominator")},
        **{name: float(row[name]) for name in ("value", "lower", "upper")},
    }
    return Figure(**held)


def figures_of(table: DataFrame) -> list[Figure]:
    """The figures that a table was made from. One per row."""
    return [figure_of(row) for row in table.to_dict("records")]


def joined(names: Names) -> str:
    """Dimensions, or the values of one group, as a table of figures writes them: "key_area+grade"."""
    return names if isinstance(names, str) else _PLUS.join(names)


def several(names: Names) -> tuple[str, ...]:
    """One name, several or none, as several."""
    return names if isinstance(names, tuple) else tuple(filter(None, (names,)))


def dimensions(by: str) -> tuple[str, ...]:
    """What the figures of a table are divided by, taken apart again."""
    return tuple(by.split(_PLUS)) if by else ()


def parts(by: str, group: str) -> tuple[str, ...]:
    """The values of a group taken apart again, one for each of what it is divided by.

    One of them may have a plus in it: a team or a service is called what the council calls it; without either, the
    first.
    """
    names = dimensions(by)
    place = next((place for place, name in enumerate(names) if name in CALLED_BY_COUNCIL), 0)
    *before, rest = group.split(_PLUS, place)
    return (*before, *rest.rsplit(_PLUS, len(names) - place - 1)) if by else ()


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def _cases(number: Any) -> float:
    """A number of cases as a whole number, as it was counted; nan where there is none."""
    return int(number) if float(number).is_integer() else float(number)
