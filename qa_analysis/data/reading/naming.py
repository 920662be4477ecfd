"""Names of files and sheets: which dataset each one means, and which month or part of it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from qa_analysis.data.contracts import Contract
from qa_analysis.data.reading.cell_dates import MONTHS, read_month
from qa_analysis.data.reading.cell_text import one_line

LOOSE_WORDS = {"copy", "of", "final", "draft", "latest", "new", "export", "extract", "data", "download", "to"}

_COPY = re.compile(r"\(\d+\)")  # "audits (1)": what Windows and Excel call a second copy
_VERSION = re.compile(r"v\d+")
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EDGE = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


@dataclass(frozen=True)
class Named:
    """What a name says: the datasets it could mean, and the month, date or number that sets it apart."""

    datasets: tuple[str, ...]
    mark: str


def read_name(name: str, contracts: Mapping[str, Contract]) -> Named:
    """The datasets a file's or a sheet's name could mean (none, one or several) and its mark."""
    words = _words(name)
    for stripped in (words, _without_marks(words), _without_marks(words, loose=True)):
        if datasets := _meant(stripped, contracts):
            return Named(datasets, _mark(words))
    return Named((), _mark(words))


def is_only_a_mark(name: str) -> bool:
    """Whether a sheet is named by nothing but a month, a date or a number, as in a workbook of one sheet a month."""
    return not _without_marks(_words(name))


def _meant(words: list[str], contracts: Mapping[str, Contract]) -> tuple[str, ...]:
    """The datasets whose name or alias is these words."""
    squeezed = _squeezed(words)
    return tuple(
        dataset
        for dataset, contract in contracts.items()
        if squeezed and squeezed in _names_of(dataset, contract.aliases)
    )


@cache
def _names_of(dataset: str, aliases: tuple[str, ...]) -> frozenset[str]:
    """A dataset's names, run together: made once, because a folder may hold thousands of files."""
    return frozenset(_squeezed(_words(name)) for name in (dataset, *aliases))


def _words(name: str) -> list[str]:
    """The words and numbers of a name, without case, joins or copy numbers."""
    line = _CASE.sub(" ", one_line(unicodedata.normalize("NFKC", _COPY.sub(" ", name))))
    words = re.sub(r"[\W_]+", " ", line.casefold()).split()
    parts = [part for word in words for part in ([word] if _VERSION.fullmatch(word) else _EDGE.sub(" ", word).split())]
    return [part for part in parts if part != "and"]


def _squeezed(words: list[str]) -> str:
    """The words run together, without the plural's s."""
    return "".join(words).removesuffix("s")


def _without_marks(words: list[str], *, loose: bool = False) -> list[str]:
    """The words left when months, dates and numbers (and loose words) are taken from both ends."""
    kept = list(words)
    while kept and _is_mark(kept[-1], loose):
        kept.pop()
    while kept and _is_mark(kept[0], loose):
        kept.pop(0)
    return kept


def _is_mark(word: str, loose: bool) -> bool:
    """Whether a word is a month's name or a number, or a loose word where these count."""
    return word.isdecimal() or word in MONTHS or (loose and (word in LOOSE_WORDS or bool(_VERSION.fullmatch(word))))


def _mark(words: list[str]) -> str:
    """The month, date or number of a name; a month is the same however it is written."""
    marks = [word for word in words if word.isdecimal() or word in MONTHS]
    text = " ".join(marks)
    month = read_month(text) if len(marks) == 2 or len(text) == len("202306") else None
    return month if isinstance(month, str) else text


def is_like(name: str, pattern: str) -> bool:
    """Whether a name is a pattern's, in any case: `*` stands for any letters, `?` for one, and nothing else for any."""
    parts = {"*": ".*", "?": "."}
    letters = "".join(parts.get(letter) or re.escape(letter) for letter in unicodedata.normalize("NFC", pattern))
    return bool(re.fullmatch(letters, unicodedata.normalize("NFC", name), re.IGNORECASE | re.DOTALL))


def has_wildcard(pattern: str) -> bool:
    """Whether a pattern may mean several names."""
    return "*" in pattern or "?" in pattern


def is_writable_name(name: str) -> bool:
    """Whether a name is made of letters; of one in another encoding than the machine's, some are bare bytes."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)
