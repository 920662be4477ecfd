"""The reference page of all datasets, made from their contracts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from qa_analysis.data.contracts import Column, Contract, Rule

FOREWORD = """\
# Datasets

What the suite reads: every dataset, its columns, and the rules its records are held against.

This page is made from the contracts in `data_contracts/` by `python -m qa_analysis.documents`. Correct the
contract, not the page.

* Two datasets **must be supplied**: without audits or actions there is no report. Without any other its section of a
  report says "not supplied"; most reports rest on the **core** ones, moderations and findings, too.
* **Required** columns must be there. A blank or unknown value is an **error** (it is set aside, or the run stops where
  too much is: errors.md) or a **warning** (listed for the owner to correct; a value that cannot be read counts as
  blank).
* **Personal** columns are replaced by pseudonyms as they are read; **free text** is never shown.
* A column may carry any of the headings listed under it, in capitals or not; spaces, underscores, hyphens and
  slashes make no difference. Any other heading is named in `sources.yaml`.
* Every dataset is also checked for: required columns, types, lists of allowed values, keys used twice, and links
  that lead to no record."""
PERSONS = {"child": "personal (child)", "worker": "personal (worker)", "name": "personal (name)"}


def reference_page(contracts: Mapping[str, Contract]) -> str:
    """What every dataset must hold, for people. One section per dataset."""
    sections = [FOREWORD, _contents(contracts.values()), *(_section(contract) for contract in contracts.values())]
    return "\n\n".join(sections) + "\n"


def _contents(contracts: Iterable[Contract]) -> str:
    """All datasets at a glance. One row per dataset."""
    rows = [
        (f"[{contract.dataset}](#{contract.dataset})", contract.grain, _standing(contract)) for contract in contracts
    ]
    return _table(("Dataset", "Grain", ""), rows)


def _standing(contract: Contract) -> str:
    """Whether a report can be made without a dataset, and whether most rest on it."""
    return "must be supplied" if contract.is_needed else "core" if contract.is_core else "optional"


def _section(contract: Contract) -> str:
    """Everything about one dataset."""
    parts = [
        f"## {contract.dataset}",
        contract.description,
        _facts(contract),
        _table(
            ("Column", "What it means", "Type", "Allowed values", "If blank", "If unknown", "Note"),
            [_column_row(column) for column in contract.columns],
        ),
        _words("Other headings that are read", [(column.name, column.aliases) for column in contract.columns]),
        _words("Other words that are read", [pair for column in contract.columns for pair in _code_words(column)]),
        "Rules:",
        _table(("Rule", "Severity", "What is wrong and what to do", "Broken by"), map(_rule_row, contract.rules)),
    ]
    return "\n\n".join(filter(None, parts))


def _facts(contract: Contract) -> str:
    """What holds for the dataset as a whole."""
    facts = {
        "Grain": contract.grain,
        "Standing": _standing(contract),
        "Key": " + ".join(f"`{name}`" for name in contract.key),
        "Date of a row": f"`{contract.happens_on}`; a row dated after the as-at day is left out"
        * bool(contract.happens_on),
        "Asked to correct a record": f"`{contract.owner}`" if contract.owner else "nobody is named in the record",
        "Files or sheets may be called": ", ".join((contract.dataset, *contract.aliases)),
    }
    return "\n".join(f"* {name}: {fact}" for name, fact in facts.items() if fact)


def _column_row(column: Column) -> tuple[str, ...]:
    """One column as a row of the page."""
    notes = [
        "key" * column.key,
        f"link to `{column.references}`" if column.references else "",
        PERSONS[column.person] if column.person else "",
        "free text" * column.free_text,
        "may lie ahead" * column.is_planned,
        "a row means nothing without it" * column.essential,
        "enter as text: 3.1 is not 3.10" * column.holds_prompts,
    ]
    allowed = ", ".join(column.codes) if column.codes else "open list" * (column.kind in ("code", "codes"))
    name = f"**`{column.name}`** (required)" if column.required else f"`{column.name}`"
    blank = column.blank or "allowed"
    return name, column.description, column.kind, allowed, blank, column.unknown, ", ".join(filter(None, notes))


def _code_words(column: Column) -> Iterator[tuple[str, Sequence[str]]]:
    """The words that stand for each code of a column. One pair per code."""
    for code in dict.fromkeys(column.code_aliases.values()):
        yield f"{column.name}: {code}", [word for word, meant in column.code_aliases.items() if meant == code != word]


def _rule_row(rule: Rule) -> tuple[str, ...]:
    """One rule as a row of the page."""
    return f"`{rule.name}`", rule.severity, rule.description, _example(rule.fails)


def _example(row: Mapping[str, Any]) -> str:
    """An example row in words: own columns first, then those of the records it is compared with."""
    own = [f"{name} {_said(value)}" for name, value in row.items() if not isinstance(value, list)]
    other = [
        f"in {dataset}: {_example(record)}"
        for dataset, rows in row.items()
        if isinstance(rows, list)
        for record in rows
    ]
    return "; ".join([", ".join(own), *other] if own else other)


def _said(value: Any) -> str:
    """A value of an example, as people write it."""
    if value is None:
        return "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _words(title: str, pairs: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A folded list of other words; nothing where there are none."""
    lines = [f"* `{name}`: {', '.join(words)}" for name, words in pairs if words]
    return "\n".join([f"<details><summary>{title}</summary>", "", *lines, "", "</details>"]) if lines else ""


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
