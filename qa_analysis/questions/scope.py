"""The cases a question is about: filters laid on the tables, a period read as one cycle, nobody left alone in it.

Measures see ordinary Tables, so that an answer and the month's reports come from the same functions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.framework import Rules
from qa_analysis.measures.figure import labelled
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.moderation.agreement import pairs
from qa_analysis.questions.asked import EVERY, HEADLINE_ROUTES, Asked, NoAnswer
from qa_analysis.questions.kinds import QUESTIONS
from qa_analysis.questions.opening import Held

TOGETHER = "smaller groups together"
PLACES: Mapping[str, str] = MappingProxyType({"service": "service_area", "team": "team", "theme": "theme_code"})
REGRADED = ("grades", "trend", "agreement", "direction")  # a key area's grade takes the place of the overall one
PANEL = ("agreement", "direction")  # the route asked of is the panel's: how the moderation came to be chosen

Cases = Callable[[Tables], DataFrame]  # one row per case, with the columns child and person
Narrow = Callable[[Asked, Held], Tables]


@dataclass(frozen=True, eq=False)
class Scope:
    """One question's cases, in tables that hold them alone."""

    asked: Asked
    held: Held
    tables: Tables
    merged: tuple[str, ...] = ()  # groups too small to be shown by themselves

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
            f"There is nothing to answer from: {needed} were not supplied.", "Put the extract in the data folder."
        )
    whole = Scope(asked, held, narrow(asked, held))
    if whole.tables.frames[dataset].empty:
        raise NoAnswer(f"There are no {dataset} to answer from.", _wider(asked))
    if cases is None:
        return whole
    found = cases(whole.tables)
    _refuse_few(found, asked, whole.tables.rules)
    for wider in _without_each_place(asked):
        _refuse_remainder(found, cases(narrow(wider, held)), whole.tables.rules)
    return _split(whole, found, dataset) if whole.column in found.columns else whole


def audits_as_one_cycle(asked: Asked, held: Held) -> Tables:
    """The audits of the filters with all that belongs to them; to the measures the period is one cycle."""
    tables = audits_by_cycle(asked, held)
    audits = tables.audits.assign(cycle_month=asked.last)
    return replace(
        tables,
        rules=replace(tables.rules, rolling_cycles=1),
        frames=MappingProxyType({**tables.frames, "audits": audits}),
    )


def audits_by_cycle(asked: Asked, held: Held) -> Tables:
    """The audits of the filters with all that belongs to them, each in its own cycle."""
    rules, tables = held.tables.rules.of(asked.last), held.tables
    audits = _in_places(tables.audits, asked)
    audits = _of_route(audits[audits["cycle_month"].isin(asked.cycles)], asked, rules)
    decided = tables.moderations
    if asked.question in PANEL and asked.route != EVERY:
        decided = decided[decided["route"] == asked.route]
    if asked.area and asked.question in REGRADED:
        audits, decided = (frame.assign(overall_grade=frame[f"grade_{asked.area}"]) for frame in (audits, decided))
    findings = tables.findings
    if asked.area:
        findings = findings[findings["key_area"] == asked.area]
    narrowed = {"audits": audits, "moderations": decided, "findings": findings}
    frames = {**tables.frames, **{name: frame for name, frame in narrowed.items() if name in tables.frames}}
    if (caseload := tables.optional("caseload")) is not None:
        frames["caseload"] = _in_places(caseload, asked.without("theme"))
    return Tables(asked.last, tables.as_at, _all_headline(rules, audits), MappingProxyType(frames))


def actions_of(asked: Asked, held: Held) -> Tables:
    """The actions of the filters; theme and route are those of the audit they came from."""
    tables = held.tables
    actions = _in_places(tables.actions, asked.without("theme"))
    if asked.area:
        actions = actions[actions["key_area"] == asked.area]
    if asked.first:
        actions = actions[actions["agreed_on"].dt.strftime("%Y-%m").isin(asked.cycles)]
    if asked.theme or asked.route != EVERY:
        audits = _of_route(_in_places(tables.audits, Asked("", theme=asked.theme)), asked, tables.rules)
        actions = actions[actions["audit_id"].isin(audits["audit_id"])]
    return replace(tables, frames=MappingProxyType({**tables.frames, "actions": actions}))


def of_group(tables: Tables, column: str, name: str) -> Tables:
    """The tables with the audits of one group alone."""
    audits = tables.audits[labelled(tables.audits[column].astype("object")) == name]
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits}))


