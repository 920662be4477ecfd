"""What could not be used: audits of the cycle, and rows of every extract, each with the reason."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.aside import records_lost
from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import EVERY_EXTRACT, EVERY_ROUTE

AUDITS = "audits"
PLACE = ["file", "sheet", "row"]
REASON = ["column", "rule"]


@declares(
    Measure(
        "audits_set_aside",
        title="Audits of the cycle that could not be used",
        family=family.DATA_QUALITY,
        counts="audits of the cycle, every route, that are left out of the figures that need what is wrong with them, "
        "of all audits of the cycle, by the column and the rule that it broke",
        by="column+rule",
        limits="no figure where all could be used; an audit of which a single cell is wrong counts in other figures",
        unit="share",
    ),
    Measure(
        "rows_set_aside",
        title="Rows that were set aside",
        family=family.DATA_QUALITY,
        counts="rows of a dataset that are in no figure because a promise of their contract is broken, of all its rows",
        by="dataset; dataset+column+rule",
        limits="no figure where all could be used; copies of a row and rows that hang on one set aside are among them",
        unit="share",
    ),
    is_of_month=False,
)
def set_aside(tables: Tables, issues: DataFrame, aside: DataFrame) -> list[Figure]:
    """What could not be used, by reason. One figure per reason."""
    return [*_audits(tables, issues, aside), *_rows(tables, aside)]


def _audits(tables: Tables, issues: DataFrame, aside: DataFrame) -> list[Figure]:
    """The audits of the cycle that could not be used."""
    used = cycle_audits(tables)
    lost = records_lost(aside[aside["dataset"].eq(AUDITS) & aside["cycle_month"].eq(tables.month)])
    cells = _errors_of(used, issues)
    reasons = pd.concat([lost[REASON], cells[REASON]]).fillna("").value_counts(sort=False).sort_index()
    return [
        share(
            "audits_set_aside", int(number), len(used) + len(lost), by=tuple(REASON), group=tuple(map(str, reason)),
            period=tables.month, population=EVERY_ROUTE, few=tables.rules.percentage_from,
        )
        for reason, number in zip(reasons.index, reasons, strict=True)
    ]  # fmt: skip


def _errors_of(audits: DataFrame, issues: DataFrame) -> DataFrame:
    """The errors of single cells of some audits. One row per cell."""
    errors = issues[issues["dataset"].eq(AUDITS) & issues["severity"].eq("error") & issues["row"].notna()]
    places = audits[["source_file", "source_sheet", "source_row"]].set_axis(PLACE, axis=1)
    found = _comparable(errors).isin(_comparable(places))
    return errors[found].drop_duplicates([*PLACE, *REASON])


def _comparable(places: DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(
        places[PLACE].assign(sheet=places["sheet"].fillna(""), row=places["row"].astype("float64"))
    )


def _rows(tables: Tables, aside: DataFrame) -> list[Figure]:
    """The rows of each dataset that were set aside, all and by reason."""
    return [
        figure
        for dataset, rows in aside.groupby("dataset", sort=False)
        for figure in _of_dataset(str(dataset), rows, tables)
    ]


def _of_dataset(dataset: str, rows: DataFrame, tables: Tables) -> list[Figure]:
    known = tables.frames.get(dataset)
    every = len(rows) + (0 if known is None else len(known))
    labels = {"period": tables.month, "population": EVERY_EXTRACT}
    few = tables.rules.percentage_from
    by_reason = rows[REASON].fillna("").value_counts(sort=False).sort_index()
    return [
        share("rows_set_aside", len(rows), every, by="dataset", group=dataset, few=few, **labels),
        *(
            share(
                "rows_set_aside", int(number), every, by=("dataset", *REASON), group=(dataset, *map(str, reason)),
                few=few, **labels,
            )
            for reason, number in zip(by_reason.index, by_reason, strict=True)
        ),
    ]  # fmt: skip
