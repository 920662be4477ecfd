"""What identifies a person in a text: any identifier of theirs, and their full name, however it is written.

What is looked for: each original identifier of at least five letters and digits, and each name of two words or more,
in any order ("Jane Smith", "SMITH, Jane"), whatever stands between the words. What is not: shorter identifiers, a
single word of letters (Hope, Rose: the report would stop over a flower), and posts and teams where a name should be
("Team Manager", "Duty Team 2"). A number counts only by itself: 612306 is not in 0.612306, 1612306, 612,306 or a
hash, but is in 612306.0.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

SHORTEST = 5  # letters and digits of an identifier that is looked for
SHORTEST_IN_PARTS = 7  # digits of one written in parts: 2023/06 is also a month
_DIGITS_OF_A_TEAM = 3  # fewer, after ordinary words, number a team and not a person

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
TITLES = frozenset(["dr", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "sir"])

WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)"  # 612,306
    r"|\d+(?:\.\d+)+"  # 0.612306 and 1.24.1
    r"|(?<![^\s,;:=(\[\"'-])\.\d+"  # .612306
    r"|[^\W_]+"
)
_TRAILING_ZEROS = re.compile(r"\.0+$")
_INVISIBLE = dict.fromkeys(  # soft hyphens, joiners, direction marks, byte-order marks
    [0x00AD, 0x034F, 0x061C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)


class Wanted(NamedTuple):
    """The phrases looked for, and by the first word of each how many words they may have."""

    phrases: frozenset[tuple[str, ...]]
    lengths: Mapping[str, Collection[int]]


def times_found(text: str, looked_for: Wanted) -> int:
    """How often a text holds any of the phrases."""
    return len(places(words_of(text), looked_for))


def places(words: Sequence[str], looked_for: Wanted) -> list[tuple[int, int]]:
    """Where in a row of words the phrases stand: the first word and the one after the last, the longest phrase each."""
    if looked_for.lengths.keys().isdisjoint(words):
        return []
    found, at = [], 0
    while at < len(words):
        lengths = looked_for.lengths.get(words[at], ())
        fitting = [
            size for size in lengths if at + size <= len(words)
        ]  # a slice over the end would be a shorter phrase
        long = max((size for size in fitting if tuple(words[at : at + size]) in looked_for.phrases), default=0)
        if long:
            found.append((at, at + long))
        at += max(long, 1)
    return found


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, alike however they are written: capitals, full width, NBSP, 612306.0."""
    return [_TRAILING_ZEROS.sub("", word) for word in WORD.findall(plain(text).casefold())]


def plain(text: str) -> str:
    """The text in its plainest letters, without what cannot be seen."""
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE))


def wanted(originals: Collection[str], *, teams: Collection[str] = ()) -> Wanted:
    """The phrases by which these originals would be known, and the names of teams of several words as they stand."""
    parts = {part for original in originals for part in (original, original.partition("@")[0])}
    people = {phrase for part in parts for phrase in (*_as_identifier(part), *_as_name(part))}
    spelt = {tuple(words_of(team)) for team in teams}
    phrases = frozenset(people | {words for words in spelt if len(words) > 1})
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        lengths[phrase[0]].add(len(phrase))
    return Wanted(phrases, lengths)


def names_of(originals: Collection[str]) -> list[str]:
    """Those of the originals that are names."""
    return [original for original in originals if any(True for _ in _as_name(original))]


def _as_identifier(original: str) -> Iterator[tuple[str, ...]]:
    words = tuple(words_of(original))
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
    words = [word for word in (*words_of(first), *words_of(last)) if word.isalpha() and word not in TITLES]
    if len(words) < 2 or len("".join(words)) < SHORTEST or ORDINARY.issuperset(words):
        return
    for turn in range(len(words)):
        yield (*words[turn:], *words[:turn])
    if len(words) > 2 and len(words[0] + words[-1]) >= SHORTEST:
        yield (words[0], words[-1])
        yield (words[-1], words[0])
