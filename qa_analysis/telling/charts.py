"""The pictures: each answers one question, says the answer in its title, carries n, and reads without colour."""

from collections.abc import Sequence
from typing import Literal

import afcharts  # noqa: F401  (registers the Government Analysis Function's style)
import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Rectangle
from pandas import DataFrame

from qa_analysis.dates import months_after, months_between
from qa_analysis.measures.figure import figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import printable
from qa_analysis.telling.wording import compared_periods

DARK, ORANGE, GREY = "#12436D", "#F46A25", "#6B7276"  # Analysis Function palette: dark blue, orange, grey
GRADE_COLOURS = {
    "outstanding": "#12436D",
    "good": "#28A197",
    "requires improvement": "#F0B37E",
    "inadequate": "#801650",
}
FEW_AUDITS = 5  # points under five audits are drawn hollow


def style() -> None:
    """The Government Analysis Function's style, with fonts that ship with matplotlib as a second choice."""
    plt.style.use("afcharts.afcharts")
    mpl.rcParams.update(
        {
            "text.parse_math": False,  # a "$" in a team's name is a "$"
            "font.family": "sans-serif",
            "font.sans-serif": ["Arial", "Liberation Sans", "DejaVu Sans"],
            "font.size": 11, "axes.titlesize": 12, "axes.labelsize": 11, "xtick.labelsize": 10, "ytick.labelsize": 10,
            "axes.titlelocation": "left", "figure.constrained_layout.use": True, "axes.autolimit_mode": "data",
        }
    )  # fmt: skip


def good_over_time(month: Month) -> Picture:
    """Was practice graded better over time than chance would have it? One point per cycle."""
    style()
    cycles = months_between(months_after(month.month, -23), month.month)
    table = month.over_time("good_or_better", periods=cycles)
    table = table.assign(place=[cycles.index(cycle) for cycle in table["period"]]).sort_values("place")
    picture, axes = plt.subplots(figsize=(9, 4.2))
    _limits(axes, month, cycles)
    enough = table["denominator"] >= FEW_AUDITS
    axes.plot(
        table.loc[enough, "place"], 100 * table.loc[enough, "value"], color=DARK, linewidth=1.5, zorder=2, clip_on=False
    )
    for some, filled in ((table[enough], True), (table[~enough], False)):
        axes.scatter(
            some["place"],
            100 * some["value"],
            s=36,
            zorder=3,
            edgecolor=DARK,
            facecolor=DARK if filled else "white",
            clip_on=False,  # dots at 0 and 100 are whole ones
        )
    _breaks(axes, month, cycles)
    labels = [
        f"{short(cycles[place])}\nn={n:.0f}" for place, n in zip(table["place"], table["denominator"], strict=True)
    ]
    axes.set_xticks(list(table["place"]), labels, fontsize=8)
    axes.set(ylim=(0, 100), ylabel="Good or better (% of headline audits)", xlabel="Audit cycle and number of audits")
    return picture


def _limits(axes: Axes, month: Month, cycles: Sequence[str]) -> None:
    """The band that ordinary variation stays in, labelled beside the axes, where no line is drawn."""
    chart = month.over_time("run_chart", periods=cycles).dropna(subset=["lower", "upper"])
    if chart.empty:
        return
    places = [cycles.index(cycle) for cycle in chart["period"]]
    low, high = 100 * chart["lower"].iloc[-1], 100 * chart["upper"].iloc[-1]
    axes.fill_between([min(places), max(places)], max(low, 0), min(high, 100), color=GREY, alpha=0.12, linewidth=0)
    axes.axhline((low + high) / 2, color=GREY, linewidth=1, linestyle="--")
    axes.annotate(
        "usual\nrange", (1, min(high, 100)), xycoords=axes.get_yaxis_transform(), xytext=(6, 0),
        textcoords="offset points", ha="left", va="top", color="#414042", fontsize=9, annotation_clip=False,
    )  # fmt: skip


