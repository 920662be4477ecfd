"""New managers audit beside a member of the Practice Improvement Team, as part of their induction."""

from collections import Counter

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import months_after
from qa_analysis.framework import FIRST_MONTH, Rules, rules_for
from qa_analysis.notices.ties import ticket
from qa_analysis.notices.window import Window


def new_managers(staff: DataFrame, audits: DataFrame, *, window: Window, rules: Rules) -> frozenset[str]:
    """Who first took a manager's post in the months before the audits and has not yet audited beside the team.

    Roles that audited from the first cycle are the ones that others learn from.
    """
    posts = {*rules.management_ranks, *rules.roles_to_be_ready} - {*rules_for(FIRST_MONTH).auditor_roles}
    held = staff[staff["role"].isin(posts) & (staff["started_on"] <= pd.Timestamp(window.ends_on))]
    began = held.groupby("worker_id")["started_on"].min()
    since = pd.Timestamp(f"{months_after(window.month, -rules.induction_months)}-01")
    done = set(audits.loc[audits["co_auditor_id"].notna(), "auditor_id"].dropna())
    return frozenset(set(began[began >= since].index) - done)


def beside(
    given: DataFrame, pairs: DataFrame, staff: DataFrame, audits: DataFrame, *, window: Window, rules: Rules, seed: str
) -> DataFrame:
    """The records with `co_auditor_id`: somebody of the team beside each new manager, in their first audit.

    Whoever of the team may audit the record and has the fewest audits; blank where nobody can. One row per record.
    """
    new = new_managers(staff, audits, window=window, rules=rules)
    first = given[given["auditor_id"].isin(new)].sort_values(["ticket", "child_id"]).drop_duplicates("auditor_id")
    load = Counter(given["auditor_id"].dropna())
    team = pairs[(pairs["role"] == rules.induction_alongside) & (pairs["bar"] == "")]
    chosen: dict[int, str] = {}
    for record, child in zip(first.index.to_numpy(dtype=int), first["child_id"], strict=True):
        able = sorted(
            team.loc[team["record"] == record, "worker_id"], key=lambda who: (load[who], ticket(seed, who, child))
        )
        if able:
            chosen[record] = able[0]
            load[able[0]] += 1
    return given.assign(
        co_auditor_id=given.index.to_series().map(chosen).astype("str"),
        is_induction=given.index.isin(first.index),
    )
