"""The Word file itself: an empty paper with the council's styles and page numbers, and its bytes, always the same."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.shared import Emu, Length, Mm
from docx.text.paragraph import Paragraph

from qa_analysis.forms.word.marks import add_field
from qa_analysis.forms.word.text import spaced

LOOK: Final = Path(__file__).parent / "look"
PAGE_WIDTH, PAGE_HEIGHT, SIDE, TOP, BOTTOM = Mm(210), Mm(297), Mm(17), Mm(22), Mm(20)  # A4
TEXT_WIDTH: Final[Length] = Emu(PAGE_WIDTH - 2 * SIDE)
TALLEST: Final[Length] = Mm(
    95
)  # of a picture, so that its heading and caption stay with it; as in templates/council/print.css
LANGUAGE: Final = "en-GB"
ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can say: parts carry no time of day
_OF_THE_SAMPLE = ("thumbnail", "customXml", "stylesWithEffects", "webSettings")  # parts of python-docx's own sample


def blank_paper(title: str, as_at: date, *, header: str) -> Document:
    """An empty A4 paper: styles, numbering, header line, page numbers, title and language. It names no author."""
    document = docx.Document()
    _drop_sample(document)
    for part in (RT.STYLES, RT.NUMBERING, RT.SETTINGS):
        _replace(document, part)
    _lay_out(document)
    _describe(document, spaced(title), as_at)
    section = document.sections[0]
    section.different_first_page_header_footer = True  # the first page has its cover line
    section.header.paragraphs[0].text = spaced(header)
    for footer in (section.footer, section.first_page_footer):
        _page_number(footer.paragraphs[0])
    return document


def saved(document: Document) -> bytes:
    """The file's bytes, without a time of day in them."""
    written, steady = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts.read(name))
    return steady.getvalue()


def _drop_sample(document: Document) -> None:
    for relationships in (document.part.package.rels, document.part.rels):
        for name in [name for name, one in relationships.items() if one.reltype.endswith(_OF_THE_SAMPLE)]:
            del relationships[name]


def _replace(document: Document, kind: str) -> None:
    """What a part holds, by the file of the same name in templates/word."""
    part = document.part.part_related_by(kind)
    element = part.element  # type: ignore[attr-defined]  # python-docx gives the general class of part
    element[:] = list(parse_xml((LOOK / Path(part.partname).name).read_bytes()))


def _lay_out(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = SIDE
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.header_distance = section.footer_distance = Mm(11)


def _describe(document: Document, title: str, as_at: date) -> None:
    about, day = document.core_properties, datetime(as_at.year, as_at.month, as_at.day)
    about.title, about.language = title, LANGUAGE
    about.author = about.last_modified_by = about.comments = about.keywords = about.subject = about.category = ""
    about.created = about.modified = day
    about.revision = 1


def _page_number(paragraph: Paragraph) -> None:
    """Page x of y."""
    paragraph.add_run("Page ")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES", "1")
