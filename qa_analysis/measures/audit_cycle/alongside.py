"""Audits that managers already in post did alongside the Practice Improvement Team, as a review of theirs may ask."""

import pandas as pd

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import MANAGERS_IN_POST


@declares(
    Measure(
        "alongside_not_new",
        title="Audits alongside the Practice Improvement Team by managers who are not new",
        family=family.AUDIT_CYCLE,
        counts="audits of the last twelve cycles by somebody who first took a manager's post before them, alongside "
        "somebody of the Practice Improvement Team, those of an induction left out",
        limits="only where staff were supplied; whether a Personal Development Review asked for the audit is in no "
        "dataset",
        unit="audits",
    ),
    needs=("staff",),
)
def alongside_not_new(tables: Tables) -> list[Figure]:
    """How many audits managers already in post did alongside the team. One figure; none where nobody is of it."""
    staff, rules = tables.frames["staff"], tables.rules
    team = staff.loc[staff["role"] == rules.induction_alongside, "worker_id"]
    if team.empty:
        return []
    manages = staff[staff["role"].isin({*rules.management_ranks, *rules.roles_to_be_ready})]
    first = manages.groupby("worker_id")["started_on"].min()
    before = set(first[first < pd.Timestamp(f"{tables.rolling_cycles[0]}-01")].index)
    year = audits_of_year(tables)
    beside = year["co_auditor_id"].isin(team) & year["auditor_id"].isin(before)
    done = int((beside & year["selection_route"].ne("induction")).sum())
    labels = {"period": period_of(tables.rolling_cycles), "population": MANAGERS_IN_POST, "unit": "audits"}
    return [count("alongside_not_new", done, **labels)]
