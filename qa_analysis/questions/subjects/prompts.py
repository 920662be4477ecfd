"""How auditors answer the prompts of the audit tool: the share answered yes, partly and no, whole or group by group."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures.figure import Figure, figures_of, labelled, share
from qa_analysis.measures.themes.in_audits import in_order
from qa_analysis.month.month import Month
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import NAMED, ends, when
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject
from qa_analysis.telling.wording import part_of, share_of

DATASET: Final = "audit_answers"
YES, PARTLY, NO = "prompt_answered_yes", "prompt_answered_partly", "prompt_answered_no"
ANSWERS: Final = MappingProxyType({"yes": YES, "partly": PARTLY, "no": NO})
SPOKEN_GROUPS: Final = 10  # of which each has its weakest prompt in the sentence


def prompts(asked: Asked, held: Held) -> Answered:
    """The answers to each prompt, whole and by group. One figure per prompt, answer and group.

    A prompt that a group of too few children answers is told as a whole alone.
    """
    whole = replace(asked, by="") if asked.by == "prompt" else asked
    scope = scoping.scope(whole, held, narrow=_narrowed, cases=scoping.audited_cases)
    given = _answers(scope)
    rows, sums = [], []
    for code in in_order(given["prompt_code"].unique(), scope.tables.rules):
        for group, some in _groups(given[given["prompt_code"] == code], scope):
            rows += list(_shares(scope, some, str(code), group, is_only=bool(asked.prompt)))
            sums.append((f"prompts {code}", some))
    return replace(scope, asked=asked, sums=tuple(sums)), rows


def _narrowed(asked: Asked, held: Held) -> Tables:
    """The audits of the filters that answered the prompts asked about with yes, partly or no."""
    tables = narrowing.audits_as_one_cycle(asked, held)
    given = tables.frames[DATASET]
    given = given[given["answer"].isin(list(ANSWERS)) & given["audit_id"].isin(tables.audits["audit_id"])]
    if asked.prompt:
        given = given[given["prompt_code"] == asked.prompt]
    if asked.area:
        given = given[given["prompt_code"].map(tables.rules.area_of) == asked.area]
    audits = tables.audits[tables.audits["audit_id"].isin(given["audit_id"])]
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits, DATASET: given}))


def _answers(scope: Scope) -> DataFrame:
    """Each answer with the audit it is of. One row per audit and prompt."""
    cases = scoping.audited(scope.tables.audits)
    kept = ["audit_id", "child", "person", "auditor_id", *({scope.column} & set(cases.columns))]
    given = scope.tables.frames[DATASET].merge(cases[kept], on="audit_id", validate="many_to_one")
    return given.assign(case=given["audit_id"])


def _groups(of_prompt: DataFrame, scope: Scope) -> Iterator[tuple[str, DataFrame]]:
    """The whole, and each group where all of them are of enough children and people."""
    rules = scope.tables.rules
    known = scoping.with_auditors(of_prompt, scope.asked)
    if not scoping.enough(known, rules):
        return
    yield "", of_prompt
    if scope.column not in of_prompt:
        return
    names: Series = labelled(of_prompt[scope.column].astype("object"))
    parts = {str(name): names == name for name in sorted(names.unique())}
    if all(scoping.enough(known[own], rules) for own in parts.values()):
        yield from ((name, of_prompt[own]) for name, own in parts.items())


def _shares(scope: Scope, some: DataFrame, code: str, group: str, *, is_only: bool) -> Iterator[Figure]:
    """The share answered yes; partly and no as well of the whole, from as many answers as a percentage needs."""
    rules, tallies = scope.tables.rules, some["answer"].value_counts()
    by, of = (("prompt",), (code,)) if not group else ((scope.asked.by, "prompt"), (group, code))
    all_three = len(some) >= rules.percentage_from and (not group or is_only)
    for answer, measure in ANSWERS.items():
        if answer == "yes" or all_three:
            yield share(
                measure, int(tallies.get(answer, 0)), len(some), period=scope.asked.last, population="",
                by=by, group=of, few=rules.percentage_from,
            )  # fmt: skip


def sentence(scope: Scope, month: Month) -> str:
    """The weakest prompts, of all audits or of each group; of one prompt its answers."""
    asked, rules = scope.asked, scope.tables.rules
    table = month.measures
    if table.empty:
        return "No prompt was answered in enough audits to be shown."
    if asked.prompt:
        return _of_one(scope, month)
    split = table[(table["measure"] == YES) & table["by"].str.contains("+", regex=False)]
    if split.empty:
        weakest = ends(table[table["measure"] == YES], lowest=True)
        return f"Least often answered yes {when(scope)}: {_listed(weakest, rules.prompts)}."
    of_groups = split.groupby(split["group"].str.rpartition("+")[0], sort=True)
    few = NAMED if of_groups.ngroups <= NAMED else 1
    parts = [f"{name}: {_listed(ends(some, lowest=True, few=few), rules.prompts)}" for name, some in of_groups]
    more = f" {len(parts) - SPOKEN_GROUPS} more are in the table." if len(parts) > SPOKEN_GROUPS else ""
    return f"Least often answered yes {when(scope)}. {'. '.join(parts[:SPOKEN_GROUPS])}.{more}"


def _listed(weakest: list[Figure], labels: Mapping[str, str]) -> str:
    named = [f"{figure.group[-1]} {labels.get(figure.group[-1], '')}, {share_of(figure)}" for figure in weakest]
    return "; ".join(named[:NAMED]) or "too few answers to say"


def _of_one(scope: Scope, month: Month) -> str:
    table, code = month.measures, scope.asked.prompt
    whole = [one for one in figures_of(table[table["by"] == "prompt"])]
    said = {one.measure: one for one in whole}
    title = f"{code} {scope.tables.rules.prompts.get(code, '')}".strip()
    more = "".join(
        f"; {word} in {share_of(said[measure])}"
        for word, measure in (("partly", PARTLY), ("no", NO))
        if measure in said
    )
    return f"“{title}” was answered yes in {part_of(said[YES], 'audit', first=True)} {when(scope)}{more}."


PROMPTS = Subject(
    prompts,
    sentence,
    "Answers are the auditor’s; those of “not applicable” are left out. A prompt answered no is not a finding, and a "
    "finding may stand beside a yes.",
    names={YES: "Answered yes", PARTLY: "Partly", NO: "No"},
    drawn={YES: "Answered yes (% of audits)"},
)
