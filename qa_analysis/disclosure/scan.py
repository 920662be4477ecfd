"""Looks for anyone's identifier or full name in what is about to be published, outside restricted/.

What is looked for is said in `identifying`.

What is read: the words of HTML, CSV, JSON, notebooks and Office files, the attributes among them, and every name of a
file, those in restricted/ too, since the manifest lists them. Pictures and PDF are not read: pictures are drawn from
the figures, and a PDF is made from the page of the same name, which is read, and from nothing else.
"""

import json
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path, PurePath
from typing import Any, NamedTuple
from xml.parsers import expat

from qa_analysis.disclosure.identifying import times_found, wanted
from qa_analysis.disclosure.places import MANIFEST, RESTRICTED

A_NAME_OF_A_FILE = "(a file's own name)"

_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]*")

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".ico", ".pdf", ".woff", ".woff2", ".ttf"})
_MARKUP = frozenset({".html", ".htm", ".svg"})
_OFFICE = frozenset({".xlsx", ".docx", ".pptx"})
_OFFICE_PARTS = frozenset({".xml", ".rels", ".vml"})
_OFFICE_ATTRIBUTES = frozenset({"author", "descr", "displayname", "name", "target", "title", "tooltip", "userid"})
_WITHIN_A_WORD = frozenset(  # tags that may stand in the middle of a word, of HTML and of Office's runs
    re.findall(
        r"\w+",
        """a abbr b bdi bdo cite code em font i mark q s small span strong sub sup u wbr
        bcs bookmarkend bookmarkstart charset color family highlight hyperlink ics ins lang noproof prooferr r rfonts
        rpr rstyle scheme smarttag strike sz szcs t vertalign""",
    )
)


class Found(NamedTuple):
    """That a file holds originals: how many times, never which."""

    file: str
    times: int


def identifiers_found(folder: Path, originals: Collection[str]) -> tuple[Found, ...]:
    """The files of a folder that hold an original identifier or name. One row per file; none is the good answer."""
    looked_for = wanted(originals)
    times: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        named = times_found(path.name, looked_for)
        times[A_NAME_OF_A_FILE] += named
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] != RESTRICTED:
            times[A_NAME_OF_A_FILE if named else name.as_posix()] += times_found(_text(path), looked_for)
    return tuple(Found(file, count) for file, count in times.items() if count)


def _text(path: Path) -> str:
    """What a reader can read of the file."""
    kind = path.suffix.casefold()
    if kind in _PICTURES:
        return ""
    if kind in _OFFICE and zipfile.is_zipfile(path):
        return _office_text(path)
    return _decoded_text(path.read_bytes(), kind, numbers=path.name != MANIFEST)


def _decoded_text(data: bytes, kind: str, *, numbers: bool) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = _EMBEDDED.sub(" ", data.decode(encoding, errors="replace"))
    if kind in _MARKUP:
        return _markup_text(text)
    if kind in (".json", ".ipynb"):
        try:
            return "\n".join(_json_text(json.loads(text), "", numbers=numbers))
        except ValueError:
            return text
    return text


def _office_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if PurePath(name).suffix in _OFFICE_PARTS]
        return "\n".join([*package.namelist(), *(_part_text(package.read(name)) for name in parts)])


def _part_text(data: bytes) -> str:
    """The words of one part of an Office file; of one that is no sound XML, what a lenient reader makes of it."""
    reader = _Reader(_OFFICE_ATTRIBUTES)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, given: reader.handle_starttag(tag.lower(), _lowered(given))
    parser.EndElementHandler = lambda tag: reader.handle_endtag(tag.lower())
    parser.CharacterDataHandler = reader.handle_data
    parser.CommentHandler = reader.handle_comment
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return _markup_text(data.decode("utf-8", errors="replace"), attributes=_OFFICE_ATTRIBUTES)
    return reader.text()


def _lowered(given: Mapping[str, str]) -> list[tuple[str, str | None]]:
    return [(name.lower(), value) for name, value in given.items()]


def _json_text(value: Any, key: str, *, numbers: bool) -> Iterator[str]:
    """Every key and value. The manifest's own numbers are counts of rows, and a count may equal an identifier."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from _json_text(inner, str(name), numbers=numbers)
    elif isinstance(value, list) and key == "text/html":
        yield _markup_text("".join(map(str, value)))
    elif isinstance(value, list):
        for inner in value:
            yield from _json_text(inner, key, numbers=numbers)
    elif isinstance(value, str) and not key.startswith("image/"):
        yield _markup_text(value) if key == "text/html" else value
    elif numbers and isinstance(value, int | float):
        yield str(value)


def _markup_text(text: str, *, attributes: Collection[str] | None = None) -> str:
    reader = _Reader(attributes)
    reader.feed(text)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects the words of a page, and aside from them its attributes and comments."""

    def __init__(self, attributes: Collection[str] | None) -> None:
        super().__init__(convert_charrefs=True)
        self.attributes = attributes
        self.said: list[str] = []
        self.aside: list[str] = []
        self.in_style = False

    def text(self) -> str:
        return "".join(self.said) + "\n" + "\n".join(self.aside)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._pause(tag)
        self.in_style = tag == "style"
        self.aside += [value for name, value in attrs if value and self._is_read(name)]

    def handle_endtag(self, tag: str) -> None:
        self._pause(tag)
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if not self.in_style:
            self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.aside.append(data)

    def _pause(self, tag: str) -> None:
        if tag.rpartition(":")[2] not in _WITHIN_A_WORD:
            self.said.append(" ")

    def _is_read(self, name: str) -> bool:
        local = name.rpartition(":")[2]
        return local != "style" if self.attributes is None else local in self.attributes
