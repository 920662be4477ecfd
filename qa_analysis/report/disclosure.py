"""Looks for anyone's identifier or full name in what is about to be published, outside restricted/.

What is looked for: each original identifier of at least five letters and digits, and each name of two words or more,
in any order ("Jane Smith", "SMITH, Jane"), whatever stands between the words. What is not: shorter identifiers, a
single word of letters (Hope, Rose: the report would stop over a flower), and posts and teams where a name should be
("Team Manager", "Duty Team 2"). A number counts only by itself: 612306 is not in 0.612306, 1612306, 612,306 or a
hash, but is in 612306.0.

What is read: the words of HTML, CSV, JSON, notebooks and Office files, the attributes among them, and every name of a
file, those in restricted/ too, since the manifest lists them. Pictures and PDF are not read: pictures are drawn from
the figures, and a PDF is made from the page of the same name, which is read, and from nothing else.
"""

import json
import re
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from qa_analysis.report.publish import MANIFEST, RESTRICTED

SHORTEST = 5  # letters and digits of an identifier that is looked for
SHORTEST_IN_PARTS = 7  # digits of one written in parts: 2023/06 is also a month
_DIGITS_OF_A_TEAM = 3  # fewer, after ordinary words, number a team and not a person
A_NAME_OF_A_FILE = "(a file's own name)"

# A "name" of these words alone is a post or a blank, not a person's.
ORDINARY = frozenset(
    re.findall(
        r"\w+",
        """a advanced agency allocated and assistant assurance audit auditor business care carer case chair child
        children childrens client conference confirmed consultant cp deputy director duty early family file firo head
        help id in independent iro lead leader locum manager n named new newly no none not number of officer panel
        permanent person post practice practitioner principal protection psw qualified quality record recorded ref
        reference reviewing s safeguarding senior service services social staff strategic student supervising support
        tbc team temporary the tm to unallocated unit unknown vacancy vacant worker youth""",
    )
)
_TITLES = frozenset(["dr", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "sir"])

_WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)"  # 612,306
    r"|\d+(?:\.\d+)+"  # 0.612306 and 1.24.1
    r"|(?<![^\s,;:=(\[\"'-])\.\d+"  # .612306
    r"|[^\W_]+"
)
_TRAILING_ZEROS = re.compile(r"\.0+$")
_INVISIBLE = dict.fromkeys(  # soft hyphens, joiners, direction marks, byte-order marks
    [0x00AD, 0x034F, 0x061C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
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


class Wanted(NamedTuple):
    """The phrases looked for, and by the first word of each how many words they may have."""

    phrases: frozenset[tuple[str, ...]]
    lengths: Mapping[str, Collection[int]]


class Found(NamedTuple):
    """That a file holds originals: how many times, never which."""

    file: str
    times: int


def identifiers_found(folder: Path, originals: Collection[str]) -> tuple[Found, ...]:
    """The files of a folder that hold an original identifier or name. One row per file; none is the good answer."""
    wanted = _wanted(originals)
    times: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        named = _count(path.name, wanted)
        times[A_NAME_OF_A_FILE] += named
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] != RESTRICTED:
            times[A_NAME_OF_A_FILE if named else name.as_posix()] += _count(_text(path), wanted)
    return tuple(Found(file, count) for file, count in times.items() if count)


def _count(text: str, wanted: Wanted) -> int:
    words = _words(text)
    if wanted.lengths.keys().isdisjoint(words):
        return 0
    at = count = 0
    while at < len(words):
        lengths = wanted.lengths.get(words[at], ())
        found = max((length for length in lengths if tuple(words[at : at + length]) in wanted.phrases), default=0)
        count += found > 0
        at += max(found, 1)
    return count


def _words(text: str) -> list[str]:
    """The words and numbers of a text, alike however they are written: capitals, full width, NBSP, 612306.0."""
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    return [_TRAILING_ZEROS.sub("", word) for word in _WORD.findall(plain)]


def _wanted(originals: Collection[str]) -> Wanted:
    parts = {part for original in originals for part in (original, original.partition("@")[0])}
    phrases = frozenset(phrase for part in parts for phrase in (*_as_identifier(part), *_as_name(part)))
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        lengths[phrase[0]].add(len(phrase))
    return Wanted(phrases, lengths)


def _as_identifier(original: str) -> Iterator[tuple[str, ...]]:
    words = tuple(_words(original))
    characters = "".join(words)
    enough = SHORTEST_IN_PARTS if len(words) > 1 and characters.isdigit() else SHORTEST
    if len(characters) < enough or not _can_identify(words):
        return
    yield words
    if len(words) == 1 and characters.isdigit() and len(characters.lstrip("0")) >= SHORTEST:
        yield (characters.lstrip("0"),)  # as a spreadsheet would keep it


def _can_identify(words: Sequence[str]) -> bool:
    """Whether there are digits, and they neither make a fraction nor number a team ("Duty Team 2")."""
    digits = sum(letter.isdigit() for word in words for letter in word)
    is_team = digits < _DIGITS_OF_A_TEAM and ORDINARY.issuperset(word for word in words if not word.isdigit())
    return digits > 0 and not is_team and not any({".", ","} & set(word) for word in words)


def _as_name(original: str) -> Iterator[tuple[str, ...]]:
    last, _, first = original.partition(",")
    words = [word for word in (*_words(first), *_words(last)) if word.isalpha() and word not in _TITLES]
    if len(words) < 2 or len("".join(words)) < SHORTEST or ORDINARY.issuperset(words):
        return
    for turn in range(len(words)):
        yield (*words[turn:], *words[:turn])
    if len(words) > 2 and len(words[0] + words[-1]) >= SHORTEST:
        yield (words[0], words[-1])
        yield (words[-1], words[0])


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
        texts = [package.read(name).decode("utf-8", errors="replace") for name in parts]
        return "\n".join([*package.namelist(), *(_markup_text(text, attributes=_OFFICE_ATTRIBUTES) for text in texts)])


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
    return "".join(reader.said) + "\n" + "\n".join(reader.aside)


class _Reader(HTMLParser):
    """Collects the words of a page, and aside from them its attributes and comments."""

    def __init__(self, attributes: Collection[str] | None) -> None:
        super().__init__(convert_charrefs=True)
        self.attributes = attributes
        self.said: list[str] = []
        self.aside: list[str] = []
        self.in_style = False

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
