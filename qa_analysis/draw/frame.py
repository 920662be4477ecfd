"""The frame of a draw: every open record, whether it can be selected and how likely, fixed before the seed is known.

Nothing in it is left to chance or to anybody's choice. Where one of several must be taken (one brother or sister of a
family, one theme of two that a record could be audited for) the record's ticket for the month decides, which anyone can
work out from the month and the record's number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.dates import months_after, months_between
from qa_analysis.draw.allocation import Allocation, allocated
from qa_analysis.draw.asked import Asked
from qa_analysis.draw.canonical import canonical, canonical_columns, texts
from qa_analysis.draw.reasons import NO_NUMBER, OUTSIDE, RESTING, RESTRICTED, SIBLING, TWICE, audited_lately
from qa_analysis.draw.themes import themes_of
from qa_analysis.draw.tickets import digests, in_order
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Rules

NUMBER = "child_id"
HELD = [
    NUMBER, "service_area", "team", "case_status", "age_band", "key_worker_id", "team_manager_id",
    "service_manager_id", "reviewing_officer_id", "reviewing_officer_role",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Frame:
    """The frame of a cycle. `records`: one row per open record, by number; `allocation`: what each stratum is due."""

    month: str
    as_at: pd.Timestamp
    records: DataFrame
    allocation: Allocation
    asked: Asked
    rules: Rules
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Recent:
    """What was audited lately: children, by how many cycles ago, and key workers of the cycles before."""

    children: Mapping[str, int]
    workers: frozenset[str]


def frame_of(caseload: DataFrame, audits: DataFrame | None, *, asked: Asked, rules: Rules,
             drawn_before: DataFrame | None = None) -> Frame:  # fmt: skip
    """The frame of a cycle from the newest caseload before it, the audits so far, and the draw of the cycle before.

    Raises:
        WrongUse: there is no caseload of a day before the cycle, or no record that can be selected.
    """
    day, snapshot = newest(caseload, asked.month, rules)
    recent = recent_of(audits, drawn_before, asked.month, rules)
    records, allocation = allocated(_records(snapshot, recent, asked, rules), asked, rules)
    return Frame(asked.month, day, records, allocation, asked, rules, (*asked.notes, *allocation.notes))


def newest(caseload: DataFrame, month: str, rules: Rules) -> tuple[pd.Timestamp, DataFrame]:
    """The newest day before the cycle of which the caseload tells, and its rows.

    Raises:
        WrongUse: there is none.
    """
    begins = pd.Timestamp(rules.cadence.begins(month))
    before = caseload[caseload["snapshot_on"] < begins]
    if before.empty:
        raise WrongUse(
            f"The caseload holds no day before {begins:%Y-%m}, so there is nothing to select from. Add the open "
            f"records of the end of {months_after(f'{begins:%Y-%m}', -1)}."
        )
    day = before["snapshot_on"].max()
    return day, before[before["snapshot_on"] == day]


def recent_of(audits: DataFrame | None, drawn: DataFrame | None, month: str, rules: Rules) -> Recent:
    """The children and key workers of the cycles before, as audited or, in the cycle just before, as selected."""
    (just_before,), lately = rules.cadence.before(month), rules.cadence.before(month, rules.draw_worker_rest_cycles)
    first = min(months_after(month, -rules.draw_child_rest_months), just_before, *lately)
    cycles = months_between(first, months_after(month, -1))
    seen = _of_cycles(audits, cycles)
    if drawn is not None:
        last = drawn.assign(cycle_month=just_before)[["cycle_month", NUMBER, "key_worker_id"]]
        seen = pd.concat([seen, last])
    ago = {cycle: number for number, cycle in enumerate(reversed(cycles), start=1)}
    cycles_ago = seen["cycle_month"].map(ago)
    children = cycles_ago.groupby(canonical(seen[NUMBER])).min().drop("", errors="ignore")
    spared = seen.loc[seen["cycle_month"].isin(lately), "key_worker_id"]
    workers = frozenset(canonical(spared)) - {""}
    return Recent({str(child): int(number) for child, number in children.items()}, workers)


def _of_cycles(audits: DataFrame | None, cycles: tuple[str, ...]) -> DataFrame:
    """The audits of some cycles: whose, and who the key worker was."""
    columns = ["cycle_month", NUMBER, "key_worker_id"]
    if audits is None:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
    return audits.loc[audits["cycle_month"].isin(cycles), columns]


def _records(snapshot: DataFrame, recent: Recent, asked: Asked, rules: Rules) -> DataFrame:
    """Every open record with its theme, or why it cannot be selected. One row per row of the caseload."""
    held = canonical_columns(snapshot, [*HELD, "sibling_group"])
    held["is_restricted"] = _yes(snapshot["is_restricted"])
    is_single = not held[NUMBER].duplicated().any()
    held = held.sort_values([NUMBER] if is_single else list(held.columns), ignore_index=True)
    held["exclusion"] = _exclusions(held, recent, asked, rules)
    held.loc[_has_sibling(held, asked.month), "exclusion"] = SIBLING
    held["theme_code"] = themes_of(held, asked)
    held["is_worker_recent"] = held["key_worker_id"].isin(recent.workers)
    held[RESTING] = held[NUMBER].map(recent.children)
    return held.assign(cycle_month=asked.month).drop(columns=["sibling_group", "is_restricted"])


def _yes(answers: Series) -> Series:
    """Whether the answer is yes; where nothing was recorded, the record is open to all."""
    return answers.astype("boolean").fillna(False).astype(bool)


def _exclusions(held: DataFrame, recent: Recent, asked: Asked, rules: Rules) -> Series:
    """Why a record cannot be selected; blank where it can. One reason per record, the first that holds."""
    statuses = None if any(not named for named in asked.statuses.values()) else set().union(*asked.statuses.values())
    rested = {child for child, ago in recent.children.items() if ago <= rules.draw_child_rest_months}
    reasons = {
        NO_NUMBER: held[NUMBER].eq(""),
        TWICE: held[NUMBER].eq(held[NUMBER].shift()),  # they are in order
        RESTRICTED: held["is_restricted"],
        OUTSIDE: pd.Series(False, index=held.index) if statuses is None else ~held["case_status"].isin(statuses),
        audited_lately(rules): held[NUMBER].isin(rested),
    }
    chosen = np.select([is_so.to_numpy() for is_so in reasons.values()], list(reasons), default="")
    return pd.Series(chosen, index=held.index, dtype="str")


def _has_sibling(held: DataFrame, month: str) -> Series:
    """Whether a brother or sister stands for the family this month: the one with the lowest ticket for the month."""
    family = held.loc[held["exclusion"].eq("") & held["sibling_group"].ne(""), [NUMBER, "sibling_group"]]
    family = family[family["sibling_group"].duplicated(keep=False)]
    ordered = family.iloc[in_order(digests(month, texts(family[NUMBER])))]
    others = ordered.index[ordered["sibling_group"].duplicated()]
    return pd.Series(held.index.isin(others), index=held.index)
