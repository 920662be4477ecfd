"""Findings without a code, with the code suggested for each: for the Principal Social Worker to go through (tier A).

Filled in, the sheet is the dataset `code_corrections` as it stands: put the file with the next extracts.
"""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.themes.suggestions import SURE, suggestions
from qa_analysis.month.named import Named
from qa_analysis.stats.wording.text import kin_of

FILE = "codes-for-the-principal-social-worker.xlsx"
SHEET = "code_corrections"
HOW = (
    "Suggested, not confirmed: no figure counts a suggestion as an auditor's code.",
    "Enter the correct code in theme_code (the suggested one if it is correct), your role and the date. Leave a row "
    "blank to come back to it.",
    "Put the file with the next extracts. Next month's suggestions use it, and the report says how many were correct.",
)
WIDTHS = {"What was found": 80, "Suggested theme": 40, "Words it is based on": 36, "key_area": 28,
          "corrected_by_role": 24, "As a strength": 60, "For development": 60}  # fmt: skip


def suggestion_list(named: Named) -> Iterator[Book]:
    """One workbook of the month's findings without a code; those with no suggestion first, then the least sure."""
    tables = named.tables
    held = suggestions(tables)
    waiting = held[held["coded"].isna() & held["corrected"].isna()]
    if waiting.empty:
        return
    shown = _shown(waiting.sort_values(["confidence", "finding_id"]), tables)
    themes = [(code, theme.strength, theme.development) for code, theme in tables.rules.codebook.items()]
    columns = ["Code", "As a strength", "For development"]
    title = "Findings without a code: suggestions to check"
    sheets = (
        Sheet(SHEET, title, shown, lines=HOW, widths=WIDTHS),
        Sheet("Codes", "The codes to choose from", pd.DataFrame(themes, columns=columns), widths=WIDTHS),
    )
    yield Book(FILE, title, sheets)


def _shown(waiting: DataFrame, tables: Tables) -> DataFrame:
    """One row per finding. A code is suggested only where it is sure enough."""
    sure = waiting["outcome"] == SURE
    code = waiting["code"].where(sure, "")
    blank = Series("", index=waiting.index, dtype="str")
    return DataFrame(
        {
            "finding_id": waiting["finding_id"],
            "What was found": waiting["text"],
            "Found as": waiting["polarity"],
            "key_area": waiting["key_area"].fillna("").replace(dict(tables.rules.key_areas)),
            "suggested_code": code,
            "Suggested theme": [
                tables.rules.codebook[one].called(polarity) if one else "not sure"
                for one, polarity in zip(code, waiting["polarity"], strict=True)
            ],
            "How sure": waiting["confidence"].map("{:.0%}".format),
            "Words it is based on": [", ".join(dict.fromkeys(kin_of(text))) for text in waiting["text"]],
            "theme_code": blank, "corrected_by_role": blank, "corrected_on": blank,
        }
    )  # fmt: skip
