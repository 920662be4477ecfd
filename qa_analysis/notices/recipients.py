"""Who is told of each selected record, in which part, and who is missing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.dates import day_name
from qa_analysis.framework import Rules
from qa_analysis.notices.window import Window

KEY_WORKER, MANAGER, SERVICE, REVIEWING = "Key worker", "Team Manager", "Service Manager", "Reviewing officer"
AUDITOR, BESIDE = "Auditor", "Auditor beside a new manager"
PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        KEY_WORKER: "key_worker_id",
        MANAGER: "team_manager_id",
        SERVICE: "service_manager_id",
        REVIEWING: "reviewing_officer_id",
        AUDITOR: "auditor_id",
        BESIDE: "co_auditor_id",
    }
)
EVERY_RECORD: Final = "every record"


def recipients(given: DataFrame) -> DataFrame:
    """Everyone who is told, once for each record and part. One row per person, record and part.

    Somebody who is both the key worker and the Team Manager of a record is told of both.
    """
    parts = [
        DataFrame({"worker_id": given[column], "part": _called(part, given), "record": given.index})
        for part, column in PARTS.items()
    ]
    told = pd.concat(parts).dropna(subset="worker_id")
    return told.sort_values(["worker_id", "record"], kind="stable").reset_index(drop=True)


def unsettled(given: DataFrame, staff: DataFrame, *, window: Window, rules: Rules) -> DataFrame:
    """What the list cannot settle: recipients who are missing, have left or are away. One row per matter.

    A part of which no record names anybody is one row: it was not recorded. A record that has no reviewing officer by
    its kind, as of a child in need, lacks none.
    """
    rows = [row for part in tuple(PARTS)[:4] for row in _of_part(part, given, staff, window, rules)]
    return DataFrame(rows, columns=["record", "matter", "to_do"])


def _called(part: str, given: DataFrame) -> Series:
    """The part of each record's recipient: a reviewing officer's is their role."""
    if part == REVIEWING:
        return given["reviewing_officer_role"].fillna(REVIEWING)
    return Series(part, index=given.index)


def _of_part(
    part: str, given: DataFrame, staff: DataFrame, window: Window, rules: Rules
) -> Iterator[tuple[str, str, str]]:
    who = given[PARTS[part]]
    asked = given["case_status"].map(rules.reviewing_officers) if part == REVIEWING else Series(part, index=given.index)
    missing = given[who.isna() & asked.notna()]
    if len(missing) > 1 and len(missing) == asked.notna().sum():
        yield (
            EVERY_RECORD,
            f"No {_said(part)} is recorded",
            f"Supply the {PARTS[part]} of the caseload, or tell them yourself.",
        )
    else:
        for child, lacking in zip(missing["child_id"], asked[missing.index], strict=True):
            yield str(child), f"No {_said(str(lacking))} is recorded", "Find out who it is and tell them yourself."
    if len(staff):
        for child, worker in zip(given["child_id"], who, strict=True):
            if isinstance(worker, str) and (matter := _away(worker, staff, window)):
                yield str(child), f"The {_said(part)} {matter[0]}", matter[1]


def _said(part: str) -> str:
    """A part within a sentence: posts keep their capitals."""
    return part.lower() if part in (KEY_WORKER, REVIEWING) else part


def _away(worker: str, staff: DataFrame, window: Window) -> tuple[str, str] | None:
    """What is wrong with the post of somebody to be told, and what to do; nothing where it is held throughout."""
    posts = staff[(staff["worker_id"] == worker) & (staff["started_on"] <= pd.Timestamp(window.ends_on))]
    if posts.empty:
        return "is not in the staff list", "Check the identifier; they are listed under it."
    held = posts[~(posts["ended_on"] < pd.Timestamp(window.ends_on))]
    if held.empty:
        left = posts["ended_on"].max().date()
        return f"leaves or left on {day_name(left)}", "Tell whoever takes over as well."
    away = held[
        (held["leave_from_on"] <= pd.Timestamp(window.ends_on)) & ~(held["leave_to_on"] < pd.Timestamp(window.sent_on))
    ]
    if away.empty:
        return None
    until = away["leave_to_on"].max()
    back = "with no end recorded" if pd.isna(until) else f"to {day_name(until.date())}"
    return f"is on leave {back}", "Tell whoever covers for them as well."
