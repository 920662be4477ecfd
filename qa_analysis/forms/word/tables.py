"""A table of the page as a Word table: a header row that repeats, row headings, widths that suit the words."""

from collections.abc import Callable, Sequence
from typing import Final

from bs4 import Tag
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from qa_analysis.forms.word.file import TEXT_WIDTH
from qa_analysis.forms.word.marks import mark
from qa_analysis.forms.word.text import spaced

SIZES: Final = {"": 9.0, " Small": 7.5}  # points; "Table Text" and "Table Text Small" of templates/word/styles.xml
MANY: Final = 6  # columns; a table with more is set small
GAP: Final = (
    8.0  # points between two columns: the margin of "Figures", and a little for the unevenness of this reckoning
)
BELOW: Final = 12  # points between a table and what follows it
SPACELESS: Final = frozenset({None, "Normal", "ListBullet", "ListNumber", "Note", "Absent", "Lead", "Picture"})
KEPT_TOGETHER: Final = 16  # rows of a table that is not parted by a page's end
_SLIM, _NARROW, _WIDE = frozenset("ijl'’|"), frozenset("frtI.,:;()[]-/ \u00a0"), frozenset("mwMW@%—")
_BOLD = 1.09  # how much wider bold letters are

Cell = Sequence[str]  # the pieces that should stay whole on a line each
Write = Callable[[Paragraph, Tag], None]


def write_table(document: Document, tag: Tag, write: Write) -> None:
    """The table under its caption; `write` puts a cell's words into its paragraph.

    Raises:
        ValueError: a cell spans others, or a row is longer or shorter than the first.
    """
    rows = [row.find_all(["th", "td"]) for row in tag.find_all("tr")]
    if {len(row) for row in rows} != {len(rows[0])} or tag.select("[colspan], [rowspan]"):
        raise ValueError("a table with spanning cells or uneven rows has no form in a Word paper")
    caption = tag.find("caption")
    if isinstance(caption, Tag):
        write(document.add_paragraph(style="Table Caption"), caption)
    table = document.add_table(len(rows), len(rows[0]), style="Figures")
    _describe(table, spaced(caption.get_text()) if isinstance(caption, Tag) else "", rows)
    size, widths = fitted([[_pieces(cell) for cell in row] for row in rows], TEXT_WIDTH.pt)
    for column, points in zip(table.columns, widths, strict=True):
        column.width = Pt(points)
    _fill(table, rows, widths, size, write)


def _pieces(cell: Tag) -> Cell:
    """What must stay on one line each: the words of a text, the whole of a figure with its interval."""
    text = spaced(cell.get_text()).strip(" ")  # the fixed spaces of a cell to be filled in give it its width
    return (text,) if cell.name == "td" and _is_number(cell) else tuple(text.split(" "))


def _is_number(cell: Tag) -> bool:
    return "number" in cell.get_attribute_list("class")


def fitted(rows: Sequence[Sequence[Cell]], room: float) -> tuple[str, list[float]]:
    """The size of letters, a key of SIZES, and the columns' widths in points."""
    least, most = (_widths(rows, whole=whole) for whole in (False, True))
    size = " Small" if len(rows[0]) > MANY or sum(_points(least, "")) > room else ""
    return size, column_widths(_points(least, size), _points(most, size), room)


def _points(widths: Sequence[float], size: str) -> list[float]:
    return [GAP + SIZES[size] * one for one in widths]


def _widths(rows: Sequence[Sequence[Cell]], *, whole: bool) -> list[float]:
    """How wide each column's words are, in letters' own size: each cell on one line, or broken between its pieces."""
    return [
        max(
            (_BOLD if 0 in (line, place) else 1) * (ems(" ".join(cell)) if whole else max(map(ems, cell)))
            for line, cell in enumerate(column)
        )
        for place, column in enumerate(zip(*rows, strict=True))
    ]


def column_widths(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """How wide each column should be: room for its longest piece first, then by the length of its text.

    Where even the longest pieces do not all fit, the widest columns give way.
    """
    if sum(most) <= room:
        return list(most)
    if sum(least) > room:
        highest = _level(least, room)
        return [min(one, highest) for one in least]
    spare = (room - sum(least)) / (sum(most) - sum(least))
    return [low + spare * (high - low) for low, high in zip(least, most, strict=True)]


def _level(widths: Sequence[float], room: float) -> float:
    """The width at which to cut the widest columns so that all together just fit."""
    kept = sorted(widths)
    for place, one in enumerate(kept):
        level = (room - sum(kept[:place])) / (len(kept) - place)
        if level <= one:
            return level
    return kept[-1]


def ems(text: str) -> float:
    """About how wide the text is in Arial, in its own size; rather too wide than too narrow."""
    return sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in _SLIM:
        return 0.24
    if letter in _NARROW:
        return 0.34
    if letter in _WIDE:
        return 0.9
    if letter.isupper():
        return 0.72
    return 0.556 if letter.isascii() else 1.0


def _describe(table: Table, caption: str, rows: Sequence[Sequence[Tag]]) -> None:
    """What a screen reader and Word's own tools are told of the table."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    layout = mark("w:tblLayout", type="fixed")
    has_row_headings = any(row[0].name == "th" for row in rows[1:])
    look = mark("w:tblLook", val="04A0" if has_row_headings else "0420", firstRow=1, lastRow=0,
                    firstColumn=int(has_row_headings), lastColumn=0, noHBand=0, noVBand=1)  # fmt: skip
    for element in (layout, look, mark("w:tblCaption", val=caption)):
        properties.append(element)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(mark("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(mark("w:tblHeader"))


def _fill(table: Table, rows: Sequence[Sequence[Tag]], widths: Sequence[float], size: str, write: Write) -> None:
    styles = {
        is_number: table.part.get_style_id(name + size, WD_STYLE_TYPE.PARAGRAPH)
        for is_number, name in ((True, "Table Number"), (False, "Table Text"))
    }
    for line, (row, cells) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
        for place, tag, points in zip(row.tc_lst, cells, widths, strict=True):
            cell = _Cell(place, table)  # python-docx's own table.cell() looks at every cell before
            cell.width = Pt(points)
            paragraph = cell.paragraphs[0]
            paragraph._p.style = styles[_is_number(tag)]  # by its name python-docx would look through all of them again
            if line == 0 or line < len(rows) - 1 < KEPT_TOGETHER:
                paragraph.paragraph_format.keep_with_next = True
            write(paragraph, tag)


def space_below_tables(document: Document) -> None:
    """A table has no space of its own below it, so the paragraph that follows brings it."""
    for block in document.element.body.iterchildren(qn("w:p")):
        before = block.getprevious()
        if before is not None and before.tag == qn("w:tbl") and block.style in SPACELESS:
            Paragraph(block, document._body).paragraph_format.space_before = Pt(BELOW)
