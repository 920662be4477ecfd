"""Records set aside: rows that cannot be used, each with the rule and the column that says why."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame

RULE: Final = "aside_rule"
COLUMN: Final = "aside_column"  # "" where it is no single column's fault

COPY, DRAFT, PARENT = "copy-of-a-row", "draft-of-a-final-form", "record-set-aside"
NO_LOSS: Final = frozenset({COPY, DRAFT, PARENT})  # nothing is lost by them, or what is lost is counted elsewhere

ASIDE_COLUMNS: Final = ("dataset", "file", "sheet", "row", "rule", "column", "cycle_month", "service_area", "team")


def with_reasons(rows: DataFrame, reasons: Sequence[tuple[str, str]]) -> DataFrame:
    """Some records with the rule and the column that says why each cannot be used. One row per record."""
    said = {RULE: [rule for rule, _ in reasons], COLUMN: [column for _, column in reasons]}
    return rows.assign(**{name: pd.Series(texts, index=rows.index, dtype="str") for name, texts in said.items()})


def aside_table(aside: Mapping[str, DataFrame]) -> DataFrame:
    """Every record set aside, of all datasets, without what it holds: where it stands, whose it is and why.

    One row per record.
    """
    tables = [_told(dataset, rows) for dataset, rows in aside.items() if len(rows)]
    return pd.concat(tables, ignore_index=True) if tables else no_aside()


def no_aside() -> DataFrame:
    """The table of records set aside where all can be used. No row."""
    return DataFrame({name: pd.Series(dtype="Int64" if name == "row" else "str") for name in ASIDE_COLUMNS})


def _told(dataset: str, rows: DataFrame) -> DataFrame:
    named = rows.rename(
        columns={"source_file": "file", "source_sheet": "sheet", "source_row": "row", RULE: "rule", COLUMN: "column"}
    )
    told = named.assign(dataset=dataset).reindex(columns=list(ASIDE_COLUMNS))
    return told.astype({name: "Int64" if name == "row" else "str" for name in ASIDE_COLUMNS}).fillna(
        {"sheet": "", "column": ""}
    )
