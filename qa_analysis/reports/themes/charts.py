"""The pictures of the themes report: each answers one question, carries n, and reads without colour."""

from collections.abc import Sequence

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.dates import months_between
from qa_analysis.measures.figure import figures_of
from qa_analysis.measures.themes.impact import KINDS
from qa_analysis.measures.themes.links import BY_CHANCE, PAIR
from qa_analysis.month.month import Month
from qa_analysis.reports.themes.tables import WORDINGS, quarters, theme
from qa_analysis.telling.blocks import printable
from qa_analysis.telling.charts import DARK, FEW_AUDITS, ORANGE, shade, short, style
from qa_analysis.telling.prompts import prompt_title

MAP_FROM = 100  # headline audits of the year: with fewer, counts of pairs are noise (docs/methods.md)
MAP_PAIRS = 3  # fewer linked pairs are said in the table alone
WORDING_COLOURS = dict(zip(KINDS, (DARK, "#F0B37E", "#28A197", "#D9DBDC"), strict=True))
WORDING_INK = dict(zip(KINDS, ("white", "black", "black", "black"), strict=True))  # contrast of at least 4.5 to 1
NAMED_ACROSS = 7  # themes that have room for their names below the grid; more show their codes
PANELS_ACROSS = 3


def then_and_now(month: Month, codes: Sequence[str]) -> Picture:
    """Are the leading areas for development more or less common than six months ago? Two dots with intervals each."""
    style()
    now, then = quarters(month)
    picture, axes = plt.subplots(figsize=(9, 0.62 * len(codes) + 1.4))
    for period, offset, colour, marker, label in (
        (then, 0.14, ORANGE, "s", "three cycles, six months ago"), (now, -0.14, DARK, "o", "last three cycles"),
    ):  # fmt: skip
        found = {place: theme(month, code, "development", period=period) for place, code in enumerate(codes)}
        shown = {place: figure for place, figure in found.items() if figure and figure.denominator}
        centre = 100 * np.array([figure.value for figure in shown.values()])
        limits = 100 * np.array([[figure.lower, figure.upper] for figure in shown.values()]).reshape(-1, 2)
        axes.errorbar(
            centre, np.array(list(shown), dtype=float) + offset, xerr=np.abs(limits.T - centre), fmt=marker,
            color=colour, capsize=3, markersize=7, label=label,
        )  # fmt: skip
    axes.set_yticks(range(len(codes)), [_lines(prompt_title(month, code)) for code in codes])
    axes.invert_yaxis()
    axes.set(xlim=(0, None), xlabel="Headline audits with it as an area for development (%, with 95 % interval)")
    axes.legend(loc="lower center", bbox_to_anchor=(0.3, 1.0), ncols=2, frameon=False)
    return picture


