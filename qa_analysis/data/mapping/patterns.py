"""Patterns: what the names of sheets or files of one form have in common, so that next month's is found as well."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from qa_analysis.data.reading.naming import is_like

_YEAR: Final = re.compile(r"(?:20)?[2-9]\d")
_PARTS: Final = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d]+")


def common_pattern(names: Sequence[str], others: Collection[str]) -> tuple[str, ...]:
    """One pattern that all names have and no other name has; the names themselves where there is none."""
    if len(names) == 1:
        return (names[0],)
    for pattern in (_fixed_ends(names), _by_parts(names), "*"):
        if pattern and all(is_like(name, pattern) for name in names) and not any(is_like(o, pattern) for o in others):
            return (pattern,)
    return tuple(names)


def _fixed_ends(names: Sequence[str]) -> str:
    """A pattern of the words all names begin or end with: "Audits *"."""
    first = _PARTS.findall(names[0])
    begins = [part for place, part in enumerate(first) if all(_at(name, place) == part for name in names)]
    prefix = "".join(first[: len(begins)]) if begins and first[: len(begins)] == begins else ""
    return f"{prefix}*" if any(letter.isalpha() for letter in prefix) else ""


def _by_parts(names: Sequence[str]) -> str:
    """A pattern of words and numbers: "Apr 24" and "June 24" are both "* 2?", which is next year's as well."""
    shaped = {"".join(_shape(part, place, names) for place, part in enumerate(_PARTS.findall(name))) for name in names}
    return shaped.pop() if len(shaped) == 1 else ""


def _shape(part: str, place: int, names: Sequence[str]) -> str:
    if all(_at(name, place) == part for name in names) and not part.isdigit():
        return part
    if part.isdigit():
        return f"{part[:-1]}?" if _YEAR.fullmatch(part) else "?" * len(part)
    return "*" if part.isalpha() else part


def _at(name: str, place: int) -> str:
    parts = _PARTS.findall(name)
    return parts[place] if place < len(parts) else ""
