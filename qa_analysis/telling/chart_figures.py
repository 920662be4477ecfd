"""What a picture reads from a table of figures: whether they can be drawn, their unit, and how they are named.

The tables are those of `Month.figures` and `Month.over_time`, one row per figure (docs/methods.md).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.dates import months_between
from qa_analysis.english import at_first
from qa_analysis.errors import WrongUse
from qa_analysis.telling.chart_style import as_given, short, spoken

NEEDED = ("measure", "period", "population", "by", "group", "denominator", "value", "lower", "upper", "unit")
COMPARED = ("period", "population", "measure")  # what figures of one group may differ in, as a reader would ask first
CYCLE = "Audit cycle"
NAMED = 3  # of the values that somebody may choose from; they can look up the others
WHOLE = "Overall"  # the group of a figure that is split by nothing

Titles = Mapping[str, str]
Label = Callable[[str], str]
Numbers = NDArray[np.float64]
NONE: Titles = MappingProxyType({})


@dataclass(frozen=True)
class Unit:
    """How figures of a unit are drawn: by what they are multiplied, what the axis says, and where it ends."""

    factor: float
    words: str
    ends: tuple[float | None, float | None]

    @property
    def is_count(self) -> bool:
        """Whether it is a plain number, from zero to any."""
        return self.factor == 1 and self.ends[0] is not None


SHARE = Unit(100, "%", (0, 100))
DIFFERENCE = Unit(100, "percentage points", (None, None))
UNITS: Mapping[str, Unit] = {"share": SHARE, "probability": SHARE, "difference of shares": DIFFERENCE}
SIGNED = ("coefficient", "grades", "log-odds")  # units of which a figure may lie below zero


def drawable(figures: DataFrame) -> DataFrame:
    """The figures, once it is certain that they can stand in one picture.

    Raises:
        WrongUse: there is none, the table holds something else, or the figures are of several units.
    """
    lacking = [name for name in NEEDED if name not in figures]
    if lacking:
        raise WrongUse(
            f"This table holds no figures, it lacks {', '.join(lacking)}. Draw what this.figures(...) gives."
        )
    if figures.empty:
        raise WrongUse("There is no figure to draw. Look at this.figures(...) first.")
    if is_several(figures["unit"]):
        raise WrongUse(f"These figures share no axis: they differ in {_options(figures, 'unit')}. Draw one at a time.")
    return figures


def single(figures: DataFrame, *place: str) -> DataFrame:
    """The figures, once it is certain that no two of them would be drawn in one place.

    Raises:
        WrongUse: two would; it says what they differ in.
    """
    if figures.duplicated(list(place)).any():
        differ = [_options(figures, name) for name in COMPARED if name not in place and is_several(figures[name])]
        if "row" not in place and is_several(figures["group"]):
            differ.append("group")
        raise WrongUse(
            f"Several figures would be drawn in one place: they differ in {' and in '.join(differ) or 'nothing'}. "
            "Choose one with this.figures(...)."
        )
    return figures


def counts(figures: DataFrame, *, instead: str) -> DataFrame:
    """The figures, once it is certain that they need no interval beside them.

    Raises:
        WrongUse: they are shares or differences, which are never shown without one.
    """
    if unit_of(figures).factor != 1:
        raise WrongUse(f"This picture is for counts: a share needs its interval and its n. Draw it with {instead}.")
    return figures


def is_several(values: "Series[str]") -> bool:
    """Whether there is more than one among the values."""
    return len(set(values)) > 1


def sided(figures: DataFrame, sides: str) -> DataFrame:
    """The figures with the row that each stands in and the side it is of. Columns `row`, `side`, `depth` are added.

    `sides` is a column, or the last dimension that the figures are split by; blank: what they differ in, if anything.
    """
    sides = sides or next((name for name in COMPARED if is_several(figures[name])), "period")
    if sides in figures:
        return figures.assign(row=figures["group"], side=figures[sides], depth=figures["by"].str.count(r"\+") + 1)
    if not (figures["by"].str.split("+").str[-1] == sides).all():
        known = ", ".join(by or "nothing" for by in dict.fromkeys(figures["by"]))
        raise WrongUse(f'The figures are not split by "{sides}" in the last place. They are split by {known}.')
    return split(figures)


def split(figures: DataFrame) -> DataFrame:
    """The figures with their group parted at the last dimension: `row` before it, `side` after. `depth` is row's."""
    parts = [
        group.rpartition("+") if "+" in by else ("", "", group)
        for by, group in zip(figures["by"], figures["group"], strict=True)
    ]
    rows, sides = [first for first, _, _ in parts], [last for _, _, last in parts]
    return figures.assign(row=rows, side=sides, depth=figures["by"].str.count(r"\+").clip(lower=1))


def cycles_of(figures: DataFrame) -> tuple[str, ...]:
    """Every cycle from the first to the last of the figures.

    Raises:
        WrongUse: they are all of ranges of cycles.
    """
    single_cycles = figures.loc[is_cycle(figures), "period"]
    if single_cycles.empty:
        raise WrongUse("None of these figures is of a single cycle. Look at this.over_time(...) first.")
    return months_between(single_cycles.min(), single_cycles.max())


