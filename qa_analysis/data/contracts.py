"""The promises each dataset makes: Open Data Contract Standard v3 YAML in, frozen values out."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from qa_analysis.data.odcs import Place, Yaml, own_properties, read_contract_file
from qa_analysis.framework import resource

Kind = Literal["text", "id", "date", "month", "boolean", "whole number", "number", "code", "codes", "grade"]
Person = Literal["child", "worker", "name", "record"]  # a record's id may be made of a person's number
Severity = Literal["error", "warning"]

DATASETS = (  # in the data dictionary's order
    "audits", "moderations", "findings", "actions", "immediate_concerns", "caseload", "staff", "supervision",
    "family_feedback", "audit_answers", "audit_plan", "observations", "indicators", "narratives", "smt_decisions",
    "practice_alerts", "conferences", "partner_contributions", "complaints_compliments", "survey_responses",
    "external_reviews", "learning_events", "approved_quotations", "code_corrections",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of a dataset, in the data dictionary's words."""

    name: str
    kind: Kind
    description: str = ""
    required: bool = False  # the column must be there
    blank: Severity | None = None  # how serious a blank is; None where a blank is allowed
    unknown: Severity = "warning"  # how serious a value is that cannot be read or is not in the list
    key: bool = False
    codes: tuple[str, ...] = ()  # allowed values; empty where any value is
    code_aliases: Mapping[str, str] = field(default_factory=dict)  # other words met in practice -> the code
    aliases: tuple[str, ...] = ()  # other headings met in practice
    references: str | None = None  # "audits.audit_id"
    person: Person | None = None  # identifies a person: pseudonymised at load, in this domain
    free_text: bool = False  # may hold names: never shown
    is_planned: bool = False  # a date that may lie after the day the numbers are true for
    known_by: str | None = None  # the date with which it became known: after the as-at day it is blank
    holds_prompts: bool = False  # prompts of the framework: 3.1 is not 3.10, and a number cannot tell them apart
    title: str = ""  # the heading of a workbook to fill in, where name and aliases make no plain one
    essential: bool = False  # besides key, date and links: without it the row means nothing


@dataclass(frozen=True)
class Rule:
    """One check of a dataset beyond types, keys and lists."""

    name: str  # kebab-case, unique within the dataset, such as "completed-before-agreed"
    severity: Severity
    description: str  # the sentence the analyst reads
    expectation: str  # a class of Great Expectations, such as "ExpectColumnToExist", or one of `conditions`
    arguments: Mapping[str, Any]
    passes: Mapping[str, Any] = field(default_factory=dict)  # a row that keeps the rule
    fails: Mapping[str, Any] = field(default_factory=dict)  # a row that breaks it


@dataclass(frozen=True)
class Contract:
    """One dataset: what a row is, its columns, its rules."""

    dataset: str
    grain: str  # "one row per audit"
    is_core: bool  # most reports rest on it
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    happens_on: str | None = None  # a row dated later than the as-at day has not happened yet
    owner: str | None = None  # the column naming who is asked to correct the record; "audits.auditor_id" is the audit's
    aliases: tuple[str, ...] = ()  # other file or sheet names met in practice
    description: str = ""  # what the dataset tells
    is_needed: bool = False  # without it there is no report at all
    version: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return next(column for column in self.columns if column.name == name)

    def is_essential(self, column: Column) -> bool:
        """Whether a row means nothing without this column: its key, its date, its link, or one said to be so."""
        names_row = column.key or column.name == self.happens_on or column.references is not None
        return column.required and (names_row or column.essential)


_LOGICAL_TYPES: Mapping[Kind, str] = {
    "text": "string", "id": "string", "month": "string", "code": "string", "grade": "string", "date": "date",
    "boolean": "boolean", "whole number": "integer", "number": "number", "codes": "array",
}  # fmt: skip
_KIND_OF: Mapping[str, Kind] = {logical: kind for kind, logical in _LOGICAL_TYPES.items() if logical != "string"}
_MONTH_PATTERN = r"\d{4}-(?:0[1-9]|1[0-2])"
_KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_JOINS = re.compile(r"[\s_\-/]+")


def load_contracts(folder: Path | None = None) -> Mapping[str, Contract]:
    """Every dataset's contract, in the data dictionary's order. One per .odcs.yaml file.

    Raises:
        WrongUse: a contract breaks the standard, or holds a name, column or list that means nothing here.
    """
    return _load_folder(folder or resource("data_contracts"))


