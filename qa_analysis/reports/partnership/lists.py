"""The open recommendations in full, oldest first, with what audits find on each theme: for named people (tier A)."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import days_written
from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.reviews.recommendations import waiting
from qa_analysis.measures.themes.in_audits import audit_themes
from qa_analysis.month.named import NOT_RECORDED, Named
from qa_analysis.telling.prompts import subject_title

FILE: Final = "open-recommendations.xlsx"
WIDTHS: Final = {"Recommendation": 70, "Theme": 36, "Source": 22, "Audits of the theme": 30}
LINES: Final = (
    "Recommendations are quoted as they were supplied: read each before it is passed on.",
    "Audits are headline audits of the last twelve cycles: of an audit theme those audited for it and graded below "
    "good, of a prompt those that found it wanting.",
)


def recommendations_list(named: Named) -> Iterator[Book]:
    """Every open recommendation: oldest first, then by source. Nothing where none is open."""
    shown = listed(named.tables)
    if shown.empty:
        return
    by_source = shown.sort_values("Source", kind="stable")
    yield Book(
        FILE,
        "Open recommendations",
        (
            Sheet("Oldest first", "Open recommendations, the oldest first", shown, LINES, WIDTHS),
            Sheet("By source", "Open recommendations by source, the oldest first", by_source, widths=WIDTHS),
        ),
    )


def listed(tables: Tables) -> DataFrame:
    """The open recommendations, the oldest first. One row per recommendation."""
    held = waiting(tables)
    return pd.DataFrame(
        {
            "Date": days_written(held["dated_on"]),
            "Days open": held["days"],
            "Source": [at_first(source) for source in held["source"].fillna(NOT_RECORDED)],
            "Reference": held["recommendation_id"],
            "Recommendation": held["recommendation"],
            "Theme": [_title(tables, code) for code in held["theme_code"]],
            "Audits of the theme": [_audits(tables, code) for code in held["theme_code"]],
        }
    )


def _title(tables: Tables, code: object) -> str:
    return at_first(subject_title(tables.rules, code) if isinstance(code, str) else NOT_RECORDED)


def _audits(tables: Tables, code: object) -> str:
    """What the year's headline audits say of a theme: how many were below good, or found a prompt wanting."""
    if not isinstance(code, str):
        return ""
    audits = headline_audits(tables, months=tables.rolling_cycles)
    if code in tables.rules.codebook:
        found = audit_themes(tables, audits, "development")["theme_code"].eq(code).sum()
        return f"{found} of {len(audits)} found it wanting"
    own = audits[audits["theme_code"].eq(code)].dropna(subset="overall_grade")
    below = (~own["overall_grade"].isin(tables.rules.good_grades)).sum()
    return f"{below} of {len(own)} below good" if len(own) else "none audited for it"
