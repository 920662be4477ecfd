"""Which unreadable values may be repeated in a message: those of the shape of a date, a month or a word of the list.

Anything else might be a name typed into the wrong cell, and is never repeated.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from qa_analysis.data.contracts import Column

LONGEST: Final = 30  # a longer "code" is free text in the wrong column
LONG_WORD, LONGER_WORD = 6, 8  # letters: of shorter words a slip might as well make somebody's name
JOINING: Final = frozenset({"and", "or", "to"})

_WORDS = re.compile(r"[^\W\d_]+")
_ONLY_WORDS = re.compile(r"[A-Za-z0-9 /.,;&()+:?*\-]+")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_RANGE = re.compile(r"\d{1,2} ?(?:\+|(?:-|\N{EN DASH}|to) ?\d{1,2})", re.ASCII)  # of ages: 10-15, 16+
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DAY, _YEAR, _BETWEEN = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:\d{4}|'?\d{2})", r"[ /.\-]{1,2}"
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DATES: Final = tuple(
    re.compile(f"(?:w/[ce] )?{shape}{_TIME}", re.IGNORECASE | re.ASCII)
    for shape in (
        f"{_DAY}{_BETWEEN}\\d{{1,2}}(?:{_BETWEEN}{_YEAR})?",  # 31/04/2023, 3/4
        f"\\d{{4}}{_BETWEEN}\\d{{1,2}}(?:{_BETWEEN}\\d{{1,2}})?",  # 2023-06-31
        f"\\d{{1,2}}/{_YEAR}",  # 06/23
        f"{_DAY}{_BETWEEN}{_MONTH}(?:{_BETWEEN}{_YEAR})?",  # 8 June
        f"{_MONTH}{_BETWEEN}{_DAY}(?:,? {_YEAR})?",  # June 8, 2023
        f"{_MONTH}{_BETWEEN}{_YEAR}",  # a month without its year may be a name: May, June
    )
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def may_be_quoted(value: object, column: Column) -> bool:
    """Whether a value has the shape of what its column holds, so that no name, id or free text is repeated."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST:
        return False
    if column.kind in ("date", "month"):
        return _is_like_a_date(value.strip())
    if column.kind not in ("code", "codes", "grade"):
        return False
    is_range = bool(_RANGE.fullmatch(value.strip())) and any(_RANGE.fullmatch(code) for code in column.codes)
    return is_range or _is_of_the_list(value, _words_of(column))


def _is_like_a_date(text: str) -> bool:
    """Whether a text has the shape of a date or a month: numbers and the names of months alone."""
    named = [word.casefold() for word in _WORDS.findall(text) if len(word) > 2]
    return any(shape.fullmatch(text) for shape in _DATES) and all(
        any(month.startswith(word) for month in (*_MONTHS, "sept")) for word in named
    )


def _is_of_the_list(text: str, words: frozenset[str]) -> bool:
    """Whether a text is made of words of the list alone, slips allowed, with short numbers between them."""
    if not _ONLY_WORDS.fullmatch(text) or re.sub(_SHORT_NUMBER, "", text).strip("0123456789") == "":
        return bool(re.fullmatch(r"\d", text.strip()))
    found = [word.casefold() for word in _WORDS.findall(text)]
    rest = re.sub(_SHORT_NUMBER, "", text)
    is_known = all(word in words or word in JOINING or _is_slip(word, words) for word in found)
    return bool(found) and not any(letter.isdigit() for letter in rest) and is_known


def _words_of(column: Column) -> frozenset[str]:
    """The words of a column's codes and of what else is read as them, and the initials of codes of several words."""
    codes = [*column.codes, *column.code_aliases]
    initials = ("".join(word[0] for word in _WORDS.findall(code)) for code in codes if " " in code)
    return frozenset(word.casefold() for code in (*codes, *initials) for word in _WORDS.findall(code))


def _is_slip(word: str, words: Iterable[str]) -> bool:
    """Whether a word is one of the list with one slip of the keys.

    Two letters changed places, or one was typed twice; in a long word one is missing or added, in a longer one wrong.
    """
    return any(
        word in _swapped(known) | _doubled(known)
        or (len(known) >= LONG_WORD and (_is_one_less(word, known) or _is_one_less(known, word)))
        or (len(known) >= LONGER_WORD and len(word) == len(known) and _differing(word, known) == 1)
        for known in words
        if abs(len(known) - len(word)) <= 1
    )


def _swapped(word: str) -> set[str]:
    return {word[:place] + b + a + word[place + 2 :] for place, (a, b) in enumerate(pairwise(word))}


def _doubled(word: str) -> set[str]:
    return {word[:place] + letter + word[place:] for place, letter in enumerate(word)}


def _is_one_less(short: str, long: str) -> bool:
    return any(short == long[:place] + long[place + 1 :] for place in range(len(long)))


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
