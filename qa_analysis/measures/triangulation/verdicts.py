"""What a source says of a theme, and whether sources agree: one rule for all themes (docs/decisions/043)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan
from typing import Final

import scipy  # its parts load when they are first used

from qa_analysis.framework import Rules
from qa_analysis.measures.figure import TOO_FEW
from qa_analysis.measures.themes.in_audits import FALSE_DISCOVERIES
from qa_analysis.measures.triangulation.mentions import DEVELOPMENT, STRENGTH
from qa_analysis.measures.triangulation.sources import SOURCES, Judged
from qa_analysis.stats.proportions import benjamini_hochberg

UNCLEAR: Final = "no clear direction"
SILENT: Final = "silent"  # it has records of other themes, and none of this one
MOSTLY_UNCODED: Final = "mostly uncoded"  # of most of its records it is not known what they are about
NOT_CODED: Final = "nothing recorded"  # it came, and none of its records says what it is about
CLEAR: Final = (DEVELOPMENT, STRENGTH)
HALF: Final = 0.5
CODED_FROM: Final = 0.5  # of a source's records: below, those that lie in a theme may be the ones easiest to place

DISAGREE: Final = "sources disagree"
AGREE: Final[Mapping[str, str]] = {
    DEVELOPMENT: "sources agree on an area for development", STRENGTH: "sources agree on a strength",
}  # fmt: skip
ALONE: Final[Mapping[str, str]] = {
    DEVELOPMENT: "an area for development by one voice alone", STRENGTH: "a strength by one voice alone",
}  # fmt: skip
NOBODY: Final = "nothing recorded of it"


@dataclass(frozen=True)
class Cell:
    """What one source has of one theme: so many records, of which some lean to development and some to strength.

    `every` are the records that the source has of all themes together, and `coded` is the share of its records that lie
    in any theme at all.
    """

    records: int
    development: int
    strength: int
    every: int
    coded: float = 1.0

    @property
    def sides(self) -> tuple[int, int]:
        """Those that lean to development, and those that lean to strength."""
        return self.development, self.strength

    @property
    def larger(self) -> str:
        """The side with more records."""
        return DEVELOPMENT if self.development > self.strength else STRENGTH


Place = tuple[str, str]  # a theme and a source


def directions(cells: Mapping[Place, Cell], rules: Rules) -> dict[Place, str]:
    """What each source says of each theme: a side, or why there is none. One word per cell.

    A side is clear where its own exact test passes at the confidence of the rules, and also among all cells tested at
    once, of which one in ten may be a chance find: as themes are judged.
    """
    tested = {place: _p(cell, SOURCES[place[1]].judged, rules) for place, cell in cells.items()}
    rates = benjamini_hochberg([*tested.values()])
    return {
        place: _word(
            cells[place], SOURCES[place[1]].judged, rules,
            is_clear=bool(p < 1 - rules.confidence and rate < FALSE_DISCOVERIES),
        )
        for (place, p), rate in zip(tested.items(), rates, strict=True)
    }  # fmt: skip


def _p(cell: Cell, judged: Judged, rules: Rules) -> float:
    """How often chance alone would lean so far; nan where that is not asked."""
    if judged is Judged.BY_ITSELF or sum(cell.sides) < rules.percentage_from or cell.coded < CODED_FROM:
        return nan
    if judged is Judged.BY_HALF:
        return float(scipy.stats.binomtest(cell.development, sum(cell.sides), HALF).pvalue)
    return float(scipy.stats.binom.sf(cell.records - 1, cell.every, 1 / len(rules.key_areas)))


def _word(cell: Cell, judged: Judged, rules: Rules, *, is_clear: bool) -> str:
    if not cell.records:
        return SILENT if cell.every else NOT_CODED
    if judged is Judged.BY_ITSELF:
        return cell.larger if (cell.development > 0) != (cell.strength > 0) else UNCLEAR
    if cell.coded < CODED_FROM:
        return MOSTLY_UNCODED
    if cell.records < rules.percentage_from:
        return TOO_FEW
    return cell.larger if is_clear else UNCLEAR


@dataclass(frozen=True)
class Heard:
    """What the sources say of one theme together: the verdict, whose voices are clear, and whose are not."""

    verdict: str
    development: tuple[str, ...]
    strength: tuple[str, ...]
    both_ways: tuple[str, ...]


def heard_together(said: Mapping[str, str]) -> Heard:
    """The verdict on one theme from what each source says of it.

    Voices are counted and not sources: what one voice says by two sources is said once, and a voice whose sources
    contradict each other has no direction. Sources disagree where one voice sees a development need and another a
    strength; they agree where two voices or more see the same and none the other.
    """
    voices: dict[str, set[str]] = {}
    for source, word in said.items():
        voices.setdefault(SOURCES[source].voice, set()).update({word} & {*CLEAR})
    side = {way: tuple(voice for voice, words in voices.items() if words == {way}) for way in CLEAR}
    both = tuple(voice for voice, words in voices.items() if len(words) > 1)
    verdict = _verdict(len(side[DEVELOPMENT]), len(side[STRENGTH]), said.values())
    return Heard(verdict, side[DEVELOPMENT], side[STRENGTH], both)


def _verdict(development: int, strength: int, words: Iterable[str]) -> str:
    if development and strength:
        return DISAGREE
    if development or strength:
        way = DEVELOPMENT if development else STRENGTH
        return (AGREE if development + strength > 1 else ALONE)[way]
    return NOBODY if {*words} <= {SILENT, NOT_CODED} else UNCLEAR
