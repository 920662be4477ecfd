"""Pictures with time across: run charts, bars by cycle, small lines beside each other, and curves by day."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from pandas import DataFrame, Series, to_numeric

from qa_analysis.errors import WrongUse
from qa_analysis.telling.chart_figures import (
    CYCLE,
    NONE,
    SHARE,
    Label,
    Titles,
    Unit,
    axis_of,
    by_cycle,
    celled,
    counts,
    cycle_titles,
    cycles_of,
    drawable,
    in_words,
    placed,
    row_titles,
    sided,
    single,
    unit_of,
)
from qa_analysis.telling.chart_style import (
    DARK,
    FEW,
    GREY,
    ORANGE,
    OVER_TIME,
    SMALL,
    WIDTH,
    as_given,
    canvas,
    flag,
    in_lines,
    legend,
    panels,
    picture_of,
    short,
)

LETTERS, TITLE = 104, 44  # of titles above small pictures: on the lines of all that stand beside each other, of one
COLUMNS = (DARK, ORANGE, "#28A197")  # the bars of one cycle, from left to right
TOGETHER, GAP = 0.8, 0.02  # of a cycle's room: all its bars, and between two of them
PANE, EDGE = 2.3, 0.3  # inches: the height of a small picture, and of what is above and below them all
ALL_NAMED = 13  # cycles across that can each have their name and n; of more, every third has
WHOLE = 104  # per cent: a dot at the whole is not cut
HIGH, LOW, LAST = 0.85, 0.15, 3  # a last third of points that lies so high, and none so low, is above the n
ROOMY = 3  # small pictures across leave room to name the cycle in the middle, more do not


def run_chart(
    figures: DataFrame, limits: DataFrame | None = None, *, centre: DataFrame | None = None,
    breaks: Mapping[str, str] = NONE, axis: str = "", below: str = "", height: float = 4.2, axes: Axes | None = None,
) -> Picture:  # fmt: skip
    """A figure cycle by cycle, each with its n; hollow under five cases, and then the line passes it by.

    `limits` are figures whose interval is the usual range, `centre` what is usual. `breaks` are the cycles from which
    on the data mean something else, each with the words for it: there a range ends.
    """
    cycles = cycles_of(drawable(figures))
    shown, unit = single(placed(figures, cycles), "period"), unit_of(figures)
    axes = canvas(height, axes=axes)
    if limits is not None:
        _limits(axes, placed(limits, cycles).dropna(subset=["lower", "upper"]), unit, breaks)
    if centre is not None:
        for part in _between(placed(centre, cycles), breaks):
            _level(axes, part, unit)
    many = shown[~_is_few(shown)]
    axes.plot(many["place"], unit.factor * many["value"], color=DARK, linewidth=1.5, zorder=2, clip_on=False)
    _points(axes, shown, unit, size=36, clip_on=False)  # dots at 0 and 100 are whole ones
    _breaks(axes, breaks, cycles)
    named = shown.iloc[::-1].iloc[:: _every(len(cycles))].iloc[::-1]  # the newest cycle always has its name
    axes.set_xticks(list(named["place"]), cycle_titles(named, list(named["period"])), fontsize=SMALL)
    axes.set_xticks(list(shown["place"]), minor=True)
    axes.set(ylim=unit.ends, ylabel=axis or axis_of(shown), xlabel=below or CYCLE)
    return picture_of(axes)


def columns(
    figures: DataFrame, *, titles: Titles = NONE, groups: Sequence[str] = (), line: str | None = None, axis: str = "",
    below: str = "", height: float = OVER_TIME, axes: Axes | None = None,
) -> Picture:  # fmt: skip
    """Counts cycle by cycle. Upright bars beside each other, one per group; the group named as `line` is a line."""
    figures = counts(drawable(figures), instead="charts.lines(...)")
    shown = single(by_cycle(sided(figures, "period"), to="side"), "row", "side")
    rows, lined = [row for row in groups or dict.fromkeys(shown["row"]) if row != line], [] if line is None else [line]
    _refuse_many(rows)
    cycles = list(dict.fromkeys(shown["side"]))
    values, names = celled(shown, [*rows, *lined], cycles), row_titles(shown, [*rows, *lined], titles, as_given)
    axes, width = canvas(height, axes=axes), TOGETHER / max(len(rows), 1)
    for number, (row, colour) in enumerate(zip(rows, COLUMNS, strict=False)):
        places = np.arange(len(cycles)) + width * (number - (len(rows) - 1) / 2)
        axes.bar(places, values.loc[row], width - GAP, color=colour, label=names[number])
    for row in lined:
        axes.plot(
            range(len(cycles)), values.loc[row], color=GREY, marker="o", markersize=4, linewidth=1.5, label=names[-1]
        )
    axes.set_xticks(range(len(cycles)), [short(cycle) for cycle in cycles], fontsize=SMALL)
    axes.set(ylim=(0, None), ylabel=axis or axis_of(shown), xlabel=below)
    legend(axes)
    return picture_of(axes)


def lines(
    figures: DataFrame, *, titles: Titles = NONE, groups: Sequence[str] = (), cycles: Sequence[str] = (),
    label: Label | None = None, across: int = ROOMY, axis: str = "", is_whole: bool = True, height: float = 0,
) -> Picture:  # fmt: skip
    """A figure cycle by cycle, one small picture per group, all on one scale; hollow points are under five cases.

    `cycles` are those on the axis, if not all from the first figure to the last.
    """
    shown, unit = sided(drawable(figures), "period"), unit_of(figures)
    cycles = list(cycles or cycles_of(shown))
    shown = single(placed(shown, cycles), "row", "place")
    rows = list(groups or dict.fromkeys(shown["row"]))
    across = min(across, len(rows))
    names = row_titles(shown, rows, titles, label or partial(in_lines, width=min(LETTERS // across, TITLE)))
    down = -(-len(rows) // across)
    panes = panels(across, down=down, height=height or PANE * down + EDGE, is_shared=True)
    for axes, row, name in zip(panes, rows, names, strict=False):
        _line(axes, shown[(shown["row"] == row) & shown["value"].notna()], unit)
        axes.set_title(name, fontsize=9 if "\n" in "".join(names) else None)
        some = shown[shown["row"] == row]
        _cases(axes, some["denominator"].dropna(), is_below=unit == SHARE and _covers_corner(some))
    _scale(panes, len(rows), across, cycles)
    panes[0].set_ylim(0, WHOLE if is_whole and unit == SHARE else None)  # last, so that it fits them all
    for axes in panes[::across]:
        axes.set_ylabel(axis or axis_of(shown))
    return picture_of(panes[0])


def steps(
    figures: DataFrame, *, marked: float | None = None, marked_as: str = "", axis: str = "", below: str = "",
    width: float = WIDTH, height: float = OVER_TIME, axes: Axes | None = None,
) -> Picture:  # fmt: skip
    """A curve over days, with its limits; a `marked` day is named above it. One figure per day, which is its group."""
    shown, unit = single(_by_day(drawable(figures)), "place"), unit_of(figures)
    axes = canvas(height, width=width, axes=axes)
    for name, thickness in (("value", 2), ("lower", 0.8), ("upper", 0.8)):
        axes.step(shown["place"], unit.factor * shown[name], where="post", color=DARK, linewidth=thickness)
    if marked is not None:
        axes.axvline(marked, color=ORANGE, linestyle=":", linewidth=2)
        flag(axes, marked, marked_as or f"{marked:g}")
    axes.set(ylim=unit.ends, ylabel=axis or axis_of(shown, with_interval=True))
    axes.set(xlim=(0, None), xlabel=below or in_words(shown["by"].iloc[0]))
    return picture_of(axes)


def _every(cycles: int) -> int:
    """Every how many cycles one is named, with its n, so that no two names touch."""
    return 1 if cycles <= ALL_NAMED else 3


def _by_day(figures: DataFrame) -> DataFrame:
    """The figures in the order of the days that they are of. Column `place` is added."""
    days = to_numeric(figures["group"], errors="coerce")
    if days.isna().any():
        raise WrongUse("A curve needs groups that are numbers, such as days. Draw these with charts.dots(...).")
    return figures.assign(place=days).sort_values("place")


def _is_few(figures: DataFrame) -> "Series[bool]":
    """Whether a figure rests on too few cases to be drawn in full. A count rests on none, and is."""
    return figures["denominator"] < FEW


def _points(axes: Axes, figures: DataFrame, unit: Unit, *, size: float, clip_on: bool = True) -> None:
    """One point per figure, hollow where it rests on few cases."""
    is_few = _is_few(figures)
    for some, face in ((figures[~is_few], DARK), (figures[is_few], "white")):
        values = unit.factor * some["value"]
        axes.scatter(some["place"], values, s=size, zorder=3, edgecolor=DARK, facecolor=face, clip_on=clip_on)


def _line(axes: Axes, figures: DataFrame, unit: Unit) -> None:
    """A thin line through all points of one small picture."""
    axes.plot(figures["place"], unit.factor * figures["value"], color=DARK, linewidth=1.2, zorder=2)
    _points(axes, figures, unit, size=20)


def _covers_corner(some: DataFrame) -> bool:
    """Whether the last points of a picture lie in its upper corner, and none of them in the lower one."""
    last = some.sort_values("place")["value"].dropna().tail(max(1, len(some) // LAST))
    return bool(last.max() > HIGH and last.min() > LOW)


def _cases(axes: Axes, sizes: "Series[float]", *, is_below: bool) -> None:
    """How many cases the points of one small picture rest on, in its corner: one number, or fewest and most.

    In the lower corner where the points lie high, so that they do not cover it.
    """
    if len(sizes):
        words = " to ".join(dict.fromkeys(f"{size:.0f}" for size in (sizes.min(), sizes.max())))
        at, side, away = (0, "bottom", 3) if is_below else (1, "top", -2)
        axes.annotate(f"n={words}", (1, at), xycoords="axes fraction", xytext=(-2, away), textcoords="offset points",
                      ha="right", va=side, fontsize=SMALL, color="#414042")  # fmt: skip


def _limits(axes: Axes, chart: DataFrame, unit: Unit, breaks: Mapping[str, str]) -> None:
    """The band that ordinary variation stays in, as wide as each cycle's cases make it, labelled beside the axes."""
    if chart.empty:
        return
    low, high = (unit.factor * chart[name] for name in ("lower", "upper"))
    bounds = [at if at is not None else end for at, end in zip(unit.ends, (low.min(), high.max()), strict=True)]
    band = chart.assign(low=low.clip(*bounds), high=high.clip(*bounds))
    for part in _between(band, breaks):
        ends = np.append(part["place"] - 0.5, part["place"].iloc[-1] + 0.5)
        lower, upper = (np.append(part[name], part[name].iloc[-1]) for name in ("low", "high"))
        axes.fill_between(ends, lower, upper, step="post", color=GREY, alpha=0.12, linewidth=0)
    axes.annotate(
        "usual\nrange", (1, band["high"].iloc[-1]), xycoords=axes.get_yaxis_transform(), xytext=(6, 0),
        textcoords="offset points", ha="left", va="top", color="#414042", fontsize=9, annotation_clip=False,
    )  # fmt: skip


