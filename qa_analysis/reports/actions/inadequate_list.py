"""The year's audits graded inadequate and what followed each: for the Quality Assurance Manager alone (tier A)."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.dates import days_written
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.closing_the_loop.inadequate_audits import CONCERN, PANEL, followed
from qa_analysis.measures.figure import labelled
from qa_analysis.month.named import Named

FILE = "inadequate-audits-for-the-quality-assurance-manager.xlsx"
TITLE = "Audits graded inadequate in the year, and what followed"
WIDTHS = {"Audit": 18, "Service": 28, "Team": 28, "Key worker": 28, "Team Manager": 28, "Panel's grade": 26}


def inadequate_list(named: Named) -> Iterator[Book]:
    """One workbook of the year's audits graded inadequate; none where there was none."""
    held = followed(named.tables)
    if held.empty:
        return
    note = "A blank says that nothing is recorded, not that nothing was done."
    yield Book(FILE, TITLE, (Sheet("Audits", TITLE, shown(held, named), lines=(note,), widths=WIDTHS),))


def shown(held: DataFrame, named: Named) -> DataFrame:
    """The audits as their managers know them. One row per audit."""
    days = {"Audited": "audited_on", "Child audited again": "again_on", "Discussed in supervision": "discussed_on"}
    dated = {title: days_written(held[column]) for title, column in days.items() if column in held}
    return pd.DataFrame(
        {
            "Audit": held["audit_id"],
            "Cycle": held["cycle_month"],
            "Audited": dated.pop("Audited"),
            "Route": held["selection_route"],
            "Service": labelled(held["service_area"]),
            "Team": labelled(held["team"]),
            "Child": named.identities.original(held["child_id"]),
            "Key worker": [named.person(who) for who in held["key_worker_id"]],
            "Team Manager": [named.person(who) for who in held["team_manager_id"]],
            "Actions agreed": held["actions"],
            "Actions still open": held["actions_open"],
            "Immediate concern": held[CONCERN].map({True: "yes", False: "no"}),
            **_by_panel(held),
            **dated,
        }
    ).reset_index(drop=True)


def _by_panel(held: DataFrame) -> dict[str, Series]:
    """Whether the panel looked at each audit and how it graded it; no column where its decisions were not supplied."""
    if PANEL not in held:
        return {}
    return {"Moderated": held[PANEL].map({True: "yes", False: "no"}), "Panel's grade": held["panel_grade"]}
