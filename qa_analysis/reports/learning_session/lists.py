"""Invitation lists for the learning session and the briefing: named, in restricted/ alone (tier A)."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.actions.decisions import NO_POST, posts
from qa_analysis.measures.learning.session import briefed, involved
from qa_analysis.month.named import Named

SESSION = "learning-session-invitations.xlsx"
BRIEFING = "briefing-invitations.xlsx"
GONE = "none: left, or not in the staff list"
WIDTHS = {"Name": 28, "Role in the audits": 34, "Team": 26, "Audits": 44, "Cycles": 20}


def invitation_lists(named: Named) -> Iterator[Book]:
    """Two workbooks for whoever organises the month's learning, each person by name.

    To the session the key workers, Team Managers and Service Managers of the audits discussed; to the briefing all who
    were part of this cycle's audits, those who audited too (framework: "all those involved").
    """
    for file, title, people in (
        (SESSION, "Invitation list for the learning session", involved(named.tables)),
        (BRIEFING, "Invitation list for the briefing", briefed(named.tables)),
    ):
        if not people.empty:
            yield Book(file, title, (Sheet("To invite", title, invitations(people, named), widths=WIDTHS),))


def invitations(people: DataFrame, named: Named) -> DataFrame:
    """Whom to invite, in the order of their identifiers. One row per person, with the audits they were part of.

    The post is that of the day, so that whoever has left or moved since the audit is seen.
    """
    found = people.groupby("worker_id", as_index=False).agg({name: _listed for name in people if name != "worker_id"})
    post = posts(named.tables, found["worker_id"])
    if named.tables.optional("staff") is not None:
        post = post.replace(NO_POST, GONE)
    shown = pd.DataFrame(
        {
            "Person": named.identities.original(found["worker_id"]),
            "Name": [named.names.get(worker, "") for worker in found["worker_id"]],
            "Role in the audits": found["part"],
            f"Post on {day_name(named.tables.as_at.date())}": post,
            "Team": found["team"],
            "Service": found["service_area"],
            "Cycles": found["cycle_month"],
            "Audits": found["audit_id"],
        }
    )
    return shown.sort_values("Person", ignore_index=True)


def _listed(values: pd.Series) -> str:
    """The different values in one cell, in order."""
    return ", ".join(sorted(set(values.dropna().astype(str))))
