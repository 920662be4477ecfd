"""Pictures of figures that are split twice: bars in segments, and grids of counts."""

from collections.abc import Iterable, Sequence
from functools import partial
from math import nan

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Rectangle
from pandas import DataFrame

from qa_analysis.errors import WrongUse
from qa_analysis.telling.chart_figures import (
    CYCLE,
    NONE,
    Label,
    Titles,
    axis_of,
    by_cycle,
    celled,
    counts,
    cycle_titles,
    drawable,
    in_words,
    is_several,
    row_titles,
    side_titles,
    sided,
    single,
    split,
    unit_of,
)
from qa_analysis.telling.chart_style import (
    DARK,
    LABELS,
    ORANGE,
    OVER_TIME,
    SEGMENTS,
    SMALL,
    WIDTH,
    as_given,
    canvas,
    cycle_or,
    height_of,
    ink_on,
    legend,
    picture_of,
    shortened,
)

TALL = 1.3  # rows that a bar with segments takes


def stacked(
    figures: DataFrame, *, titles: Titles = NONE, groups: Sequence[str] = (), segments: Titles = NONE,
    colours: Sequence[str] = SEGMENTS, label: Label = shortened, axis: str = "", below: str = "",
    is_upright: bool | None = None, legend_at: float = 0.5, height: float = 0, axes: Axes | None = None,
) -> Picture:  # fmt: skip
    """Counts or shares by their last dimension. One bar per group, with a segment and its number for each value of it.

    `segments` chooses the segments, their order and their names. Figures of several cycles stand upright, one bar per
    cycle, over an axis with the words `below`; `is_upright` says so where there may be one cycle alone.
    """
    shown = split(drawable(figures))
    is_upright = is_several(shown["period"]) if is_upright is None else is_upright
    shown = single(by_cycle(shown) if is_upright else shown, "row", "side")
    rows, kinds = list(groups or dict.fromkeys(shown["row"])), _segments(shown, segments, titles, colours)
    sizes = unit_of(shown).factor * celled(shown, rows, list(kinds)).fillna(0)
    axes = canvas(height or (OVER_TIME if is_upright else height_of(TALL * len(rows))), axes=axes)
    _pile(axes, sizes, kinds, colours, is_upright=is_upright)
    if is_upright:
        _name_at_right(axes, sizes, kinds)
        axes.set_xticks(range(len(rows)), cycle_titles(shown, rows), fontsize=SMALL)
        axes.grid(visible=False)
        axes.set(ylim=unit_of(shown).ends, ylabel=axis or axis_of(shown), xlabel=below or CYCLE)
        return picture_of(axes)
    axes.set_yticks(range(len(rows)), row_titles(shown, rows, titles, label, sides=list(kinds)))
    axes.invert_yaxis()
    axes.set(xlim=unit_of(shown).ends, xlabel=axis or axis_of(shown))
    legend(axes, at=legend_at)
    return picture_of(axes)


def grid(
    figures: DataFrame, *, titles: Titles = NONE, down: Titles = NONE, across: Titles = NONE, absent: float = nan,
    is_framed: bool = False, corners: tuple[str, str] = ("", ""), axis: tuple[str, str] | None = None,
    label_sizes: tuple[float, float] = (LABELS, LABELS), width: float = WIDTH, height: float = 0,
    axes: Axes | None = None,
) -> Picture:  # fmt: skip
    """Counts by two dimensions, or by one and by cycle. One cell per pair; blank, or `absent`, without a figure.

    `down` and `across` choose what stands there, its order and its names; `axis` says what the one and the other are.
    A framed diagonal may have words in two `corners`: what lies above it, and what below.
    """
    shown, words = _by_two(counts(drawable(figures), instead="charts.dots(...)"))
    cells = celled(single(shown, "row", "side"), list(down), list(across)).fillna(absent)
    axes = canvas(height or 0.5 * len(cells) + 1.5, width=width, axes=axes)
    _heat(axes, cells)
    down_titles, across_titles = _titled(cells.index, down, titles), _titled(cells.columns, across, titles)
    axes.set_yticks(np.arange(len(cells)) + 0.5, down_titles, fontsize=label_sizes[0], rotation=0)
    axes.set_xticks(np.arange(cells.shape[1]) + 0.5, across_titles, fontsize=label_sizes[1], rotation=0)
    axes.grid(visible=False)
    if is_framed:
        _frame(axes, *cells.shape, corners)
    axes.set_ylabel((axis or words)[0])
    axes.set_xlabel((axis or words)[1])
    return picture_of(axes)