def courses(month: Month, groups: Sequence[tuple[str, str]]) -> Picture:
    """How did the persistent, emerging and fading themes go? One panel a theme, one point a cycle."""
    style()
    cycles = months_between(month.year.split("/")[0], month.month)
    rows = -(-len(groups) // PANELS_ACROSS)
    picture, panels = plt.subplots(
        rows, PANELS_ACROSS, figsize=(9, 2.3 * rows + 0.3), sharex=True, sharey=True, squeeze=False
    )
    for axes, (code, word) in zip(panels.flat, groups, strict=False):
        _course(axes, month, code, cycles)
        axes.set_title(f"{_lines(prompt_title(month, code), width=30)}\n({word})", fontsize=9)
    for axes in panels.flat[len(groups) :]:
        axes.set_visible(False)
    for axes in panels.flat[max(len(groups) - PANELS_ACROSS, 0) : len(groups)]:
        axes.tick_params(axis="x", labelbottom=True)
    for axes in panels[:, 0]:
        axes.set_ylabel("Audits (%)")
    return picture


def _course(axes: Axes, month: Month, code: str, cycles: Sequence[str]) -> None:
    """One theme's share in each cycle; hollow points rest on under five audits."""
    found = {place: theme(month, code, "development", period=cycle) for place, cycle in enumerate(cycles)}
    shown = {place: figure for place, figure in found.items() if figure and figure.denominator}
    axes.plot(list(shown), [100 * figure.value for figure in shown.values()], color=DARK, linewidth=1.2, zorder=2)
    for place, figure in shown.items():
        face = DARK if figure.denominator >= FEW_AUDITS else "white"
        axes.scatter(place, 100 * figure.value, s=20, facecolor=face, edgecolor=DARK, zorder=3)
    ends = [0, len(cycles) // 2, len(cycles) - 1]
    axes.set_xticks(ends, [short(cycles[place]) for place in ends])
    axes.set(ylim=(0, None), xlim=(-0.5, len(cycles) - 0.5))


def has_map(month: Month) -> bool:
    """Whether there are enough audits, and enough pairs that are no chance, for a picture of what comes together."""
    found = month.figures("theme_pair_lift", by=PAIR, period=month.year)
    linked = found[found["verdict"] != BY_CHANCE]
    return len(linked) >= MAP_PAIRS and bool(found["denominator"].max() >= MAP_FROM)


def pair_map(month: Month) -> Picture:
    """Which linked areas for development come together in one audit? A grid of counts; under five audits are blank."""
    style()
    grid = _pairs(month)
    picture, axes = plt.subplots(figsize=(9, 0.6 * len(grid) + 1.4))
    shade(grid, axes, fmt=".0f")
    down = [f"{_lines(prompt_title(month, code))}  ({code})" for code in grid.index]
    across = [f"{code}\n{_lines(prompt_title(month, code), width=12)}" for code in grid.columns]
    axes.set_yticklabels(down, rotation=0, fontsize=8)
    axes.set_xticklabels(across if len(across) <= NAMED_ACROSS else list(grid.columns), rotation=0, fontsize=7)
    axes.grid(visible=False)
    axes.set(xlabel="", ylabel="")
    return picture


def _pairs(month: Month) -> DataFrame:
    """The audits with both of two themes, of the themes that are linked with any. One row and column a theme."""
    found, lifts = (figures_of(month.figures(f"theme_pair{of}", by=PAIR, period=month.year)) for of in ("", "_lift"))
    pairs = {figure.group: figure.value for figure in found}
    named = {code for lift in lifts if lift.verdict != BY_CHANCE for code in lift.group}
    codes = [code for code in month.rules.codebook if code in named]
    return DataFrame([[pairs.get((left, right), np.nan) for left in codes[:-1]] for right in codes[1:]],
                     index=codes[1:], columns=codes[:-1])  # fmt: skip


def wording_over_time(month: Month) -> Picture:
    """Do findings speak of impact? One bar a cycle, a segment for each wording."""
    style()
    cycles = months_between(month.year.split("/")[0], month.month)
    table = month.over_time("finding_wording", by="wording", periods=cycles)
    held = [cycle for cycle in cycles if cycle in set(table["period"])]
    grid = table.pivot_table(index="period", columns="group", values="value").reindex(held)
    sizes = table.drop_duplicates("period").set_index("period")["denominator"].reindex(held)
    picture, axes = plt.subplots(figsize=(9, 3.8))
    bottom = np.zeros(len(held))
    for kind in KINDS:
        part = 100 * grid[kind].to_numpy(dtype=float)
        bars = axes.bar(range(len(held)), part, bottom=bottom, color=WORDING_COLOURS[kind], edgecolor="white")
        axes.bar_label(
            bars, [f"{share:.0f}" for share in part], label_type="center", color=WORDING_INK[kind], fontsize=8
        )
        axes.annotate(
            WORDINGS[kind], (len(held) - 0.5, bottom[-1] + part[-1] / 2), xytext=(4, 0), textcoords="offset points",
            va="center", fontsize=9,
        )  # fmt: skip
        bottom = bottom + part
    axes.set_xticks(range(len(held)), [f"{short(cycle)}\nn={sizes[cycle]:.0f}" for cycle in held], fontsize=8)
    axes.grid(visible=False)
    axes.set(ylim=(0, 100), ylabel="Findings (%)", xlabel="Audit cycle and number of findings")
    return picture


def _lines(title: str, *, width: int = 44) -> str:
    """A prompt's title on as many lines as it needs."""
    lines = [""]
    for word in printable(title).split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
