"""What WeasyPrint leaves out of a tagged PDF: scopes of headings, what is furniture, what a page break parted.

`finish` is given to WeasyPrint as its finisher: it changes the objects of the file right before they are written. They
are dictionaries and arrays in the PDF's own terms (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.1 and 7.5).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

PRINTED = 4  # flag of an annotation (ISO 32000-1, table 165)
PARTED: Final = {  # the blocks that may go on over a page, and their tags
    "main": "/Part", "section": "/Sect", "div": "/Div", "ul": "/L", "ol": "/L", "table": "/Table", "tbody": "/TBody",
}  # fmt: skip
Objects = Mapping[bytes, Any]  # by reference, as they name each other


def finish(document: Any, pdf: Any) -> None:
    """Completes the tags of a PDF about to be written."""
    objects = {one.reference: one for one in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    _join_pages(document.pages, pdf.page_references, objects[root["K"][0]], objects)
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


def _join_pages(pages: Sequence[Any], references: Sequence[bytes], whole: Any, objects: Objects) -> None:
    """Makes one again of each block that went on over a page, which WeasyPrint tags anew on every page."""
    for (before, after), page in zip(pairwise(pages), references[1:], strict=True):
        place = next((n for n, child in enumerate(whole["K"]) if objects[child]["Pg"] == page), 0)
        _join(whole, place, _going_on(before, after), objects)


def _going_on(before: Any, after: Any) -> list[str]:
    """The tags of the blocks that begin on one page and go on over the next, the outermost first."""
    begun = {box.element for box in before._page_box.descendants()}
    again = dict.fromkeys(box.element for box in after._page_box.descendants() if box.element in begun)
    return [PARTED[element.tag] for element in again if element is not None and element.tag in PARTED]


def _join(parent: Any, place: int, tags: list[str], objects: Objects) -> None:
    """Moves what an element holds into the one before it, if they are parts of one block; likewise within."""
    if not tags or place == 0:
        return
    before, after = (objects[child] for child in parent["K"][place - 1 : place + 1])
    if not before["S"] == after["S"] == tags[0]:
        return
    if tags[0] == "/Table":
        _name_headings_once(before, after, objects)
    seam = len(before["K"])
    for child in after["K"]:
        objects[child]["P"] = before.reference
    before["K"].extend(after["K"])
    del parent["K"][place]
    _join(before, seam, tags[1:], objects)


def _name_headings_once(before: Any, after: Any, objects: Objects) -> None:
    """Takes the repeated headings out of the part of a table on a later page; its cells name the first ones instead."""
    first, again = (
        [one for one in _below(table, objects) if one["S"] == "/TH" and _row(one, objects) == "/THead"]
        for table in (before, after)
    )
    if len(first) != len(again):  # they were not repeated
        return
    names = {repeated["ID"].string: heading["ID"] for heading, repeated in zip(first, again, strict=True)}
    after["K"][:] = [child for child in after["K"] if objects[child]["S"] != "/THead"]
    for cell in _below(after, objects):
        if cell["S"] == "/TD":
            headings = cell["A"]["Headers"]
            headings[:] = [names.get(heading.string, heading) for heading in headings]


def _mark_furniture(objects: Objects, parents: Any, elements: Objects) -> None:
    """Makes artifacts of what each page repeats, such as its number: marked as text and left out of the structure."""
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
