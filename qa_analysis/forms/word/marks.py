"""What Word knows and python-docx does not say: bookmarks, links within the paper, fields, lists that begin again."""

from collections.abc import Callable, Sequence
from typing import Final

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

CONTENTS: Final = r'TOC \o "1-1" \h \z \u'  # headings of the first level, as links
_BULLETS, _NUMBERS = 2, 3  # the lists of templates/word/numbering.xml


def with_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """The paragraph's words become a place to link to."""
    start, end = mark("w:bookmarkStart", id=number, name=name), mark("w:bookmarkEnd", id=number)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def internal_link(paragraph: Paragraph, text: str, place: str) -> None:
    """Words that lead to a place of the same paper."""
    link = mark("w:hyperlink", anchor=place, history=1)
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out, and what stands there until it has."""
    field = mark("w:fldSimple", instr=code)
    field.append(paragraph.add_run(shown)._r)
    paragraph._p.append(field)


def contents_field(document: Document, entries: Sequence[tuple[str, str]]) -> None:
    """The contents: a field with its entries in place. Word adds page numbers when asked to update it."""
    paragraphs = [document.add_paragraph(style="toc 1") for _ in entries]
    for number, (paragraph, (text, place)) in enumerate(zip(paragraphs, entries, strict=True), start=1):
        internal_link(paragraph, f"{number}\t{text}", place)
    if paragraphs:
        for at, piece in enumerate((_field_mark("begin"), _instruction(CONTENTS), _field_mark("separate")), start=1):
            paragraphs[0]._p.insert(at, piece)
        paragraphs[-1]._p.append(_field_mark("end"))


def restarted_list(document: Document, kind: str, level: int) -> Callable[[Paragraph], None]:
    """How an item joins this list: bullets go on, numbers begin with one."""
    number = _BULLETS if kind == "ul" else _new_numbers(document, level)

    def join(paragraph: Paragraph) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number

    return join


def _new_numbers(document: Document, level: int) -> int:
    numbering = document.part.numbering_part.element
    same = numbering.num_having_numId(_NUMBERS).abstractNumId.val
    made = numbering.add_num(same)
    made.add_lvlOverride(level).add_startOverride(1)
    return int(made.numId)


def mark(tag: str, **attributes: object) -> BaseOxmlElement:
    """An element of Word's own, such as a bookmark, with its attributes."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _field_mark(kind: str) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.append(mark("w:fldChar", fldCharType=kind))
    return run


def _instruction(code: str) -> BaseOxmlElement:
    return parse_xml(
        f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> {code.replace(chr(34), "&quot;")} </w:instrText></w:r>'
    )
