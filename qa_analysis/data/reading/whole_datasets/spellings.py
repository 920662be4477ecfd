"""Teams and services written in several ways: one team in two spellings would be two teams in every figure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from pandas import DataFrame

from qa_analysis.data.issues import Issue
from qa_analysis.english import counted

PLACES: Final = ("team", "service_area")
REFERENCES: Final = ("caseload", "staff")  # who are there, whoever is audited
SPELT: Final = "spelt-several-ways"
TWIN: Final = "spelling-one-letter-off"
UNKNOWN: Final = "not-in-caseload-or-staff"
LEAST_LETTERS: Final = 4  # of a word; shorter ones are abbreviations, of which one letter is the difference
MOST_NAMES: Final = 300  # with more, a team is no team but something typed freely
NAMES_TOLD: Final = 8

Frames = Mapping[str, DataFrame]

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4.]")  # and the dots of "St. Ann"
_AND = re.compile(r"\s*[&+]\s*")
_JOINS = re.compile(r"[^\w]+|_+")
_BETWEEN_NUMBERS = re.compile(r"(?<!\d) | (?!\d)")
_ROMAN = re.compile(r"[ivx]+")


def same_name(name: str) -> str:
    """A name as names are compared: no case, apostrophes, dots or dashes; "&" is "and"; numbers stay apart."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", name).casefold())
    return _BETWEEN_NUMBERS.sub("", _JOINS.sub(" ", _AND.sub(" and ", plain)).strip())


def one_spelling(frames: Frames) -> tuple[dict[str, DataFrame], dict[str, dict[str, str]], list[Issue]]:
    """The datasets with one spelling a team and service, the commonest; which was put for which; what to know of it."""
    put, issues, changed = {}, [], dict(frames)
    for place in PLACES:
        names = _names(frames, place)
        put[place] = _commonest(names)
        issues += list(_respelt(frames, place, put[place]))
        changed = {dataset: _with(frame, place, put[place]) for dataset, frame in changed.items()}
        issues += [*_twins(changed, place), *_unknown(changed, place)]
    return changed, put, issues


def _names(frames: Frames, place: str) -> Counter[str]:
    """How often each name is written, in all datasets together."""
    names: Counter[str] = Counter()
    for frame in frames.values():
        if place in frame:
            names.update({str(name): times for name, times in frame[place].dropna().value_counts().items()})
    return names


def _commonest(names: Counter[str]) -> dict[str, str]:
    """The spelling that stands for another. Spelling -> the commonest, where it is another."""
    alike: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-names[name], name)):
        alike.setdefault(same_name(name), []).append(name)
    return {name: first for first, *others in alike.values() for name in others}


def _with(frame: DataFrame, place: str, put: Mapping[str, str]) -> DataFrame:
    """The dataset in the commonest spellings. One row per row."""
    if place not in frame or not put:
        return frame
    return frame.assign(**{place: frame[place].replace(dict(put)).astype(frame[place].dtype)})


def _respelt(frames: Frames, place: str, put: Mapping[str, str]) -> Iterator[Issue]:
    """The spellings that were read as another. One row per dataset."""
    for dataset, frame in frames.items():
        names = _names({dataset: frame}, place)
        told = [f'"{name}" as "{put[name]}" ({counted(times, "row")})' for name, times in names.items() if name in put]
        if told:
            message = f"The same {_words(place)} is spelt in several ways; counted once: {_listed(told)}. Correct it."
            yield Issue(dataset, SPELT, "warning", message, column=place)


def _twins(frames: Frames, place: str) -> Iterator[Issue]:
    """Names that are one letter apart. One row per pair, of the dataset that writes the rarer one most."""
    names = _names(frames, place)
    if len(names) > MOST_NAMES:
        return
    for one, other in combinations(sorted(names), 2):
        if _is_twin(one, other):
            rare, usual = sorted((one, other), key=lambda name: names[name])
            dataset = max(frames, key=lambda name: _names({name: frames[name]}, place)[rare])
            yield Issue(
                dataset, TWIN, "warning",
                f'The {_words(place)} "{rare}" ({counted(names[rare], "row")}) is one letter from "{usual}" '
                f"({counted(names[usual], 'row')}) and is counted apart. If it is the same, correct it.",
                column=place,
            )  # fmt: skip


def _unknown(frames: Frames, place: str) -> Iterator[Issue]:
    """Names that neither the caseload nor the list of staff knows. One row per dataset."""
    known = {name for reference in REFERENCES if reference in frames for name in _names({"": frames[reference]}, place)}
    if not known:
        return
    for dataset, frame in frames.items():
        names = _names({dataset: frame}, place)
        told = [f'"{name}" ({counted(times, "row")})' for name, times in names.items() if not _is_known(name, known)]
        if told and dataset not in REFERENCES:
            where = " or ".join(reference for reference in REFERENCES if reference in frames)
            message = f"No {_words(place)} of {where} is called {_listed(told)}. Correct it, or add it there."
            yield Issue(dataset, UNKNOWN, "warning", message, column=place)


def _is_known(name: str, known: Collection[str]) -> bool:
    """Whether a name is one of those, or means all of them ("all teams")."""
    return name in known or name.casefold().split()[:1] == ["all"]


def _is_twin(one: str, other: str) -> bool:
    """Whether two names differ by one letter of one long word; numbers, letters alone and Roman numerals tell apart."""
    words, others = one.casefold().split(), other.casefold().split()
    differing = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(differing) != 1:
        return False
    first, second = differing[0]
    if min(len(first), len(second)) < LEAST_LETTERS or not (first + second).isalpha():
        return False
    return not (_ROMAN.fullmatch(first) and _ROMAN.fullmatch(second)) and _one_letter_apart(first, second)


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter was left out, added, changed, or changed places with the next."""
    short, long = sorted((one, other), key=len)
    start = next((place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    rest, other_rest = short[start:], long[start:]
    if len(short) < len(long):
        return rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:])


def _listed(told: Iterable[str]) -> str:
    """The first few, and how many more."""
    every = list(told)
    more = len(every) - NAMES_TOLD
    return ", ".join(every[:NAMES_TOLD]) + (f" and {more} more" if more > 0 else "")


def _words(place: str) -> str:
    """The column as words."""
    return place.replace("_", " ")
