"""Turns an executed notebook into one self-contained page that anyone can read, on a screen, on paper or by ear.

The page is checked before it is written: headings in order, every picture described, every link alive, no script and
nothing fetched from elsewhere. A page that fails is a fault of ours and is not written.
"""

# mypy: allow-untyped-calls
# nbformat and nbconvert say they are typed and leave functions without types.

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from traitlets.config import Config

from qa_analysis.council import Council
from qa_analysis.data.odcs import quick_json_schema
from qa_analysis.english import at_first
from qa_analysis.telling.blocks import MESSAGE, Html, printable

with quick_json_schema():  # nbformat loads it
    import nbformat
    from nbconvert.exporters import HTMLExporter
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).parent / "templates"
SECTIONS_LISTED = 3  # from so many sections on a page has a list of contents
HIDDEN_TAGS = ("parameters", "injected-parameters", "hide")

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FORBIDDEN = ("script", "iframe", "object", "embed", "form", "audio", "video", "base")
_NO_ALT = "No description has been provided for this image"  # what nbconvert puts where alt is missing
_FETCHED = re.compile(r"url\(|@import", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def to_html(
    executed: Path, html: Path, *, title: str, council: Council, is_shared: bool = False, place: str = ""
) -> None:
    """The notebook's words, tables and pictures as one page, without its code; marked whose it is and for whom.

    A page of one `place` is called by it.

    Raises:
        ValueError: the page would break a promise of accessibility or of self-containment.
    """
    notebook = nbformat.read(executed, as_version=4)
    page = _page(notebook, title, council, is_shared=is_shared, place=place)
    faults = (*_unspoken_pictures(notebook), *page_faults(page))
    if faults:
        raise ValueError(f"{executed.name}: " + "; ".join(faults))
    html.write_text(str(page).rstrip() + "\n", encoding="utf-8", newline="\n")


def page_of(body: Html, *, title: str, council: Council) -> str:
    """A page that no notebook made, such as a front page, in the same dress and held to the same promises.

    Raises:
        ValueError: as for `to_html`.
    """
    shown = nbformat.v4.new_output("display_data", data={"text/html": body.markup})
    page = _page(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[shown])]), title, council)
    if faults := page_faults(page):
        raise ValueError(f"{title}: " + "; ".join(faults))
    return str(page).rstrip() + "\n"


def _page(
    notebook: NotebookNode, title: str, council: Council, *, is_shared: bool = False, place: str = ""
) -> BeautifulSoup:
    """The page with its marking; on one that fits on two sides or so a list of its sections would be in the way."""
    resources = {
        "title": title,
        "council": at_first(council.name),
        "marking": council.marked("shared" if is_shared else "month"),
        "is_shared": is_shared,
    }
    text, _ = _exporter().from_notebook_node(notebook, resources=resources)
    page = BeautifulSoup(text, "html.parser")
    _call_after(page, place)
    _name_headings(page)
    if not is_shared and not place:
        _add_contents(page)
    return page


def _call_after(page: BeautifulSoup, place: str) -> None:
    """Puts the name of the place into the title of its page: the notebook is the same for all of them."""
    if place and (title := page.h1) is not None:
        title.string = f"{title.get_text().strip()}: {printable(place)}"


def _exporter() -> HTMLExporter:
    hide = {"enabled": True, "remove_cell_tags": set(HIDDEN_TAGS)}
    return HTMLExporter(
        config=Config({"TagRemovePreprocessor": hide}),
        template_name="council",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
    )


def _name_headings(page: BeautifulSoup) -> None:
    """Gives each heading of the text a lower-case id, so that links can be written without trying."""
    taken = {"contents", *(str(tag["id"]) for tag in page.select("[id]") if not _is_written(tag))}
    for heading in page.find_all(_HEADINGS):
        if _is_written(heading) or not heading.get("id"):
            name = _free(_slug(heading.get_text()), taken)
            heading["id"] = name
            taken.add(name)


def _is_written(tag: Tag) -> bool:
    """Whether the tag comes from a text cell; ids in the output of a helper are the helper's own."""
    return tag.name in _HEADINGS and tag.find_parent("div", class_="words") is not None


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-") or "section"


def _free(name: str, taken: set[str]) -> str:
    number = 1
    while (candidate := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return candidate


def _add_contents(page: BeautifulSoup) -> None:
    """Puts a list of the sections before the first of them, where one does not see them at once.

    What a report says first is no section: nobody should have to leaf past a list to reach it.
    """
    sections = page.select(f"main h2:not(.{MESSAGE} h2)")
    if len(sections) < SECTIONS_LISTED:
        return
    contents = page.new_tag("nav", attrs={"class": "contents", "aria-labelledby": "contents"})
    heading = page.new_tag("h2", attrs={"id": "contents"})
    heading.string = "Contents"
    contents.extend([heading, _list_of(page, sections)])
    _first_block(sections[0]).insert_before(contents)


def _list_of(page: BeautifulSoup, sections: list[Tag]) -> Tag:
    entries = page.new_tag("ol")
    for section in sections:
        place = f"#{section['id']}"
        link = page.new_tag("a", attrs={"href": place})
        link.string = section.get_text(" ", strip=True)
        entry = page.new_tag("li", attrs={"data-of": place})  # for its page number in print
        entry.append(link)
        entries.append(entry)
    return entries


def _first_block(section: Tag) -> Tag:
    """The largest block that begins with this section and does not hold the title."""
    block = section
    while block.parent is not None and block.parent.name != "main" and block.parent.find("h1") is None:
        block = block.parent
    return block


def _unspoken_pictures(notebook: NotebookNode) -> Iterator[str]:
    """A bare picture has no words for those who cannot see it, so it would have to be left out unnoticed."""
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            kinds = output.get("data", {})
            if "text/html" not in kinds and any(kind.startswith("image/") for kind in kinds):
                yield f"cell {number} shows a picture without words"


def page_faults(page: BeautifulSoup) -> tuple[str, ...]:
    """What keeps the page from being read by everyone, or makes it reach out. One sentence per fault."""
    return (*_heading_faults(page), *_name_faults(page), *_outside_faults(page))


def _heading_faults(page: BeautifulSoup) -> Iterator[str]:
    levels = [int(heading.name[1]) for heading in page.find_all(_HEADINGS)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"the page needs one first-level heading, at its start, and has {levels.count(1)}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _name_faults(page: BeautifulSoup) -> Iterator[str]:
    names = Counter(str(tag["id"]) for tag in page.select("[id]"))
    yield from (f"the id {name} is used {count} times" for name, count in names.items() if count > 1)
    for link in page.select('a[href^="#"]'):
        if str(link["href"])[1:] not in names:
            yield f"the link {link['href']} leads nowhere"
    for picture in page.find_all("img"):
        if picture.get("alt") == _NO_ALT:
            yield "a picture has no alternative text"


def _outside_faults(page: BeautifulSoup) -> Iterator[str]:
    yield from (f"the page holds <{tag.name}>" for tag in page.find_all(_FORBIDDEN))
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            if _reaches_out(name, str(value)):
                yield f"<{tag.name}> has {name} that runs or fetches something"
    if any(_FETCHED.search(style.get_text()) for style in page.find_all("style")):
        yield "a style fetches something"


def _reaches_out(name: str, value: str) -> bool:
    if name == "src":
        return not value.startswith("data:image/")
    if name in ("href", "srcset", "action", "poster"):
        return bool(_ELSEWHERE.match(value)) and value != "data:,"
    return name.startswith("on") or (name == "style" and bool(_FETCHED.search(value)))
