"""What managers say of their month, line by line as they wrote it: without those narratives that may name somebody."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.naming import Naming
from qa_analysis.measures.narratives.submitted import DATASET, SLOTS
from qa_analysis.month.month import NARRATIVES

SHOWN, KEPT_BACK = "shown", "kept back"


def cleared(tables: Tables, originals: Collection[str]) -> DataFrame:
    """Every narrative, its text where nothing in it may name anybody. One row per line, and per empty part.

    A narrative with a mark in any of its parts is kept back whole: one row, without text. Its author is told where
    (reports/performance/desk.py). `originals` are the identifiers and names of all extracts.
    """
    frame = tables.optional(DATASET)
    if frame is None or frame.empty:
        return no_narratives()
    naming = Naming.of_council(tables, originals)
    held = frame.dropna(subset=["month", "level", "entity"])
    rows = [line for row in held.to_dict("records") for line in _lines(row, naming)]
    return DataFrame(rows, columns=NARRATIVES).astype("str")


def no_narratives() -> DataFrame:
    """No narrative at all."""
    return DataFrame(columns=NARRATIVES, dtype="str")


def of_month(every: DataFrame, tables: Tables) -> DataFrame:
    """The lines of the month's narratives of the place that the tables are of. One row per line."""
    frame = tables.optional(DATASET)
    if frame is None:
        return no_narratives()
    keys = ["month", "level", "entity"]
    here = pd.MultiIndex.from_frame(frame.loc[frame["month"] == tables.month, keys].astype("str"))
    return every[pd.MultiIndex.from_frame(every[keys]).isin(here)].reset_index(drop=True)


def _lines(row: Mapping[Any, Any], naming: Naming) -> Iterator[tuple[str, ...]]:
    """The lines of one narrative."""
    texts = {slot: row[slot] if isinstance(row[slot], str) else "" for slot in SLOTS}
    place = (str(row["month"]), str(row["level"]), str(row["entity"]))
    if any(naming.marks(text) for text in texts.values()):
        yield (*place, KEPT_BACK, "", "")
        return
    for slot, text in texts.items():
        for line in [line for line in text.splitlines() if line.strip()] or [""]:
            yield (*place, SHOWN, slot, line)
