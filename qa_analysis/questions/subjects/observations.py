"""Observations of practice: how many, of how many people, of what kind and why."""

from dataclasses import replace
from typing import Final

from pandas import DataFrame

from qa_analysis.english import counted
from qa_analysis.measures.figure import Figure, count, figures_of, labelled
from qa_analysis.month.month import Month
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.narrowing import others_of
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import group_of, rows_of, when, whole_of
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject

DATASET: Final = "observations"
HELD, PEOPLE = "observations_held", "people_observed"


def observations(asked: Asked, held: Held) -> Answered:
    """Observations and people observed, whole and by group. Two figures per group."""
    scope = scoping.scope(
        asked, held, narrow=others_of(DATASET), cases=lambda tables: tables.frames[DATASET], dataset=DATASET
    )
    frame = scope.tables.frames[DATASET]
    rows, sums = _of(scope, frame), [("observations", frame)]
    if asked.by:
        own = labelled(frame[asked.by].astype("object"))
        for name in sorted(own.unique()):
            some = frame[own == name]
            rows += [row.but(by=(asked.by,), group=(str(name),)) for row in _of(scope, some)]
            sums.append(("observations", some))
    return replace(scope, sums=tuple(sums)), rows


def _of(scope: Scope, some: DataFrame) -> list[Figure]:
    labels = {"period": scope.asked.last, "population": ""}
    return [
        count(HELD, len(some), unit="observations", **labels),
        count(PEOPLE, int(some["worker_id"].nunique()), unit="people", **labels),
    ]


def sentence(scope: Scope, month: Month) -> str:
    """How many there were, of how many people, and of what."""
    held, people = whole_of(month, HELD), whole_of(month, PEOPLE)
    assert held is not None and people is not None
    said = (
        f"{counted(held.value, 'observation')} of {counted(people.value, 'person', 'people')} "
        f"{'was' if held.value == 1 else 'were'} held {when(scope)}"
    )
    split = sorted(figures_of(rows_of(month, HELD, scope.asked.by)), key=lambda one: -one.value)
    if not scope.asked.by or scope.asked.by == "month":
        return f"{said}."
    titles = scope.held.subject_title if scope.asked.by == "subject" else str
    parts = ", ".join(f"{titles(group_of(one))} {one.value:,.0f}" for one in split[:4])
    return f"{said}: {parts}{' and others in the table' if len(split) > 4 else ''}."


OBSERVATIONS = Subject(
    observations,
    sentence,
    "Counted by the day of the observation; what was returned late may still be missing. A count does not say how good "
    "the practice was, and whose observation is due stands in the list for their manager. At least three people were "
    "observed in each group shown.",
    names={HELD: "Observations", PEOPLE: "People observed"},
    drawn={HELD: "Observations"},
)