def load_contract(path: Path) -> Contract:
    """One dataset's contract.

    Raises:
        WrongUse: as `load_contracts`.
    """
    raw, place = read_contract_file(path), Place(path.name)
    schemas = raw.get("schema", [])
    if len(schemas) != 1 or path.name != f"{schemas[0]['name']}.odcs.yaml":
        raise place.refusal("must hold one schema of the file's own name. Rename the schema or the file.")
    contract = _contract(schemas[0], raw.get("description", {}).get("purpose", ""), place.at(schemas[0]["name"]))
    return replace(contract, version=str(raw.get("version", "")))


def with_personal(contracts: Mapping[str, Contract], ids: Collection[str]) -> Mapping[str, Contract]:
    """The contracts, the ids named told to hold a person's number or name, so that they are replaced like these."""
    return {
        dataset: replace(
            contract,
            columns=tuple(
                replace(c, person="record") if c.name in ids and not c.person else c for c in contract.columns
            ),
        )
        for dataset, contract in contracts.items()
    }


def comparable(heading: str) -> str:
    """A heading as headings are compared: no case; spaces, underscores, hyphens and slashes alike."""
    return _JOINS.sub(" ", heading.casefold()).strip(" ?:*.")


@cache
def _load_folder(folder: Path) -> Mapping[str, Contract]:
    contracts = [load_contract(path) for path in sorted(folder.glob("*.odcs.yaml"))]
    order = {name: place for place, name in enumerate(DATASETS)}
    ordered = sorted(contracts, key=lambda contract: (order.get(contract.dataset, len(order)), contract.dataset))
    by_name = {contract.dataset: contract for contract in ordered}
    for contract in ordered:
        _check_links(contract, by_name)
    names = [(name, contract.dataset) for contract in ordered for name in (contract.dataset, *contract.aliases)]
    _check_unambiguous(names, Place(folder.name), "dataset")
    return MappingProxyType(by_name)


def _contract(schema: Yaml, description: str, place: Place) -> Contract:
    """The contract of a file that keeps the standard."""
    own, items = own_properties(schema, "schema", place), schema.get("properties", [])
    contract = Contract(
        dataset=schema["name"],
        grain=schema.get("dataGranularityDescription", ""),
        is_core=own.get("core", False),
        columns=tuple(_column(item, place.at(item["name"])) for item in items),
        rules=tuple(
            rule
            for rules in (
                *(_option_rules(item, place.at(item["name"])) for item in items),
                (_rule(entry, schema["name"], place) for entry in schema.get("quality", [])),
            )
            for rule in rules
        ),
        happens_on=own.get("happensOn"),
        owner=own.get("owner"),
        aliases=_synonyms(schema),
        description=description,
        is_needed=own.get("needed", False),
    )
    _check_contract(contract, place)
    return contract


def _column(item: Yaml, place: Place) -> Column:
    """One column."""
    own, promised = own_properties(item, "column", place), _promised(item, place)
    is_key, is_required = item.get("primaryKey", False), item.get("required", False)
    column = Column(
        name=item["name"],
        kind=own.get("kind") or _KIND_OF.get(item.get("logicalType", ""), "text"),
        description=item.get("description", ""),
        required=is_required,
        blank=promised.get("nullValues", _usual_blank(is_key)) if is_required and not own.get("mayBeBlank") else None,
        unknown=promised.get("invalidValues", "warning"),
        key=is_key,
        codes=tuple(entry["value"] for entry in item.get("enum", [])),
        code_aliases=MappingProxyType(_code_aliases(own.get("codeAliases", {}), place)),
        aliases=_synonyms(item),
        references=next((link["to"] for link in item.get("relationships", [])), None),
        person=own.get("person"),
        free_text=own.get("freeText", False),
        is_planned=own.get("planned", False),
        known_by=own.get("knownBy"),
        holds_prompts=own.get("prompts", False),
        title=item.get("businessName", ""),
        essential=own.get("essential", False),
    )
    _check_column(column, item, place)
    return column


def _usual_blank(is_key: bool) -> Severity:
    """How serious a blank is where the contract does not say."""
    return "error" if is_key else "warning"


