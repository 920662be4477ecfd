"""Lists of selected records for tests, and people to audit them: say what matters in a row, the rest is filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from pandas import DataFrame
from small import frame

from qa_analysis.framework import Rules, rules_for
from qa_analysis.notices.allocation import Allocation, allocate
from qa_analysis.notices.window import Window, window_of

MONTH = "2023-07"
RULES = rules_for(MONTH)
COLUMNS = (
    "cycle_month", "child_id", "theme_code", "service_area", "team", "case_status", "age_band", "key_worker_id",
    "team_manager_id", "service_manager_id", "reviewing_officer_id", "reviewing_officer_role", "stratum", "exclusion",
    "inclusion_probability", "ticket", "rank", "outcome", "is_moderated", "gave_way",
)  # fmt: skip
USUAL = {
    "cycle_month": MONTH, "theme_code": "supervision", "service_area": "Safeguarding", "team": "North",
    "case_status": "CIN", "age_band": "5-9", "key_worker_id": "kw", "team_manager_id": "tm", "service_manager_id": "sm",
    "stratum": "North", "inclusion_probability": 0.1, "outcome": "drawn", "is_moderated": False,
}  # fmt: skip
POST = {"role": "social worker", "team": "Elsewhere", "service_area": "Elsewhere", "started_on": "2020-01-01"}


def records(*rows: Mapping[str, Any], outcome: str = "drawn") -> DataFrame:
    """Selected records, numbered C1, C2 … in the order of their tickets. One row per mapping."""
    full = [
        {**dict.fromkeys(COLUMNS), **USUAL, "child_id": f"C{number}", "ticket": f"{number:064x}", "rank": number,
         "outcome": outcome, **row}
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip
    held = DataFrame(full, columns=list(COLUMNS))
    text = [name for name in COLUMNS if name not in ("inclusion_probability", "rank", "is_moderated")]
    return held.astype(dict.fromkeys(text, "str"))


def staff(**people: Any) -> DataFrame:
    """Posts held by people of these identifiers: a role, or what matters of the post, or several posts."""
    rows = []
    for worker, posts in people.items():
        for post in posts if isinstance(posts, list) else [posts]:
            said = {"role": post} if isinstance(post, str) else post
            rows.append({**POST, "worker_id": worker, "name": f"Name of {worker}", **said})
    return frame("staff", rows)


def window(month: str = MONTH, *, made_on: str = "2023-06-20", rules: Rules = RULES) -> Window:
    return window_of(month, made_on=date.fromisoformat(made_on), rules=rules)


def allocated(
    selected: DataFrame, people: DataFrame, *audits: Mapping[str, Any], month: str = MONTH, seed: str = "a seed",
    replacements: DataFrame | None = None, **rules: Any,
) -> Allocation:  # fmt: skip
    """Who audits what, as a run would say it."""
    held = replace(rules_for(month), **rules)
    return allocate(
        selected, people, frame("audits", audits), window=window(month, rules=held), rules=held, seed=seed,
        replacements=replacements,
    )  # fmt: skip


def auditors(given: Allocation) -> dict[str, str]:
    """The auditor of each record; "" where nobody was found."""
    held = given.audits
    return dict(zip(held["child_id"], held["auditor_id"].where(held["auditor_id"].notna(), ""), strict=True))


def loads(given: Allocation) -> list[int]:
    """How many audits each auditor has, the most first."""
    return sorted(pd.Series(auditors(given)).value_counts().tolist(), reverse=True)
