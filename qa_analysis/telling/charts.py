"""The kit of pictures, called with figures: each draws one kind, carries n, and reads without colour.

    from qa_analysis.telling import charts

    charts.dots(this.figures("good_or_better", by="key_area"), titles=this.rules.key_areas)

    dots       shares and differences with their intervals, by group; two or three periods or sides beside each other
    bars       counts by group
    stacked    counts or shares by a second dimension, in segments
    grid       counts by two dimensions, or by one and by cycle
    run_chart  one figure cycle by cycle, with its usual range
    columns    counts cycle by cycle, a few groups beside each other
    lines      a figure cycle by cycle, one small picture per group
    travel     a figure month by month with its usual range and signals, one small picture per group
    steps      a curve by day

A picture knows no measure by name: the figures come from `this.figures(...)` or `this.over_time(...)`, the words from
whoever tells them. Any measure can stand in any picture that suits its unit. Common to all: `titles` are the names of
groups by their code, `groups` those to draw and their order, `label` how a name is fitted in beside the picture,
`axis` the words of the axis, `height` the inches, and `axes` where to draw, if not in a picture of its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.errors import WrongUse
from qa_analysis.telling.chart_figures import (
    NONE,
    Label,
    Titles,
    Unit,
    axis_of,
    drawable,
    numbers,
    row_titles,
    side_titles,
    sided,
    single,
    unit_of,
    value_text,
)
from qa_analysis.telling.chart_style import (
    DARK,
    GREY,
    ORANGE,
    SMALL,
    as_given,
    canvas,
    height_of,
    legend,
    picture_of,
    shortened,
)
from qa_analysis.telling.charts_by_two import grid, stacked
from qa_analysis.telling.charts_of_travel import travel
from qa_analysis.telling.charts_over_time import columns, lines, run_chart, steps

__all__ = [
    "LOWER", "UPPER", "Mark", "bars", "columns", "dots", "grid", "lines", "run_chart", "stacked", "steps",
    "travel",
]  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """How one side is drawn: in its own place and shape, so that colour never tells alone."""

    colour: str
    shape: str
    offset: float = 0  # rows below the middle of its row


UPPER, LOWER = Mark(DARK, "o", -0.14), Mark(ORANGE, "s", 0.14)
USUAL: Mapping[int, Sequence[Mark]] = {
    1: (Mark(DARK, "o"),),
    2: (UPPER, LOWER),
    3: (Mark(DARK, "o", -0.25), Mark(ORANGE, "s"), Mark("#28A197", "^", 0.25)),
}
LEAST_ROOM, MOST_ROOM = 0.25, 0.5  # rows between the outermost marks and the edge; between them a twentieth of all
NUMBER_ROOM = 1.15  # times the longest bar, so that its number stands within the axes


def dots(
    figures: DataFrame, *, titles: Titles = NONE, groups: Sequence[str] = (), sides: str = "", names: Titles = NONE,
    marks: Sequence[Mark] = (), label: Label = shortened, with_n: bool = True, beside: Titles = NONE,
    muted: Collection[str] = (), axis: str = "", is_whole: bool = True, legend_at: float = 0.5, height: float = 0,
    axes: Axes | None = None, n_at_dots: bool = False,
) -> Picture:  # fmt: skip
    """Shares or differences with their intervals. One row per group, in the table's order; one mark per side.

    `sides` is what the marks of a row differ in: a column such as "period", or the last dimension that the figures are
    split by; left out, it is found. `names` chooses the sides, their order and what they are called. Words `beside` a
    row stand to its right; a `muted` row is grey. A blank figure leaves its place empty. `n_at_dots` writes the number
    of cases beside each dot and not beside its row, where the sides of a row rest on different ones.
    """
    shown = single(sided(drawable(figures), sides), "row", "side")
    rows, unit = list(groups or dict.fromkeys(shown["row"])), unit_of(shown)
    named = side_titles(shown, names, titles)
    drawn = marks or _usual(len(named))
    axes = canvas(height or height_of(len(rows) * len(named) ** 0.5), axes=axes)
    for (side, name), mark in zip(named.items(), drawn, strict=True):
        some = shown[(shown["side"] == side) & shown["row"].isin(rows)]
        _side(axes, some, rows, mark, name, muted, unit)
        if n_at_dots:
            _n_at_dots(axes, some, rows, mark, unit)
    with_n = with_n and not n_at_dots
    axes.set_yticks(range(len(rows)), row_titles(shown, rows, titles, label, sides=list(named) if with_n else ()))
    _reach(axes, [place + mark.offset for place in (0, len(rows) - 1) for mark in drawn])
    _beside(axes, {rows.index(row): words for row, words in beside.items() if row in rows})
    _ends(axes, unit, is_whole=is_whole)
    axes.set_xlabel(axis or axis_of(shown, with_interval=True))
    if len(named) > 1:
        legend(axes, at=legend_at)
    return picture_of(axes)


def bars(
    figures: DataFrame, *, titles: Titles = NONE, groups: Sequence[str] = (), label: Label = shortened,
    axis: str = "", height: float = 0, axes: Axes | None = None,
) -> Picture:  # fmt: skip
    """Counts. One bar per group, in the table's order, with its number; the bar of a share has its interval and n."""
    shown = single(sided(drawable(figures), "period"), "row")
    rows, unit = list(groups or shown["row"]), unit_of(shown)
    centre, spread = numbers(shown.set_index("row").reindex(rows), unit)
    axes = canvas(height or height_of(len(rows)), axes=axes)
    lengths = axes.barh(range(len(rows)), centre, color=DARK)
    if not np.isnan(spread).all():
        lengths.errorbar = axes.errorbar(centre, range(len(rows)), xerr=spread, fmt="none", color=GREY, capsize=3)
    axes.bar_label(lengths, [value_text(value, unit) for value in centre], padding=3)
    axes.set_yticks(range(len(rows)), row_titles(shown, rows, titles, label, sides=list(dict.fromkeys(shown["side"]))))
    axes.invert_yaxis()
    _ends(axes, unit)
    if unit.is_count:
        axes.set_xlim(0, max(float(np.nanmax([0, *centre])) * NUMBER_ROOM, 1))
    axes.set_xlabel(axis or axis_of(shown, with_interval=True))
    return picture_of(axes)


