"""Kinds of columns in a tracker: the panel's, those that repeat, and those of free text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa_analysis.data.contracts import Contract
from qa_analysis.data.mapping.draft import Line
from qa_analysis.data.mapping.matching import Match, fit_of
from qa_analysis.data.mapping.seen import SeenColumn
from qa_analysis.data.reading.wide.shaping import NUMBER
from qa_analysis.data.reading.wide.wide_headings import UNDER

HALF: Final = 0.5  # of a dataset's required columns
_PANEL = re.compile(r"\b(?:moderat\w*|panel|dip sample\w*|second audit\w*)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*?)(\d{1,2})(\D*)")
STRENGTHS = re.compile(
    r"strength|good practice|working well|worked well|positive|what went well|doing well", re.IGNORECASE
)
DEVELOPMENT = re.compile(
    r"development|improv|even better|worr|concern|learning|gaps?\b|weakness|needs? to|required change", re.IGNORECASE
)
COMMENTS = re.compile(
    r"(?=.*\b(?:parent|carer|family|child)\b)(?=.*\b(?:comment|feedback|view|said)s?\b)", re.IGNORECASE
)
UPHELD_WORDS: Final = ("agreed", "agree", "upheld", "no change", "unchanged", "same", "as audit", "confirmed", "n/a")


@dataclass(frozen=True)
class Groups:
    """The columns of a sheet that repeat: "Action 1", "Who 1", "Action 2", "Who 2"."""

    columns: tuple[SeenColumn, ...] = ()
    numbers: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()  # "Action {n}"


def panels_of(columns: Sequence[SeenColumn]) -> list[SeenColumn]:
    """The columns of the panel: by their headings; where none says so, by the heading over their group."""
    named = [seen for seen in columns if _PANEL.search(seen.heading)]
    return named or [seen for seen in columns if _PANEL.search(seen.group)]


def groups_of(columns: Sequence[SeenColumn]) -> Groups:
    """The columns that repeat with a number; grades by numbered areas are none."""
    by_stem: dict[str, list[tuple[str, SeenColumn]]] = {}
    for seen in columns:
        stem, number = stem_of(seen)
        if number:
            by_stem.setdefault(stem, []).append((number, seen))
    several = {
        stem: found
        for stem, found in by_stem.items()
        if len(found) > 1 and not re.search(r"grade|area|judg", stem, re.IGNORECASE)
    }
    if not several:
        return Groups()
    numbers = max((tuple(number for number, _ in found) for found in several.values()), key=len)
    kept = {stem: found for stem, found in several.items() if {number for number, _ in found} == set(numbers)}
    return Groups(tuple(seen for found in kept.values() for _, seen in found), numbers, tuple(kept))


def stem_of(seen: SeenColumn) -> tuple[str, str]:
    """A heading with its number as {n}, and the number; "" where it has none."""
    found = _NUMBERED.fullmatch(seen.name)
    return (
        (f"{found[1]}{NUMBER}{found[3]}", found[2])
        if found and (found[1].strip() or found[3].strip())
        else (seen.name, "")
    )


def without_number(seen: SeenColumn) -> SeenColumn:
    """The column under its heading without the number, so that it is known by its words."""
    group, _, own = stem_of(seen)[0].rpartition(UNDER)
    words = own if own.strip() and NUMBER in group else f"{group} {own}"
    return replace(seen, heading=words.replace(NUMBER, "").strip(), group="")


def told_in(columns: Sequence[SeenColumn], panel: Sequence[SeenColumn], groups: Groups) -> list[SeenColumn]:
    """The columns of free text that hold findings or what families said."""
    free = [seen for seen in columns if seen not in panel and seen not in groups.columns and seen.cells]
    texts = [
        seen
        for seen in free
        if sum(isinstance(cell, str) and " " in cell for cell in seen.cells) > HALF * len(seen.cells)
    ]
    kinds = (COMMENTS, STRENGTHS, DEVELOPMENT)
    return [seen for seen in texts if any(kind.search(seen.heading) for kind in kinds)]


def filter_of(
    panel: Sequence[SeenColumn], contract: Contract, grades: Mapping[str, str]
) -> tuple[tuple[Line, ...], list[SeenColumn]]:
    """How the rows that were moderated are told, and the panel's other columns."""
    yes_no = contract.column("was_blind")
    answers = [seen for seen in panel if seen.cells and fit_of(yes_no, seen, grades) == 1.0]
    if answers:
        first = answers[0]
        yes = sorted(word for word in first.words if word.casefold().lstrip("a)").strip() in ("y", "yes", "true", "1"))
        return (Line(first.name, tuple(yes) or ("Y",)),), [seen for seen in panel if seen is not first]
    dated = next(
        (seen for seen in panel if seen.cells and fit_of(contract.column("moderated_on"), seen, grades) >= HALF), None
    )
    chosen = dated or (panel[0] if panel else None)
    return ((Line(chosen.name, ("filled",), why="no heading says yes or no"),) if chosen else ()), list(panel)


def graded(
    contract: Contract, columns: Sequence[SeenColumn], grades: Mapping[str, str], found: Mapping[str, Match]
) -> Match | None:
    """The panel's overall grade by content: its cells are grades, or words for upheld."""
    column, taken = contract.column("overall_grade"), {match.seen.place for match in found.values()}
    free = [seen for seen in columns if seen.place not in taken and seen.cells]
    rated = [(fit_of(column, seen, grades, without=UPHELD_WORDS), seen) for seen in free]
    likely = [Match(column, seen, 0.9, fit) for fit, seen in rated if fit >= 0.8 and len(seen.words) < 12]
    return next(
        (match for match in likely if re.search(r"grade|judg|rating|outcome", match.seen.heading, re.IGNORECASE)), None
    )


def dated(
    contract: Contract, columns: Sequence[SeenColumn], grades: Mapping[str, str], found: Mapping[str, Match]
) -> Match | None:
    """The day of moderation by content."""
    column, taken = contract.column("moderated_on"), {match.seen.place for match in found.values()}
    rated = [(fit_of(column, seen, grades), seen) for seen in columns if seen.place not in taken and seen.cells]
    return next((Match(column, seen, 0.9, fit) for fit, seen in rated if fit >= 0.8), None)


def longest(columns: Sequence[SeenColumn], taken: set[int]) -> SeenColumn | None:
    """The column with the longest texts."""
    free = [seen for seen in columns if seen.place not in taken and seen.cells]
    return max(free, key=lambda seen: sum(len(str(cell)) for cell in seen.cells), default=None)
