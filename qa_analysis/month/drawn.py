"""The record of a selection as a dataset: made by `qa-analysis select` and never an extract, so it has no file."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.reading.raw import UNREAD
from qa_analysis.measures.audit_cycle.selected_and_done import RECORD

_CODES = ("service_area", "team", "case_status", "stratum", "exclusion", "outcome")
CONTRACT: Final = Contract(
    dataset=RECORD,
    grain="one row per open record that a cycle's audits were selected from",
    is_core=False,
    columns=(
        Column("cycle_month", "month", "The audit cycle that was selected.", required=True, key=True),
        Column("child_id", "id", "The record's number.", required=True, key=True, person="child"),
        *(Column(name, "text", f"As the record of the selection has it: {name}.") for name in _CODES),
        Column("rank", "whole number", "Its place by ticket in its stratum; blank where it could not be selected."),
    ),
    description="What a cycle's audits were selected from, and whether each record was selected.",
)


def with_record(contracts: Mapping[str, Contract]) -> dict[str, Contract]:
    """The contracts of extracts, and that of the record of a selection."""
    return {**contracts, RECORD: CONTRACT}


def record_frame(record: DataFrame, *, file: str = "record.csv") -> DataFrame:
    """The record of a selection as every dataset is kept. One row per record that has a number, once each."""
    named = record[record["child_id"].fillna("").ne("")].drop_duplicates("child_id").reset_index(drop=True)
    blank = Series(pd.NA, index=named.index)
    texts = {
        column.name: named.get(column.name, blank).astype("str").mask(lambda texts: texts == "")
        for column in CONTRACT.columns
        if column.name != "rank"
    }
    return DataFrame(texts).assign(
        rank=pd.to_numeric(named["rank"]).astype("Int64"),
        source_file=Series(file, index=named.index, dtype="str"),
        source_sheet=Series("", index=named.index, dtype="str"),
        source_row=Series(range(2, len(named) + 2), index=named.index, dtype="int64"),
        **{UNREAD: Series("", index=named.index, dtype="str")},
    )
