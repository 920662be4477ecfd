"""Takes out of a text whatever may tell who it is about, for texts that people read together.

Taken out are the identifiers and full names of everybody in the extracts (`identifying`), single words of those names
that are written with a capital, any other capitalised word that these texts never write small (which is what an unknown
name looks like), and addresses, references, telephone numbers, dates and long numbers. What stays: a nickname that is
also an ordinary word ("hope"), and a name unknown to the extracts written small throughout. Somebody who knows the
cases reads a text before it is shown.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from qa_analysis.report.identifying import ORDINARY, WORD, Wanted, places, plain, times_found, wanted, words_of

WITHHELD = "[…]"
TWICE = 2  # texts in which a word is written small, or an acronym large, before it is ordinary
_LONGEST_ACRONYM = 5
_SHORTEST_NAME = 3  # letters: "Li" would take out half a language

_PATTERNS = re.compile(
    r"\S+@\S+"  # e-mail
    r"|\b[A-Za-z]+[/-]?\d{3,}[\w/-]*"  # a reference, of this council's or another's: CH99871, LAC/2231/B
    r"|\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b"  # postcode
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b"  # a date in numbers
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{2,4})?\b"
    r"|\+?\d(?:[\s()-]*\d){4,}",  # telephone, NHS and any other number of five figures or more
    re.IGNORECASE,
)


class Mask(NamedTuple):
    """What to take out: whole phrases, words of names, and which capitalised words are ordinary all the same."""

    phrases: Wanted
    names: frozenset[str]
    ordinary: frozenset[str]


def mask_of(
    originals: Collection[str], texts: Iterable[str], *, terms: Iterable[str] = (), places: Collection[str] = ()
) -> Mask:
    """The mask for texts of these people. `terms` are words that are ours: titles, services, prompts.

    `places` are taken out as well, such as the teams, because a small team is as good as a name: whole where they have
    several words, and where they have one only with a capital ("Willow", not the tree).
    """
    people, spelt = wanted(originals).phrases, [tuple(words_of(place)) for place in places]
    phrases = wanted(originals, places=[words for words in spelt if len(words) > 1])
    names = {word for phrase in people for word in phrase if word.isalpha() and len(word) >= _SHORTEST_NAME}
    small, acronyms = _written_small(texts)
    ours = {word for term in terms for word in words_of(term)}
    alone = {words[0] for words in spelt if len(words) == 1} - ours
    return Mask(phrases, frozenset((names | alone) - ORDINARY), ORDINARY | ours | small | acronyms)


def masked(text: str, mask: Mask) -> str:
    """The text with everything the mask takes out shown as […]."""
    once = _without(_PATTERNS.sub(WITHHELD, plain(text)), mask)
    return WITHHELD if times_found(once, mask.phrases) else once


def _without(text: str, mask: Mask) -> str:
    """The text without the words that are part of a phrase, or look like a name."""
    tokens = list(WORD.finditer(text))
    spelt = [(place, word) for place, token in enumerate(tokens) for word in words_of(token[0])]
    out = {place for place, token in enumerate(tokens) if _is_name(token[0], mask)}
    for first, last in places([word for _, word in spelt], mask.phrases):
        out |= {place for place, _ in spelt[first:last]}
    pieces, at = [], 0
    for place, token in enumerate(tokens):
        if place in out:
            pieces += [text[at : token.start()], WITHHELD] if place - 1 not in out else []
            at = token.end()
    return "".join([*pieces, text[at:]])


def _is_name(word: str, mask: Mask) -> bool:
    """Whether a capitalised word is part of a known name, or no ordinary word of these texts."""
    if not word[0].isupper() or not word.isalpha() or len(word) == 1:
        return False
    small = word.casefold()
    return small in mask.names or small not in mask.ordinary


def _written_small(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """The words that several texts write small, and the short ones that several write in capitals throughout."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        words = {token for token in WORD.findall(plain(text)) if token.isalpha()}
        small.update({word for word in words if word.islower()})
        large.update({word.casefold() for word in words if word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM})
    return (
        {word for word, texts_with in small.items() if texts_with >= TWICE},
        {word for word, texts_with in large.items() if texts_with >= TWICE},
    )
