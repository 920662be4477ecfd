"""Contract files as the Open Data Contract Standard has them: read, held against its schema, misspelt names refused."""

import hashlib
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from qa_analysis.errors import WrongUse
from qa_analysis.framework import resource

Yaml: TypeAlias = Mapping[str, Any]

OWN_PROPERTIES: Mapping[str, Mapping[str, type]] = {  # the names we add to the standard, by where they may stand
    "schema": {"core": bool, "needed": bool, "happensOn": str, "owner": str},
    "column": {
        "kind": str, "person": str, "freeText": bool, "planned": bool, "knownBy": str, "mayBeBlank": bool,
        "codeAliases": dict, "prompts": bool, "essential": bool,
    },
    "rule": {"passes": dict, "fails": dict},
}  # fmt: skip
_READ: Mapping[str, frozenset[str]] = {  # the names of the standard that are read here; any other would do nothing
    part: frozenset(names.split())
    for part, names in {
        "contract": "apiVersion kind id name version status domain description schema",
        "schema": "name physicalType dataGranularityDescription synonyms customProperties properties quality",
        "column": """name businessName logicalType logicalTypeOptions items description required primaryKey
            primaryKeyPosition classification enum relationships synonyms quality customProperties""",
        "options": "minimum maximum pattern",
        "synonym": "synonym",
        "code": "value",
        "link": "to",
        "promise": "name metric mustBe mustBeGreaterThan severity",
        "rule": "name type engine severity dimension description implementation customProperties",
        "implementation": "type kwargs",
    }.items()
}

VERDICTS = (
    "keeps_the_standard.sha256"  # beside the contracts: those that were held against the schema when they changed
)


@dataclass(frozen=True)
class Place:
    """Where in a contract file we are, so that a refusal can say so."""

    file: str
    path: tuple[str, ...] = ()

    def at(self, *steps: object) -> "Place":
        """Further in."""
        return Place(self.file, (*self.path, *map(str, steps)))

    def refusal(self, problem: str) -> WrongUse:
        """The error to raise: file, path, problem."""
        return WrongUse(f"{', '.join(filter(None, (self.file, ' > '.join(self.path))))}: {problem}")


