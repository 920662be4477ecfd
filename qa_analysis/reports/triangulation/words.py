"""Triangulation in sentences: where sources disagree, where they agree, and who was not heard."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from qa_analysis.english import at_first, counted, listed
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.measures.triangulation.mentions import DEVELOPMENT, STRENGTH
from qa_analysis.measures.triangulation.sources import SOURCES
from qa_analysis.measures.triangulation.together import CODED, SAID, SOURCE, THEME, VERDICT
from qa_analysis.measures.triangulation.verdicts import (
    AGREE,
    ALONE,
    CLEAR,
    DISAGREE,
    MOSTLY_UNCODED,
    NOBODY,
    NOT_CODED,
    SILENT,
    UNCLEAR,
)
from qa_analysis.month.month import Month

NOT_SUPPLIED: Final = "not supplied"
NOT_SHOWN: Final = "too few to show"
SIGNS: Final[Mapping[str, str]] = {
    DISAGREE: "◆", AGREE[DEVELOPMENT]: "▼", AGREE[STRENGTH]: "▲", ALONE[DEVELOPMENT]: "▼", ALONE[STRENGTH]: "▲",
    UNCLEAR: "■", NOBODY: "–",
    DEVELOPMENT: "▼", STRENGTH: "▲", TOO_FEW: "■", MOSTLY_UNCODED: "■",
    SILENT: "–", NOT_CODED: "–", NOT_SUPPLIED: "–", NOT_SHOWN: "–",
}  # fmt: skip
CALLED: Final[Mapping[str, str]] = {DEVELOPMENT: "area for development", STRENGTH: "strength"}
ORDER: Final = (DISAGREE, *AGREE.values(), *ALONE.values())  # of what a reader needs first


def signed(word: str) -> str:
    """A word with its sign before it, so that neither colour nor sign stands alone."""
    return f"{SIGNS[word]} {at_first(CALLED.get(word, word))}"


def verdict(month: Month, theme: str) -> Figure | None:
    """Whether sources agree on a theme."""
    return month.figure(VERDICT, by=THEME, group=theme, period=month.year)


def of_source(month: Month, theme: str, source: str) -> Figure | None:
    """What one source has of a theme; none where its dataset did not come."""
    return month.figure(SAID, by=(THEME, SOURCE), group=(theme, source), period=month.year)


def words_of(month: Month, theme: str) -> dict[str, str]:
    """What each source says of a theme, in the order of the sources."""
    return {name: _word(of_source(month, theme, name)) for name in SOURCES}


def _word(found: Figure | None) -> str:
    if found is None:
        return NOT_SUPPLIED
    return NOT_SHOWN if found.is_withheld else found.verdict


def with_word(said: Mapping[str, str], *words: str) -> list[str]:
    """The sources of which one of some words holds."""
    return [name for name, word in said.items() if word in words]


def themes_of(month: Month, *verdicts: str) -> list[str]:
    """The themes with one of some verdicts, in the framework's order."""
    return [theme for theme in month.rules.key_areas if (found := verdict(month, theme)) and found.verdict in verdicts]


def theme_sentence(month: Month, theme: str) -> str:
    """What the sources say of a theme together: "Assessment: sources disagree. …"."""
    found, sides = verdict(month, theme), sides_of(month, theme)
    if found is None:
        return ""
    title = month.rules.key_areas[theme]
    if len(sides) == 1:
        [names] = sides.values()
        return f"{title}: {found.verdict} ({listed(names)}).{_both_ways(found)}"
    return f"{title}: {found.verdict}. {seen_sentence(month, theme)}".strip()


def seen_sentence(month: Month, theme: str) -> str:
    """Which sources point to which side, and whose own contradict each other; nothing where none does."""
    parts = [f"{at_first(CALLED[way])}: {listed(names)}." for way, names in sides_of(month, theme).items()]
    return f"{' '.join(parts)}{_both_ways(verdict(month, theme))}".strip()


def sides_of(month: Month, theme: str) -> dict[str, list[str]]:
    """The sources that point to each side of a theme; a side that none points to is left out."""
    said = words_of(month, theme)
    return {way: names for way in CLEAR if (names := with_word(said, way))}


def _both_ways(found: Figure | None) -> str:
    """That a voice contradicts itself, and so is not counted."""
    if found is None or not found.reasons:
        return ""
    return f" What {listed(found.reasons)} say points both ways, so it is not counted."


def disagreements(month: Month) -> list[str]:
    """The themes on which sources disagree. One sentence each."""
    return [theme_sentence(month, theme) for theme in themes_of(month, DISAGREE)]


def headlines(month: Month) -> Iterator[str]:
    """The message: disagreements, then what sources agree on, then what one says alone, and who was not heard."""
    for word in ORDER:
        yield from (theme_sentence(month, theme) for theme in themes_of(month, word))
    if rest := themes_of(month, UNCLEAR, NOBODY):
        yield f"No clear direction in any source on {_titles(month, rest)}."
    yield from unheard(month)


def unheard(month: Month) -> Iterator[str]:
    """The sources that did not come, and those that came without saying what they are about."""
    missing = [name for name, one in SOURCES.items() if not one.is_supplied(month.supplied)]
    if missing:
        yield f"Not supplied, so not heard: {listed(missing)}."
    every = [words_of(month, theme) for theme in month.rules.key_areas]
    silent = [name for name in SOURCES if all(said[name] == NOT_CODED for said in every)]
    if silent:
        yield (
            f"Supplied, but no record says which theme it is about: {listed(silent)}. That nothing is recorded does "
            "not mean that nothing is wrong."
        )


def coded(month: Month, source: str) -> Figure | None:
    """How many of a source's records say what they are about."""
    return month.figure(CODED, by=SOURCE, group=source, period=month.year)


def _titles(month: Month, themes: Sequence[str]) -> str:
    return listed([month.rules.key_areas[theme] for theme in themes])


def records(figure: Figure) -> str:
    """A number of records in a cell."""
    return NOT_SHOWN if figure.is_withheld else f"{figure.value:,.0f}"


def coded_sentence(month: Month) -> str:
    """How many records of each source that anybody may leave uncoded say what they are about."""
    held = [(name, one) for name in SOURCES if (one := coded(month, name)) and one.numerator < one.denominator]
    said = [f"{name} {one.numerator:,} of {counted(one.denominator, 'record')}" for name, one in held]
    return f"Records that lie in a theme: {listed(said)}." if said else ""
