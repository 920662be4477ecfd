"""The cases a question is about: filters laid on the tables, a period read as one cycle, nobody left alone in it.

Measures see ordinary Tables, so that an answer and the month's reports come from the same functions.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.figure import labelled
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.moderation.agreement import pairs
from qa_analysis.questions.asked import Asked, NoAnswer
from qa_analysis.questions.kinds import QUESTIONS
from qa_analysis.questions.narrowing import PLACES, REGRADED, Narrow, all_headline
from qa_analysis.questions.opening import Held

TOGETHER = "smaller groups together"
NARROWED_BY = (*PLACES, "area", "prompt", "level", "safeguarding", "subject", "kind")

Cases = Callable[[Tables], DataFrame]  # one row per case, with the columns child and person


@dataclass(frozen=True, eq=False)
class Scope:
    """One question's cases, in tables that hold them alone."""

    asked: Asked
    held: Held
    tables: Tables
    merged: tuple[str, ...] = ()  # groups too small to be shown by themselves
    sums: tuple[tuple[str, DataFrame], ...] = ()  # what was counted and over which cases, where the question says so

    @property
    def column(self) -> str:
        """The column of the data that the question splits by."""
        return "selection_route" if self.asked.by == "route" else self.asked.by


def scope(asked: Asked, held: Held, *, narrow: Narrow, cases: Cases | None, dataset: str = "audits") -> Scope:
    """The cases of a question; small groups are put together. Without `cases` nothing needs protecting.

    Raises:
        NoAnswer: what it rests on was not supplied, there is no case, or too few to protect the children and workers
            among them.
    """
    if (needed := QUESTIONS[asked.question].rests_on) not in held.tables.frames:
        raise NoAnswer(
            f"There is nothing to answer from: the dataset {needed.replace('_', ' ')} was not supplied.",
            "Put the extract in the data folder.",
        )
    whole = Scope(asked, held, narrow(asked, held))
    if whole.tables.frames[dataset].empty:
        raise NoAnswer(f"There are no {dataset.replace('_', ' ')} to answer from.", _wider(asked))
    if cases is None:
        return whole
    found = cases(whole.tables)
    found = with_auditors(found, asked)
    refuse_few(found, asked, whole.tables.rules)
    for wider in _without_each_place(asked):
        _refuse_remainder(found, cases(narrow(wider, held)), whole.tables.rules)
    return _split(whole, found, dataset) if whole.column in found.columns else whole


def graded_cases(tables: Tables) -> DataFrame:
    """The audits with a grade on the scale. One row per audit."""
    return audited(graded(tables.audits, "overall_grade", tables.rules))


def audited_cases(tables: Tables) -> DataFrame:
    """Every audit. One row per audit."""
    return audited(tables.audits)


def paired_cases(tables: Tables) -> DataFrame:
    """The panel's decisions, each on one auditor's grade. One row per decision."""
    both = decided(tables)
    return both.assign(child=both["audit_id"], person=both["auditor_id"])


def decided(tables: Tables, column: str = "overall_grade") -> DataFrame:
    """The panel's decisions with all that the audit may be split by. One row per decision."""
    both = pairs(tables, tables.rolling_cycles, column)
    more = [name for name in ("month", "age_band", "case_status") if name in tables.audits]
    return both.merge(tables.audits[["audit_id", *more]], on="audit_id", how="left", validate="many_to_one")


def action_cases(tables: Tables) -> DataFrame:
    """The actions and their owners; one that is about no child stands for itself. One row per action."""
    found = tables.actions
    return found.assign(child=found["child_id"].fillna(found["action_id"]), person=found["owner_id"])


def audited(audits: DataFrame) -> DataFrame:
    """A carer's audit stands for itself."""
    return audits.assign(child=audits["child_id"].fillna(audits["audit_id"]), person=audits["key_worker_id"])


def with_auditors(cases: DataFrame, asked: Asked) -> DataFrame:
    """The cases with the auditor as one whose work they are, where the question is about a role of auditors.

    A role that one person holds is that person. One row per case.
    """
    return cases.assign(graded_by=cases["auditor_id"]) if is_by_role(asked) and "auditor_id" in cases else cases


def is_by_role(asked: Asked) -> bool:
    """Whether an answer tells of auditors of one role."""
    return bool(asked.role) or asked.by == "auditor_role"


