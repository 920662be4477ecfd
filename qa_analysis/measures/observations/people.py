"""What is asked of each person in a year of observations, and what they had: the ground of every figure of people."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.framework import Rules
from qa_analysis.measures.observations.half_years import YEAR, last_day

DATASET: Final = "observations"
EXPERIENCED, MANAGERS, NEWLY_QUALIFIED = "experienced practitioners", "first-line managers", "newly qualified"
GROUPS: Final = (EXPERIENCED, MANAGERS, NEWLY_QUALIFIED)
KIND_OF: Final = {EXPERIENCED: "direct work", MANAGERS: "supervision"}
HALF: Final = 0.5  # of the days of a month: from so many on it counts
MIDDLE: Final = 14  # days after the first of a month


def people(tables: Tables, months: Sequence[str], *, seen_in: Sequence[str] | None = None) -> DataFrame:
    """Who was to be observed in some months, how often they were asked to be, and how often they were.

    One row per person who was in post and at work in any of the months. `group`, `team`, `service_area` and
    `manager_id` are those of the last of them. `months` are those in which they were at work and not newly qualified,
    `newly_months` the others. `required` and `kind_required` are asked of `months`; `held` and `kind_held` are the days
    on which they were observed in them, `newly_held` in the others, by the months `seen_in` where not all count.
    `lacking` is what is missing in number or in kind, whichever is more.
    """
    rules = tables.rules
    worked = at_work(observed_posts(tables.frames["staff"], rules), months)
    if worked.empty:
        return DataFrame(columns=COLUMNS)
    newest = worked.sort_values(["month", "started_on"], kind="stable").drop_duplicates("worker_id", keep="last")
    held = newest.set_index("worker_id")[["group", "role", "team", "service_area", "manager_id"]]
    is_newly = worked["group"] == NEWLY_QUALIFIED
    seen = _seen(tables, worked, months if seen_in is None else seen_in)
    wanted = seen["worker_id"].map(held["group"].map(KIND_OF))
    numbers = {
        "months": worked[~is_newly].groupby("worker_id").size(),
        "newly_months": worked[is_newly].groupby("worker_id").size(),
        "held": _days(seen[~seen["is_newly"]]),
        "newly_held": _days(seen[seen["is_newly"]]),
        "kind_held": _days(seen[~seen["is_newly"] & (seen["kind"] == wanted)]),
    }
    held = held.assign(**{name: each.reindex(held.index).fillna(0).astype("int64") for name, each in numbers.items()})
    return _asked(held, rules).reset_index()[COLUMNS]


COLUMNS: Final = [
    "worker_id", "group", "role", "team", "service_area", "manager_id", "months", "newly_months", "required",
    "kind_required", "held", "kind_held", "newly_held", "lacking",
]  # fmt: skip


def observed_posts(staff: DataFrame, rules: Rules) -> DataFrame:
    """The posts whose holders are to be observed, by `is_manager` and with the assessed year. One row per post."""
    is_manager = is_first_line(staff, rules)
    begins = staff["asye_started_on"].fillna(staff["started_on"])
    posts = staff.assign(
        is_manager=is_manager,
        newly_from=begins.where(staff["is_nqsw"].fillna(False).astype(bool)),
        newly_to=staff["asye_ended_on"].fillna(begins + pd.DateOffset(months=YEAR) - pd.Timedelta(days=1)),
    )
    return posts[is_manager | is_practitioner(staff["role"], rules)]


def is_first_line(staff: DataFrame, rules: Rules) -> "Series[bool]":
    """Whether each post manages practitioners directly: as staff says, and where it does not, by the role."""
    return staff["is_first_line_manager"].fillna(staff["role"].isin(rules.first_line_roles)).astype(bool)


def is_practitioner(roles: Series, rules: Rules) -> "Series[bool]":
    """Whether each role is a practitioner's: by the words of its name, and not one that audits, manages or is to."""
    others = {*rules.management_ranks, *rules.auditor_roles, *rules.roles_to_be_ready, *rules.panel_roles}
    names = roles.fillna("").str.casefold()
    of_words = pd.concat([names.str.contains(word, regex=False) for word in rules.observed_roles], axis=1).any(axis=1)
    return (of_words & ~names.isin({role.casefold() for role in others})).astype(bool)


