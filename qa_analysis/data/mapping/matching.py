"""Matching: how well a column of a sheet goes with a column of a dataset, by its heading's words and its content."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.mapping.seen import SeenColumn
from qa_analysis.data.reading.ages import AGE_BAND, with_age_bands
from qa_analysis.data.reading.cell_text import Fault
from qa_analysis.data.reading.cells import code_word, read_column, reader
from qa_analysis.data.reading.headings import known_headings, tidy_heading, without_hint
from qa_analysis.data.reading.raw import Source
from qa_analysis.data.reading.sheet_issues import ReadColumn

EXACT: Final = 1.0
LIKELY: Final = 0.6  # of words in common; below it nothing is offered
A_SLIP: Final = 0.9  # of the letters in order: a slip of the pen, and no other word
SAME_WORDS: Final = 0.95  # the words of a known heading in another order
NAMED: Final = 0.75  # a list's heading is clear enough, though its words may all be others
SURE: Final = 0.8  # with content that fits besides
HALF: Final = 0.5
FITS: Final = 0.8  # of the cells can be read as what the column holds
TELLING: Final = {"date", "month", "boolean", "grade", "whole number", "number"}  # kinds that content can tell
CONTENT_COUNTS: Final = 0.15

_LOOKS_LIKE_A_PERSON = re.compile(r".*(?:\d{3}|@).*|[A-Z][\w'\u2019-]*,? [A-Z][\w'\u2019-]*.*")
_WORD = re.compile(r"[a-z0-9']+")
_MEANT: Final = {
    "sw": "social worker", "tm": "team manager", "sm": "service manager", "mgmt": "management", "mgr": "manager",
    "no": "number", "ref": "reference", "judgement": "grade", "rating": "grade", "graded": "grade",
    "yp": "child", "supv": "supervision", "dept": "service", "svc": "service", "completed": "completed", "cwp": "child",
}  # fmt: skip
_EMPTY: Final = {
    "of",
    "the",
    "and",
    "to",
    "a",
    "an",
    "for",
    "with",
    "in",
    "on",
    "by",
    "is",
    "was",
    "this",
    "y",
    "n",
    "id",
}


@dataclass(frozen=True)
class Match:
    """A column of a sheet for a column of a dataset, with how sure that is and why."""

    column: Column
    seen: SeenColumn
    score: float
    fit: float

    @property
    def is_exact(self) -> bool:
        """Whether the heading is one the dataset knows."""
        return self.score >= EXACT

    @property
    def is_sure(self) -> bool:
        """Whether words and content agree so well that only the whole needs confirming."""
        if self.fit < _least(self.column, self.score) or self._holds_names:
            return False
        if self.is_exact or self.score >= SAME_WORDS or (self.column.key and self.seen.is_unique):
            return True
        if self.column.codes and self.column.kind in ("code", "codes"):
            return self.fit >= SURE
        return self.score >= SURE and is_telling(self.column)

    @property
    def _holds_names(self) -> bool:
        """Whether an open list of words that readers see holds what looks like a person's name."""
        column = self.column
        if column.kind not in ("code", "codes") or column.codes:
            return False
        known = {code_word(word) for word in column.code_aliases}
        return any(code_word(word) not in known and _LOOKS_LIKE_A_PERSON.fullmatch(word) for word in self.seen.words)

    @property
    def why(self) -> str:
        """What speaks for it, where the heading alone does not."""
        filled = len(self.seen.cells)
        if self._holds_names:
            return "holds what look like people's names, which would be shown"
        if self.column.kind == "id" and self.column.key and self.seen.is_unique:
            return "another value in every row"
        if is_telling(self.column):
            return (
                f"{round(self.fit * filled)} of {filled} can be read as {KIND_WORDS.get(self.column.kind, 'its codes')}"
            )
        return "" if self.is_exact else "by the words of its heading"


KIND_WORDS: Final = {
    "date": "dates", "month": "months", "boolean": "yes or no", "grade": "grades", "whole number": "whole numbers",
    "number": "numbers",
}  # fmt: skip


def _least(column: Column, score: float) -> float:
    """How much of the content must fit: of a list under its own heading nothing, its words are asked for one by one."""
    is_list = bool(column.codes) and column.kind in ("code", "codes")
    if is_list:
        return 0.0 if score >= NAMED else HALF
    return HALF if score >= EXACT else FITS


