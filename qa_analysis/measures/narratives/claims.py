"""Sentences of a narrative that say that something changed, beside what the figures of the place say of it.

A sentence is held against the figures whose name shares a word with it; which of them is meant, its author knows. That
a figure shows no signal does not prove the sentence wrong: it may speak of something that no figure counts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from qa_analysis.stats.wording.keyness import STOP_WORDS

Way = Literal["better", "worse", "up", "down"]
WORDS: Final[dict[Way, str]] = {
    "better": r"improv\w+|better|strengthened|recovered|progressed",
    "worse": r"worse\w*|deteriorat\w+|declin\w+|slipped|weaken\w+",
    "up": r"rose|risen|rising|increase\w*|increasing|grew|grown|growing|higher|doubled",
    "down": r"fell|fallen|falling|decrease\w*|decreasing|reduc\w+|dropped|dropping|lower|fewer|halved",
}
SUPPORTED: Final = "the signal agrees"
AGAINST: Final = "the signal says the opposite"
NO_SIGNAL: Final = "no signal"
NO_FIGURE: Final = "no figure of the place is about this"
GENERAL: Final = frozenset(  # words of so many names that they tell nothing
    {
        "care", "child", "children", "day", "days", "families", "family", "leave", "month", "months", "new", "people",
        "staff", "team", "teams", "time", "times", "within", "work", "worked", "worker", "workers", "working", "year",
        "years",
    }
)  # fmt: skip
STEM = 5  # letters by which words are taken for one: supervise, supervision
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]?")
_WORD = re.compile(r"[a-z][a-z'’-]+")


@dataclass(frozen=True)
class Signal:
    """What the figures of a place say of one indicator: its name, its word, since when, and which way is better."""

    name: str
    verdict: str
    better: str
    since: str = ""

    @property
    def way(self) -> tuple[Way, ...]:
        """What the signal is, in the words of a claim; nothing where there is none."""
        is_high = self.better == "higher"
        ways: dict[str, tuple[Way, ...]] = {
            "improving": ("better", "up" if is_high else "down"),
            "getting worse": ("worse", "down" if is_high else "up"),
            "higher than usual": ("up",),
            "lower than usual": ("down",),
        }
        return ways.get(self.verdict, ())


@dataclass(frozen=True)
class Claim:
    """A sentence that says that something changed: the word that does, and what the figures say."""

    sentence: str
    phrase: str
    says: str
    figures: tuple[Signal, ...]

    @property
    def has_signal(self) -> bool:
        """Whether a signal of the place bears it out."""
        return self.says == SUPPORTED


def claims(text: str, signals: Iterable[Signal]) -> Iterator[Claim]:
    """The sentences of a text that claim a change, each beside the figures it may be about. One claim per sentence."""
    known = list(signals)
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        found = _claimed(sentence)
        if found:
            phrase, way = found
            about = _about(sentence, known, without=phrase)
            yield Claim(sentence, phrase, _says(way, about), about)


def _claimed(sentence: str) -> tuple[str, Way] | None:
    """The first word of a sentence that says that something changed, and which way."""
    hits = [
        (match.start(), match.group(), way)
        for way, pattern in WORDS.items()
        for match in re.finditer(rf"\b(?:{pattern})\b", sentence, re.IGNORECASE)
    ]
    return min(hits)[1:] if hits else None


def _about(sentence: str, signals: list[Signal], *, without: str) -> tuple[Signal, ...]:
    """The figures whose name shares most words with the sentence, at least one."""
    said = _stems(sentence) - _stems(without)
    shared = [len(said & _stems(one.name)) for one in signals]
    most = max(shared, default=0)
    return tuple(one for one, many in zip(signals, shared, strict=True) if many == most) if most else ()


def _says(way: Way, about: tuple[Signal, ...]) -> str:
    """What the figures say of a claim: borne out by any of them, contradicted by any, or silent."""
    if not about:
        return NO_FIGURE
    if any(way in one.way for one in about):
        return SUPPORTED
    return AGAINST if any(one.way for one in about) else NO_SIGNAL


def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(word[:STEM] for word in words if word not in GENERAL | STOP_WORDS and len(word) >= STEM - 1)
