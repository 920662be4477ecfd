"""Small pictures of the direction of travel: each figure with its usual range, its signals, its breaks and its target.

What is drawn was computed and classed before (docs/direction.md): a picture reads figures and decides nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.telling.chart_figures import NONE, Titles, cycles_of, drawable, single, unit_of
from qa_analysis.telling.chart_style import DARK, FEW, GREY, ORANGE, SMALL, in_lines, panels, picture_of, short

PANE, EDGE, ACROSS = 2.25, 0.3, 3  # inches: the height of a small picture and of what is around all; pictures in a row
ROOM = 0.06  # of the scale, above and below, so that a mark at an end is whole
TITLE = 36  # letters on a line above a small picture
PLAIN = "o"
NO_TARGETS: Mapping[str, float] = MappingProxyType({})
NEWEST: Mapping[str, int] = MappingProxyType({})  # the newest month of each alone
NO_BREAKS: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Signal:
    """How a month within a signal is drawn: by colour and by shape, so that colour never tells alone."""

    colour: str
    shape: str


SIGNALS: Mapping[str, Signal] = {
    "improving": Signal("#28A197", "D"), "getting worse": Signal(ORANGE, "s"),
    "higher than usual": Signal("#801650", "^"), "lower than usual": Signal("#801650", "v"),
}  # fmt: skip
SHAPES = "diamonds improving, squares getting worse, triangles higher or lower than usual where neither way is better"


def travel(
    figures: DataFrame, *, titles: Titles = NONE, groups: Sequence[str] = (), centres: DataFrame | None = None,
    targets: Mapping[str, float] = NO_TARGETS, breaks: Mapping[str, Sequence[str]] = NO_BREAKS,
    provisional: Mapping[str, int] = NEWEST, months: Sequence[str] = (), height: float = 0,
) -> Picture:  # fmt: skip
    """One small picture per group, each on its own scale: months as a line with gaps, signals by shape.

    `figures` carry the usual range as their interval and the signal as their verdict; `breaks` are the months in which
    a group's usual range begins anew; of each group so many of the newest months as are `provisional` are hollow.
    """
    months = list(months or cycles_of(drawable(figures)))
    groups = list(groups or dict.fromkeys(figures["group"]))
    across, down = min(ACROSS, len(groups)), -(-len(groups) // ACROSS)
    panes = panels(across, down=down, height=height or PANE * down + EDGE)
    for axes, group in zip(panes, groups, strict=False):
        own = _by_month(figures, group, months)
        middle = _by_month(figures[:0] if centres is None else centres, group, months)
        factor, starts = unit_of(figures[figures["group"] == group]).factor, breaks.get(group, ())
        _range(axes, own, middle, factor, [months.index(start) for start in starts if start in months])
        _months(axes, own, factor, settled=len(months) - provisional.get(group, 1))
        if group in targets:
            axes.axhline(factor * targets[group], color=DARK, linewidth=1, linestyle=(0, (1, 2)))
        axes.set_title(in_lines(titles.get(group, group), width=TITLE), fontsize=9)
        _scale(axes, months, "{x:g}%" if factor != 1 else "{x:g}")
    for axes in panes[len(groups) :]:
        axes.set_visible(False)
    return picture_of(panes[0])


def _scale(axes: Axes, months: Sequence[str], values: str) -> None:
    """The axes of one small picture: the first and the last month, and room above and below."""
    axes.set_xticks([0, len(months) - 1], [short(months[0]), short(months[-1])], fontsize=SMALL)
    axes.set_xlim(-0.8, len(months) - 0.2)
    axes.margins(y=ROOM)
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.yaxis.set_major_formatter(values)


def _by_month(figures: DataFrame, group: str, months: Sequence[str]) -> DataFrame:
    """One group's figures, a row a month, blank where there is none."""
    some = single(figures[figures["group"] == group].assign(row=group), "period")
    return some.set_index("period").reindex(list(months)).reset_index()


def _months(axes: Axes, own: DataFrame, factor: float, *, settled: int) -> None:
    """The line with its gaps, and a mark a month; those that are provisional are hollow."""
    values = factor * own["value"].to_numpy(dtype=float)
    axes.plot(values, color=DARK, linewidth=1, zorder=2)
    for place, (value, verdict) in enumerate(zip(values, own["verdict"], strict=True)):
        if np.isnan(value):
            continue
        drawn = SIGNALS.get(str(verdict), Signal(DARK, PLAIN))
        is_hollow = place >= settled or own["denominator"].iloc[place] < FEW
        axes.plot(
            place, value, marker=drawn.shape, markersize=3.2 if drawn.shape == PLAIN else 5, zorder=3,
            color=drawn.colour, markerfacecolor="white" if is_hollow else drawn.colour,
        )  # fmt: skip


def _range(axes: Axes, own: DataFrame, centre: DataFrame, factor: float, breaks: Sequence[int]) -> None:
    """The usual range of each stretch as a band with its centre, and a line where one begins anew."""
    lower, upper, middle = (
        factor * frame[name].to_numpy(dtype=float)
        for frame, name in ((own, "lower"), (own, "upper"), (centre, "value"))
    )
    if factor != 1:
        lower, upper = (np.clip(ends, 0, factor) for ends in (lower, upper))
    for first, after in _between(breaks, len(own)):
        places = np.arange(first, after)
        axes.fill_between(
            places, lower[first:after], upper[first:after], step="mid", color=GREY, alpha=0.14, linewidth=0
        )
        axes.plot(places, middle[first:after], color=GREY, linewidth=1, linestyle="--", zorder=1)
    for place in breaks:
        axes.axvline(place - 0.5, color=ORANGE, linestyle=":", linewidth=1.5)


def _between(breaks: Sequence[int], months: int) -> Iterator[tuple[int, int]]:
    starts = sorted({0, *breaks})
    yield from zip(starts, [*starts[1:], months], strict=True)
