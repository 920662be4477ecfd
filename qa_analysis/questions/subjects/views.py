"""What families said, by subject, beside what the auditor found on the same prompt in the same audit."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.english import counted, in_a_sentence
from qa_analysis.measures.figure import Figure, count, figures_of, labelled
from qa_analysis.measures.voices.by_subject import (
    BOTH,
    HEARD,
    NOT_CODED,
    SAID,
    VIEWS_BY_SUBJECT,
    WITH_SUBJECT,
    beside_findings,
)
from qa_analysis.month.month import Month
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked, NoAnswer
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import NAMED, when, whole_of
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject

DATASET: Final = "family_feedback"


def views(asked: Asked, held: Held) -> Answered:
    """Contacts that spoke of each subject, by view, and what the audit found on it. Figures per subject (and group).

    What was said of under three children, or in one worker's audits, is not told.
    """
    whole = replace(asked, by="") if asked.by in ("prompt", "key_area") else asked
    scope = scoping.scope(whole, held, narrow=_narrowed, cases=scoping.audited_cases)
    said = _said(scope)
    labels = {"period": asked.last, "population": "", "unit": "contacts"}
    told = said[said["area"].notna()]
    rows = [
        count(name, some["feedback_id"].nunique(), **labels) for name, some in ((HEARD, said), (WITH_SUBJECT, told))
    ]
    # How many words suggest nothing tells of no child, so the two counts are no sums to be subtracted.
    sums = [("views", said.drop_duplicates("feedback_id"))]
    for group, some in _groups(told, scope, asked):
        rows += list(_of(some, group, asked))
        sums.append((f"views {'+'.join(group)}", some))
    return replace(scope, asked=asked, sums=tuple(sums)), rows


def _narrowed(asked: Asked, held: Held) -> Tables:
    """The audits of the filters in which a family spoke (of the subject asked about), and what they said."""
    tables = narrowing.audits_as_one_cycle(asked, held)
    heard = held.heard
    if "subject" not in heard:
        raise NoAnswer(
            "What families said has no subject here: their words were not supplied.",
            "Supply the text column of family feedback.",
        )
    if asked.area:
        heard = heard[heard["area"] == asked.area]
    if asked.prompt:
        heard = heard[heard["subject"] == asked.prompt]
    heard = heard[heard["audit_id"].isin(tables.audits["audit_id"]) & (heard["outcome"] == "engaged")]
    audits = tables.audits[tables.audits["audit_id"].isin(heard["audit_id"])]
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits, DATASET: heard}))


def _said(scope: Scope) -> DataFrame:
    """What was said, with the audit it is of and what that found on the same prompt. One row per contact."""
    cases = scoping.audited(scope.tables.audits)
    kept = ["audit_id", "child", "person", *({scope.column} & set(cases.columns))]
    heard = beside_findings(scope.tables.frames[DATASET], scope.tables.findings)
    return heard.merge(cases[kept], on="audit_id", validate="many_to_one").assign(case=lambda rows: rows["feedback_id"])


def _groups(said: DataFrame, scope: Scope, asked: Asked) -> Iterator[tuple[tuple[str, ...], DataFrame]]:
    """The contacts of each subject, or key area, or of each service and subject, that are of enough children."""
    rules = scope.tables.rules
    what = "area" if asked.by == "key_area" else "subject"
    known = said.dropna(subset=what).drop_duplicates(["feedback_id", what])
    places: list[Series] = [labelled(known[scope.column].astype("object"))] if scope.column in known else []
    for key, some in known.groupby([*places, known[what]], sort=True):
        group = tuple(str(part) for part in key)
        if scoping.enough(some, rules):
            yield group, some


def _of(some: DataFrame, group: tuple[str, ...], asked: Asked) -> Iterator[Figure]:
    """How many contacts spoke of it, with which view; and in how many audits the auditor had found the same."""
    by = (asked.by,) if len(group) == 1 else (asked.by, "prompt")
    views = some["views"].fillna("not recorded").value_counts()
    sizes = {VIEWS_BY_SUBJECT: len(some), **{measure: int(views.get(view, 0)) for view, measure in SAID.items()}}
    if "prompt" in by:
        sizes |= {measure: int(some[column].sum()) for measure, column in BOTH.items()}
    for measure, size in sizes.items():
        yield count(measure, size, period=asked.last, population="", by=by, group=group, unit="contacts")


def sentence(scope: Scope, month: Month) -> str:
    """What was spoken of most, and with which view."""
    table = month.measures
    rules = scope.tables.rules
    heard = figures_of(table[table["measure"] == VIEWS_BY_SUBJECT].sort_values("value", ascending=False, kind="stable"))
    words, told = whole_of(month, HEARD), whole_of(month, WITH_SUBJECT)
    assert words is not None and told is not None
    opening = (
        f"{told.value:,.0f} of {counted(words.value, 'contact')} in which a family spoke {when(scope)} could be given "
        "a subject."
    )
    if not heard:
        return f"{opening} No subject was raised by the families of at least three children."
    parts = []
    for one in heard[:NAMED]:
        of_group = {row.measure: row for row in figures_of(table[table["group"] == "+".join(one.group)])}
        code = one.group[-1]
        title = rules.prompts.get(code) or rules.key_areas.get(code, code)
        where = f"{one.group[0]}, " if len(one.group) > 1 else ""
        tally = ", ".join(f"{of_group[name].value:.0f} {view}" for view, name in SAID.items() if name in of_group)
        parts.append(f"{where}{in_a_sentence(title)}, {counted(one.value, 'contact')} ({tally})")
    return f"{opening} Raised most often: {'; '.join(parts)}."


VIEWS = Subject(
    views,
    sentence,
    "The subject of each is suggested from its words, as codes of findings are, and nobody has confirmed it; what was "
    f"too unclear is {NOT_CODED}. Nobody is quoted. What the families of fewer than three children said is not shown.",
    names={
        HEARD: "Contacts with words",
        WITH_SUBJECT: "Contacts with a subject",
        VIEWS_BY_SUBJECT: "Contacts",
        **{name: view.capitalize() for view, name in SAID.items()},
        "family_views_found_strength": "Audit found a strength",
        "family_views_found_development": "Audit found it for development",
    },
    drawn={VIEWS_BY_SUBJECT: "Contacts with families"},
)