def is_cycle(figures: DataFrame) -> "Series[bool]":
    """Whether a figure is of one cycle and not of a range of them. One value per figure."""
    return figures["period"].str.fullmatch(r"\d{4}-\d\d")


def placed(figures: DataFrame, cycles: Sequence[str]) -> DataFrame:
    """The figures of the cycles, in their order, with the place of each on the axis. Column `place` is added."""
    some = figures[figures["period"].isin(cycles)]
    return some.assign(place=[cycles.index(cycle) for cycle in some["period"]]).sort_values("place", kind="stable")


def by_cycle(figures: DataFrame, *, to: str = "row") -> DataFrame:
    """The figures of single cycles, in the order of time, with the cycle as their row or their side."""
    some = placed(figures, cycles_of(figures))
    return some.assign(**{to: some["period"]})


def celled(figures: DataFrame, rows: Sequence[str], sides: Sequence[str]) -> DataFrame:
    """The values, row by side; those asked for, or all in the order they come. Blank where there is no figure."""
    down, across = (list(chosen or dict.fromkeys(figures[name])) for name, chosen in (("row", rows), ("side", sides)))
    values = figures.pivot_table(index="row", columns="side", values="value", dropna=False)
    return values.reindex(index=down, columns=across).rename_axis(index=None, columns=None)


def unit_of(figures: DataFrame) -> Unit:
    """How the figures are drawn. Whatever is neither a share nor a difference is a plain number."""
    unit = str(figures["unit"].iloc[0])
    return UNITS.get(unit, Unit(1, unit, (None if unit in SIGNED else 0, None)))


def numbers(figures: DataFrame, unit: Unit) -> tuple[Numbers, Numbers]:
    """The values in their unit, and how far each interval reaches below and above. One place per figure."""
    centre = unit.factor * figures["value"].to_numpy(dtype=float)
    return centre, np.abs(unit.factor * figures[["lower", "upper"]].to_numpy(dtype=float).T - centre)


def value_text(value: float, unit: Unit) -> str:
    """A value as a number beside its bar; nothing where there is none."""
    if np.isnan(value):
        return ""
    if unit in (SHARE, DIFFERENCE):
        return f"{value:.0f}%" if unit == SHARE else f"{value:+.0f}".replace("-", "\u2212")
    return f"{value:,.0f}" if value == round(value) else f"{value:.1f}"


def axis_of(figures: DataFrame, *, with_interval: bool = False) -> str:
    """What the axis of the values says: the measure, where it is one, its unit, and that intervals are drawn."""
    measures, unit = list(dict.fromkeys(figures["measure"])), unit_of(figures)
    name = in_words(measures[0]) if len(measures) == 1 else ""
    more = [] if unit.words in name.lower().split() else [unit.words]
    if with_interval and figures["lower"].notna().any():
        more.append("with 95% confidence interval")
    return f"{name} ({', '.join(more)})".strip() if more else name


def _options(figures: DataFrame, name: str) -> str:
    """What the figures differ in, with the first few values to choose from."""
    values = [f'"{value}"' for value in dict.fromkeys(figures[name])]
    return f"{name} ({', '.join([*values[:NAMED], *(['…'] if len(values) > NAMED else [])])})"


def in_words(name: str) -> str:
    """A measure or a dimension as its own words."""
    return at_first(name).replace("_", " ")


def side_titles(figures: DataFrame, names: Titles, titles: Titles) -> dict[str, str]:
    """What each side is called, in the order of the names given or else of the table. One entry per side."""
    found = names or {side: titles.get(side, spoken(in_words(side))) for side in figures["side"]}
    return {side: as_given(title) for side, title in found.items()}


def row_titles(
    figures: DataFrame, rows: Sequence[str], titles: Titles, label: Label, *, sides: Sequence[str] = ()
) -> list[str]:
    """The title of each row; for the sides given, with the number of cases that their figures rest on."""
    depth = int(figures["depth"].max())
    sizes = figures[figures["side"].isin(sides)] if sides else figures[:0]
    cases = {row: _n(some["denominator"]) for row, some in sizes.groupby("row", sort=False)}
    return [f"{_title(row, titles, label, depth)}{cases.get(row, '')}" for row in rows]


def cycle_titles(figures: DataFrame, cycles: Sequence[str]) -> list[str]:
    """The title of each cycle on an axis, with the number of cases where the figures have one."""
    sizes = figures.drop_duplicates("period").set_index("period")["denominator"].reindex(list(cycles))
    return [
        short(cycle) if isnan(size) else f"{short(cycle)}\nn={size:.0f}"
        for cycle, size in zip(cycles, sizes, strict=True)
    ]


def _title(row: str, titles: Titles, label: Label, depth: int) -> str:
    """A group's title: its first part, and the others after it in brackets."""
    first, *others = row.rsplit("+", depth - 1)
    more = f" ({', '.join(label(titles.get(part, part)) for part in others)})" if others else ""
    return label(titles.get(first, first or WHOLE)) + more


def _n(sizes: "Series[float]") -> str:
    """The number of cases of a row; one a side where they are not the same."""
    known = dict.fromkeys(f"{size:.0f}" for size in sizes.dropna())
    return f"  n={', '.join(known)}" if known else ""
