"""What a promise of the framework is, and the three classes that everything it was made of falls into."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables

KEPT: Final = "kept"
NOT_KEPT: Final = "not kept"
NOT_KNOWN: Final = "could not be known"
STATES: Final = (KEPT, NOT_KEPT, NOT_KNOWN)
COLUMNS: Final = ["cycle_month", "state", "cases"]
NO_CYCLE: Final = ""  # of what is counted over the year alone
PERSON: Final = "person"  # the column that says whose work a case is, where a promise is about people


@dataclass(frozen=True)
class Promise:
    """One promise: the words of the framework, what it is counted in, and how each case is placed in a class.

    `rows` gives one row per case (or per so many `cases` alike) with its cycle and its state; None where no extract
    tells of it at all. `is_sample` is true where what was looked at stands for more than itself: only then is there an
    interval. `of_workers` is true of what says how workers do theirs, which not everyone may read. `rule` names the
    rule of framework.yaml that the number in it comes from.
    """

    code: str
    title: str
    part: str  # the heading of the framework that it stands under
    clause: str
    unit: str  # in the plural
    rows: Callable[[Tables], DataFrame | None]
    of_workers: bool = False
    is_sample: bool = False
    rule: str = ""


def stated(rows: DataFrame, *, kept: "Series[bool]", known: "Series[bool] | None" = None) -> DataFrame:
    """The cases with their state: kept, or not kept where that is known. One row per case, in the order given.

    What is known to be kept is known, whatever else is blank.
    """
    is_kept = kept.fillna(value=False).to_numpy(dtype=bool)
    is_known = np.ones(len(rows), dtype=bool) if known is None else known.fillna(value=False).to_numpy(dtype=bool)
    state = pd.Categorical.from_codes(np.where(is_kept, 0, np.where(is_known, 1, 2)), categories=pd.Index(STATES))
    held = rows[[name for name in ("cycle_month", PERSON) if name in rows]].assign(state=state, cases=1)
    return held[[*COLUMNS, *(name for name in (PERSON,) if name in held)]]


def of_pairs(one: Series, other: Series, holds: Callable[[str, str], bool]) -> "Series[bool]":
    """Whether something holds of both values of each row; each different pair is asked about once. One per row."""
    (first, firsts), (second, seconds) = (pd.factorize(values, use_na_sentinel=False) for values in (one, other))
    answers = np.array([holds(a, b) for a in firsts for b in seconds], dtype=bool).reshape(len(firsts), len(seconds))
    return Series(answers[first, second], index=one.index)


def tallied(tallies: list[tuple[str, int, int, int]]) -> DataFrame:
    """Cases that are counted and not listed: of each cycle how many were kept, not kept and could not be known.

    One row per cycle and state that has any.
    """
    rows = [
        (cycle, state, many)
        for cycle, *counted in tallies
        for state, many in zip(STATES, counted, strict=True)
        if many > 0
    ]
    return DataFrame(rows, columns=COLUMNS).astype({"cycle_month": "str", "state": "str", "cases": "int64"})


def cycles_expected(tables: Tables) -> list[tuple[str, ...]]:
    """The months of each cycle that ends in the year, none before the council's first; the newest cycle last."""
    rules, year = tables.rules, tables.rolling_cycles
    ends = [month for month in year if rules.cadence.has_cycle(month)]
    return [tuple(month for month in rules.months_of(cycle) if month >= rules.first_cycle) for cycle in ends]
