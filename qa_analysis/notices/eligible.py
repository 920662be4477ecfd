"""Who may audit which record: one row per person who might and record, with what stands against it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.dates import months_after
from qa_analysis.framework import Rules, rules_for
from qa_analysis.notices.window import Window

LATEST: Final = "2099-12"  # for the rules now in force, whatever the cycle
NO_LINKS: Final[Mapping[str, frozenset[str]]] = MappingProxyType({})


class Bar(StrEnum):
    """What stands against one person auditing one record."""

    KEY_WORKER = "the key worker"
    REVIEWS = "reviewing the child's plan"
    LINE = "managing the case"
    TEAM = "of the case's team, now or lately"
    LINK = "the link of the case's team"
    AWAY = "on leave"
    NOT_READY = "not recorded as ready to audit"
    NOT_YET = "in a role that does not audit in this cycle"


def eligible(
    selected: DataFrame,
    staff: DataFrame,
    *,
    window: Window,
    rules: Rules,
    links: Mapping[str, frozenset[str]] = NO_LINKS,
) -> DataFrame:
    """Everyone who might audit, against every selected record. One row per person and record.

    `bar` says what stands against it, blank where nothing does; `is_higher` whether the person manages the case from
    above the immediate line, `is_same_service` whether both are of one service. `links` gives each team's link
    officers, where the council keeps them.
    """
    people = auditors(staff, window=window, rules=rules)
    records = selected.reset_index(drop=True).rename_axis("record").reset_index()
    of_case = records[["record", "team", "service_area", "key_worker_id", "reviewing_officer_id"]]
    pairs = people.merge(
        of_case.rename(columns={"team": "team_case", "service_area": "service_area_case"}), how="cross"
    )
    line, team = _lines(records, staff, window.middle, rules), _lately_in(staff, window, rules)
    near = {
        Bar.KEY_WORKER: pairs["worker_id"] == pairs["key_worker_id"],
        Bar.REVIEWS: pairs["worker_id"] == pairs["reviewing_officer_id"],
        Bar.LINE: _are_in(pairs, ["record", "worker_id"], line[line["is_immediate"]]),
        Bar.TEAM: _are_in(pairs, ["team_case", "worker_id"], team),
        Bar.LINK: _are_in(pairs, ["team_case", "worker_id"], _linked(links)),
    }
    own = pairs["bar"].to_numpy(dtype=object)
    return pairs.assign(
        bar=np.select([np.asarray(flag, dtype=bool) for flag in near.values()], [str(bar) for bar in near], own),
        own_bar=own,
        is_higher=_are_in(pairs, ["record", "worker_id"], line[~line["is_immediate"]]),
        is_same_service=pairs["service_area"] == pairs["service_area_case"],
    )[["record", "worker_id", "role", "bar", "own_bar", "is_higher", "is_same_service"]]


def auditors(staff: DataFrame, *, window: Window, rules: Rules) -> DataFrame:
    """Everyone in a post whose role audits, now or in a later cycle. One row per person, by identifier.

    `bar` is what stands against any audit of theirs. Who leaves before the audits end is not among them.
    """
    day = pd.Timestamp(window.middle)
    held = staff[(staff["started_on"] <= day) & ~(staff["ended_on"] < pd.Timestamp(window.ends_on))]
    roles = {*rules.auditor_roles, *rules_for(LATEST).auditor_roles}
    held = held[held["role"].isin(roles)]
    is_away = (held["leave_from_on"] <= day) & ~(held["leave_to_on"] < day)
    is_ready = ~held["role"].isin(rules.roles_to_be_ready) | (
        held["auditor_ready_on"] <= pd.Timestamp(window.starts_on)
    )
    bars = np.select(
        [is_away, ~held["role"].isin(rules.auditor_roles), ~is_ready],
        [str(Bar.AWAY), str(Bar.NOT_YET), str(Bar.NOT_READY)],
        "",
    )
    one_each = held.assign(bar=bars).sort_values(["worker_id", "bar", "started_on"], kind="stable")
    return one_each.drop_duplicates("worker_id")[["worker_id", "role", "service_area", "bar"]].reset_index(drop=True)


def _lines(records: DataFrame, staff: DataFrame, day: date, rules: Rules) -> DataFrame:
    """Whoever manages each record on a day, however high. One row per record and manager.

    From the key worker, the Team Manager and the Service Manager of the record upwards. `is_immediate` says whether the
    manager stands no higher than the rule says; somebody of no known rank does.
    """
    held = staff[staff["started_on"] <= pd.Timestamp(day)].sort_values("started_on", kind="stable")
    now = held[~(held["ended_on"] < pd.Timestamp(day))]
    managers, roles = (
        _managers(held, now),
        held.drop_duplicates("worker_id", keep="last").set_index("worker_id")["role"],
    )
    highest = rules.management_ranks[rules.own_line_up_to]
    nearest = records[["key_worker_id", "team_manager_id", "service_manager_id"]].itertuples(index=False, name=None)
    rows = [
        (record, manager, rules.management_ranks.get(str(roles.get(manager)), 0) <= highest)
        for record, known in enumerate(nearest)
        for manager in sorted(_above(known, managers))
    ]
    return DataFrame(rows, columns=["record", "worker_id", "is_immediate"]).astype({"is_immediate": bool})


def _managers(held: DataFrame, now: DataFrame) -> Mapping[str, set[str]]:
    """Who manages each person: in the posts they hold, or of somebody who holds none any more in the last one."""
    left = held[~held["worker_id"].isin(now["worker_id"])].drop_duplicates("worker_id", keep="last")
    managers = defaultdict(set)
    for worker, manager in pd.concat([now, left])[["worker_id", "manager_id"]].dropna().itertuples(index=False):
        managers[worker].add(manager)
    return managers


def _above(nearest: Iterable[object], managers: Mapping[str, set[str]]) -> set[str]:
    """The key worker's managers and those above them; the Team Manager and the Service Manager of the record too."""
    worker, *known = nearest
    waiting = [who for who in known if isinstance(who, str)]
    waiting += managers.get(worker, ()) if isinstance(worker, str) else ()
    found: set[str] = set()
    while waiting:
        if (who := waiting.pop()) not in found:
            found.add(who)
            waiting += managers.get(who, ())
    return found


def _lately_in(staff: DataFrame, window: Window, rules: Rules) -> DataFrame:
    """Who held a post in each team within the months that an audit looks at. One row per team and person."""
    since = pd.Timestamp(f"{months_after(window.month, -rules.lookback_months)}-01")
    until = pd.Timestamp(window.ends_on)
    held = staff[(staff["started_on"] <= until) & ~(staff["ended_on"] < since)]
    return held[["team", "worker_id"]].drop_duplicates().rename(columns={"team": "team_case"})


def _linked(links: Mapping[str, frozenset[str]]) -> DataFrame:
    """The link officers of each team. One row per team and person."""
    rows = [(team, who) for team, people in links.items() for who in people]
    return DataFrame(rows, columns=["team_case", "worker_id"], dtype="str")


def _are_in(pairs: DataFrame, columns: list[str], known: DataFrame) -> Series:
    """Whether each pair is among those known."""
    here = pd.MultiIndex.from_frame(pairs[columns]).isin(pd.MultiIndex.from_frame(known[columns]))
    return Series(here, index=pairs.index)
