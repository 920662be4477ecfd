"""What stops a run: promises of whole datasets that are broken, and more rows set aside than are tolerated.

A cause is said once, with how many rows it has. Everything else is set aside and told (docs/decisions/022).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.aside import records_lost
from qa_analysis.data.contracts import Contract
from qa_analysis.data.kinds import kind_line, kinds
from qa_analysis.data.links import cause
from qa_analysis.data.quality import FEW_LINKS
from qa_analysis.dates import month_name
from qa_analysis.limits import Tolerance

AUDITS, CYCLE = "audits", "cycle_month"
PLACE = ["dataset", "file", "sheet", "row"]


@dataclass(frozen=True)
class Evidence:
    """What the stops are judged by: rows that can be used, rows set aside (`aside_table`), issues, ids as read."""

    frames: Mapping[str, DataFrame]
    aside: DataFrame
    issues: DataFrame
    contracts: Mapping[str, Contract]
    read: Mapping[str, DataFrame]


def stops(evidence: Evidence, tolerance: Tolerance, *, month: str | None = None) -> tuple[str, ...]:
    """Why no report can be made, each cause once; none where one can. One line per cause."""
    whole = _of_whole_datasets(evidence)
    losses = [line for name in evidence.frames if (line := _loss(evidence, name, tolerance, month))]
    links = list(_links(evidence, tolerance))
    return (*kinds(whole[whole["rule"] != FEW_LINKS]), *losses, *links)


def _of_whole_datasets(evidence: Evidence) -> DataFrame:
    """Errors that are no single record's: a column missing, dates of which none is certain. One row per issue."""
    errors = evidence.issues[evidence.issues["severity"] == "error"]
    return errors[~_places(errors).isin(_places(_records(evidence)))]


def _records(evidence: Evidence) -> DataFrame:
    """Where every record stands, used or set aside. One row per record."""
    used = [
        frame[["source_file", "source_sheet", "source_row"]].set_axis(PLACE[1:], axis=1).assign(dataset=name)
        for name, frame in evidence.frames.items()
    ]
    return pd.concat([*used, evidence.aside[PLACE]], ignore_index=True)


def _places(rows: DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(
        rows[PLACE].assign(sheet=rows["sheet"].fillna(""), row=rows["row"].astype("float64"))
    )


def _loss(evidence: Evidence, name: str, tolerance: Tolerance, month: str | None) -> str | None:
    """Why too much of a core dataset cannot be used: of all its rows, or of the audits of the cycle."""
    if not evidence.contracts[name].is_core:
        return None
    frame, lost = evidence.frames[name], records_lost(evidence.aside[evidence.aside["dataset"] == name])
    cells = _cells(evidence, name)
    if line := _beyond(name, "row", len(frame), lost, cells, evidence, tolerance):
        return line
    if month is None or name != AUDITS:
        return None
    of_cycle = frame[frame[CYCLE] == month]
    return _beyond(
        name, f"audit|audits of {month_name(month)}", len(of_cycle), lost[lost[CYCLE] == month],
        cells[_places(cells).isin(_places(_records_of(of_cycle, name)))], evidence, tolerance,
    )  # fmt: skip


def _records_of(frame: DataFrame, name: str) -> DataFrame:
    named = frame[["source_file", "source_sheet", "source_row"]].set_axis(PLACE[1:], axis=1)
    return named.assign(dataset=name)


def _cells(evidence: Evidence, name: str) -> DataFrame:
    """The errors of single cells of the records that are used. One row per cell."""
    issues = evidence.issues
    errors = issues[(issues["dataset"] == name) & (issues["severity"] == "error")]
    return errors[_places(errors).isin(_places(_records_of(evidence.frames[name], name)))]


def _beyond(
    name: str, what: str, used: int, lost: DataFrame, cells: DataFrame, evidence: Evidence, tolerance: Tolerance
) -> str | None:
    """The line of a dataset of which more cannot be used than is tolerated; the column it is most often for.

    A row that is set aside is missing from every figure, and a cell from those of its column: the column with the
    most of both decides.
    """
    by_column = cells.drop_duplicates([*PLACE, "column", "key"]).groupby("column").size()
    unusable, records = len(lost) + int(by_column.max() if len(by_column) else 0), used + len(lost)
    if not tolerance.is_beyond(unusable, records):
        return None
    reasons = [*zip(lost["rule"], lost["column"], strict=True), *zip(cells["rule"], cells["column"], strict=True)]
    rule, column = pd.Series(reasons).mode().iloc[0]
    issues = evidence.issues
    alike = issues[issues["dataset"].eq(name) & issues["rule"].eq(rule) & issues["column"].fillna("").eq(column)]
    one, _, many = what.partition("|")
    told = kind_line(alike).partition(": ")[2]
    share = f"{tolerance.share:.0%}"
    return f"{name}: {unusable:,} of {records:,} {many or one + 's'} cannot be used, more than {share}: {told}"


def _links(evidence: Evidence, tolerance: Tolerance) -> Iterator[str]:
    """The links that hardly ever hold, dataset by dataset, and then what they all have in common, once."""
    few = evidence.issues[evidence.issues["rule"] == FEW_LINKS]
    causes: dict[str, None] = {}
    for name, column, message in zip(few["dataset"], few["column"], few["message"], strict=True):
        link = evidence.contracts[name].column(column)
        yield f"{name}: {message.removesuffix('.')}, fewer than {tolerance.links:.0%}."
        causes[f"{str(link.references).partition('.')[0]}: {cause(evidence.read, name, link)}"] = None
    yield from causes
