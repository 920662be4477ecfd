"""The fewest changes that would give the records without an auditor one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame

from qa_analysis.framework import Rules
from qa_analysis.notices.eligible import Bar, eligible
from qa_analysis.notices.programme import Places, Programme
from qa_analysis.notices.window import Window

MOST: Final = 3  # more than three changes are another list, and a meeting


class Kind(StrEnum):
    """What may be changed, the lightest first."""

    MORE = "one audit more"
    READY = "readiness recorded"
    REPLACED = "next record in turn"
    ROLE = "a role that audits later"


@dataclass(frozen=True)
class Change:
    """One change: of a person (`worker_id`), or of a record (`child_id`) for the next in turn (`by_child_id`)."""

    kind: Kind
    worker_id: str = ""
    child_id: str = ""
    by_child_id: str = ""

    @property
    def weight(self) -> int:
        """How heavy it is beside others: its place among the kinds."""
        return list(Kind).index(self.kind)


def smallest_changes(
    given: DataFrame,
    staff: DataFrame,
    pairs: DataFrame,
    replacements: DataFrame | None,
    *,
    window: Window,
    rules: Rules,
    links: Mapping[str, frozenset[str]],
) -> tuple[tuple[Change, ...], int]:
    """The fewest changes, three at most, that give most records an auditor, and how many records that frees.

    Audits are shared out anew with them, by the rules as they are otherwise: nobody is asked to audit their own line.
    """
    left = given[given["auditor_id"].isna()]
    asked = given if rules.audits_each else left  # without a most, those who have an auditor stand in nobody's way
    held = pairs[pairs["record"].isin(asked.index)]
    options = pd.concat([_as_they_are(held), _with_people(held)])
    if replacements is not None:
        next_ones = replacements[replacements["stratum"].isin(left["stratum"])].sort_values(["stratum", "rank"])
        able = eligible(next_ones, staff, window=window, rules=rules, links=links)
        options = pd.concat([options, _with_next_ones(left, next_ones.reset_index(drop=True), able)])
    options = options.sort_values(["record", "worker_id"], kind="stable").reset_index(drop=True)
    changes = [*dict.fromkeys(change for change in options["change"] if change), *_more(options, rules)]
    if not changes:
        return (), 0
    taken, uncovered = _chosen(options, changes, list(asked.index), rules)
    return taken, len(left) - uncovered


def _as_they_are(pairs: DataFrame) -> DataFrame:
    """Whoever may audit without a change, as where all have their most. One row per pair."""
    return pairs.loc[pairs["bar"] == "", ["record", "worker_id"]].assign(change=None)


def _with_people(pairs: DataFrame) -> DataFrame:
    """Whoever might audit but for their readiness, or for a role that audits in a later cycle. One row per pair."""
    kinds = {str(Bar.NOT_READY): Kind.READY, str(Bar.NOT_YET): Kind.ROLE}
    held = pairs[pairs["bar"].isin(list(kinds))]
    changes = [Change(kinds[bar], who) for bar, who in zip(held["bar"], held["worker_id"], strict=True)]
    return held[["record", "worker_id"]].assign(change=pd.Series(changes, index=held.index, dtype=object))


def _with_next_ones(left: DataFrame, next_ones: DataFrame, pairs: DataFrame) -> DataFrame:
    """Whoever may audit the next records in turn, each in place of one of its stratum. One row per pair and place."""
    free = pairs[pairs["bar"] == ""]
    able = next_ones.loc[sorted(set(free["record"])), ["stratum", "child_id"]].groupby("stratum").head(MOST)
    who = free[["record", "worker_id"]].merge(able, left_on="record", right_index=True).drop(columns="record")
    places = left[["stratum", "child_id"]].rename_axis("record").reset_index()
    held = places.merge(who, on="stratum", suffixes=("", "_next"))
    changes = [
        Change(Kind.REPLACED, child_id=child, by_child_id=by)
        for child, by in zip(held["child_id"], held["child_id_next"], strict=True)
    ]
    return held[["record", "worker_id"]].assign(change=pd.Series(changes, index=held.index, dtype=object))


def _more(options: DataFrame, rules: Rules) -> list[Change]:
    """Up to three audits more for each person, where there is a most."""
    people = sorted(set(options["worker_id"])) if rules.audits_each else []
    return [Change(Kind.MORE, who) for who in people for _ in range(MOST)]


def _chosen(
    options: DataFrame, changes: Sequence[Change], asked: Sequence[int], rules: Rules
) -> tuple[tuple[Change, ...], int]:
    """The changes to make, the lightest first, and how many records are still left."""
    many, pairs = len(asked), len(options)
    programme = Programme(pairs + many + len(changes))
    choice, left, made = np.split(np.arange(programme.choices), [pairs, pairs + many])
    record = options["record"].map({one: row for row, one in enumerate(asked)}).to_numpy(dtype=np.intp)
    programme.add(np.r_[record, np.arange(many)], np.r_[choice, left], 1.0, least=1, most=1)
    programme.add(np.zeros(len(made), dtype=np.intp), made, 1.0, least=0, most=MOST)
    _only_if_made(programme, options, changes, made)
    _once_each(programme, changes, made)
    _most_each(programme, options, changes, made, rules.audits_each or many)
    goals = (programme.goal(left, 1), programme.goal(made, 1), programme.goal(made, [one.weight for one in changes]))
    best = programme.best([*goals, programme.goal(made, np.arange(len(made)))])  # at last the first in order
    taken = [change for change, is_made in zip(changes, best[made], strict=True) if is_made]
    return tuple(sorted(taken, key=lambda change: change.weight)), int(best[left].sum())


def _only_if_made(programme: Programme, options: DataFrame, changes: Sequence[Change], made: Places) -> None:
    """What needs a change is chosen only where the change is made."""
    number = {change: made[row] for row, change in enumerate(changes)}
    needing = np.array([row for row, change in enumerate(options["change"]) if change], dtype=np.intp)
    needed = np.array([number[change] for change in options["change"] if change], dtype=np.intp)
    rule, weight = np.arange(len(needing)), np.ones(len(needing))
    programme.add(np.r_[rule, rule], np.r_[needing, needed], np.r_[weight, -weight], least=-1, most=0)


def _once_each(programme: Programme, changes: Sequence[Change], made: Places) -> None:
    """No record stands in for two."""
    for one in sorted({change.by_child_id for change in changes if change.by_child_id}):
        which = made[[change.by_child_id == one for change in changes]]
        programme.add(np.zeros(len(which), dtype=np.intp), which, 1.0, least=0, most=1)


def _most_each(programme: Programme, options: DataFrame, changes: Sequence[Change], made: Places, most: int) -> None:
    """Nobody audits more than the most, and what is added to it."""
    for who, some in options.groupby("worker_id").groups.items():
        audits, more = np.asarray(some, dtype=np.intp), made[[one == Change(Kind.MORE, str(who)) for one in changes]]
        weight = np.r_[np.ones(len(audits)), -np.ones(len(more))]
        programme.add(np.zeros(len(weight), dtype=np.intp), np.r_[audits, more], weight, least=-np.inf, most=most)
