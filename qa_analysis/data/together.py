"""Rules of one kind put together: one table and one expectation for many columns, and the answers told apart again.

Great Expectations takes as long to be asked of one column as of a hundred thousand values, so the columns that rules
of one kind are about are put one beneath another, whatever their datasets. A rule that shares its kind with none, or
whose kind cannot be answered together, is asked of its own dataset.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.conditions import CONDITIONS, Subject, linked_record_exists
from qa_analysis.data.contracts import Rule
from qa_analysis.data.engine import expectation_named, has_raised, places_of, results_of
from qa_analysis.data.expectations import BETWEEN, PAIR, REGEX
from qa_analysis.errors import WrongUse

IN_SET: Final = "ExpectColumnValuesToBeInSet"
NOT_NULL: Final = "ExpectColumnValuesToNotBeNull"
COMPOUND: Final = "ExpectCompoundColumnsToBeUnique"
GX_SEVERITY: Final = MappingProxyType({"error": "critical", "warning": "warning"})
MOST: Final = 1_000_000  # values put together at a time, so that memory does not grow with their number
ONE, OTHER, WHOSE = "column", "other column", "rule"  # what a table of one kind calls its columns


@dataclass(frozen=True)
class Asked:
    """One rule, the dataset it is asked of, and in what share of rows it must hold (Great Expectations' `mostly`)."""

    rule: Rule
    subject: Subject
    mostly: float = 1.0

    @property
    def is_condition(self) -> bool:
        """Whether the rule is one of ours: Great Expectations is shown its answers, and wants nothing but True."""
        return self.rule.expectation in CONDITIONS

    @property
    def where(self) -> str:
        """The rule as a message names it."""
        return f'{self.subject.contract.dataset}.odcs.yaml, rule "{self.rule.name}"'

    def answers(self) -> Any:
        """A condition's answers, one per row; of a link none where it is blank, so that a share is one of the links."""
        kept = CONDITIONS[self.rule.expectation](self.subject, **self.rule.arguments)
        if self.rule.expectation != linked_record_exists.__name__:
            return kept.to_numpy(dtype=bool)
        return kept.astype("boolean").mask(self.subject.frame[self.rule.arguments["column"]].isna()).array


@dataclass(frozen=True)
class Outcome:
    """What one rule found: the rows that broke it, or that the whole table did, or that it could not be checked.

    `is_broken`: the rule held in a smaller share of the rows judged than it must. A row without values is not judged;
    the others are counted where one of them broke the rule.
    """

    rule: Rule
    rows: tuple[int, ...] = ()
    is_broken: bool = False
    is_checked: bool = True
    judged: int = 0


@dataclass(frozen=True)
class Part:
    """What one rule adds to the table of its kind: columns of its own, under the names that the kind uses."""

    expectation: str
    arguments: Mapping[str, Any]  # all rules of one kind have the same
    columns: Mapping[str, Series]
    allowed: tuple[str, ...] = ()  # what the rule adds to the list of its kind
    is_whole: bool = False  # the rule is about the whole table: which of the part's rows broke it does not matter

    @property
    def kind(self) -> tuple[object, ...]:
        """What rules must have alike to be put together."""
        types = tuple((name, str(values.dtype)) for name, values in self.columns.items())
        return self.expectation, repr(sorted(self.arguments.items())), types, self.is_whole

    @property
    def size(self) -> int:
        """How many rows it adds."""
        return len(next(iter(self.columns.values())))

    @property
    def judged(self) -> int:
        """How many of its rows are judged."""
        judged = [values.notna() for values in self.columns.values()]
        return self.size if self.expectation == NOT_NULL else int(pd.concat(judged, axis=1).all(axis=1).sum())


def outcomes(asked: Sequence[Asked], *, most: int = MOST) -> list[Outcome]:
    """What Great Expectations says of each rule. One per rule, in their order.

    At most so many values are put together at a time.

    Raises:
        WrongUse: there is no such expectation, or it takes no such arguments.
    """
    found: dict[int, Outcome] = {}
    for kind in _kinds(asked, most):
        found |= _together(asked, kind)
    apart = [number for number in range(len(asked)) if number not in found]
    for numbers in _by_subject(asked, apart):
        answers = outcomes_apart([asked[number] for number in numbers])
        found |= dict(zip(numbers, answers, strict=True))
    return [found[number] for number in range(len(asked))]


def outcomes_apart(asked: Sequence[Asked]) -> list[Outcome]:
    """What Great Expectations says of rules of one dataset, each asked by itself. One per rule, in their order."""
    expectations = [_expectation(one, number) for number, one in enumerate(asked)]
    results = results_of(_own_table(asked), expectations)
    found = {result.expectation_config.meta["rule"]: result for result in results}
    return [_outcome(one.rule, found.get(number)) for number, one in enumerate(asked)]


# One dataset's rules --------------------------------------------------------------------------------------------------


def _by_subject(asked: Sequence[Asked], numbers: Sequence[int]) -> list[list[int]]:
    """The rules by the dataset they are asked of."""
    held: dict[str, list[int]] = {}
    for number in numbers:
        held.setdefault(asked[number].subject.contract.dataset, []).append(number)
    return list(held.values())


def _own_table(asked: Sequence[Asked]) -> DataFrame:
    """A dataset's frame with each condition's answers beside it. One row per row."""
    frame = asked[0].subject.frame.reset_index(drop=True)
    answers = {_answers(number): one.answers() for number, one in enumerate(asked) if one.is_condition}
    return pd.concat([frame, DataFrame(answers, index=frame.index)], axis=1)


def _answers(number: int) -> str:
    """The name of the column that holds a condition's answers."""
    return f"answers to rule {number}"


def _expectation(asked: Asked, number: int) -> Any:
    """A rule as an expectation; one of our conditions as "the column of its answers holds nothing but True".

    Raises:
        WrongUse: there is no such expectation, or it takes no such arguments.
    """
    rule = asked.rule
    told = {"column": _answers(number), "value_set": [True]} if asked.is_condition else dict(rule.arguments)
    expectation = expectation_named(IN_SET if asked.is_condition else rule.expectation)
    if expectation is None:
        raise WrongUse(
            f'{asked.where}: there is no expectation or condition "{rule.expectation}". Correct type or engine.'
        )
    told |= {"mostly": asked.mostly} if asked.mostly < 1 else {}
    try:
        return expectation(**told, meta={"rule": number}, severity=GX_SEVERITY[rule.severity])
    except (TypeError, ValueError) as error:
        raise WrongUse(f"{asked.where}: {rule.expectation} does not take these kwargs. Correct them.") from error


def _outcome(rule: Rule, result: Any | None) -> Outcome:
    """One rule's result, read; an exception inside Great Expectations is no answer."""
    if result is None or has_raised(result.exception_info):
        return Outcome(rule, is_checked=False)
    judged = (result.result.get("element_count") or 0) - (result.result.get("missing_count") or 0)
    return Outcome(rule, rows=places_of(result), is_broken=not result.success, judged=judged)


# Rules of one kind ----------------------------------------------------------------------------------------------------


def _kinds(asked: Sequence[Asked], most: int) -> Iterator[dict[int, Part]]:
    """The rules that have others of their kind, by kind, so many values at a time. Number of the rule -> its part."""
    held: dict[object, dict[int, Part]] = {}
    for number, one in enumerate(asked):
        part = _part(one, number)
        if part is not None and all(values.dtype != "object" for values in part.columns.values()):
            held.setdefault(part.kind, {})[number] = part
    for parts in held.values():
        if len(parts) > 1:
            yield from _lots(parts, most)


def _lots(parts: Mapping[int, Part], most: int) -> Iterator[dict[int, Part]]:
    """Parts of one kind, in lots that hold at most so many values, or one part alone."""
    lot: dict[int, Part] = {}
    for number, part in parts.items():
        if lot and sum(one.size for one in lot.values()) + part.size > most:
            yield lot
            lot = {}
        lot[number] = part
    yield lot


def _together(asked: Sequence[Asked], parts: Mapping[int, Part]) -> dict[int, Outcome]:
    """What became of the rules of one kind, by number; none where they could not be answered together."""
    first = next(iter(parts.values()))
    allowed = [code for part in parts.values() for code in part.allowed]
    told = {**first.arguments, **({"value_set": allowed} if allowed else {})}
    table = DataFrame(
        {name: pd.concat([part.columns[name] for part in parts.values()], ignore_index=True) for name in first.columns}
    )
    try:
        (result,) = results_of(table, [expectation_named(first.expectation)(**told)])
    except (TypeError, ValueError):
        return {}  # asked one by one it is clear which of them is wrong
    if has_raised(result.exception_info):
        return {}
    ends = np.cumsum([0, *(part.size for part in parts.values())])
    places = np.array(places_of(result), dtype=int)
    found = {}
    for (number, part), (start, end) in zip(parts.items(), pairwise(ends), strict=True):
        rows = tuple(int(place) for place in places[(places >= start) & (places < end)] - start)
        judged = part.judged if rows else 0
        is_broken = len(rows) > (1 - asked[number].mostly) * judged or not (result.success or len(places))
        found[number] = Outcome(asked[number].rule, () if part.is_whole else rows, is_broken, judged=judged)
    return found


def _part(asked: Asked, number: int) -> Part | None:
    """What a rule adds to the table of its kind; None where rules such as this are not put together."""
    if asked.is_condition:
        return Part(IN_SET, {"column": ONE, "value_set": [True]}, {ONE: Series(asked.answers())})
    made, names = _PARTS.get(asked.rule.expectation, (None, frozenset()))
    if made is None or not set(asked.rule.arguments) <= names:
        return None
    return made(asked, number)


def _columns_present(asked: Asked, number: int) -> Part | None:
    """The names of the columns that must be there, against those that are."""
    if asked.rule.arguments.get("exact_match") is not False:
        return None
    present = tuple(f"{number}:{name}" for name in asked.subject.frame.columns)
    wanted = [f"{number}:{name}" for name in asked.rule.arguments["column_set"]]
    return Part(IN_SET, {"column": ONE}, {ONE: Series(wanted, dtype="str")}, allowed=present, is_whole=True)


def _rows_held(asked: Asked, _: int) -> Part:
    """How many rows the dataset has."""
    held = Series([len(asked.subject.frame)], dtype="int64")
    return Part(BETWEEN, {"column": ONE, **asked.rule.arguments}, {ONE: held}, is_whole=True)


def _type(asked: Asked, _: int) -> Part:
    """The type of a column: of its values none is needed, because no column of the type "object" comes here."""
    values = _column(asked, "column").iloc[:0]
    return Part(asked.rule.expectation, {"column": ONE, "type_": asked.rule.arguments["type_"]}, {ONE: values})


def _values(asked: Asked, _: int) -> Part:
    """The values of a column, held against what the rules of the kind have alike."""
    return Part(asked.rule.expectation, {**asked.rule.arguments, "column": ONE}, {ONE: _column(asked, "column")})


def _pair(asked: Asked, _: int) -> Part:
    """The values of two columns."""
    columns = {ONE: _column(asked, "column_A"), OTHER: _column(asked, "column_B")}
    return Part(asked.rule.expectation, {**asked.rule.arguments, "column_A": ONE, "column_B": OTHER}, columns)


def _listed(asked: Asked, number: int) -> Part | None:
    """The values of a column of codes, each with the number of its rule, whose list no other rule's may mix with."""
    values, codes = _column(asked, "column"), asked.rule.arguments["value_set"]
    if values.dtype != "str" or not all(isinstance(code, str) for code in codes):
        return None
    places, words = pd.factorize(values)
    marked = pd.array([*(f"{number}:{word}" for word in words), None], dtype="str").take(places)
    allowed = tuple(f"{number}:{code}" for code in codes)
    return Part(IN_SET, {"column": ONE}, {ONE: Series(marked)}, allowed=allowed)


def _key(asked: Asked, number: int) -> Part | None:
    """The columns that together name a row, beside the number of the rule, so that only rows of one dataset compare."""
    told = asked.rule.arguments
    if told.get("ignore_row_if", "any_value_is_missing") != "any_value_is_missing":
        return None  # the number, which is never missing, would keep every row
    columns = [asked.subject.frame[name].reset_index(drop=True) for name in told.get("column_list") or [told["column"]]]
    whose = Series(number, index=range(len(asked.subject.frame)), dtype="int64")
    named = {WHOSE: whose, **{f"{ONE} {place}": values for place, values in enumerate(columns)}}
    return Part(COMPOUND, {"column_list": list(named), "ignore_row_if": "any_value_is_missing"}, named)


def _column(asked: Asked, argument: str) -> Series:
    """The column that an argument of the rule names, its rows numbered anew."""
    values: Series = asked.subject.frame[asked.rule.arguments[argument]].reset_index(drop=True)
    return values


_PARTS: Final[Mapping[str, tuple[Callable[[Asked, int], Part | None], frozenset[str]]]] = MappingProxyType({
    # what is put together, and the only arguments with which it can be
    "ExpectTableColumnsToMatchSet": (_columns_present, frozenset({"column_set", "exact_match"})),
    "ExpectTableRowCountToBeBetween": (_rows_held, frozenset({"min_value", "max_value"})),
    "ExpectColumnValuesToBeOfType": (_type, frozenset({"column", "type_"})),
    NOT_NULL: (_values, frozenset({"column"})),
    IN_SET: (_listed, frozenset({"column", "value_set"})),
    REGEX: (_values, frozenset({"column", "regex"})),
    BETWEEN: (_values, frozenset({"column", "min_value", "max_value"})),
    PAIR: (_pair, frozenset({"column_A", "column_B", "or_equal", "ignore_row_if"})),
    "ExpectColumnValuesToBeUnique": (_key, frozenset({"column"})),
    COMPOUND: (_key, frozenset({"column_list", "ignore_row_if"})),
})  # fmt: skip
