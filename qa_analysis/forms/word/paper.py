"""Turns a published page into a Word paper that people can edit: the same words, tables and pictures, in Word's styles.

Headings are real and numbered, tables have a header row that repeats, pictures carry their text alternative. The look
is in templates/word. An element of the page that this module does not know is a fault of ours and raises.
"""

import base64
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from docx.document import Document
from docx.shared import Emu, Length, Pt
from docx.text.paragraph import Paragraph

from qa_analysis.forms.word.file import TALLEST, TEXT_WIDTH, blank_paper, saved
from qa_analysis.forms.word.marks import contents_field, internal_link, restarted_list, with_bookmark
from qa_analysis.forms.word.tables import space_below_tables, write_table
from qa_analysis.forms.word.text import NOT_SHOWN, spaced
from qa_analysis.telling.blocks import BESIDE, MESSAGE

STYLES: Final[Mapping[str, str]] = MappingProxyType({"lead": "Lead", "note": "Note", "absent": "Absent"})
HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
)
MESSAGE_HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **HEADINGS,
        "h2": "Message Heading",
        "h3": "Message Subheading",
    }  # what a report says first has no numbered sections
)
LISTS: Final[Mapping[str, str]] = MappingProxyType({"ul": "List Bullet", "ol": "List Number"})
EMPHASIS: Final[Mapping[str, str]] = MappingProxyType(
    {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code"}
)
MESSAGE_SIZE, MESSAGE_GAP = 9.0, 2.0  # points: of what a report says first, which stands on one page
CLOSE: Final = (*LISTS.values(), "Normal", "Lead")  # the styles of words that are set smaller there
HALF = 0.55  # of the text's width: a picture that has another beside it on the page
DEEPEST = 1  # a list may hold a list, and that one no third
_CONTAINERS = frozenset({"body", "main", "div", "section"})
_PLAIN = frozenset({"p", "span", "abbr"})  # p only within a list's item

Piece = tuple[str, frozenset[str], str]  # text, emphasis, the id it links to


@dataclass(frozen=True)
class Paper:
    """The document being written, and where the page's links lead: the place in the paper of each id."""

    document: Document
    places: Mapping[str, str]
    numbers: Iterator[int]


def to_word(html: str, *, as_at: date) -> bytes:
    """The page as a Word file, dated the day its numbers are true for. The same page gives the same bytes.

    Raises:
        ValueError: the page holds an element that has no place in a paper.
    """
    page = BeautifulSoup(html, "html.parser")
    title = page.title.get_text() if page.title else ""
    document = blank_paper(title, as_at, header=_running(page, title))
    ids = [str(heading["id"]) for heading in page.select("main :is(h1, h2, h3, h4)[id]")]
    paper = Paper(document, {name: f"section_{number}" for number, name in enumerate(ids, start=1)}, count(1))
    _blocks(paper, page.body or page)
    space_below_tables(document)
    return saved(document)


def _running(page: BeautifulSoup, title: str) -> str:
    """The line above every page but the first: whose paper it is, which, and how it is marked."""
    header, marking = page.select_one("header[data-council]"), page.select_one("header .marking")
    council = str(header["data-council"]) if header else ""
    return " · ".join(filter(None, (council, title, marking.get_text() if marking else "")))


def _blocks(paper: Paper, parent: Tag) -> None:
    """Everything within the parent, one block after another."""
    for child in parent.children:
        if isinstance(child, Tag):
            _block(paper, child)
        elif not isinstance(child, NOT_SHOWN) and str(child).strip():
            raise ValueError(f"<{parent.name}> holds text outside a paragraph")


def _block(paper: Paper, tag: Tag) -> None:
    if MESSAGE in tag.get_attribute_list("class"):
        _message(paper, tag)
    elif tag.name in _CONTAINERS:
        _blocks(paper, tag)
    elif (write := BLOCKS.get(tag.name)) is not None:
        write(paper, tag)
    elif not _is_of_the_screen(tag):
        raise _unknown(tag)


def _is_of_the_screen(tag: Tag) -> bool:
    """Whether the tag helps on a screen alone: the link that skips to the main part."""
    return tag.name == "a" and "skip" in tag.get_attribute_list("class")


def _unknown(tag: Tag) -> ValueError:
    return ValueError(f"<{tag.name}> has no form in a Word paper: give it one in forms/word/paper.py")


def _cover(paper: Paper, tag: Tag) -> None:
    """The lines above the title, the second half at the right: whose it is and what, and for whom it is marked."""
    for line in tag.find_all("p"):
        is_marking = "marking" in line.get_attribute_list("class")
        paragraph = paper.document.add_paragraph(style="Cover Line")
        for child in line.children:
            text = spaced(child.get_text()).strip()
            if isinstance(child, Tag) and text:
                paragraph.add_run(f"\t{text}")
            elif text:
                paragraph.add_run(text).bold = not is_marking


def _message(paper: Paper, tag: Tag) -> None:
    """What a report says first, set close, so that it stands on the first page; its headings are not numbered."""
    before = len(paper.document.paragraphs)
    _blocks(paper, tag)
    for paragraph in paper.document.paragraphs[before:]:
        paragraph.paragraph_format.space_after = Pt(MESSAGE_GAP)
        paragraph.paragraph_format.line_spacing = 1.0
        for run in paragraph.runs if str(getattr(paragraph.style, "name", "")) in CLOSE else ():
            run.font.size = Pt(MESSAGE_SIZE)


def _heading(paper: Paper, tag: Tag) -> None:
    styles = MESSAGE_HEADINGS if tag.find_parent(class_=MESSAGE) else HEADINGS
    style = styles[tag.name]
    paragraph = paper.document.add_paragraph(style=style)
    _words(paper, paragraph, tag)
    if place := paper.places.get(str(tag.get("id"))):
        with_bookmark(paragraph, place, next(paper.numbers))


def _paragraph(paper: Paper, tag: Tag) -> None:
    kind = next((STYLES[name] for name in tag.get_attribute_list("class") if name in STYLES), "Normal")
    _words(paper, paper.document.add_paragraph(style=kind), tag)


def _list(paper: Paper, tag: Tag, level: int = 0) -> None:
    """Bullets or numbers; each numbered list begins with one."""
    number = restarted_list(paper.document, tag.name, level)
    for item in tag.find_all("li", recursive=False):
        paragraph = paper.document.add_paragraph(style=LISTS[tag.name])
        number(paragraph)
        _words(paper, paragraph, item)
        for inner in item.find_all(LISTS.keys(), recursive=False):
            if level == DEEPEST:
                raise ValueError("a list within a list within a list has no form in a Word paper")
            _list(paper, inner, level + 1)


def _table(paper: Paper, tag: Tag) -> None:
    write_table(paper.document, tag, lambda paragraph, cell: _words(paper, paragraph, cell))


def _figure(paper: Paper, tag: Tag) -> None:
    """The picture at its printed size, never wider than the text, and its caption under it on the same page."""
    picture, caption = tag.find("img"), tag.find("figcaption")
    if not isinstance(picture, Tag) or not picture.get("alt"):
        raise ValueError("a picture has no alternative text")
    paragraph = paper.document.add_paragraph(style="Picture")
    data = base64.b64decode(str(picture["src"]).partition("base64,")[2])
    drawn = paragraph.add_run().add_picture(io.BytesIO(data))
    widest = TEXT_WIDTH * HALF if tag.find_parent(class_=BESIDE) else TEXT_WIDTH
    drawn.width, drawn.height = _fitted(drawn.width, drawn.height, widest)
    described = drawn._inline.docPr  # python-docx has no way to say it
    described.set("descr", spaced(str(picture["alt"])))
    described.set("name", f"Picture {described.get('id')}")
    if isinstance(caption, Tag):
        _words(paper, paper.document.add_paragraph(style="Caption"), caption)


def _fitted(width: Length, height: Length, widest: float) -> tuple[Length, Length]:
    scale = min(1.0, widest / width, TALLEST / height)
    return Emu(int(width * scale)), Emu(int(height * scale))


def _contents(paper: Paper, tag: Tag) -> None:
    """The list of sections, as a field that Word renews and that shows its entries before it has."""
    heading, links = tag.find(HEADINGS.keys()), tag.find_all("a")
    if isinstance(heading, Tag):
        _words(paper, paper.document.add_paragraph(style="TOC Heading"), heading)
    entries = [(spaced(link.get_text()).strip(), paper.places[str(link["href"])[1:]]) for link in links]
    contents_field(paper.document, entries)


def _colophon(paper: Paper, tag: Tag) -> None:
    for line in tag.find_all("p"):
        _words(paper, paper.document.add_paragraph(style="Colophon"), line)


BLOCKS: Final[Mapping[str, Callable[[Paper, Tag], None]]] = MappingProxyType(
    {
        "header": _cover, "footer": _colophon, "nav": _contents, "p": _paragraph, "ul": _list, "ol": _list,
        "table": _table, "figure": _figure, **dict.fromkeys(HEADINGS, _heading),
    }
)  # fmt: skip


def _words(paper: Paper, paragraph: Paragraph, tag: Tag) -> None:
    """The text of the tag with its emphasis, as runs of the paragraph."""
    for text, kinds, target in _trimmed(list(_pieces(tag, frozenset()))):
        if target in paper.places:
            internal_link(paragraph, text, paper.places[target])
        else:
            run = paragraph.add_run(text, style="Code" if "code" in kinds else None)
            run.bold, run.italic = "strong" in kinds or None, "em" in kinds or None


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the space before the first word and after the last."""
    texts = [text for text, _, _ in pieces]
    if texts:
        texts[0] = texts[0].lstrip(" ")
        texts[-1] = texts[-1].rstrip(" ")
    return [(text, kinds, target) for text, (_, kinds, target) in zip(texts, pieces, strict=True)]


def _pieces(tag: Tag, kinds: frozenset[str], target: str = "") -> Iterator[Piece]:
    """The tag's text, piece by piece. A link to a file beside the page keeps its words: a paper travels alone."""
    for child in tag.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_SHOWN) and (text := spaced(child)):
                yield text, kinds, target
        elif not isinstance(child, Tag) or child.name in LISTS:
            continue  # a list within an item follows it
        elif child.name == "br":
            yield "\n", kinds, target
        elif child.name == "a":
            yield from _pieces(child, kinds, str(child.get("href", "")).removeprefix("#"))
        elif child.name in _PLAIN or child.name in EMPHASIS:
            yield from _pieces(child, kinds | {EMPHASIS.get(child.name, "")}, target)
        else:
            raise _unknown(child)
