"""Gives every selected record an auditor, or says which have none and what would free them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.framework import Rules
from qa_analysis.notices.changes import Change, smallest_changes
from qa_analysis.notices.eligible import NO_LINKS, eligible
from qa_analysis.notices.induction import beside, new_managers
from qa_analysis.notices.programme import Places, Programme
from qa_analysis.notices.ties import ticket
from qa_analysis.notices.window import Window

MET_BEFORE: Final = "audited this key worker in the last cycles"
AT_MOST: Final = "with the most audits already"
HIGHER: Final = "manages the case from above the immediate line"


@dataclass(frozen=True, eq=False)
class Allocation:
    """Who audits what.

    `audits` has one row per selected record: its columns, `auditor_id`, `auditor_role`, `co_auditor_id` (beside a new
    manager), `auditor_gave_way` (the preference that could not be kept) and `nobody_because`, blank where somebody was
    found. `changes` are the fewest, three at most, that would give most of those left an auditor, and `freed` is how
    many they would.
    """

    audits: DataFrame
    changes: tuple[Change, ...] = ()
    freed: int = 0

    @property
    def left(self) -> DataFrame:
        """The records nobody audits. One row per record."""
        return self.audits[self.audits["auditor_id"].isna()]


def allocate(
    selected: DataFrame,
    staff: DataFrame,
    audits: DataFrame,
    *,
    window: Window,
    rules: Rules,
    seed: str,
    replacements: DataFrame | None = None,
    links: Mapping[str, frozenset[str]] = NO_LINKS,
) -> Allocation:
    """An auditor for each selected record: the most records first, then no pair again, then an even load.

    Of what is then alike, somebody outside the case's wider line and service, somebody who audited less lately, and at
    last by the seed's tickets, so that the same list gives the same auditors. Nobody audits a case of their own line
    (`eligible`). `replacements` are the records next in turn, one row each, which may stand in for one without an
    auditor.
    """
    records = selected.reset_index(drop=True)
    pairs = eligible(records, staff, window=window, rules=rules, links=links)
    lately = _lately(audits, window.month, rules)
    free = pairs[pairs["bar"] == ""].reset_index(drop=True)
    free = _weighed(free, records, lately, new_managers(staff, audits, window=window, rules=rules), seed)
    chosen = free[_shared_out(free, records, rules)]
    given = records.join(_given(chosen)).assign(nobody_because=_because(pairs, records))
    given["nobody_because"] = given["nobody_because"].where(given["auditor_id"].isna(), "")
    given = beside(given, pairs, staff, audits, window=window, rules=rules, seed=seed)
    if given["auditor_id"].notna().all():
        return Allocation(given)
    changes, freed = smallest_changes(given, staff, pairs, replacements, window=window, rules=rules, links=links)
    return Allocation(given, changes, freed)


def _weighed(free: DataFrame, records: DataFrame, lately: DataFrame, new: frozenset[str], seed: str) -> DataFrame:
    """The pairs that nothing stands against, with what speaks for one rather than another. One row per pair."""
    worker = free["record"].map(records["key_worker_id"])
    met = pd.MultiIndex.from_arrays([free["worker_id"], worker]).isin(pd.MultiIndex.from_frame(lately))
    done = free["worker_id"].map(lately["auditor_id"].value_counts()).fillna(0).astype(int) + 1
    child = free["record"].map(records["child_id"])
    return free.assign(
        met=met,
        near=free["is_higher"].astype(int) + free["is_same_service"].astype(int),
        done=done.mask(free["worker_id"].isin(new), 0),  # a new manager's first audit is part of the induction
        ticket=[ticket(seed, who, which) for who, which in zip(free["worker_id"], child, strict=True)],
    )


def _shared_out(free: DataFrame, records: DataFrame, rules: Rules) -> NDArray[np.bool_]:
    """Which pairs are chosen. One answer per pair.

    Each person is given few turns at first: where nobody takes the last one, more of them would change nothing.
    """
    if free.empty:
        return np.zeros(0, dtype=bool)
    people, worker = np.unique(free["worker_id"].to_numpy(dtype=str), return_inverse=True)
    most = min(rules.audits_each or len(records), len(records))
    turns = min(-(-len(records) // len(people)) + 1, most)
    while True:
        chosen = _in_turns(free, worker, len(records), turns)
        if turns == most or np.bincount(worker[chosen], minlength=1).max() < turns:
            return chosen
        turns = min(2 * turns, most)


def _in_turns(free: DataFrame, worker: Places, records: int, turns: int) -> NDArray[np.bool_]:
    """Which pairs are chosen where each person has so many turns: a first audit, a second one, and so on."""
    people, pairs = int(worker.max()) + 1, len(free)
    programme = Programme(pairs + records + people * turns)
    choice, left, turn = np.split(np.arange(programme.choices), [pairs, pairs + records])
    record = np.r_[free["record"].to_numpy(dtype=np.intp), np.arange(records)]
    programme.add(record, np.r_[choice, left], 1.0, least=1, most=1)
    whose, taken = np.r_[worker, np.repeat(np.arange(people), turns)], np.r_[np.ones(pairs), -np.ones(len(turn))]
    programme.add(whose, np.r_[choice, turn], taken, least=0, most=0)
    even = 2 * np.tile(np.arange(turns), people) + 1  # so that what it sums to is the square of each one's load
    goals = [programme.goal(left, 1), programme.goal(choice, free["met"]), programme.goal(turn, even)]
    goals += [programme.goal(choice, free[name]) for name in ("near", "done", "ticket")]
    return programme.best(goals)[:pairs]


def _given(chosen: DataFrame) -> DataFrame:
    """The auditor of each record that has one, and the preference that gave way. One row per record."""
    gave_way = [
        " and ".join(word for word, holds in ((MET_BEFORE, met), (HIGHER, higher)) if holds)
        for met, higher in zip(chosen["met"], chosen["is_higher"], strict=True)
    ]
    given = DataFrame(
        {
            "auditor_id": chosen["worker_id"].to_numpy(),
            "auditor_role": chosen["role"].to_numpy(),
            "auditor_gave_way": gave_way,
        },
        index=chosen["record"].to_numpy(),
    )
    return given.astype("str")


def _because(pairs: DataFrame, records: DataFrame) -> Series:
    """Why nobody may audit a record: what stands against each who might, counted. One value per record."""
    if pairs.empty:
        return Series("nobody in the staff list has a role that audits", index=records.index)
    counted = pairs.groupby(["record", "bar"]).size().reset_index(name="people")
    said = (counted["people"].astype("str") + " " + counted["bar"].replace("", AT_MOST)).groupby(counted["record"])
    return records.index.to_series().map(said.agg(", ".join))


def _lately(audits: DataFrame, month: str, rules: Rules) -> DataFrame:
    """Who audited whom in the last cycles, those beside a new manager too. One row per audit and auditor."""
    since = rules.cadence.before(month, rules.pair_cycles)[0]
    held = audits[(audits["cycle_month"] >= since) & (audits["cycle_month"] < month)]
    both = [
        held[[who, "key_worker_id"]].set_axis(["auditor_id", "key_worker_id"], axis=1)
        for who in ("auditor_id", "co_auditor_id")
    ]
    return pd.concat(both).dropna(subset="auditor_id")
