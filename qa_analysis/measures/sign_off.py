"""Whether completed actions were signed off, by the right role, and by somebody else than did them."""

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days
from qa_analysis.measures.figure import Row, count, counts_by, estimated
from qa_analysis.stats.estimate import Estimate

POPULATION = "completed actions"
CONCERN = "immediate concern"
RIGHT, OTHER, UNKNOWN = "right role", "another role", "role not recorded"
OWNER, NOBODY = "by its own owner", "not signed off"
STATES = (RIGHT, OTHER, UNKNOWN, OWNER, NOBODY)
AT_ONCE = 5  # sign-offs by one person on one day that are worth asking about


def sign_off(tables: Tables) -> list[Row]:
    """Completed actions by how they were signed off, days waited, and many signed at once. One figure per question."""
    done = signed(tables)
    labels = {"period": tables.month, "population": POPULATION}
    at_once = (
        done.dropna(subset=["signed_off_on", "signed_off_by_id"]).groupby(["signed_off_by_id", "signed_off_on"]).size()
    )
    waited = calendar_days(done["completed_on"], done["signed_off_on"]).dropna()
    waited = waited[waited >= 0]
    middle = float(waited.median()) if len(waited) else float("nan")
    note = "" if len(waited) else "no sign-off dated"
    return [
        *counts_by(
            done, "state", "actions_signed_off", by="state", groups=STATES, unit="actions", **labels
        ),
        estimated(
            "days_to_sign_off_median",
            Estimate(middle, float("nan"), float("nan"), len(waited), method="median", note=note),
            unit="calendar days", **labels,
        ),
        count("sign_offs_at_once", int((at_once >= AT_ONCE).sum()), unit="days of one person", **labels),
    ]  # fmt: skip


def signed(tables: Tables) -> DataFrame:
    """The completed actions, each with how it was signed off as `state`. One row per action.

    The role is the one recorded, else the post that the signer held on the day; the right one is a rule, another for
    the actions of immediate concerns. Whoever signs off what they owned themselves is counted so whatever their role.
    """
    done = tables.actions[tables.actions["completed_on"].notna()]
    role = done["signed_off_role"].fillna(_posts(tables, done["signed_off_by_id"], done["signed_off_on"]))
    is_concern = done["source"] == CONCERN
    right = is_concern.map({True: tables.rules.concern_sign_off_role, False: tables.rules.action_sign_off_role})
    state = pd.Series(OTHER, index=done.index, dtype="str")
    state[role.isna()] = UNKNOWN
    state[role == right] = RIGHT
    state[done["signed_off_by_id"].notna() & (done["signed_off_by_id"] == done["owner_id"])] = OWNER
    state[done["signed_off_on"].isna()] = NOBODY
    return done.assign(state=state)


def _posts(tables: Tables, workers: Series, days: Series) -> Series:
    """The role each worker held on a day; blank where staff were not supplied or do not tell. One row per worker."""
    staff = tables.optional("staff")
    if staff is None or workers.empty:
        return pd.Series(None, index=workers.index, dtype="str")
    asked = DataFrame({"worker_id": workers, "day": days, "row": workers.index}).dropna()
    held = asked.merge(staff[["worker_id", "role", "started_on", "ended_on"]], on="worker_id")
    held = held[(held["started_on"] <= held["day"]) & ~(held["ended_on"] < held["day"])].sort_values("started_on")
    return held.drop_duplicates("row", keep="last").set_index("row")["role"].reindex(workers.index)
