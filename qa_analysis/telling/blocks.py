"""Paragraphs, tables and pictures as accessible HTML: everything that reaches a page goes through here, escaped."""

import base64
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Picture
from pandas import DataFrame
from PIL import Image

DOTS_PER_INCH = 150  # sharp in print, small in a mail
MESSAGE, BESIDE = "message", "beside"  # the classes of what a report says first, and of pieces side by side
NOTHING = "not recorded"  # a heading may not be empty
FIXED_SPACES = "\u00a0\u2003"  # ours, between a number and its sign and in cells to fill: not printable to Python
DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
WIDE = 7  # columns from which a table is set small
LONGEST_NUMBER = 40  # letters of a number with its range in a table; what is longer says why there is none
TALL = 7  # rows from which a table may go on on the next page of a print: kept whole, it would leave the last one empty
ANSWER_STYLE = " ".join(
    f".qa-answer {rule}"
    for rule in (
        "{ max-width: 60rem; font: 1rem/1.5 Arial, sans-serif; color: #0b0c0c; }",
        ".asked { margin: 0 0 .3rem; color: #484f54; }",
        ".lead { margin: 0 0 .7rem; font-size: 1.25rem; line-height: 1.4; }",
        ".note { margin: 0 0 1rem; padding: .5rem .9rem; border-left: 5px solid #12436d; background: #f3f2f1; }",
        "figure { margin: 1rem 0; } .qa-answer img { max-width: 100%; height: auto; background: #fff; }",
        "figcaption { color: #484f54; font-size: .875rem; }",
        "table { margin: 1rem 0; border-collapse: collapse; font-size: .9375rem; }",
        "caption { text-align: left; font-weight: bold; padding-bottom: .4rem; color: inherit; }",
        "table :is(th, td) { padding: .3rem 1.2rem .3rem 0; text-align: left; vertical-align: top; background: #fff;"
        " border-bottom: 1px solid #b1b4b6; white-space: normal; font-weight: normal; }",
        "thead th { font-weight: bold; border-bottom: 2px solid #0b0c0c; }",
        "td:last-child { overflow-wrap: anywhere; }",
        ".number { text-align: right; white-space: nowrap; }",
        "summary { cursor: pointer; color: #1a5f9c; }",
    )
)
COLOURS = 64  # enough for charts; a third of the size
EXACT = 8  # so many of the commonest are put back as they were drawn, but where two are nearly alike


@dataclass(frozen=True)
class Html:
    """A piece of a page. Only this module builds one from text, so that text cannot become markup."""

    markup: str

    def __add__(self, other: "Html") -> "Html":
        """This piece, then the other."""
        return Html(f"{self.markup}\n{other.markup}")

    def _repr_html_(self) -> str:
        return self.markup


def page(*parts: Html) -> Html:
    """Several pieces one under the other."""
    return Html("\n".join(part.markup for part in parts))


def message(*parts: Html) -> Html:
    """What a report says first: the list of its sections comes after it."""
    return Html(f'<div class="{MESSAGE}">{page(*parts).markup}</div>')


def beside(*parts: Html) -> Html:
    """Pieces side by side where there is room, each of one picture with its heading; one under the other elsewhere."""
    return Html(f'<div class="{BESIDE}">' + "".join(f"<section>{part.markup}</section>" for part in parts) + "</div>")


def heading(text: str, *, level: int) -> Html:
    """A heading; the page's title is level 1."""
    return Html(f"<h{level}>{clean(text)}</h{level}>")


def paragraph(text: str, *, kind: str = "") -> Html:
    """A paragraph of plain text; `kind` is a class of the style sheet, such as "lead" or "note"."""
    return Html(f"<p{_kind(kind)}>{clean(text)}</p>")


def bullets(texts: Iterable[str], *, kind: str = "", ordered: bool = False) -> Html:
    """A list of plain sentences."""
    tag = "ol" if ordered else "ul"
    return Html(f"<{tag}{_kind(kind)}>" + "".join(f"<li>{clean(text)}</li>" for text in texts) + f"</{tag}>")


def points(pairs: Iterable[tuple[str, str]]) -> Html:
    """A list whose items begin with a few words in bold."""
    return Html(
        "<ul>" + "".join(f"<li><strong>{clean(lead)}</strong> {clean(text)}</li>" for lead, text in pairs) + "</ul>"
    )


def link(text: str, to: str, *, of: str = "") -> Html:
    """A link to a place on this page or beside it; `of` tells links of the same word apart for those who hear them."""
    heard = f' aria-label="{clean(text)}: {clean(of)}"' if of else ""
    return Html(f'<a href="{clean(to)}"{heard}>{clean(text)}</a>')


def inline(parts: Iterable[Html]) -> Html:
    """Pieces in one line, with commas between."""
    return Html(", ".join(part.markup for part in parts))


def listed(parts: Iterable[Html]) -> Html:
    """Pieces one under the other, as a list."""
    return Html("<ul>" + "".join(f"<li>{part.markup}</li>" for part in parts) + "</ul>")


