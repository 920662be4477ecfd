"""The structure of a tagged PDF, as assistive technology would read it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from qa_analysis.forms.pdf.printed import by_weasyprint


def made_of(page: str) -> bytes:
    """The PDF of a page, by WeasyPrint."""
    data = by_weasyprint(page)
    if data is None:
        pytest.skip("the Pango libraries are not installed, so no PDF was made by WeasyPrint")
    return data


def elements(file: pikepdf.Pdf) -> list[Any]:
    """Every element of the file's structure, in reading order."""

    def below(node: Any) -> Iterator[Any]:
        if "/S" in node:
            yield node
        children = node.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary):
                yield from below(child)

    return list(below(file.Root.StructTreeRoot))


def kinds(file: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(element.S) for element in elements(file))


def assert_harmless(file: pikepdf.Pdf) -> None:
    annotations = [note for sheet in file.pages for note in sheet.get("/Annots", [])]
    assert {str(note.Subtype) for note in annotations} <= {"/Link"}
    assert all("/Dest" in note or note.A.S == "/GoTo" for note in annotations)
    assert "/OpenAction" not in file.Root
    assert {"/JavaScript", "/EmbeddedFiles"}.isdisjoint(file.Root.get("/Names", {}).keys())


def breaches(path: Path) -> list[str]:
    """What of PDF/UA-1 a file breaks, by the rules of a checker that is none of ours. One line per breach."""
    page = pytest.importorskip("page", reason="page-validation is not installed here, so PDF/UA-1 was not checked")
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    found = [f"{fault.rule_id}: {fault.message}" for fault in report.failures]
    assert report.rules.total > 100
    assert report.is_compliant is not bool(found)
    return found


def marks(sheet: Any) -> list[tuple[str, Any]]:
    """How the content of a page is marked, in the order it is drawn: the tag, and its properties if it has any."""
    return [
        (str(part.operands[0]), part.operands[1] if len(part.operands) > 1 else None)
        for part in pikepdf.parse_content_stream(sheet)
        if str(part.operator) in ("BDC", "BMC")
    ]


def numbers_in_structure(file: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Which marked content the structure holds: the object of its page, and its number there."""
    found = []
    for element in elements(file):
        children = element.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, int):
                found.append((element.Pg.objgen[0], child))
    return found
