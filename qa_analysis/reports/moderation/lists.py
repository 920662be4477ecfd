"""Which audits the panel moved far, and which never reached it: for the Quality Assurance Manager alone (tier A)."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.audits.linked import are_named, is_of_cycles
from qa_analysis.measures.figure import labelled
from qa_analysis.measures.moderation.agreement import pairs
from qa_analysis.measures.moderation.panel_practice import are_concerned
from qa_analysis.month.named import Named

FILE = "moderation-for-the-quality-assurance-manager.xlsx"
WIDTHS = {"Audit": 18, "Cycle": 10, "Grade of": 34}


def moderation_list(named: Named) -> Iterator[Book]:
    """One workbook: grades of the month moved by two or more, and audits of the year that never reached the panel."""
    far, missed = far_moved(named.tables), never_reached(named.tables)
    if far.empty and missed.empty:
        return
    titles = {
        "Changed by two or more": "Grades of the month that the panel changed by two or more",
        "Not yet moderated": "Disputed audits and immediate concerns of the year without a panel decision",
    }
    both = zip(titles.items(), (far, missed), strict=True)
    sheets = tuple(Sheet(*titled, table, widths=WIDTHS) for titled, table in both)
    yield Book(FILE, "Moderation list for the Quality Assurance Manager", sheets)


def far_moved(tables: Tables) -> DataFrame:
    """The month's grades moved by two or more. One row per audit and grade, with both grades and both routes."""
    columns = {"Overall": "overall_grade"} | {
        title: tables.rules.grade_columns[area] for area, title in tables.rules.key_areas.items()
    }
    found = [pairs(tables, (tables.month,), column).assign(area=title) for title, column in columns.items()]
    far = pd.concat(found, ignore_index=True).query("steps <= -2 or steps >= 2")
    return pd.DataFrame(
        {
            "Audit": far["audit_id"], "Grade of": far["area"], "Auditor": far["auditor"], "Panel": far["panel"],
            "Audit route": labelled(far["selection_route"]), "Panel route": labelled(far["route"]),
        }
    ).reset_index(drop=True)  # fmt: skip


def never_reached(tables: Tables) -> DataFrame:
    """Disputed audits and immediate concerns of the year that the panel has not looked at. One row per audit."""
    is_of_year = is_of_cycles(tables, tables.rolling_cycles)
    audits, is_concern = tables.audits[is_of_year], are_concerned(tables)[is_of_year]
    is_disputed = audits["is_disputed"].fillna(False).astype(bool)
    missed = (is_disputed | is_concern) & ~are_named(tables, "moderations")[is_of_year]
    why = is_disputed.map({True: "disputed", False: ""}) + (is_disputed & is_concern).map({True: ", ", False: ""})
    why = why + is_concern.map({True: "immediate concern", False: ""})
    shown = audits[missed].sort_values(["cycle_month", "audit_id"])
    return pd.DataFrame(
        {"Audit": shown["audit_id"], "Cycle": shown["cycle_month"], "Why it is due": why[shown.index]}
    ).reset_index(drop=True)