def _breaks(axes: Axes, month: Month, cycles: Sequence[str]) -> None:
    """The months in which the way of auditing changed, each named above the axes on a line of its own."""
    found = [
        (cycles.index(cycle) - 0.5, label) for cycle, label in sorted(month.rules.breaks.items()) if cycle in cycles
    ]
    is_late = sum(place for place, _ in found) > len(found) * len(cycles) / 2  # their names go to the left, then
    for step, (place, label) in enumerate(found):
        axes.axvline(place, color=ORANGE, linestyle=":", linewidth=1.5)
        _flag(axes, place, label, line=step if is_late else len(found) - 1 - step, side="right" if is_late else "left")


def _flag(axes: Axes, place: float, label: str, *, line: int = 0, side: Literal["left", "right"] = "left") -> None:
    """What a line across the axes means, on a line of text above them, where nothing drawn can cross it."""
    axes.annotate(
        printable(label), (place, 1), xycoords=axes.get_xaxis_transform(),
        xytext=(0, 4 + 13 * line), textcoords="offset points", ha=side, va="bottom", fontsize=9, annotation_clip=False,
        arrowprops={"arrowstyle": "-", "color": ORANGE, "linestyle": ":", "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0,
                    "relpos": (0 if side == "left" else 1, 0)},
    )  # fmt: skip


def six_areas(month: Month) -> Picture:
    """In which key areas is practice good, now and six months ago? Two dots with their intervals per area.

    They are the shares that the verdicts compare.
    """
    style()
    now, then = compared_periods(month)
    areas = list(month.rules.key_areas)
    shares = figures_of(month.figures("loop_good_or_better", by=("key_area", "side"), population=LEAD))
    held = {figure.group: figure for figure in shares}
    picture, axes = plt.subplots(figsize=(9, 4.4))
    for side, period, offset, colour, marker in (("then", then, 0.14, ORANGE, "s"), ("now", now, -0.14, DARK, "o")):
        drawn = {place: held[area, side] for place, area in enumerate(areas) if (area, side) in held}
        places = np.array(list(drawn)) + offset
        centre = 100 * np.array([figure.value for figure in drawn.values()])
        limits = 100 * np.array([[figure.lower, figure.upper] for figure in drawn.values()]).reshape(-1, 2)
        spread = np.abs(limits.T - centre)
        axes.errorbar(centre, places, xerr=spread, fmt=marker, color=colour, capsize=3, markersize=7, label=period)
    axes.set_yticks(range(len(areas)), [wrapped(month.rules.key_areas[area]) for area in areas])
    axes.invert_yaxis()
    axes.set(xlim=(0, 100), xlabel="Good or better (% of headline audits graded in the area, with 95 % interval)")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return picture


def grade_mix(month: Month) -> Picture:
    """How were the audits graded, overall and in each area? One bar per area, a segment per grade with its count."""
    style()
    rows = {"Overall": month.figures("grade_count", by="grade").set_index("group")["value"]}
    by_area = {
        figure.group: figure.value for figure in figures_of(month.figures("grade_count", by=("key_area", "grade")))
    }
    for area, title in month.rules.key_areas.items():
        rows[wrapped(title)] = pd.Series({grade: by_area.get((area, grade), 0) for grade in month.rules.grades})
    picture, axes = plt.subplots(figsize=(9, 4.2))
    left = np.zeros(len(rows))
    for grade in month.rules.grades:
        sizes = np.array([float(tallies.get(grade, 0)) for tallies in rows.values()])
        colour = GRADE_COLOURS.get(grade, GREY)
        bars = axes.barh(list(rows), sizes, left=left, color=colour, edgecolor="white", label=grade.capitalize())
        ink = "black" if grade in ("good", "requires improvement") else "white"  # contrast of at least 4.5 to 1
        axes.bar_label(bars, [f"{size:.0f}" if size else "" for size in sizes], label_type="center", color=ink)
        left = left + sizes
    axes.invert_yaxis()
    axes.set(xlabel="Number of headline audits")
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=4, frameon=False)
    return picture


