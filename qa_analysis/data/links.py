"""Why the ids of two extracts do not match: what they differ in, told without showing one of them."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.contracts import Column

ENOUGH: Final = 0.5  # of the links, once a difference is ignored: then that is the cause
REMEDY: Final = (
    "Write them alike in both extracts: as text, because a column of numbers loses zeros, and without marks or spaces."
)

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_MARKS = re.compile(r"['`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}]")
_JOINS = re.compile(r"[\s/_.\-\N{EN DASH}\N{EM DASH}]+")
_LETTERS = re.compile(r"^\D+(?=\d)")


def _plain(text: str) -> str:
    """An id without anything that people write in two ways."""
    return _ZEROS.sub("", _JOINS.sub("", _MARKS.sub("", text.casefold())))


DIFFERENCES: Final[Mapping[str, Callable[[str], str]]] = {
    "leading zeros are ignored": lambda text: _ZEROS.sub("", text),
    "apostrophes are ignored": lambda text: _MARKS.sub("", text),
    "case is ignored (capitals and small letters)": str.casefold,
    "spaces are ignored": lambda text: "".join(text.split()),
    "spaces, hyphens and slashes are ignored": lambda text: _JOINS.sub("", text),
    "leading zeros, apostrophes, case, spaces and hyphens are ignored": _plain,
    "the letters before the number are ignored": lambda text: _LETTERS.sub("", text),
    "the letters before the number and leading zeros are ignored": lambda text: _ZEROS.sub("", _LETTERS.sub("", text)),
}


def cause(frames: Mapping[str, DataFrame], dataset: str, column: Column) -> str:
    """Why the links of a column find no record, where it can be told: what to ignore, and what to do.

    `frames` hold the ids as they were read: pseudonyms would not show it.
    """
    other, _, key = str(column.references).partition(".")
    links, keys = frames[dataset][column.name].dropna(), frames[other][key].dropna()
    shares = {words: _found(links, keys, alike) for words, alike in DIFFERENCES.items()}
    likely = max(shares, key=lambda words: shares[words])
    if shares[likely] < ENOUGH:
        return f"Correct the ids, or supply the {other} that are missing: both extracts must cover the same time."
    return f"Their ids match once {likely}. {REMEDY}"


def _found(links: Series, keys: Series, alike: Callable[[str], str]) -> float:
    """The share of links that find a record where ids are compared so."""
    return float(links.map(alike).isin(set(keys.map(alike))).mean())
