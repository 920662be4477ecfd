"""Whether audits were discussed in the next supervision, how soon that was held, and whether it was reflective."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.closing_the_loop.in_supervision import discussed_in
from qa_analysis.measures.figure import Figure, estimated, labelled, share
from qa_analysis.month.month import Month
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked, NoAnswer
from qa_analysis.questions.opening import BELOW_GOOD as ONLY_BELOW
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import when, whole_of
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject
from qa_analysis.stats.survival import median_time
from qa_analysis.telling.wording import part_of

DISCUSSED: Final = "discussed_in_next_supervision"
BELOW_GOOD: Final = "below_good_discussed_in_next"
MEDIAN, REFLECTIVE = "days_to_next_supervision_median", "next_supervision_reflective"


def supervision(asked: Asked, held: Held) -> Answered:
    """What followed audits in the key worker's next supervision. One figure per question and group."""
    scope = scoping.scope(asked, held, narrow=_narrowed, cases=_followed)
    followed = _followed(scope.tables)
    rows = [*_of(scope, scope.tables.audits)]
    sums = [("supervision", followed)]
    if asked.by:
        own = labelled(scope.tables.audits[scope.column].astype("object"))
        for name in sorted(own.unique()):
            some = scope.tables.audits[own == name]
            rows += [row.but(by=(asked.by,), group=(str(name),)) for row in _of(scope, some)]
            sums.append(("supervision", followed[followed["audit_id"].isin(some["audit_id"])]))
    return replace(scope, sums=tuple(sums)), rows


def _narrowed(asked: Asked, held: Held) -> Tables:
    """The audits of the filters with the next supervision of their key worker; those below good where asked for."""
    tables = narrowing.audits_as_one_cycle(asked, held)
    audits = tables.audits
    if asked.kind == ONLY_BELOW:
        is_graded = audits["overall_grade"].isin(tables.rules.grades)
        audits = audits[is_graded & ~audits["overall_grade"].isin(tables.rules.good_grades)]
    sessions = tables.frames["supervision"]
    days = discussed_in(sessions, audits)
    if days is None:
        raise NoAnswer(
            "Supervision records name no audit, so whether one was discussed is not known.",
            "Record the audit’s reference with the supervision in which it was discussed.",
        )
    known = sessions.drop_duplicates(["worker_id", "held_on"], keep="last").set_index(["worker_id", "held_on"])
    asked_for = pd.MultiIndex.from_arrays([audits["key_worker_id"], days["next_on"]])
    reflective = known["is_reflective"].reindex(asked_for).to_numpy()
    audits = audits.join(days).assign(is_reflective=reflective)
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits}))


def _followed(tables: Tables) -> DataFrame:
    """The audits after which a supervision of the key worker was held. One row per audit."""
    cases = scoping.audited(tables.audits)
    held = cases[cases["next_on"].notna()]
    return held.assign(case=held["audit_id"])


def _of(scope: Scope, audits: DataFrame) -> Iterator[Figure]:
    """The figures of some audits."""
    few = scope.tables.rules.percentage_from
    labels = {"period": scope.asked.last, "population": ""}
    held = audits[audits["next_on"].notna()]
    measure = BELOW_GOOD if scope.asked.kind == ONLY_BELOW else DISCUSSED
    yield share(measure, int(held["is_in_next"].sum()), len(held), few=few, **labels)
    until = audits["next_on"].fillna(scope.tables.as_at)
    days = (until - audits["audited_on"]).dt.days.clip(lower=0).to_numpy(dtype=float)
    found = median_time(days, audits["next_on"].notna().to_numpy(dtype=bool))
    yield estimated(MEDIAN, found, unit="days", **labels)
    said = held["is_reflective"].dropna().astype(bool)
    if len(said) == len(held) and len(held):  # told over the same audits, or it would tell of the others
        yield share(REFLECTIVE, int(said.sum()), len(said), few=few, **labels)


def sentence(scope: Scope, month: Month) -> str:
    """How many were discussed in the next supervision, and how soon it was held."""
    is_below = scope.asked.kind == ONLY_BELOW
    found, median = whole_of(month, BELOW_GOOD if is_below else DISCUSSED), whole_of(month, MEDIAN)
    if found is None or not found.denominator:
        return "No supervision was held after these audits yet."
    noun = "audit below good" if is_below else "audit"
    many = "audits below good" if is_below else "audits"
    said = (
        f"{part_of(found, noun, many, first=True)} {when(scope)} were discussed in the key worker’s next supervision, "
        "of those after which one was held."
    )
    if median is None or not median.is_given:
        return said
    return f"{said} Half had it within {median.value:.0f} days of the audit."


SUPERVISION = Subject(
    supervision,
    sentence,
    "The whole audit counts as discussed, not each finding. A supervision held on the day of the audit is not the next "
    "one, and those still waiting count for as long as they have waited.",
    names={
        DISCUSSED: "Discussed in the next supervision",
        BELOW_GOOD: "Below good, discussed in the next supervision",
        MEDIAN: "Median days to the next supervision",
        REFLECTIVE: "Next supervision was reflective",
    },
    drawn={
        DISCUSSED: "Discussed in the next supervision (% of audits)",
        BELOW_GOOD: "Discussed in the next supervision (% of audits below good)",
    },
    is_told_as_a_whole=True,
)