def _promised(item: Yaml, place: Place) -> dict[str, Severity]:
    """How serious a blank and an unknown value of a column are, where the contract says so."""
    promised = {}
    for entry in item.get("quality", []):
        if entry.get("metric") not in ("nullValues", "invalidValues") or entry.get("mustBe") != 0:
            raise place.refusal("a column promises that nullValues or invalidValues mustBe 0; write other rules below.")
        promised[entry["metric"]] = _severity(entry, place)
    return promised


def _severity(entry: Yaml, place: Place) -> Severity:
    if entry.get("severity") not in get_args(Severity):
        raise place.refusal('severity must be "error" (is set aside) or "warning" (is listed). Write one of them.')
    severity: Severity = entry["severity"]
    return severity


def _option_rules(item: Yaml, place: Place) -> Iterator[Rule]:
    """The rules that a column's logicalTypeOptions amount to: its range, or its form."""
    name, options = item["name"], item.get("logicalTypeOptions", {})
    kebab, low, high = name.replace("_", "-"), options.get("minimum"), options.get("maximum")
    if (low is not None or high is not None) and item.get("logicalType") not in ("integer", "number"):
        raise place.refusal("only a number has a minimum and maximum here. Add a rule under quality instead.")
    if low is not None or high is not None:
        if low is None:
            raise place.refusal("a maximum needs a minimum beside it. Add it.")
        span = f"{low} to {high}" if high is not None else f"{low} or more"
        yield Rule(
            f"{kebab}-out-of-range", "warning", f'"{name}" is not {span}. Correct it at the source.',
            "ExpectColumnValuesToBeBetween", {"column": name, "min_value": low, "max_value": high},
            passes={name: low}, fails={name: low - 1},
        )  # fmt: skip
    if "pattern" in options:
        if options["pattern"] != _MONTH_PATTERN:
            raise place.refusal("the only pattern in use is a month's. Add a rule under quality instead.")
        yield Rule(
            f"{kebab}-not-a-month", "error", f'"{name}" is not a month such as 2023-06. Correct it at the source.',
            "ExpectColumnValuesToMatchRegex", {"column": name, "regex": options["pattern"]},
            passes={name: "2023-06"}, fails={name: "2023-13"},
        )  # fmt: skip


def _rule(entry: Yaml, dataset: str, place: Place) -> Rule:
    """One entry of the quality part."""
    name = entry.get("name", "")
    at = place.at(name or "quality")
    if not _KEBAB.fullmatch(name):
        raise at.refusal("a rule needs a name in small letters and hyphens, such as completed-before-agreed.")
    if entry.get("type") != "custom":
        return _row_count_rule(entry, dataset, at)
    own, told = own_properties(entry, "rule", at), entry["implementation"]
    if not entry.get("description") or not own.get("passes") or not own.get("fails"):
        raise at.refusal("a rule needs a description and two examples, passes and fails. Add what is missing.")
    if entry["engine"] not in _ENGINES or not isinstance(told, dict) or set(told) != {"type", "kwargs"}:
        raise at.refusal(f"a rule needs an engine ({' or '.join(_ENGINES)}), and an implementation of type and kwargs.")
    return Rule(
        name, _severity(entry, at), " ".join(entry["description"].split()), _ENGINES[entry["engine"]](told["type"]),
        MappingProxyType(told["kwargs"]), passes=own["passes"], fails=own["fails"],
    )  # fmt: skip


def _class_name(snake: str) -> str:
    """ExpectColumnToExist of expect_column_to_exist, as Great Expectations names its classes."""
    return "".join(word[:1].upper() + word[1:] for word in snake.split("_"))


_ENGINES: Mapping[str, Callable[[str], str]] = {"greatExpectations": _class_name, "qaAnalysis": str}


def _row_count_rule(entry: Yaml, dataset: str, place: Place) -> Rule:
    """The promise that there are rows at all."""
    if entry.get("metric") != "rowCount" or "mustBeGreaterThan" not in entry:
        raise place.refusal("a dataset promises that rowCount mustBeGreaterThan a number; write other rules as custom.")
    message = f"{dataset} has no rows. Check that the extract was run for the right period."
    least = {"min_value": entry["mustBeGreaterThan"] + 1}
    return Rule(entry["name"], _severity(entry, place), message, "ExpectTableRowCountToBeBetween", least)


def _synonyms(item: Yaml) -> tuple[str, ...]:
    return tuple(entry["synonym"] for entry in item.get("synonyms", []))


