"""The words of a report in each of its forms, to be compared; and its numbers, to be found among the measures."""

import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from itertools import pairwise

import docx
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from small import Reread

from qa_analysis.month.month import Month
from qa_analysis.reports.data_quality.report import rows_read

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?|\b20\d\d-\d\d(?:-\d\d)?\b")
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
CONFIDENCE = "95"  # per cent, of every interval
BLOCKS = "p, li, tr, h1, h2, h3, h4, caption, figcaption, section, dt, dd, summary"
PDFTOTEXT = shutil.which("pdftotext")


def words(text: str) -> list[str]:
    """Words and numbers, alike whatever stands between them."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def page_of(html: str) -> BeautifulSoup:
    page = BeautifulSoup(html, "html.parser")
    for tag in page.select("head, a.skip"):
        tag.decompose()
    return page


def reading_grade(text: str) -> float:
    """Flesch and Kincaid's grade level, about: the years at school that a text asks for."""
    said = [word for word in text.split() if re.search("[a-z]", word, re.IGNORECASE)]
    sentences = [part for part in re.split(r"(?<=[.?!])\s+", text) if part]
    syllables = sum(max(1, len(re.findall("[aeiouy]+", re.sub("e$", "", word.lower())))) for word in said)
    return 0.39 * len(said) / len(sentences) + 11.8 * syllables / len(said) - 15.59


def words_of_html(html: str) -> list[str]:
    return words(page_of(html).get_text(" "))


def lines_of_html(html: str) -> list[str]:
    """The same words to be read by people: one line per paragraph, item, heading or row, pictures by what they say."""
    page = page_of(html)
    for cell in page.select("td, th"):
        cell.insert_after(" | ")
    for picture in page.select("img"):
        picture.replace_with(f"[{picture['alt']}]\n")
    for block in page.select(BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    lines = (" ".join(line.split()).strip("| ") for line in page.get_text("").splitlines())
    return [line for line in lines if line]


def words_of_word(data: bytes) -> list[str]:
    """The paper's own words in their order, without the numbers that stand before its contents."""
    body = docx.Document(io.BytesIO(data)).element.body
    paragraphs = []
    for paragraph in body.iter(qn("w:p")):
        text = "".join("\t" if node.tag == qn("w:tab") else node.text or "" for node in _texts(paragraph))
        paragraphs.append(re.sub(r"^\d+\t", "", text) if paragraph.style == "TOC1" else text)
    return words("\n".join(paragraphs))


def _texts(paragraph: object) -> list[object]:
    runs = [run for run in paragraph.iter(qn("w:r"))]  # type: ignore[attr-defined]
    return [node for run in runs for node in run if node.tag in (qn("w:t"), qn("w:tab"))]


def words_of_pdf(data: bytes) -> list[str]:
    if PDFTOTEXT is None:
        pytest.skip("pdftotext (poppler-utils) is not installed, so the words of the PDF were not read")
    done = subprocess.run([PDFTOTEXT, "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
    return words(done.stdout.decode())


def _of_pdf(html: str, data: bytes) -> list[str]:
    """The words of the PDF, those taken apart again that pdftotext joins where a line ends with their hyphen."""
    hyphened = re.findall(r"\w+(?:-\w+)+", unicodedata.normalize("NFKC", page_of(html).get_text(" ")))
    apart = {word.replace("-", ""): word.split("-") for word in hyphened} | {
        "".join(pair): list(pair) for word in hyphened for pair in pairwise(word.split("-"))
    }
    known = set(words_of_html(html))
    return [part for word in words_of_pdf(data) for part in (apart.get(word, [word]) if word not in known else [word])]


def surplus_of_pdf(html: str, data: bytes) -> list[str]:
    """Words of the PDF that are not the page's: none but page furniture, and headings of tables that go on."""
    page = page_of(html)
    furniture = {"Page", "of", *words(page.select_one("header").get_text(" ")), *words(page.find("h1").get_text())}
    furniture |= {word for head in page.select("thead") for word in words(head.get_text(" "))}
    counted = len(page.select("h2, h3")) + len(page.select("li")) + 100
    furniture |= {str(number) for number in range(counted) if number <= 100}
    return sorted((Counter(_of_pdf(html, data)) - Counter(words_of_html(html))).keys() - furniture)


def missing_of_pdf(html: str, data: bytes) -> list[str]:
    return sorted((Counter(words_of_html(html)) - Counter(_of_pdf(html, data))).elements())


def unbound(html: str, month: Month) -> list[str]:
    """Numbers in sentences, headings and captions of a page that are in no row of the measures, no rule and no date."""
    known = _shown(month)
    sentences = page_of(html).select("main :is(p, li, h2, h3, h4, caption, figcaption)")
    texts = [sentence.get_text(" ") for sentence in sentences if not sentence.find_parent("nav")]
    return [number for text in texts for number in NUMBER.findall(DATE.sub("", text)) if number not in known]


def _shown(month: Month) -> set[str]:
    """Every way in which a figure of the month may be printed, and how many rows its extracts had: provenance, which
    a later run does not repeat, stands in tables/extracts.csv and in no measure.

    Of a month that is measured as it is told, the figures that what was told has asked for, and no other.
    """
    figures = month.held.asked if isinstance(month.held, Reread) else month.measures
    numbers = figures[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna().abs()
    ways = ("{:,.0f}", "{:.0f}", "{:.2f}", "{:g}")
    shown = {way.format(number) for number in numbers for way in ways} | {f"{100 * number:.0f}" for number in numbers}
    rates = figures[figures["unit"].str.contains("per 100")][["value", "lower", "upper"]].stack().dropna()
    shown |= {f"{rate:.1f}" for rate in rates}
    shown |= {f"{total:,}" for total in rows_read(month.extracts)}
    rules = month.rules
    fixed = {rules.action_days, rules.notice_days, len(rules.panel_roles), rules.version, CONFIDENCE}
    fixed |= {rules.shared_edition.nearest}
    return shown | {str(one) for one in fixed}
