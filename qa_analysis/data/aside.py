"""Records set aside: rows that cannot be used, each with the rule and the column that says why."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame

RULE: Final = "aside_rule"
COLUMN: Final = "aside_column"  # "" where it is no single column's fault

COPY, DRAFT, PARENT = "copy-of-a-row", "draft-of-a-final-form", "record-set-aside"
TWO_CONTENTS: Final = "duplicate-key"
NO_LOSS: Final = frozenset({COPY, DRAFT, PARENT})  # nothing is lost by them, or what is lost is counted elsewhere

ASIDE_COLUMNS: Final = (
    "dataset",
    "file",
    "sheet",
    "row",
    "key",
    "rule",
    "column",
    "cycle_month",
    "service_area",
    "team",
)


def with_reasons(rows: DataFrame, reasons: Sequence[tuple[str, str]]) -> DataFrame:
    """Some records with the rule and the column that says why each cannot be used. One row per record."""
    said = {RULE: [rule for rule, _ in reasons], COLUMN: [column for _, column in reasons]}
    return rows.assign(**{name: pd.Series(texts, index=rows.index, dtype="str") for name, texts in said.items()})


def no_aside() -> DataFrame:
    """The table of records set aside where all can be used. No row."""
    return DataFrame({name: pd.Series(dtype="Int64" if name == "row" else "str") for name in ASIDE_COLUMNS})


def records_lost(aside: DataFrame) -> DataFrame:
    """The records that are lost to the figures. One row per record: of one key with several contents, one.

    Copies are none, and what hangs on another record is counted with that.
    """
    again = aside["rule"].eq(TWO_CONTENTS) & aside.duplicated(["dataset", "rule", "key"])
    return aside[~aside["rule"].isin(NO_LOSS) & ~again]