def at_work(posts: DataFrame, months: Sequence[str]) -> DataFrame:
    """The months in which each person was in post and not on long leave for half the days or more.

    One row per person and month, with their post of most days in it and the group it puts them in.
    """
    spans = DataFrame({"month": list(months), "first": pd.to_datetime([f"{month}-01" for month in months])})
    spans["last"] = spans["first"] + pd.offsets.MonthEnd(0)
    each = posts.merge(spans, how="cross")
    each["days"] = _days_in_post(each)
    both = each[each["days"] > 0].sort_values(["days", "started_on"], kind="stable")
    total = both.groupby(["worker_id", "month"])["days"].transform("sum")
    counted = both[total >= HALF * both["last"].dt.day].drop_duplicates(["worker_id", "month"], keep="last")
    middle = counted["first"] + pd.Timedelta(days=MIDDLE)
    is_newly = (counted["newly_from"] <= middle) & (middle <= counted["newly_to"])
    group = counted["is_manager"].map({True: MANAGERS, False: EXPERIENCED})
    told: DataFrame = counted.assign(group=group.mask(is_newly & ~counted["is_manager"], NEWLY_QUALIFIED))
    return told


def _days_in_post(each: DataFrame) -> "Series[int]":
    """How many days of the month each post was held by somebody who was not on long leave."""
    begins = each["started_on"].where(each["started_on"] > each["first"], each["first"])
    ends = each["ended_on"].where(each["ended_on"] < each["last"], each["last"])
    away_from = each["leave_from_on"].where(each["leave_from_on"] > begins, begins)
    away_to = each["leave_to_on"].where(each["leave_to_on"] < ends, ends)
    away = ((away_to - away_from).dt.days + 1).clip(lower=0).where(each["leave_from_on"].notna(), 0)
    return (((ends - begins).dt.days + 1).clip(lower=0) - away).clip(lower=0)


def _seen(tables: Tables, worked: DataFrame, months: Sequence[str]) -> DataFrame:
    """The observations of some months that count, and whether in an assessed year. One row per observation."""
    rows = tables.frames[DATASET][["worker_id", "observed_on", "kind"]].dropna(subset=["worker_id", "observed_on"])
    rows = rows[rows["observed_on"].between(pd.Timestamp(f"{months[0]}-01"), last_day(months[-1]))]
    rows = rows[~rows["kind"].isin(tables.rules.observation_kinds_apart)]
    rows = rows.assign(month=months_of(rows["observed_on"]))
    newly = worked.loc[worked["group"] == NEWLY_QUALIFIED, ["worker_id", "month"]]
    is_newly = pd.MultiIndex.from_frame(rows[["worker_id", "month"]]).isin(pd.MultiIndex.from_frame(newly))
    return rows.assign(is_newly=is_newly)


def _days(seen: DataFrame) -> "Series[int]":
    """On how many days each person was observed: two observations on one day are one."""
    return seen.groupby("worker_id")["observed_on"].nunique()


def _asked(held: DataFrame, rules: Rules) -> DataFrame:
    """The people with what is asked of their months, in number and in kind, and what is missing."""
    required = held["months"] * rules.observations_a_year // YEAR
    each = {EXPERIENCED: rules.observations_of_direct_work, MANAGERS: rules.observations_of_supervision}
    kind_required = held["group"].map(each).fillna(0).astype("int64").clip(upper=required)
    short = (required - held["held"]).clip(lower=0)
    short_of_kind = (kind_required - held["kind_held"]).clip(lower=0)
    return held.assign(
        required=required, kind_required=kind_required, lacking=short.where(short > short_of_kind, short_of_kind)
    )
