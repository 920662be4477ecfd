"""The structure of a tagged PDF, as assistive technology would read it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf


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