def is_telling(column: Column) -> bool:
    """Whether content can tell that it is not this column: text and open lists take anything."""
    return column.kind in TELLING or bool(column.codes)


def matches(contract: Contract, columns: Sequence[SeenColumn], grade_synonyms: Mapping[str, str]) -> dict[str, Match]:
    """For each column of a dataset the column of the sheet that goes with it best; each is given away once.

    Column of the dictionary -> match.
    """
    known = known_headings(contract)
    offered = [
        Match(column, seen, score, fit)
        for seen in columns
        for column in contract.columns
        if (score := _score(column, seen, known)) >= LIKELY
        and (fit := fit_of(column, seen, grade_synonyms)) >= _least(column, score)
    ]
    ranked = sorted(offered, key=lambda match: (-_rank(match), match.seen.place))
    chosen: dict[str, Match] = {}
    taken: set[int] = set()
    for match in ranked:
        if match.column.name not in chosen and match.seen.place not in taken:
            chosen[match.column.name] = match
            taken.add(match.seen.place)
    return {column.name: chosen[column.name] for column in contract.columns if column.name in chosen}


def fit_of(
    column: Column, seen: SeenColumn, grade_synonyms: Mapping[str, str], *, without: Collection[str] = ()
) -> float:
    """The share of filled cells that can be read as what a column holds; words of `without` are passed over."""
    cells = [cell for cell in seen.cells if not (isinstance(cell, str) and cell.strip().casefold() in without)]
    if not cells:
        return EXACT  # nothing speaks against it
    if column.codes and column.kind in ("code", "codes") and len(seen.words) > MOST_WORDS:
        return 0.0  # no list
    read = ReadColumn(column, seen.heading, cells, read_column(cells, reader(column, grade_synonyms, Source(""))))
    if column.name == AGE_BAND:
        (read,) = with_age_bands([read], Contract("", "", is_core=False, columns=(column,)))
        return sum(not _is_unread(value) for value in read.canonical) / len(cells)
    return sum(not isinstance(value, Fault) for value in read.canonical) / len(cells)


MOST_WORDS: Final = 25  # distinct words; a column with more is no list


def _is_unread(value: object) -> bool:
    return isinstance(value, Fault) and value.rule != "age-without-its-day"


def likeness(text: str, others: Iterable[str]) -> float:
    """How like a text is to the one of others that is most like it: words in common, or letters in order."""
    return max((_alike(text, other) for other in others), default=0.0)


def _score(column: Column, seen: SeenColumn, known: Mapping[str, str]) -> float:
    """How well a heading goes with a column of a dataset by its words, alone or with the group it stands under."""
    names = (column.name.replace("_", " "), *column.aliases)
    best = 0.0
    for words in dict.fromkeys((seen.heading, f"{seen.group} {seen.heading}".strip())):
        tidy = tidy_heading(words)
        if known.get(tidy, known.get(without_hint(tidy))) == column.name:
            return EXACT
        best = max(best, likeness(without_hint(tidy), names))
    return min(best, SAME_WORDS)


def _rank(match: Match) -> float:
    """What decides between two columns of a sheet, or of a dataset."""
    tells = is_telling(match.column) and bool(match.seen.cells)
    unique = match.column.key and match.seen.is_unique
    return match.score + CONTENT_COUNTS * (tells * match.fit + unique)


@lru_cache(maxsize=2**15)  # sheets of one workbook, and months of one council, say the same in their headings
def _alike(text: str, other: str) -> float:
    own, theirs = _words(text), _words(other)
    both = len(own & theirs)
    words = 2 * both / (len(own) + len(theirs)) if own and theirs else 0.0
    return max(words, _in_order(text, tidy_heading(other)))


def _in_order(text: str, other: str) -> float:
    """The share of letters that stand in the same order, where it is that of a slip; its bounds are asked first."""
    found = SequenceMatcher(None, text, other)
    for share in (found.real_quick_ratio, found.quick_ratio, found.ratio):
        if share() < A_SLIP:
            return 0.0
    return found.ratio()


@lru_cache(maxsize=2**15)
def _words(text: str) -> frozenset[str]:
    """The words that carry meaning, short forms written out."""
    found = (part for word in _WORD.findall(tidy_heading(text)) for part in _MEANT.get(word, word).split())
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in found if word not in _EMPTY)
