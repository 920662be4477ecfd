"""Practice alerts: formal and informal apart, how many were answered, and how soon."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pandas import DataFrame

from qa_analysis.english import counted
from qa_analysis.measures.figure import Figure, count, estimated, labelled, share
from qa_analysis.month.month import Month
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.narrowing import others_of
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import when, whole_of
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject
from qa_analysis.stats.survival import median_time
from qa_analysis.telling.wording import part_of

DATASET: Final = "practice_alerts"
FORMAL, INFORMAL = "alerts_formal", "alerts_informal"
ANSWERED, MEDIAN = "alerts_answered", "days_to_answer_alert_median"


def alerts(asked: Asked, held: Held) -> Answered:
    """Alerts raised and answered, whole and by group. One figure per question and group."""
    scope = scoping.scope(
        asked, held, narrow=others_of(DATASET), cases=lambda tables: tables.frames[DATASET], dataset=DATASET
    )
    frame = scope.tables.frames[DATASET]
    rows, sums = [*_of(scope, frame)], [("alerts", frame)]
    if asked.by:
        own = labelled(frame[asked.by].astype("object"))
        for name in sorted(own.unique()):
            some = frame[own == name]
            rows += [row.but(by=(asked.by,), group=(str(name),)) for row in _of(scope, some)]
            sums.append(("alerts", some))
    return replace(scope, sums=tuple(sums)), rows


def _of(scope: Scope, some: DataFrame) -> Iterator[Figure]:
    labels, few = {"period": scope.asked.last, "population": ""}, scope.tables.rules.percentage_from
    for kind, measure in (("formal", FORMAL), ("informal", INFORMAL)):
        if scope.asked.kind in ("", kind):
            yield count(measure, int((some["kind"] == kind).sum()), unit="alerts", **labels)
    is_answered = some["responded_on"].notna()
    yield share(ANSWERED, int(is_answered.sum()), len(some), few=few, **labels)
    until = some["responded_on"].fillna(scope.tables.as_at)
    days = (until - some["raised_on"]).dt.days.clip(lower=0).to_numpy(dtype=float)
    yield estimated(MEDIAN, median_time(days, is_answered.to_numpy(dtype=bool)), unit="days", **labels)


def sentence(scope: Scope, month: Month) -> str:
    """How many were raised, how many answered, and how soon."""
    parts = [
        counted(found.value, f"{kind} alert")
        for kind, measure in (("formal", FORMAL), ("informal", INFORMAL))
        if (found := whole_of(month, measure)) is not None
    ]
    answered, median = whole_of(month, ANSWERED), whole_of(month, MEDIAN)
    said = f"{' and '.join(parts)} {'was' if parts == ['1 formal alert'] else 'were'} raised {when(scope)}."
    if answered is not None:
        said += f" {part_of(answered, 'alert', first=True)} {'was' if answered.numerator == 1 else 'were'} answered"
        within = median is not None and median.is_given
        said += f", half of all within {median.value:.0f} days." if within and median is not None else "."
    return said


ALERTS = Subject(
    alerts,
    sentence,
    "A rise may be good: people speak up sooner. Those not answered yet count for as long as they have waited.",
    names={
        FORMAL: "Formal alerts", INFORMAL: "Informal alerts", ANSWERED: "Answered", MEDIAN: "Median days to an answer",
    },
    drawn={FORMAL: "Formal alerts", INFORMAL: "Informal alerts"},
)  # fmt: skip