def folded(summary: str, inner: Html, *, is_open: bool = False) -> Html:
    """A piece that opens on a click, under a line that says what it is."""
    return Html(f"<details{' open' if is_open else ''}><summary>{clean(summary)}</summary>{inner.markup}</details>")


def framed(inner: Html) -> Html:
    """A piece in a notebook, where no style sheet of ours is: it brings what it needs."""
    return Html(f'<div class="qa-answer"><style>{ANSWER_STYLE}</style>{inner.markup}</div>')


def code(line: str) -> Html:
    """A line to type."""
    return Html(f"<pre><code>{clean(line)}</code></pre>")


def status(text: str) -> Html:
    """What just happened; those who listen are told without asking."""
    return Html(f'<p role="status">{clean(text)}</p>')


def absent(what: str) -> Html:
    """The one line that says a dataset was not there."""
    return paragraph(f"{what}: not supplied this month.", kind="absent")


def table(frame: DataFrame, caption: str, *, numbers: Sequence[str] = (), row_heading: bool = True) -> Html:
    """A real table: caption, column headings as the frame's columns, the first column heading its row.

    A cell that is a piece of a page already, such as a link, stays as it is.
    """
    head = "".join(f'<th scope="col"{_number(name in numbers)}>{clean(name)}</th>' for name in frame.columns)
    body = "".join(_row(values, list(frame.columns), numbers, row_heading) for values in frame.itertuples(index=False))
    return Html(
        f'<table class="{_shape(frame)}"><caption>{clean(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def table_unless_zero(frame: DataFrame, caption: str, *, numbers: Sequence[str], otherwise: str) -> Html:
    """The table; a sentence where it has no row, or every number in it is zero: such a table tells nothing."""
    is_zero = frame[list(numbers)].astype("str").isin(["0", "0.0", ""]).all(axis=None)
    return paragraph(otherwise) if is_zero else table(frame, caption, numbers=numbers)


def chart(picture: Picture, *, alt: str, caption: str) -> Html:
    """A picture with its text alternative and what it was drawn from; the picture is closed."""
    data = base64.b64encode(_png(picture)).decode("ascii")
    plt.close(picture)
    return Html(
        f'<figure class="chart"><img alt="{clean(alt)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{clean(caption)}</figcaption></figure>"
    )


def clean(value: object) -> str:
    """Text that cannot change the page: control characters and direction marks removed, markup escaped."""
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    return escape(printable(str(value)), quote=True)


def printable(text: str) -> str:
    """The text without control characters and direction marks, which no page and no picture shows."""
    return "".join(letter for letter in text if letter.isprintable() or letter in FIXED_SPACES)


def _row(values: Iterable[object], columns: Sequence[str], numbers: Sequence[str], row_heading: bool) -> str:
    cells = [
        f'<th scope="row">{_cell(value) or NOTHING}</th>'
        if row_heading and position == 0
        else f"<td{_number(name in numbers and not _is_sentence(value)) or _day(value)}>{_cell(value)}</td>"
        for position, (name, value) in enumerate(zip(columns, values, strict=True))
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _is_sentence(value: object) -> bool:
    """Whether a cell says why there is no number: kept on one line it would push the others off the paper."""
    return isinstance(value, str) and len(value) > LONGEST_NUMBER


def _cell(value: object) -> str:
    return value.markup if isinstance(value, Html) else clean(value)


def _shape(frame: DataFrame) -> str:
    """What the style sheets know of a table: whether it is narrow, wide or long."""
    rows, columns = frame.shape
    shapes = {"narrow": columns < 3, "wide": columns >= WIDE, "tall": rows >= TALL}
    return " ".join(["figures", *(shape for shape, holds in shapes.items() if holds)])


def _png(picture: Picture) -> bytes:
    """The picture with few colours and no time stamp, so that the same figures give the same bytes.

    Drawn straight away: matplotlib's own way to a file goes over the whole picture once more, to measure it. Packed
    once: trying every way to pack it takes as long as choosing its colours, and saves a twelfth of its size.
    """
    small = io.BytesIO()
    picture.set_dpi(DOTS_PER_INCH)
    canvas: Any = FigureCanvasAgg(picture)  # whose functions say no types
    canvas.draw()
    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    with_few_colours(drawn.convert("RGB")).save(small, format="png")
    return small.getvalue()


def with_few_colours(drawn: Image.Image) -> Image.Image:
    """The picture in as many colours as charts need: none far from its own, and paper as it was drawn.

    The library's usual way takes twice as long, and what is rare, as the letters of a small word, comes out in another
    colour.
    """
    few = drawn.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = np.array(few.getpalette("RGB"), dtype=np.int64).reshape(-1, 3)
    commonest = sorted(drawn.getcolors(drawn.width * drawn.height) or ())[-EXACT:]
    for colour in np.array([colour for _, colour in commonest], dtype=np.int64):
        palette[np.abs(palette - colour).sum(axis=1).argmin()] = colour  # the commonest last, where two are alike
    few.putpalette(palette.ravel().tolist())
    return few


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _day(value: object) -> str:
    """The class of a cell that is a day and nothing else, which stays on one line."""
    return ' class="day"' if isinstance(value, str) and DAY.fullmatch(value) else ""


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""