def _segments(shown: DataFrame, segments: Titles, titles: Titles, colours: Sequence[str]) -> Titles:
    kinds = side_titles(shown, segments, titles)
    if len(kinds) > len(colours):
        raise WrongUse(
            f"{len(kinds)} segments in one bar are too many to distinguish. Choose up to {len(colours)} of them."
        )
    return kinds


def _pile(axes: Axes, sizes: DataFrame, kinds: Titles, colours: Sequence[str], *, is_upright: bool) -> None:
    """The segments of all bars, one kind upon the other, each with its number; none where it is zero."""
    start = np.zeros(len(sizes))
    for (kind, name), colour in zip(kinds.items(), colours, strict=False):
        part = sizes[kind].to_numpy(dtype=float)
        draw = partial(axes.bar, bottom=start) if is_upright else partial(axes.barh, left=start)
        drawn = draw(range(len(sizes)), part, color=colour, edgecolor="white", label=name)
        axes.bar_label(
            drawn, [f"{size:.0f}" if size else "" for size in part], label_type="center", color=ink_on(colour),
            fontsize=SMALL if is_upright else None,
        )  # fmt: skip
        start = start + part


def _name_at_right(axes: Axes, sizes: DataFrame, kinds: Titles) -> None:
    """The names of the segments beside the last bar, each where its segment is."""
    last = sizes.iloc[-1]
    middles = last.cumsum() - last / 2
    for kind, name in kinds.items():
        axes.annotate(
            as_given(name), (len(sizes) - 0.5, middles[kind]), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=9,
        )  # fmt: skip


def _by_two(figures: DataFrame) -> tuple[DataFrame, tuple[str, str]]:
    """The figures with what goes down and what goes across, and the words for both."""
    down, _, across = figures["by"].iloc[0].rpartition("+")
    if down:
        return split(figures), (in_words(down), in_words(across))
    return by_cycle(sided(figures, "period"), to="side"), ("", CYCLE)


def _titled(codes: Iterable[str], chosen: Titles, titles: Titles) -> list[str]:
    return [as_given(chosen.get(code) or titles.get(code) or cycle_or(code)) for code in codes]


def _frame(axes: Axes, down: int, across: int, corners: tuple[str, str]) -> None:
    """The diagonal, with words above it and below it; an empty one would take room all the same."""
    for place in range(min(down, across)):
        axes.add_patch(Rectangle((place, place), 1, 1, fill=False, edgecolor=ORANGE, linewidth=2.5))
    above, below = corners
    if above:
        axes.text(across, -0.12, above, ha="right", va="bottom", fontsize=10)
    if below:
        axes.text(0, down + 0.75, below, ha="left", va="top", fontsize=10)


def _heat(axes: Axes, cells: DataFrame) -> None:
    """The cells with their counts, darker for more; the largest is half as dark as ink, so that all can be read."""
    import seaborn as sns  # takes half a second to load, and most notebooks draw no grid

    sns.heatmap(
        cells.rename(index=as_given, columns=as_given), annot=True, fmt=".0f", cbar=False, linewidths=1,
        linecolor="white", ax=axes, vmin=0, vmax=2.0 * max(float(cells.fillna(0).to_numpy().max()), 1),
        cmap=sns.light_palette(DARK, as_cmap=True), annot_kws={"color": "black"},
    )  # fmt: skip