def of_cycles(tables: Tables, cycles: Sequence[str]) -> Tables:
    """The tables with the audits of some cycles alone."""
    audits = tables.audits[tables.audits["cycle_month"].isin(cycles)]
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits}))


def graded_cases(tables: Tables) -> DataFrame:
    """The audits with a grade on the scale. One row per audit."""
    return audited(graded(tables.audits, "overall_grade", tables.rules))


def audited_cases(tables: Tables) -> DataFrame:
    """Every audit. One row per audit."""
    return audited(tables.audits)


def paired_cases(tables: Tables) -> DataFrame:
    """The panel's decisions, each on one auditor's grade. One row per decision."""
    both = pairs(tables, tables.rolling_cycles)
    return both.assign(child=both["audit_id"], person=both["auditor_id"])


def action_cases(tables: Tables) -> DataFrame:
    """The actions and their owners; one that is about no child stands for itself. One row per action."""
    found = tables.actions
    return found.assign(child=found["child_id"].fillna(found["action_id"]), person=found["owner_id"])


def audited(audits: DataFrame) -> DataFrame:
    """A carer's audit stands for itself."""
    return audits.assign(child=audits["child_id"].fillna(audits["audit_id"]), person=audits["key_worker_id"])


def _in_places(frame: DataFrame, asked: Asked) -> DataFrame:
    for word, column in PLACES.items():
        if value := getattr(asked, word):
            frame = frame[frame[column] == value]
    return frame


def _of_route(audits: DataFrame, asked: Asked, rules: Rules) -> DataFrame:
    """The audits chosen by the route asked of; for the panel's questions the audit's own route does not matter."""
    if asked.question in PANEL or asked.route == EVERY:
        return audits
    routes = rules.headline_routes if asked.route == HEADLINE_ROUTES else (asked.route,)
    return audits[audits["selection_route"].isin(routes)]


def _all_headline(rules: Rules, audits: DataFrame) -> Rules:
    """The rules with every route that is left counted as asked for: the filter has been laid already."""
    return replace(rules, headline_routes=tuple(audits["selection_route"].dropna().unique()))


def _refuse_few(cases: DataFrame, asked: Asked, rules: Rules) -> None:
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


def _refuse_remainder(cases: DataFrame, wider: DataFrame, rules: Rules) -> None:
    """Stop where the answer, taken from that of a wider question, would leave a child alone."""
    left = len(set(wider["child"]) - set(cases["child"]))
    if 0 < left < rules.question_children_from:
        raise NoAnswer(
            f"Together with a wider answer, this one could identify fewer than {rules.question_children_from} "
            "children.",
            "Ask the wider question, without the service, team or theme.",
        )


def _without_each_place(asked: Asked) -> Iterator[Asked]:
    """The question with each of its places left out in turn."""
    return (asked.without(place) for place in PLACES if getattr(asked, place))


def _split(whole: Scope, cases: DataFrame, dataset: str) -> Scope:
    """The groups too small to be shown put together, under one name, with the next smallest until they are enough.

    Raises:
        NoAnswer: nothing is left to tell apart.
    """
    names, column = labelled(cases[whole.column].astype("object")), whole.column
    small = _too_small(cases, names, whole.tables.rules)
    if not small:
        return whole
    if len(small) == names.nunique():
        raise NoAnswer(
            "The groups are too small to show separately.", "Ask about a longer period, or about the whole service."
        )
    frame = whole.tables.frames[dataset]
    own = labelled(frame[column].astype("object"))
    frame = frame.assign(**{column: own.mask(own.isin(small), TOGETHER).astype("str")})
    rules = _all_headline(whole.tables.rules, frame) if dataset == "audits" else whole.tables.rules
    tables = replace(whole.tables, rules=rules, frames=MappingProxyType({**whole.tables.frames, dataset: frame}))
    return replace(whole, tables=tables, merged=tuple(small))


def _too_small(cases: DataFrame, names: Series, rules: Rules) -> list[str]:
    """The groups to put together: those too small, and the next smallest where those are too small together."""
    sizes = cases.groupby(names).agg(children=("child", "nunique"), people=("person", "nunique"))
    alone = (sizes["children"] < rules.question_children_from) | (sizes["people"] < rules.question_people_from)
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
    return children >= rules.question_children_from and people >= rules.question_people_from


def _wider(asked: Asked) -> str:
    """How to ask for more."""
    if asked.question == "change":
        return "Compare longer periods, such as three months each, or remove one of the filters."
    if asked.team or asked.theme or asked.service:
        return "Remove one of the filters, or ask about a longer period."
    return "Ask about a longer period." if asked.first else "Remove one of the filters."
