"""Small frames that keep their contract, to change a cell or two of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Column, Contract, load_contracts
from qa_analysis.data.expectations import DTYPES
from qa_analysis.data.quality import check

CONTRACTS = load_contracts()
USUAL: Mapping[str, Any] = {
    "text": "words", "id": "X", "month": "2023-06", "date": pd.Timestamp("2023-06-08"), "boolean": True,
    "whole number": 1, "number": 1.0, "code": "neglect", "codes": "IRO",
}  # fmt: skip


NEEDED: Mapping[str, Mapping[str, Any]] = {  # what a good record holds beside its required columns
    "actions": {"audit_id": "A{number}"},
    "conferences": {"due_on": pd.Timestamp("2023-06-08")},
    "family_feedback": {"contacted_on": pd.Timestamp("2023-06-08")},
    "narratives": {"achievements": "words"},
}


def good_row(dataset: str, number: int = 1, **changes: Any) -> dict[str, Any]:
    """A record that breaks no rule: what is required filled, with identifiers of its own, the rest blank."""
    contract = CONTRACTS[dataset]
    row = {column.name: _usual(column, number) for column in contract.columns if column.required or column.key}
    needed = NEEDED.get(dataset, {}).items()
    row |= {name: cell.format(number=number) if isinstance(cell, str) else cell for name, cell in needed}
    return {**row, **{name: _cell(value) for name, value in changes.items()}}


def frame(dataset: str, *rows: Mapping[str, Any]) -> DataFrame:
    """Rows as the reader of extracts hands them on: every column, typed, with its origin."""
    columns = CONTRACTS[dataset].columns
    cells = {
        column.name: Series([row.get(column.name) for row in rows], dtype=DTYPES[column.kind]) for column in columns
    }
    origin = {"source_file": f"{dataset}.xlsx", "source_sheet": "Data"}
    return DataFrame(cells).assign(**origin, source_row=range(2, len(rows) + 2))


def changed(contract: Contract, **changes: Any) -> dict[str, Contract]:
    """All contracts, one of them changed."""
    return {**CONTRACTS, contract.dataset: replace(contract, **changes)}


def broken(frames: Mapping[str, DataFrame], dataset: str) -> set[tuple[str, str]]:
    """Rule and column of every issue of a dataset."""
    issues = check(frames, CONTRACTS).query("dataset == @dataset")
    return set(zip(issues["rule"], issues["column"].fillna(""), strict=True))


def only(dataset: str, **changes: Any) -> dict[str, DataFrame]:
    """One good audit and one record of a dataset, the second changed."""
    return {"audits": frame("audits", good_row("audits")), dataset: frame(dataset, good_row(dataset, **changes))}


def _usual(column: Column, number: int) -> Any:
    if column.codes:
        return "good" if column.kind == "grade" else column.codes[0]
    if column.kind == "id" or (column.key and column.kind in ("text", "code")):
        return f"{column.name[0].upper()}{number}"
    return USUAL[column.kind]


def _cell(value: Any) -> Any:
    return pd.Timestamp(value) if hasattr(value, "isoformat") else value
