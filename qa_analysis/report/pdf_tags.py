"""What WeasyPrint leaves out of a tagged PDF: the scope of a table's headings, what is furniture, links that print.

`finish` is given to WeasyPrint as its finisher: it changes the objects of the file right before they are written. They
are dictionaries and arrays in the PDF's own terms (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.1 and 7.5).
"""

from collections.abc import Iterator, Mapping
from typing import Any

PRINTED = 4  # flag of an annotation (ISO 32000-1, table 165)
Objects = Mapping[bytes, Any]  # by reference, as they name each other


def finish(_document: object, pdf: Any) -> None:
    """Completes the tags of a PDF about to be written."""
    objects = {one.reference: one for one in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    elements = {one.reference: one for one in _below(root, objects)}
    for element in elements.values():
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if _row(element, objects) == "/THead" else "/Row"
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Type") == "/Annot":
            one["F"] = PRINTED
    _mark_furniture(objects, objects[root["ParentTree"]], elements)


def _below(element: Any, objects: Objects) -> Iterator[Any]:
    """Every element of the structure, in reading order."""
    for child in element["K"]:
        found = objects.get(child) if isinstance(child, bytes) else None
        if found is not None and "S" in found:
            yield found
            yield from _below(found, objects)


def _row(cell: Any, objects: Objects) -> object:
    """What part of its table a cell's row belongs to."""
    return objects[objects[cell["P"]]["P"]]["S"]


def _mark_furniture(objects: Objects, parents: Any, elements: Objects) -> None:
    """Makes artifacts of running headers and page numbers, which are marked as text and left out of the structure."""
    pages = [one for one in objects.values() if isinstance(one, dict) and one.get("Type") == "/Page"]
    within = dict(zip(parents["Nums"][::2], parents["Nums"][1::2], strict=True))
    for page in pages:
        marked = within[page["StructParents"]]
        outside = {number for number, element in enumerate(marked) if element not in elements}
        _as_artifacts(objects[page["Contents"]].stream, outside)
        for number in outside:
            marked[number] = b"null"


def _as_artifacts(stream: list[Any], numbers: set[int]) -> None:
    """Changes the marks of some content of a page, `/Span <</MCID 3>> BDC`, into those of what stands on every page."""
    for place, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in numbers:
            part.clear()
            part["Type"] = "/Pagination"
            stream[place - 1] = "/Artifact"
