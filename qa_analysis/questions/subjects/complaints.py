"""Complaints and compliments: how many, answered in time, upheld, and audits of the same subject beside them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.english import counted
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.figure import Figure, count, figures_of, labelled, share
from qa_analysis.measures.themes.in_audits import audit_themes
from qa_analysis.month.month import Month
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import HEADLINE_ROUTES, Asked, NoAnswer
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import group_of, named, rows_of, when, whole_of
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject
from qa_analysis.telling.wording import part_of, share_of

DATASET: Final = "complaints_compliments"
COMPLAINTS, COMPLIMENTS = "complaints_received", "compliments_received"
IN_TIME, UPHELD = "complaints_answered_in_time", "complaints_upheld"
HALF, FEWEST_MONTHS = "half of the period", 4
FOUND_TOO: Final = "audits_with_the_same_subject"


def complaints(asked: Asked, held: Held) -> Answered:
    """Complaints and compliments, whole and by group. One figure per question and group."""
    scope = scoping.scope(
        asked, held, narrow=narrowing.others_of(DATASET), cases=lambda tables: tables.frames[DATASET], dataset=DATASET
    )
    frame = scope.tables.frames[DATASET]
    rows, sums = [*_of(scope, frame)], [("complaints", frame)]
    if asked.by:
        own = _names(frame, asked.by)
        for name in sorted(own.unique()):
            some = frame[own == name]
            rows += [row.but(by=(asked.by,), group=(str(name),)) for row in _of(scope, some)]
            sums.append(("complaints", some))
    for name, some in _halves(scope).items():
        labels = {"period": asked.last, "population": "", "unit": "complaints"}
        rows.append(count(COMPLAINTS, some["case"].nunique(), by=HALF, group=name, **labels))
        sums.append(("complaints", some))
    beside, more = _beside(asked, held)
    return replace(scope, sums=(*sums, *more)), [*rows, *beside]


def _of(scope: Scope, some: DataFrame) -> Iterator[Figure]:
    """The figures of some of them; one for what their kind can have."""
    labels, few = {"period": scope.asked.last, "population": ""}, scope.tables.rules.percentage_from
    is_complaint = some["kind"] == "complaint"
    if scope.asked.kind != "compliment":
        yield count(COMPLAINTS, some.loc[is_complaint, "case"].nunique(), unit="complaints", **labels)
    if scope.asked.kind != "complaint":
        yield count(COMPLIMENTS, some.loc[~is_complaint, "case"].nunique(), unit="compliments", **labels)
    of_complaints = some[is_complaint]
    due = of_complaints[of_complaints["due_on"].notna() & (of_complaints["due_on"] < scope.tables.as_at)]
    decided = of_complaints[of_complaints["outcome"].notna() & (of_complaints["outcome"] != "withdrawn")]
    if len(due) >= few:
        yield share(IN_TIME, int((due["responded_on"] <= due["due_on"]).sum()), len(due), few=few, **labels)
    if len(decided) >= few:
        upheld = decided["outcome"].isin(["upheld", "partly upheld"])
        yield share(UPHELD, int(upheld.sum()), len(decided), few=few, **labels)


def _beside(asked: Asked, held: Held) -> tuple[list[Figure], list[tuple[str, DataFrame]]]:
    """The audits in which the same prompt was found for development, over the same months and places.

    None where the subject is no prompt, or where too few audits would be told of.
    """
    rules = held.tables.rules
    if asked.subject not in rules.prompts or "findings" not in held.tables.frames:
        return [], []
    by = asked.by if asked.by in ("month", "service_area", "team") else ""
    of_audits = replace(
        asked, question="findings", by=by, subject="", kind="", prompt=asked.subject, route=HEADLINE_ROUTES
    )
    try:
        scope = scoping.scope(of_audits, held, narrow=narrowing.audits_as_one_cycle, cases=scoping.audited_cases)
    except NoAnswer:
        return [], []
    audits = headline_audits(scope.tables, months=(asked.last,))
    found = set(audit_themes(scope.tables, audits, "development")["audit_id"])
    cases = scoping.audited(audits).assign(case=audits["audit_id"])
    parts = {"": cases}
    if by:
        own = _names(cases, by)
        parts |= {str(name): cases[own == name] for name in sorted(own.unique())}
    rows = [
        share(
            FOUND_TOO, len(found & set(some["audit_id"])), len(some), period=asked.last, population="",
            by=by if name else "", group=name, few=rules.percentage_from,
        )
        for name, some in parts.items()
    ]  # fmt: skip
    return rows, [("findings ", some) for some in parts.values()]


def _names(frame: DataFrame, column: str) -> Series:
    return labelled(frame[column].astype("object"))


def sentence(scope: Scope, month: Month) -> str:
    """How many came, in each half of the period, and how many complaints were answered in time."""
    said = [f"{' and '.join(_counts(month))} came {when(scope)}{_risen(month)}."]
    in_time, upheld, found = (whole_of(month, name) for name in (IN_TIME, UPHELD, FOUND_TOO))
    if in_time is not None:
        said.append(f"{part_of(in_time, 'answer due', 'answers due', first=True)} were given in time.")
    if upheld is not None:
        said.append(f"{share_of(upheld, 'decision')} upheld the complaint at least in part.")
    if found is not None:
        said.append(f"The same was found for development in {part_of(found, 'audit')} of those months.")
    return " ".join(said)


def _counts(month: Month) -> Iterator[str]:
    for measure, one in ((COMPLAINTS, "complaint"), (COMPLIMENTS, "compliment")):
        if (found := whole_of(month, measure)) is not None:
            yield counted(found.value, one)


def _halves(scope: Scope) -> dict[str, DataFrame]:
    """The complaints of the earlier and of the later half of the period, from four months on: are there more?

    None where one of them is of too few to be told.
    """
    cycles = scope.asked.cycles
    if len(cycles) < FEWEST_MONTHS or scope.asked.kind == "compliment":
        return {}
    middle = len(cycles) // 2
    frame = scope.tables.frames[DATASET]
    known = frame[frame["kind"] == "complaint"]
    parts = {named(some): known[known["month"].isin(some)] for some in (cycles[:middle], cycles[-middle:])}
    few = scope.tables.rules.question_children_from
    return {} if any(0 < some["case"].nunique() < few for some in parts.values()) else parts


def _risen(month: Month) -> str:
    halves = figures_of(rows_of(month, COMPLAINTS, HALF))
    return "; complaints: " + ", ".join(f"{one.value:,.0f} from {group_of(one)}" for one in halves) if halves else ""


COMPLAINED = Subject(
    complaints,
    sentence,
    "Each complaint counts once, whatever stages it went through; answers and decisions count stage by stage, in time "
    "by the date recorded as due. A rise may be good: people may have been told how to complain. More or "
    "fewer is not tested, and audits beside them are of other children.",
    names={
        COMPLAINTS: "Complaints", COMPLIMENTS: "Compliments", IN_TIME: "Answered in time",
        UPHELD: "Upheld, at least in part", FOUND_TOO: "Audits with the same for development",
    },
    drawn={COMPLAINTS: "Complaints", COMPLIMENTS: "Compliments"},
)  # fmt: skip
