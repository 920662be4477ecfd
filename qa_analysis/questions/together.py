"""What the answers of one opening tell together: taken from each other, they leave nobody alone.

Every answer is a sum over some cases: audits, decisions or actions. Answers already given, and the one asked for, are
held together as sums, and the question is whether any adding and subtracting of them is a sum over fewer than three
children or one person's work (auditing of a query set: F. Chin and G. Ozsoyoglu, IEEE Transactions on Software
Engineering 8(6), 1982). Two periods, a route more or less, a service less its teams: all are that one question.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Final

import numpy as np
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.figure import labelled
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.moderation.agreement import pairs
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked, NoAnswer
from qa_analysis.questions.opening import Held
from qa_analysis.questions.scope import Cases, Scope
from qa_analysis.stats.subtraction import Untold

SUBJECTS: Final[Mapping[str, str]] = MappingProxyType(
    {"trend": "grades", "change": "grades", "direction": "agreement", "overdue": "actions", "days": "actions"}
)  # questions that are answered from the same sums
CASES: Final[Mapping[str, Cases]] = MappingProxyType(
    {"grades": scoping.graded_cases, "agreement": scoping.paired_cases, "actions": scoping.action_cases}
)  # any other rests on audits

HELD_BESIDE: Final = ("change",)  # whose own sums come beside the usual ones

Sum = tuple[str, frozenset[str]]  # what is counted, and over which cases


@dataclass(frozen=True)
class Case:
    """Whom a case is about: never shown, and gone with the opening."""

    child: str
    person: str
    auditor: str = ""


class Memory:
    """The sums that the answers of an opening have told."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._cases: dict[str, Case] = {}
        self._told: dict[str, list[frozenset[str]]] = {}
        self._by_role: set[tuple[str, frozenset[str]]] = set()  # the sums that are of auditors of one role

    def take(self, asked: Asked, scope: Scope, held: Held) -> None:
        """Remember what an answer tells.

        Raises:
            NoAnswer: together with what was told it would tell of too few; then nothing is remembered.
        """
        new: dict[str, list[frozenset[str]]] = {}
        is_by_role = scoping.is_by_role(asked)
        for counted, cases in told_by(asked, scope, held):
            self._cases |= _known(counted, cases)
            new.setdefault(counted, []).append(_ids(counted, cases))
        for counted, sums in new.items():
            told = self._told.get(counted, [])
            fresh = [one for one in dict.fromkeys(sums) if one and one not in told]
            by_role = {one for kind, one in self._by_role if kind == counted} | (set(sums) if is_by_role else set())
            if (fresh and self._tells_of_few([*told, *fresh])) or self._tells_of_an_auditor([*told, *fresh], by_role):
                raise NoAnswer(
                    "Together with an answer given before, this one could identify fewer than "
                    f"{self.rules.question_children_from} children, or one person’s work.",
                    "Ask it for the same period and route as before, or of the whole service.",
                )
        for counted, sums in new.items():
            self._told[counted] = list(dict.fromkeys([*self._told.get(counted, []), *sums]))
            self._by_role |= {(counted, one) for one in sums if is_by_role}

    def _tells_of_few(self, sums: Sequence[frozenset[str]]) -> bool:
        """Whether the sums, added and subtracted, leave one over too few."""
        alike = _alike(sums)
        about = [[self._cases[case] for case in cases] for cases in alike.values()]
        children = [frozenset(case.child for case in cases) for cases in about]
        people = [frozenset(case.person for case in cases) for cases in about]
        untold = Untold.of(len(alike)).after(np.array(list(alike), dtype="float64").T)
        few = self.rules.question_children_from
        return any(_isolated(untold, children, fewer_than=few)) or any(
            _isolated(untold, people, fewer_than=self.rules.question_people_from)
        )

    def _tells_of_an_auditor(self, sums: Sequence[frozenset[str]], by_role: Collection[frozenset[str]]) -> bool:
        """Whether roles of auditors, with all else that was told, leave one auditor's work that was not told before."""
        if not by_role:
            return False
        now, before = (self._auditors_alone(some) for some in (sums, [one for one in sums if one not in by_role]))
        return bool(now - before)

    def _auditors_alone(self, sums: Sequence[frozenset[str]]) -> frozenset[frozenset[str]]:
        """Auditors, fewer than make a role, whose grades alone can be made of the sums."""
        if not sums:
            return frozenset()
        alike = _alike(sums)
        about = [frozenset(self._cases[case].auditor for case in cases) for cases in alike.values()]
        untold = Untold.of(len(alike)).after(np.array(list(alike), dtype="float64").T)
        return frozenset(_isolated(untold, about, fewer_than=self.rules.floor[MANAGERS].auditors))


