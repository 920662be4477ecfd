"""A leader's grade and the usual auditor's of the same record: whether both look alike at practice."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, estimated, share
from qa_analysis.measures.populations import GRADED_TWICE
from qa_analysis.measures.practice_week.week import LEADERS, OTHERS, audits_of, of_cycle_by, week_of
from qa_analysis.stats.agreement import counts, gwet_ac

HIGHER, ALIKE, LOWER = "leader graded higher", "same grade", "leader graded lower"
DIFFERENCES: Final = (HIGHER, ALIKE, LOWER)
KEPT: Final = ["child_id", "audit_id", "auditor_id", "audited_on", "overall_grade"]


@declares(
    Measure(
        "leader_pairs",
        title="Records graded by a leader and by the usual auditor",
        family=family.PRACTICE_WEEK,
        counts="children's records with an audit of Practice Week by a senior leader and one of the same cycle by "
        "another person who is none, both with an overall grade",
        limits="of several audits by others the one nearest in time; which was done first is not taken into account",
        unit="records",
    ),
    Measure(
        "leader_agreement",
        title="Records to which leader and usual auditor gave the same grade",
        family=family.PRACTICE_WEEK,
        counts="those records to which both gave the same overall grade; by key area, the same grade of that area",
        by="key_area",
        limits="only from five records, and from three leaders and three usual auditors, so that no "
        "one's own grades are told; leaders choose the records, so it says nothing of all audits",
        unit="share",
    ),
    Measure(
        "leader_differences",
        title="Which way a leader's grade differs from the usual auditor's",
        family=family.PRACTICE_WEEK,
        counts="those records that the leader graded higher, the same and lower",
        by="difference",
        limits="as for records with the same grade",
        unit="records",
    ),
    Measure(
        "leader_ac1",
        title="Gwet's AC1 of leader and usual auditor",
        family=family.PRACTICE_WEEK,
        counts="agreement of both on the overall grade beyond chance, on a scale up to 1",
        limits="only from ten records; as for records with the same grade",
        unit="coefficient",
    ),
)
def calibration(tables: Tables) -> list[Figure]:
    """How far leaders and usual auditors give the same records the same grade. One figure per question."""
    week = week_of(tables)
    if week is None:
        return []
    both, rules = pairs(tables), tables.rules
    labels = {"period": week.cycle, "population": GRADED_TWICE}
    return [
        count("leader_pairs", len(both), unit="records", **labels),
        *(_agreement(both, rules, labels) if is_enough(both, rules) else ()),
    ]


def is_enough(both: DataFrame, rules: Rules) -> bool:
    """Whether records and people are many enough to put numbers on."""
    people = min(both["auditor_id"].nunique(), both["auditor_id_usual"].nunique())
    return len(both) >= rules.percentage_from and people >= rules.floor[MANAGERS].auditors


def pairs(tables: Tables) -> DataFrame:
    """The records that a leader and a usual auditor graded. One row per record."""
    week, rules = week_of(tables), tables.rules
    kept = [*KEPT, *rules.grade_columns.values()]
    if week is None:
        none = tables.audits.head(0)[kept]
        return none.merge(none, on="child_id", suffixes=("", "_usual"))
    own = audits_of(tables, week)
    leaders, others = (
        some[some["overall_grade"].isin(rules.grades) & some["child_id"].notna()]
        for some in (own[own["took_part"] == LEADERS], of_cycle_by(tables, week, OTHERS))
    )
    both = leaders[kept].merge(others[kept], on="child_id", suffixes=("", "_usual"))
    both = both[both["auditor_id"] != both["auditor_id_usual"]]
    apart = (both["audited_on"] - both["audited_on_usual"]).abs()
    return both.assign(apart=apart).sort_values(["apart", "audit_id"]).drop_duplicates("child_id").drop(columns="apart")


def differences(both: DataFrame, rules: Rules) -> list[str]:
    """Which way the leader's overall grade differs. One word per record."""
    place = {grade: number for number, grade in enumerate(rules.grades)}  # the best first
    steps = both["overall_grade"].map(place) - both["overall_grade_usual"].map(place)
    return [DIFFERENCES[1 + int(step)] for step in np.sign(steps)]


def _agreement(both: DataFrame, rules: Rules, labels: dict[str, str]) -> Iterator[Figure]:
    few, said = rules.percentage_from, differences(both, rules)
    yield share("leader_agreement", said.count(ALIKE), len(both), few=few, **labels)
    for word in DIFFERENCES:
        yield count("leader_differences", said.count(word), unit="records", by="difference", group=word, **labels)
    for area, column in rules.grade_columns.items():
        graded = both[both[column].isin(rules.grades) & both[f"{column}_usual"].isin(rules.grades)]
        if is_enough(graded, rules):
            alike = int((graded[column] == graded[f"{column}_usual"]).sum())
            yield share("leader_agreement", alike, len(graded), few=few, by="key_area", group=area, **labels)
    if len(both) >= rules.verdict_from:
        table = counts(both["overall_grade_usual"].to_numpy(), both["overall_grade"].to_numpy(), grades=rules.grades)
        yield estimated("leader_ac1", gwet_ac(table), unit="coefficient", **labels)
