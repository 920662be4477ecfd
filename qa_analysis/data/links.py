"""Why the ids of two extracts do not match: what they differ in, told without showing one of them."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.expectations import not_found
from qa_analysis.data.quality import FEW_LINKS
from qa_analysis.limits import Tolerance

ENOUGH: Final = 0.5  # of the links that find no record, once a difference is ignored: then that is the cause
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
    """Why the links of a column find no record, where it can be told, and what to do."""
    if likely := difference(frames, dataset, column):
        return f"Their ids match once {likely}. {REMEDY}"
    other = str(column.references).partition(".")[0]
    return f"Correct the ids, or supply the {other} that are missing: both extracts must cover the same time."


def difference(frames: Mapping[str, DataFrame], dataset: str, column: Column) -> str:
    """What has to be ignored for most of the links that find no record to find one; nothing where that is not it.

    `frames` hold the ids as they were read: pseudonyms would not show it.
    """
    other, _, key = str(column.references).partition(".")
    links, keys = frames[dataset][column.name].dropna(), frames[other][key].dropna()
    broken = links[~links.isin(keys)]
    shares = {words: _found(broken, keys, alike) for words, alike in DIFFERENCES.items()}
    likely = max(shares, key=lambda words: shares[words])
    return likely if shares[likely] >= ENOUGH else ""


def told_once(
    issues: DataFrame, frames: Mapping[str, DataFrame], contracts: Mapping[str, Contract], tolerance: Tolerance
) -> DataFrame:
    """The issues with links that hardly ever hold told of their table or of their rows, never of both.

    A link that a record can do without stops nothing while most of them hold, unless it is known what the ids differ
    in. One row per issue.
    """
    for name, column in issues.loc[issues["rule"] == FEW_LINKS, ["dataset", "column"]].itertuples(index=False):
        link = contracts[name].column(column)
        alike = issues["dataset"].eq(name) & issues["column"].eq(column)
        single = alike & issues["rule"].eq(not_found(str(link.references)))
        found = 1 - single.sum() / max(1, frames[name][column].notna().sum())
        stops = contracts[name].is_essential(link) or found < tolerance.optional_links
        stops = stops or bool(difference(frames, name, link))
        issues = issues[~(single if stops else alike & issues["rule"].eq(FEW_LINKS))]
    return issues


def _found(links: Series, keys: Series, alike: Callable[[str], str]) -> float:
    """The share of links that find a record where ids are compared so."""
    return float(links.map(alike).isin(set(keys.map(alike))).mean())