def _usual(sides: int) -> Sequence[Mark]:
    if sides not in USUAL:
        raise WrongUse(
            f"{sides} marks in a row are too many to distinguish. Choose up to {max(USUAL)}, or draw charts.lines(...)."
        )
    return USUAL[sides]


def _side(
    axes: Axes, some: DataFrame, rows: Sequence[str], mark: Mark, name: str, muted: Collection[str], unit: Unit
) -> None:  # fmt: skip
    """One side's marks with their intervals; those of muted rows in grey, and not named a second time."""
    some = some[some["value"].notna()]
    is_muted = some["row"].isin(muted)
    parts = [(some[~is_muted], mark.colour, name), (some[is_muted], GREY, None)]
    for part, colour, called in parts if is_muted.any() else parts[:1]:
        places = np.array([rows.index(row) for row in part["row"]]) + mark.offset
        centre, spread = numbers(part, unit)
        axes.errorbar(centre, places, xerr=spread, fmt=mark.shape, color=colour, capsize=3, markersize=7, label=called)


def _n_at_dots(axes: Axes, some: DataFrame, rows: Sequence[str], mark: Mark, unit: Unit) -> None:
    """The number of cases of each dot of one side, on the side of its row where it lies, in its colour."""
    known = some[some["value"].notna() & some["denominator"].notna()]
    below = mark.offset > 0
    for row, value, size in zip(known["row"], known["value"], known["denominator"], strict=True):
        axes.annotate(
            f"n={size:.0f}", (unit.factor * value, rows.index(row) + mark.offset),
            xytext=(0, -6 if below else 6), textcoords="offset points", ha="center", va="top" if below else "bottom",
            fontsize=SMALL, color=mark.colour,
        )  # fmt: skip


def _reach(axes: Axes, places: Iterable[float]) -> None:
    """The rows from the first at the top to the last, with some room at either edge."""
    first, last = min(places), max(places)
    room = min(max((last - first) / 20, LEAST_ROOM), MOST_ROOM)
    axes.set_ylim(last + room, first - room)


def _beside(axes: Axes, words: Mapping[int, str]) -> None:
    for place, told in words.items():
        axes.annotate(as_given(told), (1.01, place), xycoords=("axes fraction", "data"), va="center", fontsize=9)


def _ends(axes: Axes, unit: Unit, *, is_whole: bool = True) -> None:
    """Where the axis of the values begins and ends; zero is marked where figures lie on both sides of it."""
    lowest, highest = unit.ends
    if lowest is None:
        axes.axvline(0, color=ORANGE, linestyle=":", linewidth=1.5)
    axes.set_xlim(lowest, highest if is_whole else None)
