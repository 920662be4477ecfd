"""How a figure is written down: the one shape that sentences, charts and tables all draw from."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import wilson

COLUMNS = (
    "report", "measure", "period", "as_at", "population", "by", "group", "numerator", "denominator",
    "value", "lower", "upper", "unit", "method", "note",
)  # fmt: skip

TOO_FEW = "too few to say"
Row = dict[str, Any]


def count(measure: str, value: float, *, period: str, population: str, unit: str, **labels: str) -> Row:
    """A number of things: no interval, because nothing is estimated."""
    return {
        "measure": measure, "period": period, "population": population, "by": "", "group": "",
        "value": float(value), "unit": unit, "method": "count", "note": "", **labels,
    }  # fmt: skip


def share(measure: str, part: int, whole: int, *, period: str, population: str, few: int, **labels: str) -> Row:
    """A part of a whole with its Wilson interval; below `few` the note says that it is too few to say."""
    return estimated(measure, wilson(part, whole), period=period, population=population, unit="share", **labels) | {
        "numerator": part, "denominator": whole, "note": TOO_FEW if whole < few else "",
    }  # fmt: skip


def estimated(measure: str, estimate: Estimate, *, period: str, population: str, unit: str, **labels: str) -> Row:
    """An estimate with its interval and the number of cases it rests on."""
    return {
        "measure": measure, "period": period, "population": population, "by": "", "group": "",
        "denominator": estimate.n, "value": estimate.value, "lower": estimate.lower, "upper": estimate.upper,
        "unit": unit, "method": estimate.method, "note": estimate.note, **labels,
    }  # fmt: skip


def counts_by(
    frame: DataFrame, column: str, measure: str, *, by: str = "", groups: Iterable[str] | None = None, **labels: str
) -> list[Row]:
    """How many rows each value of a column has. One figure per group; groups named in advance may have none."""
    sizes = labelled(frame[column]).value_counts()
    names = sorted(sizes.index) if groups is None else [*groups, *sorted(set(sizes.index) - set(groups))]
    return [count(measure, int(sizes.get(name, 0)), by=by or column, group=name, **labels) for name in names]


def shares_by(frame: DataFrame, column: str, flag: str, measure: str, *, few: int, **labels: str) -> list[Row]:
    """The share of each group's rows that carry a flag. One figure per group that has any row."""
    grouped = frame.assign(**{column: labelled(frame[column])}).groupby(column)[flag].agg(["sum", "size"])
    return [
        share(measure, int(good), int(size), by=column, group=str(name), few=few, **labels)
        for name, good, size in zip(grouped.index, grouped["sum"], grouped["size"], strict=True)
    ]


def labelled(values: Series) -> Series:
    """The values with blanks named, so that no row vanishes from a total."""
    return values.fillna("not recorded")


def frame_of(rows: Iterable[Mapping[str, Any]], *, report: str, as_at: pd.Timestamp) -> DataFrame:
    """The figures as one table, in the order given. One row per figure."""
    table = pd.DataFrame([{"report": report, "as_at": as_at.date().isoformat(), **row} for row in rows])
    return table.reindex(columns=list(COLUMNS))
