"""What each auditor was to the case on that day: nothing, its key worker, manager, reviewing officer or colleague."""

from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.framework import Rules
from qa_analysis.measures.posts import are_held

KEY_WORKER, REVIEWS, MANAGES, SAME_TEAM = "key worker", "reviewing officer", "manager of the case", "same team"
STEPS: Final = 5  # from a key worker up to the Director: whoever manages in a circle is not followed for ever


def own_line(audits: DataFrame, staff: DataFrame, rules: Rules) -> DataFrame:
    """What the auditor was to each case on that day. One row per audit.

    `how` is blank where they were nothing to it. `is_known` is false where the auditor held no known post then, or one
    above the immediate line, from which every case is managed.
    """
    held = posts_on(audits, "auditor_id", staff)
    rank = held["role"].map(dict(rules.management_ranks)).fillna(0)
    highest = rules.management_ranks[rules.own_line_up_to]
    above = set(held.loc[rank > highest, "audit"])
    near = Series("", index=audits.index, dtype="str")
    for how, audit_rows in (
        (SAME_TEAM, set(held.loc[held["team"] == held["audit"].map(audits["team"]), "audit"])),
        (MANAGES, _managed(audits, staff)),
        (REVIEWS, set(audits.index[audits["auditor_id"] == audits["reviewing_officer_id"]])),
        (KEY_WORKER, set(audits.index[audits["auditor_id"] == audits["key_worker_id"]])),
    ):
        near = near.mask(audits.index.isin(list(audit_rows)), how)
    known = audits.index.isin(held["audit"]) & ~audits.index.isin(list(above))
    return DataFrame({"how": near, "is_known": known}, index=audits.index)


def posts_on(audits: DataFrame, who: str, staff: DataFrame) -> DataFrame:
    """The posts that somebody of each audit held on its day. One row per audit and post; `audit` is its row."""
    asked = DataFrame(
        {"audit": audits.index, "worker_id": audits[who].to_numpy(), "day": audits["audited_on"].to_numpy()}
    )
    both = asked.dropna().merge(staff, on="worker_id")
    return both[are_held(both, both["day"])]


def _managed(audits: DataFrame, staff: DataFrame) -> set[object]:
    """The audits whose auditor managed the case: as the audit records it, or as the hierarchy of that day has it."""
    recorded = (audits["auditor_id"] == audits["team_manager_id"]) | (
        audits["auditor_id"] == audits["service_manager_id"]
    )
    found, people = set(audits.index[recorded]), audits[["auditor_id", "audited_on", "key_worker_id"]]
    people = people.rename(columns={"key_worker_id": "of"})
    for _ in range(STEPS):
        held = posts_on(people, "of", staff).dropna(subset="manager_id")
        if held.empty:
            break
        people = DataFrame(
            {
                "auditor_id": held["audit"].map(audits["auditor_id"]).to_numpy(),
                "audited_on": held["day"].to_numpy(),
                "of": held["manager_id"].to_numpy(),
            },
            index=pd.Index(held["audit"]),
        )
        people = people[~people.reset_index().duplicated().to_numpy()]
        found |= set(people.index[people["auditor_id"] == people["of"]])
    return found