def auditor_and_panel(month: Month, population: str) -> Picture:
    """Do auditors and panel grade alike? A grid of counts, the diagonal framed, both directions named."""
    style()
    grades = list(month.rules.grades)
    found = month.figures("moderation_pairs", by=("auditor", "panel"), period=month.year, population=population)
    tallies = {figure.group: figure.value for figure in figures_of(found)}
    grid = pd.DataFrame(
        [[tallies.get((auditor, panel), 0) for panel in grades] for auditor in grades],
        index=[grade.capitalize() for grade in grades], columns=[grade.capitalize() for grade in grades],
    ).astype(int)  # fmt: skip
    picture, axes = plt.subplots(figsize=(7, 4.4))
    shade(grid, axes)
    for place in range(len(grades)):
        axes.add_patch(Rectangle((place, place), 1, 1, fill=False, edgecolor=ORANGE, linewidth=2.5))
    axes.set(xlabel="Panel's grade", ylabel="Auditor's grade")
    axes.tick_params(axis="x", rotation=0)
    axes.tick_params(axis="y", rotation=0)
    axes.text(len(grades), -0.12, "lowered by the panel above the frame", ha="right", va="bottom", fontsize=10)
    axes.text(0, len(grades) + 0.75, "raised below it", ha="left", va="top", fontsize=10)
    return picture


def has_view(month: Month) -> bool:
    """Whether there is any figure of what the panel would have said of the year's audits."""
    found = month.over_time("good_or_better_adjusted", periods=[month.year])
    return bool(found["value"].notna().any())


def auditors_or_panel(month: Month) -> Picture:
    """How good would practice look by the panel's standard? Two dots with their intervals per area, over the year."""
    style()
    names = {"": "Overall", **month.rules.key_areas}
    picture, axes = plt.subplots(figsize=(9, 4.6))
    sides = (("good_or_better", "as auditors graded", -0.14, ORANGE, "s"),
             ("good_or_better_adjusted", "by the panel's standard", 0.14, DARK, "o"))  # fmt: skip
    for measure, label, offset, colour, marker in sides:
        rows = pd.concat(
            [month.figures(measure, by=by, period=month.year) for by in ("", "key_area")]
        ).set_index("group").reindex(list(names))  # fmt: skip
        rows = rows[rows["value"].notna()]
        places = np.array([list(names).index(area) for area in rows.index]) + offset
        centre = 100 * rows["value"].to_numpy(dtype=float)
        spread = np.abs(100 * rows[["lower", "upper"]].to_numpy(dtype=float).T - centre)
        axes.errorbar(centre, places, xerr=spread, fmt=marker, color=colour, capsize=3, markersize=7, label=label)
    axes.set_yticks(range(len(names)), [wrapped(title) for title in names.values()])
    axes.invert_yaxis()
    axes.set(xlim=(0, 100), xlabel="Good or better (% of headline audits, with 95 % interval)")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return picture


def time_to_complete(month: Month) -> Picture:
    """How long do actions take, and how old are those still open? A curve with the limit, and bars by age."""
    style()
    picture, (curve, bars) = plt.subplots(1, 2, figsize=(9, 3.8), width_ratios=[3, 2])
    steps = month.figures("actions_completed_km", by="day")
    days = steps["group"].astype(int).to_numpy()
    order = np.argsort(days)
    for name, line in (("value", {"linewidth": 2}), ("lower", {"linewidth": 0.8}), ("upper", {"linewidth": 0.8})):
        curve.step(days[order], 100 * steps[name].to_numpy(dtype=float)[order], where="post", color=DARK, **line)
    limit = month.rules.action_days
    curve.axvline(limit, color=ORANGE, linestyle=":", linewidth=2)
    _flag(curve, limit, f"day {limit}")
    curve.set(xlabel="Calendar days since agreed", ylabel="Completed (% of actions)", ylim=(0, 100), xlim=(0, None))
    ages = month.figures("actions_open", by="age")
    drawn = bars.barh(ages["group"], ages["value"], color=DARK)
    bars.bar_label(drawn, padding=3)
    bars.invert_yaxis()
    bars.set(xlabel="Open actions", xlim=(0, max(float(ages["value"].max()) * 1.15, 1)))
    return picture