def told_by(asked: Asked, scope: Scope, held: Held) -> Iterator[tuple[str, DataFrame]]:
    """What an answer counts and over which cases, whole and group by group. Each with a row per case."""
    yield from scope.sums
    if scope.sums and asked.question not in HELD_BESIDE:
        return
    subject = SUBJECTS.get(asked.question, asked.question)
    for tables in _tables(asked, scope, held):
        for area, cases in _by_area(subject, asked, tables):
            counted = f"{subject} {area}"
            if asked.question == "trend":
                yield from ((counted, cycle) for _, cycle in cases.groupby("cycle_month") if enough(cycle, scope))
                continue
            yield counted, cases
            if asked.by and scope.column in cases and asked.question != "change":
                for _, group in cases.groupby(labelled(cases[scope.column].astype("object"))):
                    yield counted, group


def enough(cases: DataFrame, scope: Scope) -> bool:
    """Whether the cases of a cycle are shown by themselves."""
    return scoping.enough(cases, scope.tables.rules)


def _tables(asked: Asked, scope: Scope, held: Held) -> Iterator[Tables]:
    """The tables that an answer was counted in: of a change, those of both periods."""
    if asked.question != "change":
        yield scope.tables
        return
    for cycles in (asked.now, asked.then):
        yield narrowing.audits_as_one_cycle(replace(asked, first=cycles[0], last=cycles[-1]), held)


def _by_area(subject: str, asked: Asked, tables: Tables) -> Iterator[tuple[str, DataFrame]]:
    """The cases of the grade asked about; of every key area where an answer tells of all."""
    is_graded = subject in ("grades", "agreement")
    if not (asked.question == "change" and asked.area):
        yield asked.area if is_graded else "", CASES.get(subject, scoping.audited_cases)(tables)
    if not is_graded or not (asked.by == "key_area" or asked.question == "change"):
        return
    for area, column in tables.rules.grade_columns.items():
        if asked.area not in ("", area):
            continue
        if subject == "grades":
            yield area, scoping.audited(graded(tables.audits, column, tables.rules))
        else:
            both = pairs(tables, tables.rolling_cycles, column)
            yield area, both.assign(child=both["audit_id"], person=both["auditor_id"])


def _ids(counted: str, cases: DataFrame) -> frozenset[str]:
    return frozenset(_id(counted, cases))


def _id(counted: str, cases: DataFrame) -> Series:
    """What tells one case of a kind from another."""
    if "case" in cases:
        return cases["case"].astype("str")
    kind = "action" if counted.startswith("actions") else "audit"
    of_panel = "panel " if counted.startswith("agreement") else ""
    return of_panel + cases[f"{kind}_id"].astype("str")


def _known(counted: str, cases: DataFrame) -> dict[str, Case]:
    """Case -> whom it is about."""
    auditor = cases["auditor_id"] if "auditor_id" in cases else cases["person"]
    columns = (_id(counted, cases), *(held.astype("str") for held in (cases["child"], cases["person"], auditor)))
    return {case: Case(*about) for case, *about in zip(*columns, strict=True)}


def _alike(sums: Sequence[frozenset[str]]) -> dict[tuple[bool, ...], list[str]]:
    """Cases that are in the same sums: nothing tells them apart. Which sums -> the cases."""
    alike: dict[tuple[bool, ...], list[str]] = {}
    for case in sorted(frozenset[str]().union(*sums)):
        alike.setdefault(tuple(case in one for one in sums), []).append(case)
    return alike


def _isolated(untold: Untold, whom: Sequence[frozenset[str]], *, fewer_than: int) -> Iterator[frozenset[str]]:
    """Of whom alone, fewer than so many, a sum can be made.

    `whom` says of each group of cases whose they are; a group of enough is never told apart within.
    """
    small = [one for one in dict.fromkeys(whom) if len(one) < fewer_than]
    tried = set(small)
    for size in range(2, fewer_than):
        singles = [one for one in small if len(one) == 1]
        tried |= {frozenset().union(*some) for some in combinations(singles, size)}
    for few in tried:
        if untold.tells_of([place for place, one in enumerate(whom) if one <= few]):
            yield few