def _between(figures: DataFrame, breaks: Mapping[str, str]) -> Iterator[DataFrame]:
    """The figures of the cycles between two breaks, one part after the other."""
    ordered = figures.sort_values("place")
    before = [sum(start <= cycle for start in breaks) for cycle in ordered["period"]]
    yield from (part for _, part in ordered.groupby(before))


def _level(axes: Axes, part: DataFrame, unit: Unit) -> None:
    """What was usual between two breaks."""
    ends = [part["place"].min() - 0.5, part["place"].max() + 0.5]
    axes.plot(ends, [unit.factor * part["value"].iloc[-1]] * 2, color=GREY, linewidth=1, linestyle="--")


def _breaks(axes: Axes, breaks: Mapping[str, str], cycles: Sequence[str]) -> None:
    """The cycles from which on the data mean something else, each named above the axes on a line of its own."""
    found = [(cycles.index(cycle) - 0.5, label) for cycle, label in sorted(breaks.items()) if cycle in cycles]
    is_late = sum(place for place, _ in found) > len(found) * len(cycles) / 2  # their names go to the left, then
    for step, (place, label) in enumerate(found):
        axes.axvline(place, color=ORANGE, linestyle=":", linewidth=1.5)
        flag(axes, place, label, line=step if is_late else len(found) - 1 - step, side="right" if is_late else "left")


def _scale(panes: Sequence[Axes], used: int, across: int, cycles: Sequence[str]) -> None:
    """The axis of the cycles under the lowest picture of each column; places that no group needs stay empty."""
    ends = sorted({0, len(cycles) - 1} | ({len(cycles) // 2} if across <= ROOMY else set()))
    for number, axes in enumerate(panes):
        axes.set_visible(number < used)
        axes.tick_params(axis="x", labelbottom=used - across <= number)
        axes.set_xticks(ends, [short(cycles[place]) for place in ends])
        axes.set_xlim(-0.5, len(cycles) - 0.5)


def _refuse_many(rows: Sequence[str]) -> None:
    if len(rows) > len(COLUMNS):
        raise WrongUse(
            f"{len(rows)} bars in one cycle are too many to distinguish. Choose up to {len(COLUMNS)} groups."
        )
