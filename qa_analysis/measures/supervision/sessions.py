"""Each supervision that was held, when the next one is due, and in which post its worker was."""

from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.framework import Rules
from qa_analysis.measures.posts import are_held

DATASET: Final = "supervision"
NO_FREQUENCY: Final = "how often is the council's rule, none was given"


def sessions(tables: Tables) -> DataFrame:
    """The supervisions held by the day. One row per worker and day; several audits talked about in one are one.

    `next_on` is the worker's next one, blank where none was held yet; `recorded_on` when it is due by the record.
    """
    supervision = tables.frames[DATASET].dropna(subset=["worker_id", "held_on"])
    later = supervision["next_due_on"].where(supervision["next_due_on"] >= supervision["held_on"])
    by_day = supervision.assign(next_due_on=later).groupby(["worker_id", "held_on"], as_index=False)
    held = by_day.agg(recorded_on=("next_due_on", "max"), is_reflective=("is_reflective", "max"))
    return held.assign(next_on=held.groupby("worker_id")["held_on"].shift(-1))


def in_posts(tables: Tables, rows: DataFrame, day: str) -> DataFrame:
    """The rows whose worker held a post on the row's own day, with the newest such post. One row per row that stays.

    `is_new` says whether the worker was newly qualified then, `is_away` whether on long leave. Without a staff list all
    rows stay, of no known post.
    """
    staff = tables.optional("staff")
    if staff is None:
        return rows.assign(role=None, service_area=None, team=None, is_new=False, is_away=False)
    posts = staff.drop(columns=[name for name in staff if name in rows and name != "worker_id"])
    both = rows.rename_axis("row").reset_index().merge(posts, on="worker_id")
    held = both[are_held(both, both[day])].sort_values(["row", "started_on"], kind="stable")
    newest = held.drop_duplicates("row", keep="last").set_index("row").rename_axis(None)
    return newest.assign(is_new=newly_qualified(newest, newest[day]), is_away=on_leave(newest, newest[day]))


def newly_qualified(posts: DataFrame, day: "pd.Timestamp | Series[pd.Timestamp]") -> "Series[bool]":
    """Whether each post's holder was in the assessed and supported year on a day; by the plain yes without its days."""
    by_days = (posts["asye_started_on"] <= day) & ~(posts["asye_ended_on"] < day)
    flagged = posts["is_nqsw"].fillna(value=False).astype(bool) & posts["asye_started_on"].isna()
    return by_days | flagged


def on_leave(posts: DataFrame, day: "pd.Timestamp | Series[pd.Timestamp]") -> "Series[bool]":
    """Whether each post's holder was on a long leave on a day; one without a last day has not ended."""
    return (posts["leave_from_on"] <= day) & ~(posts["leave_to_on"] < day)


def due_on(held: DataFrame, rules: Rules) -> "Series[pd.Timestamp]":
    """When the next supervision after each is due: as recorded, else by the council's own rule, else blank."""
    every = held["is_new"].map({True: _every(rules, is_new=True), False: _every(rules, is_new=False)})
    by_rule = held["held_on"] + pd.to_timedelta(every.astype("float64"), unit="D")
    found: Series[pd.Timestamp] = held["recorded_on"].fillna(by_rule).astype("datetime64[us]")
    return found


def is_said(tables: Tables) -> bool:
    """Whether anything says when a supervision is due: a date in the record, or the council's rule."""
    return tables.rules.supervision_every_days is not None or tables.holds(DATASET, "next_due_on")


def _every(rules: Rules, *, is_new: bool) -> int | None:
    own = rules.supervision_every_days_newly_qualified if is_new else None
    return rules.supervision_every_days if own is None else own
