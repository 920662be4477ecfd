"""Which audit each record hangs on: texts are looked up once a table, and every measure goes by the numbers found."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Codes = NDArray[np.integer]
_CODED: dict[tuple[int, str], tuple["ref[DataFrame]", tuple[Codes, "pd.Index[str]"]]] = {}
AUDIT, CHILD = "audit_id", "child_id"  # columns of the audits whose values are numbered
NO_AUDIT = -1  # the number of a record whose audit is not there


def remembered(
    function: Callable[Concatenate[Tables, Asked], Answer],
) -> Callable[Concatenate[Tables, Asked], Answer]:
    """A function of tables whose answers are kept for as long as the tables are."""
    kept: WeakKeyDictionary[Tables, dict[object, Answer]] = WeakKeyDictionary()

    @wraps(function)
    def answered(tables: Tables, /, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
        held, question = kept.setdefault(tables, {}), (asked, frozenset(named.items()))
        if question not in held:
            held[question] = function(tables, *asked, **named)
        return held[question]

    return answered


@remembered
def known_in_audits(tables: Tables, column: str = AUDIT) -> "pd.Index[str]":
    """What a column of the audits says, each once: every audit, every child audited. Its place is its number."""
    known: pd.Index[str] = pd.Index(tables.audits[column].dropna().drop_duplicates())
    return known


@remembered
def numbers_of(tables: Tables, dataset: str, column: str = AUDIT) -> Numbers:
    """The number of the audit (or child) that each record of a dataset names, NO_AUDIT where it is none of them."""
    return numbers_in(tables, tables.supplied(dataset)[column], column)


def numbers_in(tables: Tables, named: Series, column: str = AUDIT) -> Numbers:
    """The number of the audit (or child) that each value names, NO_AUDIT where it is none of them. One per value."""
    return np.asarray(known_in_audits(tables, column).get_indexer(pd.Index(named)), dtype=np.int64)


def is_of_cycles(tables: Tables, cycles: tuple[str, ...]) -> Flags:
    """Whether each audit is of some cycles. One answer per audit."""
    return is_among(tables.audits, "cycle_month", cycles)


def is_among(records: DataFrame, column: str, values: Collection[str]) -> Flags:
    """Whether a column of few different texts says one of the values. One answer per record; blanks say none."""
    places, known = coded(records, column)
    return np.append(known.isin(list(values)), False)[places]


def coded(records: DataFrame, column: str) -> tuple[Codes, "pd.Index[str]"]:
    """The number of what a column says of each record, -1 where it is blank, and what the numbers stand for.

    Found once for a dataset, whatever month it is looked at for; for columns of few different texts.
    """
    held = _CODED.get((id(records), column))
    if held is None or held[0]() is not records:
        codes, known = pd.factorize(records[column])
        for gone in [key for key, (frame, _) in _CODED.items() if frame() is None]:
            del _CODED[gone]
        small = codes.astype(np.min_scalar_type(-len(known) - 1))  # a million records are looked at many times
        held = _CODED[id(records), column] = (ref(records), (small, pd.Index(known)))
    return held[1]


@remembered
def is_headline(tables: Tables) -> Flags:
    """Whether each audit is of a route that headline results rest on. One answer per audit."""
    return is_among(tables.audits, "selection_route", tables.rules.headline_routes)


def told_by_audit(tables: Tables, column: str, numbers: Numbers) -> Series:
    """What a column says of the audits of some numbers; blank where there is none. One value per number."""
    return Series(tables.audits[column].array.take(_rows(tables)[numbers], allow_fill=True))


def coded_by_audit(tables: Tables, column: str, numbers: Numbers) -> "pd.Categorical[str]":
    """The same of a column of few different texts, without a text for each. One value per number."""
    codes, known = coded(tables.audits, column)
    return pd.Categorical.from_codes(np.append(codes, -1)[_rows(tables)[numbers]], categories=known)


def with_audits(tables: Tables, records: DataFrame, columns: Mapping[str, str | None]) -> DataFrame:
    """Records that name an audit by audit_id, with what its columns say, under other names where given.

    One row per record, in order and numbered anew; a record whose audit is not there is left out.
    """
    numbers = numbers_in(tables, records["audit_id"])
    is_there = numbers != NO_AUDIT
    told = {name or column: told_by_audit(tables, column, numbers[is_there]) for column, name in columns.items()}
    held: DataFrame = records[is_there].reset_index(drop=True).assign(**told)
    return held


@remembered
def _rows(tables: Tables) -> Numbers:
    """In which row each audit stands first, and last of all NO_AUDIT, which stands in none. One row per number."""
    numbers = numbers_of(tables, "audits")
    rows = np.full(len(known_in_audits(tables)) + 1, NO_AUDIT)
    rows[numbers[::-1]] = np.arange(len(numbers))[::-1]
    rows[NO_AUDIT] = NO_AUDIT
    return rows


def records_of(tables: Tables, dataset: str, is_chosen: Flags, *, columns: Sequence[str] = ()) -> DataFrame:
    """The records of a dataset that hang on chosen audits, of which there is one answer per audit.

    With every column, or the ones asked for.
    """
    every = tables.supplied(dataset)
    records: DataFrame = (every[list(columns)] if columns else every)[hang_on(tables, dataset, is_chosen)]
    return records


def hang_on(tables: Tables, dataset: str, is_chosen: Flags) -> Flags:
    """Whether each record of a dataset hangs on one of the chosen audits, of which there is one answer per audit."""
    chosen: Flags = flagged(tables, numbers_of(tables, "audits")[is_chosen])[numbers_of(tables, dataset)]
    return chosen


def are_named(tables: Tables, dataset: str, is_chosen: Flags | None = None) -> Flags:
    """Whether any record of a dataset, or any chosen one, names each audit. One answer per audit."""
    numbers = numbers_of(tables, dataset)
    chosen: Numbers = numbers if is_chosen is None else numbers[is_chosen]
    answers: Flags = flagged(tables, chosen)[numbers_of(tables, "audits")]
    return answers


def numbered(names: Series) -> Series:
    """A number for each different name, blank where there is none: for those who are only counted."""
    numbers = Series(pd.factorize(names)[0], index=names.index)
    return numbers.where(numbers >= 0)


def flagged(tables: Tables, numbers: Numbers) -> Flags:
    """Whether each number of an audit is one of these. One answer per number; no, of NO_AUDIT."""
    flags = np.zeros(len(known_in_audits(tables)) + 1, dtype=bool)
    flags[numbers] = True
    flags[NO_AUDIT] = False
    return flags
