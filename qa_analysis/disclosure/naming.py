"""Where a text that managers will read may name somebody: told to its author, so that nobody else has to see it.

Marked are the identifiers and full names of everybody in the extracts, parts of those names, what identifies by its
look (`masking`), and every other word with a capital that is no ordinary word: a child's name stands in no extract to
compare with. What is known besides are posts, months, the framework's own words, the field's (`field_words`), the
council's places, and words that the council's own texts write small. A name that is also an ordinary word and begins a
sentence ("Will") is not marked; initials of two letters are.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.identifying import ORDINARY, Wanted, plain, wanted
from qa_analysis.disclosure.masking import MONTHS, Span, known_in, parts_in, parts_of_names, personal, written_small
from qa_analysis.framework import Rules
from qa_analysis.measures.narratives.submitted import SLOTS
from qa_analysis.measures.themes.phrases import vocabulary

KNOWN: Final = "a name or number of somebody in the records"
PART: Final = "part of a name in the records"
LOOKS: Final = "looks like an address, a date of birth or a number of somebody"
CAPITAL: Final = "may be a name: it has a capital and is no word that is known"
DAYS: Final = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
TEXTS: Final = (("findings", "text"), ("actions", "description"), *(("narratives", slot) for slot in SLOTS))
PLACED: Final = ("audits", "staff")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OF_SOMEBODY = re.compile(r"['’]s?$")
_BEGINS = re.compile(r"(?:^|[.!?:;\n]\s*|^\s*|\n\s*|[-–—•*]\s+|\d[.)]\s+)[\"“'‘(]*$")
_ACRONYM = re.compile(r"[A-Z]{3,}s?$|[A-Z]&[A-Z]$")


@dataclass(frozen=True)
class Mark:
    """A stretch of a text that may name somebody, where it begins, and why it was marked."""

    begins: int
    words: str
    why: str


@dataclass(frozen=True)
class Naming:
    """What texts are looked through for, and the words that are no names."""

    looked_for: Wanted
    parts: frozenset[str]
    ordinary: frozenset[str]  # anywhere, with a capital or without
    small: frozenset[str]  # where a sentence begins

    @staticmethod
    def of(
        rules: Rules, originals: Collection[str], *, texts: Iterable[str] = (), places: Collection[str] = ()
    ) -> "Naming":
        """What a council's texts are looked through for: `originals` are everybody's names and numbers.

        `texts` are all its free texts, which show what is written small, and `places` its services and teams.
        """
        of_field = {word for phrase in (*rules.field_words, *places) for word in _words(phrase)}
        return Naming(
            looked_for=wanted(originals),
            parts=parts_of_names(originals),
            ordinary=frozenset(ORDINARY | MONTHS | DAYS | of_field),
            small=vocabulary(rules) | frozenset(rules.opening_words) | written_small(texts),
        )

    @staticmethod
    def of_council(tables: Tables, originals: Collection[str]) -> "Naming":
        """The same of a month's tables: its own free texts, services and teams."""
        texts, places = list[str](), set[str]()
        for name, column in TEXTS:
            texts += [] if (frame := tables.optional(name)) is None else list(frame[column].dropna())
        for name in PLACED:
            frame = tables.optional(name)
            places |= set() if frame is None else {*frame["team"].dropna(), *frame["service_area"].dropna()}
        return Naming.of(tables.rules, originals, texts=texts, places=places)

    def marks(self, text: str) -> tuple[Mark, ...]:
        """Where a text may name somebody, in its order; none is the good answer."""
        simple = plain(text)
        found: dict[Span, str] = {}
        for spans, why in (
            (known_in(simple, self.looked_for), KNOWN),
            (personal(simple), LOOKS),
            (self._parts_in(simple), PART),
            (self._capitals_in(simple), CAPITAL),
        ):
            for span in spans:
                if not any(begin < span[1] and span[0] < end for begin, end in found):
                    found[span] = why
        return tuple(Mark(begin, simple[begin:end], why) for (begin, end), why in sorted(found.items()))

    def _parts_in(self, simple: str) -> Iterator[Span]:
        """Parts of names, but for ordinary words where a sentence begins ("Young people …") and places."""
        for begin, end in parts_in(simple, self.parts):
            word = simple[begin:end].casefold()
            if word not in self.ordinary and not (_begins(simple, begin) and word in self.small):
                yield begin, end

    def _capitals_in(self, simple: str) -> Iterator[Span]:
        for match in _LETTERS.finditer(simple):
            if not self._is_known(match.group(), begins=_begins(simple, match.start())):
                yield match.span()

    def _is_known(self, word: str, *, begins: bool) -> bool:
        """Whether a word is no name: written small, an acronym, or known, of which each part is."""
        bare = _OF_SOMEBODY.sub("", word)
        if bare.islower() or bare == "I" or _ACRONYM.match(bare):
            return True
        parts = [part for part in re.split(r"['’-]", bare) if part]
        return all(
            part.islower()
            or part.casefold() in self.ordinary
            or part.casefold().removesuffix("s") in self.ordinary  # Team Managers
            or (begins and place == 0 and (part.casefold() in self.small or bare.casefold() in self.small))
            for place, part in enumerate(parts)
        )


def _begins(simple: str, at: int) -> bool:
    """Whether a sentence, a line or an item of a list begins there."""
    return bool(_BEGINS.search(simple[:at]))


def _words(phrase: str) -> list[str]:
    return [part.casefold() for word in _LETTERS.findall(phrase) for part in (word, *re.split(r"['’-]", word))]
