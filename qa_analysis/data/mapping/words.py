"""Words in a column that its dataset does not know: each once, with its count and the code that is nearest."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.mapping.draft import Line
from qa_analysis.data.mapping.matching import Match, likeness
from qa_analysis.data.mapping.seen import SeenColumn
from qa_analysis.data.reading.ages import AGE_BAND
from qa_analysis.data.reading.cell_text import Fault
from qa_analysis.data.reading.cells import reader
from qa_analysis.data.reading.quoting import LONGEST
from qa_analysis.data.reading.raw import Source
from qa_analysis.english import counted

UNKNOWN: Final = "?"  # where nothing can be offered
NOT_RECORDED: Final = "not recorded"
NEAR: Final = 0.4  # of words or letters in common; below it no code is offered
MOST_LISTED: Final = 20


def unknown_words(column: Column, seen: SeenColumn, grade_synonyms: Mapping[str, str]) -> list[tuple[str, int]]:
    """The words that cannot be read as the column's codes or grades, commonest first, and how often each occurs."""
    if column.kind not in ("code", "codes", "grade") or not column.codes or column.name == AGE_BAND:
        return []
    read = reader(column, grade_synonyms, Source(""))
    odd = [(word, times) for word, times in seen.words.most_common() if isinstance(read(word), Fault)]
    return [(word, times) for word, times in odd if len(word) <= LONGEST][:MOST_LISTED]


def code_lines(column: Column, seen: SeenColumn, grade_synonyms: Mapping[str, str]) -> tuple[Line, ...]:
    """A line for each unknown word, to be confirmed."""
    words = unknown_words(column, seen, grade_synonyms)
    return tuple(_line(word, times, column.codes, _names(column), seen.name) for word, times in words)


def grade_lines(words: Mapping[str, int], grade_synonyms: Mapping[str, str]) -> tuple[Line, ...]:
    """A line for each word that stands for a grade nobody knows yet."""
    grades = tuple(dict.fromkeys(grade for grade in grade_synonyms.values() if grade))
    names = {grade: [grade, *(word for word, of in grade_synonyms.items() if of == grade)] for grade in grades}
    return tuple(_line(word, times, grades, names, "grades") for word, times in words.items())


def _names(column: Column) -> dict[str, list[str]]:
    """Code -> the words met in practice for it."""
    return {code: [code, *(word for word, of in column.code_aliases.items() if of == code)] for code in column.codes}


def _line(word: str, times: int, codes: tuple[str, ...], names: Mapping[str, Iterable[str]], heading: str) -> Line:
    rated = {code: _near(word, names[code]) for code in codes}
    best = max(rated, key=lambda code: rated[code])
    found = best if rated[best] >= NEAR else ""
    told = f"{counted(times, 'cell')}; {'nearest of' if found else 'one of'}: {', '.join(codes)}"
    asked = f'"{word}" stands in {counted(times, "cell")} under "{heading}". Which is it?'
    return Line(word, found or UNKNOWN, is_sure=False, why=told, question=asked, choices=codes)


def _near(word: str, names: Iterable[str]) -> float:
    """How like a word is to the names of a code: by words and letters, or as the beginning of one ("Inad")."""
    own, others = word.casefold().rstrip("."), [name.casefold() for name in names]
    begins = any(len(own) >= 3 and other.startswith(own) for other in others)
    return 1.0 if begins else likeness(own, others)


def code_sections(found: Mapping[str, Match], grade_synonyms: Mapping[str, str]) -> dict[str, tuple[Line, ...]]:
    """The unknown words of every list, column by column."""
    lists = {name: match for name, match in found.items() if match.column.kind in ("code", "codes")}
    lines = {name: code_lines(match.column, match.seen, grade_synonyms) for name, match in lists.items()}
    return {name: of for name, of in lines.items() if of}


def not_supplied(contract: Contract, given: set[str]) -> tuple[Line, ...]:
    """The required columns for which no heading was found, to be named or said not to be recorded."""
    kept = {column.name for column in needed(contract, given)}
    absent = [column for column in contract.columns if column.required and column.name not in {*given, *kept}]
    return tuple(_absent(column) for column in absent)


def needed(contract: Contract, given: set[str]) -> list[Column]:
    """The required columns for which no heading was found and without which no row is read."""
    absent = [column for column in contract.columns if column.required and column.name not in given]
    return [column for column in absent if contract.is_essential(column) or column.blank == "error"]


def _absent(column: Column) -> Line:
    told = short(column)
    asked = f"No heading was found for {column.name} ({told}). Is it not recorded?"
    return Line(
        column.name, "", is_sure=False, why=f"no heading found: {told}", question=asked, choices=(NOT_RECORDED,)
    )


def short(column: Column) -> str:
    """What a column holds, in a few words."""
    return re.split(r"[.;(]", column.description, maxsplit=1)[0].strip()


def column_line(match: Match) -> Line:
    """A column's line."""
    name, heading = match.column.name, match.seen.name
    asked = "" if match.is_sure else f'Is "{heading}" the {name} ({short(match.column)})?'
    why = "" if match.is_exact and match.is_sure else match.why
    return Line(name, heading, is_sure=match.is_sure, why=why, question=asked)


def needed_line(column: Column, heading: str) -> Line:
    """The line of a column that every row needs and that has no heading; another one is offered."""
    told = f"no heading found: {short(column)}. Without it no row is read"
    return Line(column.name, heading, is_sure=False, why=told, question=f"{column.name}: {told}. Which heading is it?")