def _code_aliases(by_code: Mapping[str, list[str]], place: Place) -> dict[str, str]:
    """Other words, and the code itself however it is written -> the code. A word of two codes is refused."""
    pairs = [(word, code) for code, words in by_code.items() for word in (code, *words)]
    _check_unambiguous(pairs, place, "code")
    return dict(pairs)


def _check_unambiguous(pairs: Iterable[tuple[str, str]], place: Place, what: str) -> None:
    """No word means two things."""
    meant: dict[str, str] = {}
    for word, meaning in pairs:
        if not isinstance(word, str):
            raise place.refusal(f"a word for {what} {meaning} is not text. Put it in quotation marks.")
        other = meant.setdefault(comparable(word), meaning)
        if other != meaning:
            raise place.refusal(f'"{word}" means two things, {what} {other} and {what} {meaning}. Keep it at one.')


def _check_column(column: Column, item: Yaml, place: Place) -> None:
    """What one column says agrees with itself."""
    problems = {
        "a code of the enum is not text; put it in quotation marks": not all(isinstance(c, str) for c in column.codes),
        "kind is not one of: " + ", ".join(get_args(Kind)): column.kind not in get_args(Kind),
        "person is not one of: " + ", ".join(get_args(Person)): column.person not in (None, *get_args(Person)),
        "logicalType and kind do not agree": _LOGICAL_TYPES.get(column.kind) != item.get("logicalType"),
        "only a code or grade has an enum, and a grade must": bool(column.codes) != (column.kind == "grade")
        and column.kind not in ("code", "codes"),
        "only a code has codeAliases": bool(column.code_aliases) and column.kind not in ("code", "codes"),
        "codeAliases name a code that is not in the enum": bool(column.codes)
        and not set(column.code_aliases.values()) <= set(column.codes),
        "what names a person or holds free text must have classification restricted, and nothing else": (
            item.get("classification") == "restricted"
        )
        != bool(column.person or column.free_text),
        "a month must have its pattern, and nothing else": (column.kind == "month")
        != ("pattern" in item.get("logicalTypeOptions", {})),
        "only a date can be planned": column.is_planned and column.kind != "date",
        "only a code can be a prompt": column.holds_prompts and column.kind != "code",
        "it has no description": not column.description,
    }
    for problem, is_so in problems.items():
        if is_so:
            raise place.refusal(f"{problem}. Correct the column.")


def _check_contract(contract: Contract, place: Place) -> None:
    """What the dataset says agrees with its columns."""
    names, rules = [column.name for column in contract.columns], [rule.name for rule in contract.rules]
    headings = [(word, column.name) for column in contract.columns for word in (column.name, *column.aliases)]
    _check_unambiguous(headings, place, "column")
    problems = {
        "two columns have names that differ by case alone": len({name.casefold() for name in names}) < len(names),
        "two rules have the same name": len(set(rules)) < len(rules),
        "no column is the primaryKey": not contract.key,
        "there is no dataGranularityDescription or purpose": not (contract.grain and contract.description),
        "knownBy names no date column": not {column.known_by for column in contract.columns}
        <= {None, *(column.name for column in contract.columns if column.kind == "date")},
        "happensOn names no date column": contract.happens_on is not None
        and contract.happens_on not in {column.name for column in contract.columns if column.kind == "date"},
    }
    for problem, is_so in problems.items():
        if is_so:
            raise place.refusal(f"{problem}. Correct it.")


def _check_links(contract: Contract, contracts: Mapping[str, Contract]) -> None:
    """Every link leads to the key of a dataset, and the owner is a worker of this dataset or of one it links to."""
    place = Place(f"{contract.dataset}.odcs.yaml", (contract.dataset,))
    linked = {contract.dataset}
    for column in contract.columns:
        dataset, _, key = (column.references or "").partition(".")
        if column.references and (dataset not in contracts or contracts[dataset].key != (key,)):
            raise place.at(column.name).refusal(f'"{column.references}" is not the key of a dataset. Correct the link.')
        linked.add(dataset)
    dataset, _, owner = (contract.owner or "").rpartition(".")
    columns = contracts[dataset].columns if dataset in contracts else contract.columns
    workers = {column.name for column in columns if column.person == "worker"}
    if contract.owner and ((dataset or contract.dataset) not in linked or owner not in workers):
        raise place.refusal(f'owner "{contract.owner}" is no worker of this dataset or of one it links to. Correct it.')
