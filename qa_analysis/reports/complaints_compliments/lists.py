"""The open complaints, the next to run out first, each with its owner: for named people alone (tier A)."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import days_written
from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.complaints.timeliness import open_ones
from qa_analysis.month.named import Named

FILE: Final = "open-complaints.xlsx"
WIDTHS: Final = {"Owner": 32, "Service": 28, "Team": 28, "State": 26}


def open_complaints(named: Named) -> Iterator[Book]:
    """Every open complaint: all by their last day, then by owner. Nothing where none is open."""
    shown = listed(named)
    if shown.empty:
        return
    by_owner = shown.sort_values("Owner", kind="stable")
    lines = ("The last day is that of the clock that runs out first; where more time was not recorded as agreed or "
             "refused, the longest limit.",)  # fmt: skip
    yield Book(
        FILE,
        "Open complaints",
        (
            Sheet("Next to run out", "Open complaints, the next to run out first", shown, lines, WIDTHS),
            Sheet("By owner", "Open complaints by owner, the next to run out first", by_owner, widths=WIDTHS),
        ),
    )


def listed(named: Named) -> DataFrame:
    """The open complaints, the next to run out first. One row per complaint."""
    held = open_ones(named.tables)
    return pd.DataFrame(
        {
            "Last day": days_written(held["last_on"]), "State": [at_first(state) for state in held["state"]],
            "Owner": [named.person(who) for who in held["owner_id"]], "Complaint": held["record_id"],
            "Stage": held["stage"], "Asked for on": days_written(held["received_on"]), "Service": held["service_area"],
            "Team": held["team"],
        }
    )  # fmt: skip
