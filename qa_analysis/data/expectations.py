"""A contract as rules: what its columns promise, spelled out as rules beside those it writes itself.

Everything a contract says becomes a rule here, or the making of them fails; nothing is left out silently.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from qa_analysis.data.conditions import CONDITIONS, linked_record_exists
from qa_analysis.data.contracts import Column, Contract, Kind, Rule, Severity
from qa_analysis.errors import WrongUse

TYPE_NAMES: Mapping[Kind, str] = {  # as Great Expectations names the types that frames are read into
    "text": "str", "id": "str", "month": "str", "code": "str", "codes": "str", "grade": "str", "date": "datetime64",
    "boolean": "bool", "whole number": "int64", "number": "float64",
}  # fmt: skip
DTYPES: Mapping[Kind, str] = {
    **dict.fromkeys(TYPE_NAMES, "str"),
    "date": "datetime64[us]", "boolean": "boolean", "whole number": "Int64", "number": "float64",
}  # fmt: skip
COLUMN_MISSING, WRONG_TYPE = "column-missing", "wrong-type"
DUPLICATE_KEY = "duplicate-key"
FOUNDATIONS = (COLUMN_MISSING, WRONG_TYPE)  # where one of these is broken nothing else can be checked
PAIR, REGEX = "ExpectColumnPairValuesAToBeGreaterThanB", "ExpectColumnValuesToMatchRegex"
BETWEEN = "ExpectColumnValuesToBeBetween"


def rules_of(contract: Contract) -> tuple[Rule, ...]:
    """Everything a contract promises, what the rest is founded on first. One rule per promise.

    Raises:
        WrongUse: a rule cannot be checked as it is written.
    """
    implied = [rule for column in contract.columns for rule in _column_rules(contract, column)]
    rules = (_columns_present(contract), *implied, _unique_key(contract), *contract.rules)
    for rule in rules:
        _check_can_be_checked(rule, contract)
    return tuple(sorted((safe(rule, contract) for rule in rules), key=lambda rule: rule.name not in FOUNDATIONS))


def safe(rule: Rule, contract: Contract) -> Rule:
    """The rule without the traps of Great Expectations that lie in its arguments.

    A pattern need only match the start of a value unless it says otherwise, and a date column can be held against
    datetimes alone.
    """
    told = dict(rule.arguments)
    if rule.expectation == REGEX:
        told["regex"] = f"^(?:{told['regex']})$"
    if rule.expectation == BETWEEN and contract.column(told["column"]).kind == "date":
        told |= {name: _as_datetime(told[name]) for name in ("min_value", "max_value") if told.get(name) is not None}
    return replace(rule, arguments=MappingProxyType(told))


def column_of(rule: Rule) -> str | None:
    """The column an issue of the rule points to; several joined by "+"; None where it is about the whole table."""
    told = rule.arguments
    named = told.get("column") or told.get("column_A")
    return named or "+".join(told.get("column_list") or told.get("columns") or []) or None


def _as_datetime(day: date | str) -> datetime:
    return datetime.fromisoformat(day if isinstance(day, str) else day.isoformat())


def _columns_present(contract: Contract) -> Rule:
    """The promise that every required column is there."""
    return _implied(
        COLUMN_MISSING, "error", f"A column that {contract.dataset} requires is missing. Re-run the extract with it.",
        "ExpectTableColumnsToMatchSet",
        column_set=[column.name for column in contract.columns if column.required], exact_match=False,
    )  # fmt: skip


def _column_rules(contract: Contract, column: Column) -> Iterator[Rule]:
    """What one column promises: its type, that it is filled, its list, its link."""
    name = column.name
    yield _implied(
        WRONG_TYPE, "error", f'"{name}" does not hold {column.kind} values. Load the extracts with read_folder.',
        "ExpectColumnValuesToBeOfType", column=name, type_=TYPE_NAMES[column.kind],
    )  # fmt: skip
    if column.blank:
        message = f'"{name}" is blank, and {contract.dataset} requires it. Fill it in at the source.'
        yield _implied("value-missing", column.blank, message, "ExpectColumnValuesToNotBeNull", column=name)
    if column.codes:
        yield _in_list(column)
    if column.references:
        yield _link(contract, column, column.references)


def _in_list(column: Column) -> Rule:
    """The promise that a column holds nothing but its codes."""
    name = "grade-not-known" if column.kind == "grade" else "code-not-in-list"
    message = f'"{column.name}" holds a value that is not in its list. Allowed: {", ".join(column.codes)}.'
    if column.kind == "codes":
        code = f"(?:{'|'.join(map(re.escape, column.codes))})"
        return _implied(name, column.unknown, message, REGEX, column=column.name, regex=f"{code}(?:;{code})*")
    told = {"column": column.name, "value_set": list(column.codes)}
    return _implied(name, column.unknown, message, "ExpectColumnValuesToBeInSet", **told)


def not_found(to: str) -> str:
    """The rule that a link which leads to no record breaks, by what it should lead to: audit-not-found."""
    return f"{to.partition('.')[0].removesuffix('s')}-not-found"


def _link(contract: Contract, column: Column, to: str) -> Rule:
    """The promise that a link leads to a record."""
    dataset = to.partition(".")[0]
    return _implied(
        not_found(to), "warning",
        f'"{column.name}" leads to no record of {dataset}. Correct it, or supply the missing record; '
        f"until then this record of {contract.dataset} is left out of figures that need both.",
        linked_record_exists.__name__, column=column.name, of=to,
    )  # fmt: skip


def _unique_key(contract: Contract) -> Rule:
    """The promise that no two rows have the same key."""
    name, key = DUPLICATE_KEY, contract.key
    message = (
        f"Another row of {contract.dataset} has the same {' and '.join(key)} and says something else, so neither is "
        "used. Keep the right one, or correct the key."
    )
    if len(key) == 1:
        return _implied(name, "error", message, "ExpectColumnValuesToBeUnique", column=key[0])
    # Where a part of the key may be blank its blank tells rows apart; elsewhere a blank is another rule's matter.
    is_whole = all(contract.column(part).blank for part in key)
    ignored = "any_value_is_missing" if is_whole else "all_values_are_missing"
    told = {"column_list": list(key), "ignore_row_if": ignored}
    return _implied(name, "error", message, "ExpectCompoundColumnsToBeUnique", **told)


def _implied(name: str, severity: Severity, message: str, expectation: str, **arguments: Any) -> Rule:
    return Rule(name, severity, message, expectation, MappingProxyType(arguments))


def _check_can_be_checked(rule: Rule, contract: Contract) -> None:
    """The rule's columns exist, its condition takes its arguments, and it falls into no known trap."""
    told, where = rule.arguments, f'{contract.dataset}.odcs.yaml, rule "{rule.name}"'
    named = [told[part] for part in ("column", "column_A", "column_B", "link") if part in told]
    named += [*told.get("column_list", []), *told.get("columns", []), *told.get("when", {})]
    if absent := sorted(set(named) - {column.name for column in contract.columns}):
        raise WrongUse(f'{where}: "{absent[0]}" is not a column of {contract.dataset}. Correct its spelling.')
    if rule.expectation == PAIR and told.get("ignore_row_if") != "either_value_is_missing":
        raise WrongUse(f"{where}: write ignore_row_if: either_value_is_missing; else a row with one blank breaks it.")
    if rule.expectation in CONDITIONS:
        _check_arguments(rule, where)


def _check_arguments(rule: Rule, where: str) -> None:
    """The condition takes the arguments it is given."""
    try:
        inspect.signature(CONDITIONS[rule.expectation]).bind(None, **rule.arguments)
    except TypeError as error:
        raise WrongUse(f"{where}: {rule.expectation} cannot be asked so ({error}). Correct its kwargs.") from error
