"""Headings and codes in plain words, each one that the reader of extracts takes for what it stands for."""

import re
from collections.abc import Iterator
from typing import Final

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.reading.cells import code_list, code_word
from qa_analysis.data.reading.headings import known_headings, tidy_heading
from qa_analysis.english import at_first
from qa_analysis.framework import NOT_APPLICABLE, Rules

_TECHNICAL: Final = re.compile(r"^(?:is|was|has)_|_(?:id|code|on)$")
_ACRONYMS: Final = re.compile(r"\b(?:lcs|iro|firo|cp|tm|sm|ad|qam|id|asye|smt|pit|yp)\b")


def headings(contract: Contract, rules: Rules) -> dict[str, str]:
    """A plain heading for every column of a dataset. Column -> heading."""
    known = known_headings(contract)
    return {column.name: _heading(column, known, rules) for column in contract.columns}


def sheet_name(contract: Contract) -> str:
    """The dataset as a sheet is called."""
    return at_first(contract.dataset.replace("_", " "))


def choices(column: Column, rules: Rules) -> tuple[str, ...]:
    """The words to choose from in a column, in the contract's order; none where anything may be entered."""
    if column.kind == "boolean":
        return ("Yes", "No")
    if column.kind == "grade":
        return tuple(at_first(grade) for grade in column.codes)
    if column.holds_prompts:
        return column.codes or tuple(rules.codebook)
    if column.kind not in ("code", "codes"):
        return ()
    codes = column.codes or tuple(dict.fromkeys(column.code_aliases.values()))
    return tuple(worded(column, code, rules) for code in codes)


def worded(column: Column, code: str, rules: Rules) -> str:
    """A code as people say it, where the reader knows that word; else the code itself."""
    meant = code_list(column, {})
    names = (rules.key_areas.get(code, ""), rules.themes.get(code, ""), code.replace("_", " "))
    plain = next((name for name in names if name and meant.get(code_word(name)) == code), code)
    return code if column.holds_prompts else at_first(plain)


def _heading(column: Column, known: dict[str, str], rules: Rules) -> str:
    """The first plain wording that means the column and no other."""
    named = (name for name in _names(column, rules) if known.get(tidy_heading(name)) == column.name)
    return at_first(_ACRONYMS.sub(lambda found: found[0].upper(), next(named)))


def _names(column: Column, rules: Rules) -> Iterator[str]:
    """What a column may be called, the plainest first; its own name last."""
    areas = {name: title for area, title in rules.key_areas.items() if (name := rules.grade_columns.get(area))}
    own, bare = column.name.replace("_", " "), _TECHNICAL.sub("", column.name).replace("_", " ")
    if column.title:
        yield column.title
    if column.name in areas:
        yield f"{areas[column.name]} grade"
    if column.kind == "date":
        yield from (alias for alias in column.aliases if "date" in alias)
    if column.person == "child":
        yield own
    if column.holds_prompts:
        yield "prompt"
    if column.kind != "id" or column.person:
        yield bare
    yield from (*column.aliases, own)


def example(column: Column, value: object, rules: Rules) -> object:
    """A value of a dataset as it is entered: a word of the list, yes or no, a number, a date; None where blank."""
    if value is None or value != value:
        return None
    if column.kind == "boolean":
        return "Yes" if value else "No"
    if column.kind == "grade":
        return at_first(str(value)) if value != NOT_APPLICABLE else at_first(NOT_APPLICABLE)
    if column.kind == "code":
        return worded(column, str(value), rules)
    return value
