"""All words and phrases that tell audits below good from the others: for the Principal Social Worker alone (tier A).

The published list holds the framework's own words only; this one holds whatever auditors wrote, so it may name people.
"""

from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.theme_words import SIDES, typical
from qa_analysis.report.workbook import write_workbook

FILE = "phrases-for-the-principal-social-worker.xlsx"
SHOWN = 100  # each way
WIDTHS = {"Phrase": 40, "Log-odds": 12}


def write_phrase_list(tables: Tables, folder: Path) -> None:
    """One workbook, a sheet for each side: phrases in at least five audits of the year, the most typical first."""
    found = typical(tables, safe=False)
    if found.empty:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sides = found[found["z"] > 0].head(SHOWN), found[found["z"] < 0].tail(SHOWN).iloc[::-1]
    sheets = {
        side.capitalize(): (
            f"Words and phrases typical of audits {side}, twelve cycles; names may be among them",
            shown,
        )
        for side, shown in zip(SIDES, map(_shown, sides), strict=True)
    }
    write_workbook(folder / FILE, sheets, widths=WIDTHS)


def _shown(found: DataFrame) -> DataFrame:
    """One row per phrase, with the audits of either side that have it."""
    return pd.DataFrame(
        {
            "Phrase": found["phrase"], "Audits below good": found["left"], "Audits good or better": found["right"],
            "Log-odds": found["log_odds"].round(2),
        }
    )  # fmt: skip