def flow_of_actions(month: Month) -> Picture:
    """Do actions close as fast as they are agreed? Two bars a calendar month, and a line of those open at its end."""
    style()
    found = month.over_time("actions_flow", by="step")
    months = list(dict.fromkeys(found["period"]))
    places = np.arange(len(months))
    steps = {name: rows.set_index("period")["value"].reindex(months) for name, rows in found.groupby("group")}
    picture, axes = plt.subplots(figsize=(9, 3.8))
    axes.bar(places - 0.2, steps["agreed"], 0.38, color=DARK, label="agreed")
    axes.bar(places + 0.2, steps["closed"], 0.38, color=ORANGE, label="closed")
    axes.plot(places, steps["closing"], color=GREY, marker="o", markersize=4, linewidth=1.5, label="open at the end")
    axes.set_xticks(places, [short(month) for month in months], fontsize=8)
    axes.set(ylabel="Actions", ylim=(0, None))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False)
    return picture


def coverage_matrix(month: Month) -> Picture:
    """Which services were seen in which cycle? A grid of counts, service by cycle."""
    style()
    cycles = months_between(month.year.split("/")[0], month.month)
    found = month.over_time("audits_completed", by="service_area", periods=cycles)
    grid = _grid(found, cycles)
    picture, axes = plt.subplots(figsize=(9, 0.5 * len(grid) + 1.5))
    shade(grid, axes)
    axes.set(xlabel="Audit cycle", ylabel="")
    axes.tick_params(axis="y", rotation=0)
    axes.tick_params(axis="x", rotation=0)
    return picture


def _grid(found: DataFrame, cycles: Sequence[str]) -> DataFrame:
    grid = found.pivot_table(index="group", columns="period", values="value", aggfunc="sum", fill_value=0)
    return grid.reindex(columns=list(cycles), fill_value=0).astype(int).rename(index=printable, columns=short)


def shade(grid: DataFrame, axes: Axes, *, fmt: str = "d") -> None:
    """Draws a grid of counts as cells, the darker the more, with each count in its cell."""
    import seaborn as sns  # takes half a second to load, and most notebooks draw no grid

    sns.heatmap(
        grid, annot=True, fmt=fmt, cbar=False, linewidths=1, linecolor="white", ax=axes, vmin=0,
        cmap=sns.light_palette(DARK, as_cmap=True), vmax=pale(grid.fillna(0)), annot_kws={"color": "black"},
    )  # fmt: skip


def pale(grid: DataFrame) -> float:
    """The count that would have the darkest cell: twice the largest, so that figures stay readable on every cell."""
    return 2.0 * max(int(grid.to_numpy().max()), 1)


def data_direction(month: Month) -> Picture:
    """Is the recording getting better? The share of records in order, one panel per core dataset."""
    style()
    cycles = months_between(month.year.split("/")[0], month.month)
    table = month.over_time("records_in_order", by="dataset", periods=cycles)
    names = list(dict.fromkeys(table["group"]))
    picture, panels = plt.subplots(1, len(names), figsize=(9, 2.8), sharey=True, squeeze=False)
    for axes, name in zip(panels[0], names, strict=True):
        rows = table[table["group"] == name]
        places = [cycles.index(cycle) for cycle in rows["period"]]
        axes.plot(places, 100 * rows["value"], color=DARK, marker="o", markersize=4, linewidth=1.5)
        axes.set_title(name.capitalize())
        axes.set_xticks([0, len(cycles) - 1], [short(cycles[0]), short(cycles[-1])])
        axes.set(ylim=(0, 104), xlim=(-0.5, len(cycles) - 0.5))
    panels[0][0].set_ylabel("Records in order (%)")
    return picture


def short(cycle: str) -> str:
    """A cycle on two short lines, for an axis."""
    return pd.Period(cycle, "M").strftime("%b\n%y")


def wrapped(title: str) -> str:
    """A key area's title on at most two lines."""
    title = printable(title)
    words = title.split()
    half = (len(words) + 1) // 2
    return title if len(title) < 24 else " ".join(words[:half]) + "\n" + " ".join(words[half:])