def refuse_few(cases: DataFrame, asked: Asked, rules: Rules) -> None:
    """Stop where an answer would tell of a child or a worker."""
    if cases.empty:
        raise NoAnswer("No records match.", _wider(asked))
    if (children := cases["child"].nunique()) < rules.question_children_from:
        raise NoAnswer(
            f"Fewer than {rules.question_children_from} children match, so the answer could identify one of them."
            if children
            else "No child matches.",
            f"At least {rules.question_children_from} are needed. {_wider(asked)}",
        )
    if cases["person"].nunique() < rules.question_people_from:
        raise NoAnswer(
            "All the matching records are one person's work, and no individual is judged here.",
            f"The work of at least {rules.question_people_from} people is needed. {_wider(asked)}",
        )
    if not _auditors_enough(cases, rules):
        fewest = rules.floor[MANAGERS].auditors
        raise NoAnswer(
            f"Fewer than {fewest} auditors of this role graded the matching audits, and no individual is judged here.",
            f"At least {fewest} are needed. {_wider(asked)}",
        )


def _refuse_remainder(cases: DataFrame, wider: DataFrame, rules: Rules) -> None:
    """Stop where the answer, taken from that of a wider question, would leave a child alone."""
    left = len(set(wider["child"]) - set(cases["child"]))
    if 0 < left < rules.question_children_from:
        raise NoAnswer(
            f"Together with a wider answer, this one could identify fewer than {rules.question_children_from} "
            "children.",
            "Ask the wider question, with one filter fewer.",
        )


def _without_each_place(asked: Asked) -> Iterator[Asked]:
    """The question with each of its filters left out in turn."""
    regraded = ("area",) if asked.question in REGRADED else ()  # which narrows no case: it is another grade
    return (asked.without(word) for word in NARROWED_BY if word not in regraded and getattr(asked, word))


def _split(whole: Scope, cases: DataFrame, dataset: str) -> Scope:
    """The groups too small to be shown put together, under one name, with the next smallest until they are enough.

    Raises:
        NoAnswer: nothing is left to tell apart.
    """
    names, column = labelled(cases[whole.column].astype("object")), whole.column
    small = too_small(cases, names, whole.tables.rules)
    if not small:
        return whole
    if len(small) == names.nunique():
        raise NoAnswer(
            "The groups are too small to show separately.", "Ask about a longer period, or about the whole service."
        )
    frame = whole.tables.frames[dataset]
    own = labelled(frame[column].astype("object"))
    frame = frame.assign(**{column: own.mask(own.isin(small), TOGETHER).astype("str")})
    rules = all_headline(whole.tables.rules, frame) if dataset == "audits" else whole.tables.rules
    tables = replace(whole.tables, rules=rules, frames=MappingProxyType({**whole.tables.frames, dataset: frame}))
    return replace(whole, tables=tables, merged=tuple(small))


def too_small(cases: DataFrame, names: Series, rules: Rules) -> list[str]:
    """The groups to put together: those too small, and the next smallest where those are too small together."""
    sizes = cases.groupby(names).agg(children=("child", "nunique"), people=("person", "nunique"))
    alone = (sizes["children"] < rules.question_children_from) | (sizes["people"] < rules.question_people_from)
    if "graded_by" in cases:
        alone |= cases.groupby(names)["graded_by"].nunique() < rules.floor[MANAGERS].auditors
    order = sizes.sort_values("children", kind="stable").index
    small = [str(name) for name in order if alone[name]]
    for name in (str(name) for name in order if not alone[name]):
        if not small or enough(cases[names.isin(small)], rules):
            break
        small.append(name)
    return small


def enough(cases: DataFrame, rules: Rules) -> bool:
    """Whether there are children and workers enough among the cases for figures of their own."""
    children, people = cases["child"].nunique(), cases["person"].nunique()
    is_enough = children >= rules.question_children_from and people >= rules.question_people_from
    return bool(is_enough and _auditors_enough(cases, rules))


def _auditors_enough(cases: DataFrame, rules: Rules) -> bool:
    """Whether a role of auditors is no person: where it is about roles, it has so many who graded."""
    return "graded_by" not in cases or bool(cases["graded_by"].nunique() >= rules.floor[MANAGERS].auditors)


def _wider(asked: Asked) -> str:
    """How to ask for more."""
    if asked.question == "change":
        return "Compare longer periods, such as three months each, or remove one of the filters."
    if any(getattr(asked, word) for word in NARROWED_BY):
        return "Remove one of the filters, or ask about a longer period."
    return "Ask about a longer period." if asked.first else "Remove one of the filters."
