"""Takes out of a text whatever may tell who it is about, before anybody reads it who need not know.

Taken out are the identifiers and full names of everybody in the extracts (`identifying`), any capitalised word of such
a name, any other capitalised word that may be a name (a child's stands in no extract to compare with), and what
identifies by its look: addresses, postcodes, days, telephone and other long numbers. A name that is an ordinary word at
the start of a sentence ("Will") stays: somebody who knows the cases reads a text before it is shown.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from qa_analysis.disclosure.identifying import (
    ORDINARY,
    TITLES,
    WORD,
    Wanted,
    names_of,
    places,
    plain,
    times_found,
    wanted,
    words_of,
)
from qa_analysis.stats.wording.keyness import STOP_WORDS

Span = tuple[int, int]  # where a stretch of a text begins, and where it ends
MASK = "[removed]"
ORDINARY_FROM = 3  # texts that write a word small: a name is next to never written so
MONTHS = frozenset(
    """january february march april may june july august september october november december""".split()  # noqa: SIM905
)
_SHORTEST_NAME = 3  # letters: "Li" would take out half a language
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_AFTER_A_STOP = re.compile(r"(?:^|[.!?:]\s|\[removed\]\s)[\"“'‘(]*$")
_PERSONAL = re.compile(  # what identifies by its look alone, and a single part of a long number or of a date
    r"\S+@\S+|https?://\S+"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"  # a postcode
    r"|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:\s\d{4})?\b"
    r"|\+?\d[\d\s()-]{7,}\d"  # a telephone number
    r"|\b(?=[\w-]*\d{3})[\w-]{5,}"
)


def mask(texts: Iterable[str], originals: Collection[str], *, teams: Collection[str] = ()) -> list[str]:
    """The texts with everyone known in them masked, as the scan would find them, and more. One per text.

    A text that could not be masked for certain is masked whole. `teams` are masked as well where a small team would be
    as good as a name; a team of one word is left to `unnamed`, which knows it from the tree by its capital.
    """
    looked_for, parts = wanted(originals, teams=teams), parts_of_names(originals)
    return [_masked(text, looked_for, parts) for text in texts]


def named_in(texts: Iterable[str], originals: Collection[str]) -> list[bool]:
    """Whether the scan would find anyone in each text. One answer per text."""
    looked_for = wanted(originals)
    return [times_found(text, looked_for) > 0 for text in texts]


def unnamed(text: str, small: Collection[str], words: Collection[str]) -> str:
    """The text with each capitalised word masked that may be a name.

    Kept are words that other texts write small (`small`), where a sentence begins; elsewhere only the framework's own
    `words`, posts and months.
    """
    return _LETTERS.sub(lambda word: word.group() if _is_no_name(word, text, small, words) else MASK, text)


def written_small(texts: Iterable[str]) -> frozenset[str]:
    """The words that at least three texts write without a capital."""
    times = Counter(word for text in texts for word in set(_LETTERS.findall(text)) if word.islower())
    return frozenset(word for word, held in times.items() if held >= ORDINARY_FROM)


def _masked(text: str, looked_for: Wanted, parts: Collection[str]) -> str:
    simple = plain(text)
    spans = [*personal(simple), *parts_in(simple, parts), *known_in(simple, looked_for)]
    masked = _without(simple, spans)
    return MASK if times_found(masked, looked_for) else masked


def personal(simple: str) -> list[Span]:
    """Where a text holds what identifies by its look alone."""
    return [match.span() for match in _PERSONAL.finditer(simple)]


def parts_in(simple: str, parts: Collection[str]) -> list[Span]:
    """Where it holds a part of somebody's name, written with a capital."""
    tokens = WORD.finditer(simple)
    return [token.span() for token in tokens if token.group().casefold() in parts and token.group()[0].isupper()]


def known_in(simple: str, looked_for: Wanted) -> list[Span]:
    """Where it holds a whole name or an identifier."""
    tokens = list(WORD.finditer(simple))
    spelt = [(place, word) for place, token in enumerate(tokens) for word in words_of(token.group())]
    found = places([word for _, word in spelt], looked_for)
    return [(tokens[spelt[first][0]].start(), tokens[spelt[last - 1][0]].end()) for first, last in found]


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with each stretch masked, those that touch as one."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], MASK]
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def parts_of_names(originals: Collection[str]) -> frozenset[str]:
    """The words of all known names, but for those of posts."""
    words = {word for name in names_of(originals) for word in words_of(name)}
    return frozenset(word for word in words if len(word) >= _SHORTEST_NAME) - ORDINARY - TITLES


def _is_no_name(word: re.Match[str], text: str, small: Collection[str], words: Collection[str]) -> bool:
    written, simple = word.group(), word.group().casefold().replace("’", "'")
    if written.islower() or written == "I":
        return True
    if simple in ORDINARY or simple in MONTHS or (simple in words and simple not in STOP_WORDS):
        return True
    return bool(_AFTER_A_STOP.search(text[: word.start()])) and (simple in small or simple in STOP_WORDS)
