"""How many cases of each promise were kept, were not, and could not be known: over the year, and cycle by cycle."""

from collections.abc import Collection, Iterator, Mapping
from math import nan

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import numbered, remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.framework_review.promise import KEPT, NO_CYCLE, NOT_KEPT, NOT_KNOWN, PERSON, STATES, Promise
from qa_analysis.measures.framework_review.promises import PROMISES
from qa_analysis.measures.populations import PROMISED
from qa_analysis.measures.too_few import without_numbers
from qa_analysis.stats.proportions import wilson

PROMISE = "promise"
MEASURES = {KEPT: "promise_kept", NOT_KEPT: "promise_not_kept", NOT_KNOWN: "promise_not_known"}
COUNTED, SAMPLED = "all cases counted", "a sample, with the likely range of all"
LIMITS = (
    "all cases are counted, so there is no interval, but for grades upheld, where the panel's random third stands for "
    "all audits; what is blank or cannot be read is not known; of under three people none"
)


@declares(
    Measure(
        MEASURES[KEPT],
        title="Promises of the framework kept",
        family=family.FRAMEWORK_REVIEW,
        counts="cases in which a promise of the framework was kept, of all cases of it, for twelve cycles and each of "
        "them",
        by=PROMISE,
        limits=LIMITS,
        unit="share",
    ),
    Measure(
        MEASURES[NOT_KEPT],
        title="Promises of the framework not kept",
        family=family.FRAMEWORK_REVIEW,
        counts="cases in which a promise of the framework was not kept, of all cases of it, for twelve cycles",
        by=PROMISE,
        limits=LIMITS,
        unit="share",
    ),
    Measure(
        MEASURES[NOT_KNOWN],
        title="Promises of the framework that could not be known",
        family=family.FRAMEWORK_REVIEW,
        counts="cases of which nobody can say whether a promise of the framework was kept, of all cases of it, for "
        "twelve cycles",
        by=PROMISE,
        limits=LIMITS,
        unit="share",
    ),
)
def promises_kept(tables: Tables) -> list[Figure]:
    """The three classes of each promise over the year, and what was kept cycle by cycle. Figures per promise.

    None of a promise of which no extract tells anything.
    """
    return [figure for one, rows in cases(tables) for figure in _told(tables, one, rows)]


@remembered  # managers and members are told of the same cases
def cases(tables: Tables) -> tuple[tuple[Promise, DataFrame], ...]:
    """The cases of the year of each promise that any extract tells of. One row per case, or so many alike."""
    found = []
    for one in PROMISES:
        rows = one.rows(tables)
        if rows is not None:
            found.append((one, _alike(rows, (*tables.rolling_cycles, NO_CYCLE))))
    return tuple(found)


def _alike(rows: DataFrame, cycles: Collection[str]) -> DataFrame:
    """The cases of some cycles, those alike in one row; where they are people's each its own, and people by numbers."""
    rows = rows.astype({"cycle_month": "category", "state": "category"})  # few words, looked at many times
    rows = rows[rows["cycle_month"].isin(cycles)]
    if PERSON not in rows:
        return rows.groupby(["cycle_month", "state"], observed=True)["cases"].sum().reset_index()
    return rows.assign(**{PERSON: numbered(rows[PERSON])})


def counted(rows: DataFrame) -> dict[str, int]:
    """How many cases fall into each class."""
    return {state: int(rows.loc[rows["state"].eq(state), "cases"].sum()) for state in STATES}


def _told(tables: Tables, one: Promise, rows: DataFrame) -> Iterator[Figure]:
    """The year in three classes, then what was kept of each cycle."""
    floor, tally = tables.rules.floor[MANAGERS].children, counted(rows)
    for state in STATES:
        figure = _figure(tables, one, tally, state, period_of(tables.rolling_cycles))
        yield figure if _is_enough(rows, floor) else _withheld(figure, floor)
    cycles = tables.rolling_cycles if len(tables.rolling_cycles) > 1 else ()
    by_cycle = dict(iter(rows.groupby("cycle_month", observed=True))) if cycles else {}
    for cycle in cycles:
        some = by_cycle.get(cycle)
        if some is not None and _is_enough(some, floor):
            yield _figure(tables, one, counted(some), KEPT, cycle)


def _figure(tables: Tables, one: Promise, tally: Mapping[str, int], state: str, period: str) -> Figure:
    """One class of a promise: of a sample with the interval, in which what is not known may be either."""
    labels = {"by": PROMISE, "group": one.code, "period": period, "population": PROMISED}
    part, whole, unknown = tally[state], sum(tally.values()), tally[NOT_KNOWN]
    found = share(MEASURES[state], part, whole, few=tables.rules.percentage_from, **labels)
    if not (one.is_sample and state == KEPT):
        return found.but(lower=nan, upper=nan, method=COUNTED)
    upper = wilson(part + unknown, whole).upper
    return found.but(upper=upper, method=SAMPLED)


def _is_enough(rows: DataFrame, floor: int) -> bool:
    """Whether the cases are of enough people, where they are of people at all."""
    return rows.empty or PERSON not in rows or rows[PERSON].nunique() >= floor


def _withheld(figure: Figure, floor: int) -> Figure:
    return without_numbers(figure, note=f"not shown: fewer than {floor} people")
