"""Whether completed actions were signed off, by the right role, and by somebody else than did them."""

from collections.abc import Sequence

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days, months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, estimated, share
from qa_analysis.measures.populations import COMPLETED_ACTIONS, COMPLETED_IN_PERIOD, CONCERN_ROUTE
from qa_analysis.measures.posts import are_held
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.wording.different import of_each

RIGHT, ABOVE = "right role", "more senior manager than the owner"
OWNER, SAME = "by its own owner", "same role as the owner"
OTHER = "another role, or not more senior than the owner"
UNKNOWN, NOBODY = "role not recorded", "not signed off"
UNREAD = "day not readable"  # something stands there: neither signed off for certain nor not
STATES = (RIGHT, ABOVE, OWNER, SAME, OTHER, UNKNOWN, UNREAD, NOBODY)
AS_IT_SHOULD_BE = (RIGHT, ABOVE)
AT_ONCE = 5  # sign-offs by one person on one day that are worth asking about


@declares(
    Measure(
        "actions_signed_off",
        title="Completed actions by sign-off",
        family=family.ACTIONS,
        counts="completed actions by how they were signed off: by the framework's role; where a manager owns it, "
        "by a more senior manager; by its own owner; by somebody else in the owner's role; by "
        "another role or one not more senior; role not recorded; a day that could not be read; not at all",
        by="state",
        limits="a role not recorded is the post held on the day, where staff were supplied; a manager of a "
        "higher rank need not be of the same service",
        unit="actions",
    ),
    Measure(
        "actions_rightly_signed_off",
        title="Actions signed off by the right role",
        family=family.ACTIONS,
        counts="completed actions signed off by the framework's role or, where a manager owns the action, by a "
        "more senior manager, of all completed actions",
        limits="the framework does not say who signs off a manager's own action; actions not signed off yet "
        "count as not",
        unit="share",
    ),
    Measure(
        "completed_never_signed_off",
        title="Completed actions never signed off",
        family=family.ACTIONS,
        counts="completed actions that have no date of sign-off by the as-at date, of all completed by then and of "
        "those completed in the twelve calendar months",
        limits="one that was completed a day ago counts like one that was completed a year ago; a date of sign-off "
        "that cannot be read counts as none",
        unit="share",
    ),
    Measure(
        "days_to_sign_off_median",
        title="Median days from completion to sign-off",
        family=family.ACTIONS,
        counts="the median of the calendar days from completion of an action to its sign-off",
        limits="actions not signed off yet and dates out of order are left out",
        unit="calendar days",
    ),
    Measure(
        "sign_offs_at_once",
        title="Days with five or more sign-offs by one person",
        family=family.ACTIONS,
        counts="days on which one person signed off five or more completed actions, counted for each person",
        limits="for information; not in itself a concern",
        unit="days of one person",
    ),
)
def sign_off(tables: Tables) -> list[Figure]:
    """Completed actions by how they were signed off, days waited, and many signed at once. One figure per question.

    None where no action carries a sign-off at all: then it was not recorded, which is not that nobody signed.
    """
    if len(tables.actions) and not tables.holds("actions", "signed_off_on"):
        return []
    done = signed(tables, columns=("completed_on", "signed_off_on", "signed_off_by_id"))
    labels = {"period": tables.month, "population": COMPLETED_ACTIONS}
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
        share(
            "actions_rightly_signed_off", int(done["state"].isin(AS_IT_SHOULD_BE).sum()), len(done),
            few=tables.rules.percentage_from, **labels,
        ),
        *never_signed(tables, done),
        estimated(
            "days_to_sign_off_median",
            Estimate(middle, float("nan"), float("nan"), len(waited), method="median", note=note),
            unit="calendar days", **labels,
        ),
        count("sign_offs_at_once", int((at_once >= AT_ONCE).sum()), unit="days of one person", **labels),
    ]  # fmt: skip


def never_signed(tables: Tables, done: DataFrame) -> list[Figure]:
    """The share of completed actions without a sign-off: of all, and of the year's. One figure each."""
    signed_on = done["signed_off_on"]
    of_year = signed_on[months_of(done["completed_on"]).isin(tables.rolling_cycles)]
    return [
        share(
            "completed_never_signed_off", int(some.isna().sum()), len(some),
            period=period, population=population, few=tables.rules.percentage_from,
        )
        for some, period, population in (
            (signed_on, tables.month, COMPLETED_ACTIONS),
            (of_year, period_of(tables.rolling_cycles), COMPLETED_IN_PERIOD),
        )
        if len(some)
    ]  # fmt: skip


def signed(tables: Tables, *, columns: Sequence[str] = ()) -> DataFrame:
    """The completed actions, each with how it was signed off as `state`. One row per action.

    With every column, or the ones asked for.

    A role is the one recorded, else the post held on the day of the sign-off. The right one is a rule, another for
    the actions of immediate concerns. Whoever owns an action and holds that role, or one as high, is signed off by
    a more senior manager, in any service, or by the Team Manager allocated to it; whoever signs off what
    they own themselves is counted so whatever their role.
    """
    actions = tables.actions[list(columns)] if columns else tables.actions
    return actions[tables.actions["completed_on"].notna()].assign(state=_state(tables))


@remembered
def _state(tables: Tables) -> "pd.Series[str]":
    """How each completed action was signed off. One word per action."""
    columns = ["source", "owner_id", "owner_role", "team_manager_id", "completed_on"]
    columns += ["signed_off_on", "signed_off_by_id", "signed_off_role"]
    done = tables.actions[columns][tables.actions["completed_on"].notna()]
    day, signer, owner = done["signed_off_on"], done["signed_off_by_id"], done["owner_id"]
    role, owners_role = (
        written.fillna(_posts(tables, whose[written.isna()], day[written.isna()]))
        for written, whose in ((done["signed_off_role"], signer), (done["owner_role"], owner))
    )
    rules = tables.rules
    right = (done["source"] == CONCERN_ROUTE).map(
        {True: rules.concern_sign_off_role, False: rules.action_sign_off_role}
    )
    ranks = dict(rules.management_ranks)
    rank, owners_rank, right_rank = (
        of_each(names, lambda different: different.map(ranks)) for names in (role, owners_role, right)
    )
    is_managers_own = owners_rank >= right_rank
    is_allocated = (signer == done["team_manager_id"]) & owner.notna()
    state = pd.Series(OTHER, index=done.index, dtype="str")
    state[role == owners_role] = SAME
    state[(role == right) & (~is_managers_own | (is_allocated & (owners_rank == right_rank)))] = RIGHT
    state[is_managers_own & (rank > owners_rank)] = ABOVE
    state[role.isna()] = UNKNOWN
    state[signer.notna() & (signer == owner)] = OWNER
    state[day.isna()] = NOBODY
    state[tables.unread("actions", "signed_off_on")[done.index]] = UNREAD
    return state


def _posts(tables: Tables, workers: Series, days: Series) -> Series:
    """The role each worker held on a day; blank where staff were not supplied or do not tell. One row per worker."""
    staff = tables.optional("staff")
    if staff is None or workers.empty:
        return pd.Series(None, index=workers.index, dtype="str")
    asked = DataFrame({"worker_id": workers, "day": days, "row": workers.index}).dropna()
    held = asked.merge(staff[["worker_id", "role", "started_on", "ended_on"]], on="worker_id")
    held = held[are_held(held, held["day"])].sort_values("started_on")
    return held.drop_duplicates("row", keep="last").set_index("row")["role"].reindex(workers.index)