class _NoTwins(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a name written twice in one place is refused rather than overwritten."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        """A mapping whose names are all different."""
        names = Counter(str(key.value) for key, _ in node.value)
        if twins := [name for name, times in names.items() if times > 1]:
            raise yaml.constructor.ConstructorError(None, None, f'"{twins[0]}" is written twice', node.start_mark)
        return super().construct_mapping(node, deep=deep)


def read_contract_file(path: Path) -> Yaml:
    """A contract as it is written, known to keep the standard and to hold no name that nothing reads.

    Raises:
        WrongUse: it is not YAML, breaks the standard, or holds a name that means nothing here.
    """
    place = Place(path.name)
    try:
        text = path.read_text(encoding="utf-8")
        raw = yaml.load(text, _NoTwins)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise place.refusal(f"cannot be read as YAML ({' '.join(str(error).split())}). Mend that line.") from error
    if _digest(text) not in _known_to_keep_it():
        _check_standard(raw, place)
    _check_names(raw, place)
    return dict(raw)


def verdicts(folder: Path) -> str:
    """The contracts of a folder, each held against the standard's schema now. One line per file: digest, name.

    The schema takes half a second to apply, so that is done when a contract changes and not at every start. A digest
    is of the contract and the schema together, and the list lies where the code does: a contract that anybody changes
    is in no list, and is held against the schema again.

    Raises:
        WrongUse: one of them breaks the standard.
    """
    lines = []
    for path in sorted(folder.glob("*.odcs.yaml")):
        text = path.read_text(encoding="utf-8")
        _check_standard(yaml.load(text, _NoTwins), Place(path.name))
        lines.append(f"{_digest(text)}  {path.name}\n")
    return "".join(lines)


def own_properties(item: Yaml, part: str, place: Place) -> dict[str, Any]:
    """The customProperties of a part of a contract, each known and of its type.

    Raises:
        WrongUse: one is misspelt, written twice or of another type.
    """
    known, found = OWN_PROPERTIES[part], {}
    for entry in item.get("customProperties", []):
        name, value = entry["property"], entry["value"]
        if name not in known:
            raise place.refusal(f'customProperty "{name}" is not known. Known here: {", ".join(sorted(known))}.')
        if name in found:
            raise place.refusal(f'customProperty "{name}" is written twice. Keep one.')
        if not isinstance(value, known[name]):
            raise place.refusal(f'customProperty "{name}" must be of type {known[name].__name__}.')
        found[name] = value
    return found


@contextmanager
def quick_json_schema() -> Iterator[None]:
    """Within it jsonschema is imported without a part that takes a second, for web addresses that no contract holds."""
    missing = "rfc3987_syntax" not in sys.modules
    if missing:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # as if it were not installed
    try:
        yield
    finally:
        if missing:
            del sys.modules["rfc3987_syntax"]


def _check_standard(raw: object, place: Place) -> None:
    """The file keeps the standard's own JSON schema."""
    errors = sorted(_validator().iter_errors(_as_json(raw)), key=lambda error: len(error.absolute_path), reverse=True)
    if errors:
        where = place.at(*_named(raw, errors[0].absolute_path))
        raise where.refusal(f"breaks the Open Data Contract Standard: {errors[0].message[:300]}. Correct it there.")


def _named(raw: Any, path: Iterable[str | int]) -> Iterator[str]:
    """A path with the names of datasets, columns and rules in place of their numbers."""
    part = raw
    for step in path:
        part = part[step]
        if isinstance(step, int):
            yield str(part.get("name", step + 1)) if isinstance(part, dict) else str(step + 1)
        elif step not in ("schema", "properties"):
            yield step


def _digest(text: str) -> str:
    """What tells a contract and the standard's schema from any other two; line ends do not matter."""
    return hashlib.sha256(f"{_schema()}\0{text}".encode()).hexdigest()


@cache
def _known_to_keep_it() -> frozenset[str]:
    """The digests of contracts that kept the standard when they were held against it; none where there is no list."""
    path = resource("data_contracts") / VERDICTS
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


@cache
def _validator() -> Any:
    """The standard's JSON schema, ready to check with."""
    with quick_json_schema():
        from jsonschema.validators import validator_for

    schema = json.loads(_schema())
    return validator_for(schema)(schema)


@cache
def _schema() -> str:
    """The standard's JSON schema as it is written."""
    package = importlib.util.find_spec("open_data_contract_standard")
    if package is None or package.origin is None:
        raise WrongUse("The package open-data-contract-standard is not installed. Install the project's requirements.")
    return (Path(package.origin).parent / "schema.json").read_text(encoding="utf-8")


def _as_json(value: Any) -> Any:
    """The value with dates as text, as JSON has them."""
    if isinstance(value, dict):
        return {name: _as_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _check_names(raw: Yaml, place: Place) -> None:
    """Every name in the file is one that is read here."""
    _check_part(raw, "contract", place)
    for schema in raw.get("schema", []):
        at = place.at(schema["name"])
        _check_part(schema, "schema", at)
        _check_parts(schema.get("synonyms", []), "synonym", at)
        _check_quality(schema.get("quality", []), at)
        for column in schema.get("properties", []):
            _check_column(column, at.at(column["name"]))


def _check_column(column: Yaml, place: Place) -> None:
    """Every name in a column's description is one that is read here."""
    _check_part(column, "column", place)
    _check_part(column.get("logicalTypeOptions", {}), "options", place)
    _check_parts(column.get("synonyms", []), "synonym", place)
    _check_parts(column.get("enum", []), "code", place)
    _check_parts(column.get("relationships", []), "link", place)
    _check_quality(column.get("quality", []), place)


def _check_quality(entries: list[Yaml], place: Place) -> None:
    """Every name in the quality part is one that is read here."""
    for entry in entries:
        at = place.at(entry.get("name") or entry.get("metric") or "quality")
        _check_part(entry, "rule" if entry.get("type") == "custom" else "promise", at)
        if isinstance(entry.get("implementation"), dict):
            _check_part(entry["implementation"], "implementation", at)


def _check_parts(items: list[Yaml], part: str, place: Place) -> None:
    for item in items:
        _check_part(item, part, place)


def _check_part(item: Yaml, part: str, place: Place) -> None:
    """Every name of one part is one that is read here."""
    if stray := sorted(set(item) - _READ[part]):
        raise place.refusal(
            f'"{stray[0]}" is not read here, so it would do nothing. Check its spelling, or take it out. '
            f"Known here: {', '.join(sorted(_READ[part]))}."
        )
