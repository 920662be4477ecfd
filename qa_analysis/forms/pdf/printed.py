"""Turns a published page into a tagged PDF (PDF/UA-1) for paper and mail, by the page's own print styles.

WeasyPrint makes it, which needs the Pango libraries. Where they are missing, as on most Windows machines, an installed
browser prints the page instead. Where there is neither there is no PDF: the month is published without it
(docs/decisions/013).
"""

import contextlib
import io
import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from qa_analysis.disk import TEMPORARY
from qa_analysis.forms.pdf.tags import finish

NO_PDF: Final = (
    "No PDF was made: neither the Pango libraries nor Edge, Chrome or Chromium were found here. "
    "To have one, open the Word file and save it as PDF, or install one of them."
)
LONGEST: Final = 30  # letters of a word that may stand on one line whatever happens; longer ones may be broken
PATIENCE: Final = 120  # seconds for a browser to print a page
BROWSERS: Final = ("msedge", "microsoft-edge", "chromium", "chromium-browser", "google-chrome", "chrome")
_PROGRAMS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")  # of Windows
_APPLICATIONS = ("Microsoft Edge", "Google Chrome", "Chromium")  # of a Mac
_QUIET = (
    "--headless", "--disable-gpu", "--disable-extensions", "--disable-sync", "--disable-background-networking",
    "--disable-component-update", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)  # fmt: skip


def to_pdf(html: str) -> bytes | None:
    """The page as a PDF; None where this machine has nothing to make one with."""
    printed = with_long_words_marked(html)
    made = by_weasyprint(printed)
    if made is None and (browser := find_browser()) is not None:
        made = by_browser(browser, printed)
    return made


def by_weasyprint(html: str) -> bytes | None:
    """The page as PDF/UA-1, the same bytes for the same page; None where its libraries are missing.

    Nothing is fetched: what the page needs, it holds.
    """
    weasyprint = weasyprint_here()
    if weasyprint is None:
        return None
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    made: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(finisher=finish, pdf_variant="pdf/ua-1")
    return made


@cache
def weasyprint_here() -> ModuleType | None:
    """The library, or None where Pango is not there for it; it would say so at length on the screen."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it remarks on every style of screens and browsers
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return import_module("weasyprint")
    except (ImportError, OSError):
        return None


def find_browser() -> Path | None:
    """Edge, Chrome or Chromium, where they are usually kept."""
    return next((place for place in _places() if place.is_file()), None)


def _places() -> Iterator[Path]:
    for name in BROWSERS:
        if found := shutil.which(name):
            yield Path(found)
    for folder in ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA"):
        if folder in os.environ:
            yield from (Path(os.environ[folder]) / program for program in _PROGRAMS)
    yield from (Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in _APPLICATIONS)


def by_browser(browser: Path, html: str) -> bytes | None:
    """The page as a browser prints it, with an empty profile and no network; None where it does not."""
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, made = folder / "page.html", folder / "page.pdf"
        page.write_text(html, encoding="utf-8")
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [str(browser), *_QUIET, *(["--no-sandbox"] if is_root else []),  # which it cannot have as root
                   f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", page.as_uri()]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
        except (subprocess.SubprocessError, OSError):
            return None
        return made.read_bytes() if made.is_file() else None


def with_long_words_marked(html: str) -> str:
    """The page with its longest words allowed to break, which on paper would run over the edge."""
    page = BeautifulSoup(html, "html.parser")
    for text in page.find_all(string=_has_long_word):
        if type(text) is NavigableString:
            text.replace_with(*_marked(page, text))
    return str(page)


def _has_long_word(text: str | None) -> bool:
    return text is not None and any(len(word) > LONGEST for word in text.split())


def _marked(page: BeautifulSoup, text: str) -> Iterator[NavigableString | Tag]:
    for word in text.split(" "):
        if len(word) > LONGEST:
            long = page.new_tag("span", attrs={"class": "broken"})
            long.string = word
            yield long
        else:
            yield NavigableString(word)
        yield NavigableString(" ")
