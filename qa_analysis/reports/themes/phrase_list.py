"""All words and phrases that distinguish audits below good: for the Principal Social Worker alone (tier A).

The published list holds the framework's own words only; this one holds whatever auditors wrote, so it may name people.
"""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.themes.phrases import SIDES, typical
from qa_analysis.month.named import Named

FILE = "phrases-for-the-principal-social-worker.xlsx"
SHOWN = 100  # each way
WIDTHS = {"Phrase": 40, "Log-odds": 12}


def phrase_list(named: Named) -> Iterator[Book]:
    """One workbook, a sheet for each side: phrases in at least five audits of the year, the most typical first."""
    found = typical(named.tables, safe=False)
    if found.empty:
        return
    sides = found[found["z"] > 0].head(SHOWN), found[found["z"] < 0].tail(SHOWN).iloc[::-1]
    title = "Words and phrases typical of audits of the year; names may be among them"
    sheets = tuple(
        Sheet(side.capitalize(), f"{title}: {side}", shown, widths=WIDTHS)
        for side, shown in zip(SIDES, map(_shown, sides), strict=True)
    )
    yield Book(FILE, title, sheets)


def _shown(found: DataFrame) -> DataFrame:
    """One row per phrase, with the audits of either side that have it."""
    return pd.DataFrame(
        {
            "Phrase": found["phrase"], "Audits below good": found["left"], "Audits good or better": found["right"],
            "Log-odds": found["log_odds"].round(2),
        }
    )  # fmt: skip
