"""The funnel of one comparison: councils as dots without names, one of them named at most."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from qa_analysis.region.compared.comparison import Comparison, Dot
from qa_analysis.stats.direction.over_dispersed import DEVIATIONS
from qa_analysis.telling.blocks import printable
from qa_analysis.telling.chart_style import DARK, GREY, ORANGE, canvas, picture_of

HEIGHT, PLACES, ROOM = 3.2, 200, 1.08  # inches; points of a limit; room at the right, as a part of the widest
INSIDE, OUTSIDE = "o", "s"


def funnel_picture(found: Comparison, council: str = "") -> Picture:
    """Each council at its cases and its value, squares outside the limits; the council named is orange and larger."""
    axes, factor = canvas(HEIGHT), 1 if found.subject.kind == "rate" else 100
    _limits(axes, found, factor)
    for dot in found.dots:
        _dot(axes, dot, factor, is_own=bool(council) and dot.council == council)
    axes.axhline(factor * found.region.value, color=GREY, linewidth=1, linestyle="--", zorder=1)
    axes.set_xlabel(found.subject.cases)
    axes.yaxis.set_major_formatter("{x:g}" if factor == 1 else "{x:g}%")
    return picture_of(axes)


def _limits(axes: Axes, found: Comparison, factor: float) -> None:
    """The region between the limits, over every number of cases up to the largest."""
    widest = max(dot.cases for dot in found.dots)
    cases = np.linspace(min(dot.cases for dot in found.dots) / 2, widest * ROOM, PLACES)
    half = DEVIATIONS * np.sqrt(found.spread / cases + found.rounding / cases**2 + found.between)
    low, high = found.ends
    lower, upper = (np.clip(found.region.value + way * half, low, high) for way in (-1, 1))
    axes.fill_between(cases, factor * lower, factor * upper, color=GREY, alpha=0.14, linewidth=0)
    axes.set_xlim(0, widest * ROOM)


def _dot(axes: Axes, dot: Dot, factor: float, *, is_own: bool) -> None:
    axes.plot(
        dot.cases, factor * dot.value, marker=OUTSIDE if dot.verdict else INSIDE, markersize=9 if is_own else 6,
        color=ORANGE if is_own else DARK, linestyle="", zorder=4 if is_own else 3, alpha=1 if is_own else 0.8,
    )  # fmt: skip
    if is_own:
        axes.annotate(
            printable(dot.council), (dot.cases, factor * dot.value), xytext=(8, 6), textcoords="offset points",
            fontsize=10, ha="left" if dot.cases < axes.get_xlim()[1] * 0.7 else "right",
        )  # fmt: skip
