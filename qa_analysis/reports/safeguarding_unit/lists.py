"""Alerts that wait for an answer, manager by manager, and conferences overdue: for named people alone (tier A)."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import days_written
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.posts import in_post
from qa_analysis.measures.safeguarding_unit.alerts import WAY, open_alerts
from qa_analysis.measures.safeguarding_unit.conferences import overdue
from qa_analysis.month.named import NOT_RECORDED, Named
from qa_analysis.telling.prompts import subject_title

INDEX: Final = "alert-lists.xlsx"
OVERDUE: Final = "conferences-overdue.xlsx"
NOBODY: Final = "Team Manager not recorded"
WIDTHS: Final = {"Team Manager": 28, "File": 24, "Team": 24, "Raised by": 28, "Chair": 28, "Kind": 28, "Theme": 40}


def alert_lists(named: Named) -> Iterator[Book]:
    """One workbook per Team Manager with an alert to answer, and an index of the lists."""
    waiting = with_manager(open_alerts(named.tables), named.tables)
    index = []
    for number, manager in enumerate(sorted(set(waiting["manager"]), key=named.person), start=1):
        mine = waiting[waiting["manager"] == manager]
        person, file = named.person(manager), f"alerts-{number:03d}.xlsx"
        title = f"Practice alerts awaiting an answer, longest overdue first: {person}"
        yield Book(file, title, (Sheet("To answer", title, shown(mine, named), widths=WIDTHS),))
        late = int(mine["is_overdue"].sum())
        index.append({"Team Manager": person, "To answer": len(mine), "Overdue": late, "File": file})
    if index:
        title = "Index of alert lists"
        yield Book(INDEX, title, (Sheet("Lists", title, pd.DataFrame(index), widths=WIDTHS),))


def overdue_list(named: Named) -> Iterator[Book]:
    """The conferences and reviews that are overdue, longest first; no workbook where none is."""
    late = overdue(named.tables)
    if late.empty:
        return
    title = "Conferences and reviews overdue, longest first"
    rows = pd.DataFrame(
        {
            "Conference": late["conference_id"],
            "Kind": late["kind"],
            "Child": named.identities.original(late["child_id"]),
            "Team": late["team"],
            "Chair": [named.person(who) for who in late["chair_id"]],
            "Due": days_written(late["due_on"]),
            "Days overdue": late["over"],
        }
    )
    yield Book(OVERDUE, title, (Sheet("Overdue", title, rows.reset_index(drop=True), widths=WIDTHS),))


def with_manager(waiting: DataFrame, tables: Tables) -> DataFrame:
    """The alerts with the manager who is to answer: the team's in post, else the child's in its newest record."""
    of_team, of_child = _managers_of_teams(tables), _managers_of_children(tables)
    manager = waiting["team"].map(of_team).astype("str")
    return waiting.assign(manager=manager.fillna(waiting["child_id"].map(of_child).astype("str")).fillna(NOBODY))


def _managers_of_teams(tables: Tables) -> Series:
    """The Team Manager in post of each team, the newest where there are two."""
    staff = tables.optional("staff")
    if staff is None:
        return pd.Series(dtype="str")
    held = in_post(staff[staff["role"] == "team manager"], tables.as_at)
    return held.groupby("team")["worker_id"].last()


def _managers_of_children(tables: Tables) -> Series:
    caseload = tables.optional("caseload")
    if caseload is None:
        return pd.Series(dtype="str")
    newest = caseload.dropna(subset="team_manager_id").sort_values("snapshot_on", kind="stable")
    return newest.groupby("child_id")["team_manager_id"].last()


def shown(waiting: DataFrame, named: Named) -> DataFrame:
    """Alerts as their manager knows them. One row per alert."""
    return pd.DataFrame(
        {
            "Alert": waiting["alert_id"],
            "Child": named.identities.original(waiting["child_id"]),
            "Team": waiting["team"],
            "Formal or informal": waiting[WAY],
            "Theme": [_theme(named.tables, code) for code in waiting["theme_code"]],
            "Raised by": [named.person(who) for who in waiting["raised_by_id"]],
            "Raised": days_written(waiting["raised_on"]),
            "Answer due": days_written(waiting["response_due_on"]),
            "Days overdue": waiting["over"].astype("Int64"),
        }
    ).reset_index(drop=True)


def _theme(tables: Tables, code: object) -> str:
    """What an alert is about, as the codebook calls it where it is lacking."""
    if not isinstance(code, str):
        return NOT_RECORDED
    return subject_title(tables.rules, code)
