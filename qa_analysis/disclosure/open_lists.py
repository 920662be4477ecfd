"""Which words of an open list may be told: those that the list knows, and others that are used as codes are.

An open list (a theme, a role: a code whose contract names no values) takes any word, and so a name typed into the
wrong cell. A word that no list knows, and that is no post, counts as blank if it is in under three rows of all
open lists together (under ten, if it is long enough for a sentence), or if it holds a word of kinship before "of", an
address, a long number, or a name or identifier of anybody in the extracts. Whatever is measured is measured after that.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.conditions import Subject
from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.quality import labels_of
from qa_analysis.disclosure.identifying import ORDINARY, Wanted, times_found, wanted, words_of

RULE: Final = "word-of-an-open-list"
ROWS_FROM: Final = 3  # as many as a group of children holds at least (docs/decisions/027)
MOST_WORDS: Final = 6  # of a theme or a post; a longer one may be a sentence
SUBJECTS: Final = {"smt_decisions": "item"}  # texts of a few words that pages print, and that are to name no one
NOT_SHOWN: Final = "subject not shown: it may name somebody"
SUBJECT: Final = "subject-names-somebody"
SENTENCES_FROM: Final = 10  # rows: nobody writes the same sentence as often
_PROMPT = re.compile(r"\d{1,2}(?:\.\d{1,2})?", re.ASCII)
_OF_SOMEBODY = re.compile(
    r"\b(?:mum|mummy|mother|dad|daddy|father|step\w*|parents?|nan|nana|gran\w*|brother|sister|siblings?|twin|aunt\w*|uncle"
    r"|cousin|son|daughter|baby|partner|wife|husband|friend|carers?|child)\s+(?:of|to|for)\b"
    r"|['’]s\s+(?:mum|mother|dad|father|parents?|nan|gran\w*|brother|sister|aunt\w*|uncle|son|daughter|partner|carers?)\b"
    r"|\w@\w|\d{5}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """The datasets without the words that may not be told, and an issue for each cell that held one."""

    frames: dict[str, DataFrame]
    issues: DataFrame


def without_odd_words(
    frames: Mapping[str, DataFrame],
    contracts: Mapping[str, Contract],
    *,
    known: Collection[str],
    originals: Collection[str],
) -> Told:
    """The datasets with odd words of open lists blank. `known` are words of the framework and of the council's own.

    A part of a key stays a part of a key, however rare; there a text alone is blank.
    """
    words, people = _used(frames, contracts), wanted(originals)
    listed = {word.casefold() for word in known}
    texts = {word for word, rows in words.items() if _is_text(word, rows, people)}
    rare = {word for word, rows in words.items() if rows < ROWS_FROM and not _is_plain(word)}
    told, issues = dict(frames), list[Issue]()
    for name, column in _open(frames, contracts):
        odd = (texts if column.key else texts | rare) - _of_the_list(column)
        odd = {word for word in odd if word.casefold() not in listed}
        holds = frames[name][column.name].map(lambda cell, odd=odd: not odd.isdisjoint(_words(cell)))
        if holds.any():
            issues += _issues(told[name][holds], contracts[name], column, frames)
            told[name] = told[name].assign(**{column.name: _without(told[name][column.name], odd)})
    return Told(told, issue_table(issues))


def without_named_subjects(
    frames: Mapping[str, DataFrame], contracts: Mapping[str, Contract], *, originals: Collection[str]
) -> Told:
    """The datasets without subjects that hold a name or number of anybody in the extracts; an issue for each."""
    people, told, issues = wanted(originals), dict(frames), list[Issue]()
    for name, column in SUBJECTS.items():
        texts = frames[name][column] if name in frames else Series(dtype="str")
        holds = texts.map(lambda text: isinstance(text, str) and _names_somebody(text, people)).astype(bool)
        if holds.any():
            message = f'"{column}" may name somebody, so it is shown on no page. Say the subject without a name.'
            for place in labels_of(Subject(frames[name][holds], contracts[name], frames)):
                issues.append(Issue(name, SUBJECT, "warning", message, column=column, **place))
            told[name] = told[name].assign(**{column: texts.mask(holds, NOT_SHOWN)})
    return Told(told, issue_table(issues))


def _open(frames: Mapping[str, DataFrame], contracts: Mapping[str, Contract]) -> Iterator[tuple[str, Column]]:
    """Every column of an open list that was supplied, with its dataset."""
    for name, frame in frames.items():
        for column in contracts[name].columns:
            if column.kind in ("code", "codes") and not column.codes and column.name in frame:
                yield name, column


def _used(frames: Mapping[str, DataFrame], contracts: Mapping[str, Contract]) -> Counter[str]:
    """In how many rows of all open lists each word is."""
    return Counter(
        word for name, column in _open(frames, contracts) for cell in frames[name][column.name] for word in _words(cell)
    )


def _words(cell: object) -> list[str]:
    """The codes of a cell; several are joined by semicolons."""
    return cell.split(";") if isinstance(cell, str) else []


def _of_the_list(column: Column) -> set[str]:
    """The words that the list names."""
    return {*column.code_aliases.values(), *column.code_aliases}


def _is_text(word: str, rows: int, people: Wanted) -> bool:
    """Whether a word in so many rows is a text about somebody rather than a code."""
    is_sentence = len(word.split()) > MOST_WORDS and rows < SENTENCES_FROM
    return is_sentence or _names_somebody(word, people)


def _names_somebody(text: str, people: Wanted) -> bool:
    """Whether a text holds a name or number of somebody, or says whose kin somebody is."""
    return bool(_OF_SOMEBODY.search(text)) or times_found(text, people) > 0


def _is_plain(word: str) -> bool:
    """Whether a word is a prompt's number or a post, which no name is made of."""
    return bool(_PROMPT.fullmatch(word)) or ORDINARY.issuperset(words_of(word))


def _without(values: Series, odd: Collection[str]) -> Series:
    """A column without those words; of several codes the others stay."""
    kept: Callable[[object], object] = lambda cell: ";".join(word for word in _words(cell) if word not in odd) or None  # noqa: E731
    return values.map(kept).astype(values.dtype)


def _issues(rows: DataFrame, contract: Contract, column: Column, frames: Mapping[str, DataFrame]) -> Iterator[Issue]:
    """That a cell held such a word, never which. One per row."""
    message = (
        f'"{column.name}" holds a word that no list has and that is in under {ROWS_FROM} rows, or looks like a name or '
        "a sentence, so it counts as blank. Correct it; if it is a word of your own, say under codes of sources.yaml "
        "what it stands for."
    )
    for place in labels_of(Subject(rows, contract, frames)):
        yield Issue(contract.dataset, RULE, "warning", message, column=column.name, **place)
