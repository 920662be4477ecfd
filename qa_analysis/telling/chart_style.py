"""How the pictures look: the Government Analysis Function's style, its palette, and words that fit beside a mark."""

import re
from collections.abc import Sequence
from typing import Literal

import afcharts  # noqa: F401  (registers the Government Analysis Function's style)
import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure as Picture
from pandas import Period

from qa_analysis.dates import month_name
from qa_analysis.telling.blocks import printable

DARK, ORANGE, GREY = "#12436D", "#F46A25", "#6B7276"  # Analysis Function palette: dark blue, orange, grey
SEGMENTS = ("#12436D", "#28A197", "#F0B37E", "#801650", "#D9DBDC", "#A285D1")  # neighbours differ in lightness too
FEW = 5  # points under five cases are drawn hollow
WIDTH, OVER_TIME = 9, 3.8  # inches: the width of a page, and the height of most pictures with time across
ROW, CLOSE, EDGE = 0.34, 0.24, 1.3  # inches: of a row, of one among many, and of all that is not rows
CLOSE_FROM = 24  # rows: more stand closer, or the picture would be taller than a screen
LABELS, SMALL = 10, 8  # points: the names of groups, and of what stands close together
CYCLE, PERIOD = re.compile(r"\d{4}-\d\d"), re.compile(r"\d{4}-\d\d(/\d{4}-\d\d)?")
LONGEST = 46  # letters of a name beside a picture


def style() -> None:
    """The Government Analysis Function's style, with fonts that ship with matplotlib as a second choice."""
    plt.style.use("afcharts.afcharts")
    mpl.rcParams.update(
        {
            "text.parse_math": False,  # a "$" in a team's name is a "$"
            "font.family": "sans-serif",
            "font.sans-serif": ["Arial", "Liberation Sans", "DejaVu Sans"],
            "font.size": 11, "axes.titlesize": 12, "axes.labelsize": 11,
            "xtick.labelsize": LABELS, "ytick.labelsize": LABELS,
            "axes.titlelocation": "left", "figure.constrained_layout.use": True, "axes.autolimit_mode": "data",
        }
    )  # fmt: skip


def canvas(height: float, *, width: float = WIDTH, axes: Axes | None = None) -> Axes:
    """The axes to draw on: those given, or those of a picture of its own."""
    return axes or panels(1, height=height, width=width)[0]


def panels(
    across: int,
    *,
    height: float,
    width: float = WIDTH,
    down: int = 1,
    widths: Sequence[float] = (),
    is_shared: bool = False,
) -> list[Axes]:
    """The axes of one picture, row by row.

    pyplot forgets the picture at once: a notebook shows the one it is given, and would show one that pyplot holds a
    second time at the end of the cell. A forgotten picture loses what it is drawn with, and is given it again.
    """
    style()
    picture, drawn = plt.subplots(
        down,
        across,
        figsize=(width, height),
        width_ratios=widths or None,
        sharex=is_shared,
        sharey=is_shared,
        squeeze=False,
    )
    plt.close(picture)
    FigureCanvasAgg(picture)
    return list(drawn.flat)


def height_of(rows: float) -> float:
    """The inches of a picture with so many rows."""
    return rows * (CLOSE if rows >= CLOSE_FROM else ROW) + EDGE


def picture_of(axes: Axes) -> Picture:
    """The picture that the axes are part of."""
    picture = axes.get_figure(root=True)
    assert picture is not None  # axes that were drawn on belong to one
    return picture


def flag(axes: Axes, place: float, label: str, *, line: int = 0, side: Literal["left", "right"] = "left") -> None:
    """What a line across the axes means, on a line of text above them, where nothing drawn can cross it."""
    axes.annotate(
        printable(label), (place, 1), xycoords=axes.get_xaxis_transform(),
        xytext=(0, 4 + 13 * line), textcoords="offset points", ha=side, va="bottom", fontsize=9, annotation_clip=False,
        arrowprops={"arrowstyle": "-", "color": ORANGE, "linestyle": ":", "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0,
                    "relpos": (0 if side == "left" else 1, 0)},
    )  # fmt: skip


def legend(axes: Axes, *, at: float = 0.5) -> None:
    """The names of the marks in one line above the axes; `at` is where its middle stands, from 0 to 1."""
    names = axes.get_legend_handles_labels()[1]
    axes.legend(loc="lower center", bbox_to_anchor=(at, 1.0), ncols=len(names), frameon=False)


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue  # WCAG 2.2, relative luminance
    return "black" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "white"


def short(cycle: str) -> str:
    """A cycle on two short lines, for an axis."""
    return Period(cycle, "M").strftime("%b\n%y")


def cycle_or(text: str) -> str:
    """A cycle on two short lines; anything else as it is."""
    return short(text) if CYCLE.fullmatch(text) else text


def spoken(period: str) -> str:
    """A cycle, or a range of them, as people say it; what is neither, as it is."""
    return " to ".join(map(month_name, period.split("/"))) if PERIOD.fullmatch(period) else printable(period)


def shortened(title: str) -> str:
    """A title on one line, cut where it would leave no room for the picture."""
    title = printable(title)
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"


def wrapped(title: str) -> str:
    """A title on at most two lines."""
    title = printable(title)
    words = title.split()
    half = (len(words) + 1) // 2
    return title if len(title) < 24 else " ".join(words[:half]) + "\n" + " ".join(words[half:])


def in_lines(title: str, *, width: int = 44) -> str:
    """A title on as many lines as it needs."""
    lines = [""]
    for word in printable(title).split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def as_given(title: str) -> str:
    """A title whose lines somebody has chosen already."""
    return "\n".join(printable(line) for line in title.split("\n"))
