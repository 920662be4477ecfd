"""Tables narrowed to what a question asks about: its period, its places and everything that belongs to those cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.framework import Rules
from qa_analysis.measures.figure import labelled
from qa_analysis.questions.asked import EVERY, HEADLINE_ROUTES, Asked
from qa_analysis.questions.opening import Held

PLACES: Mapping[str, str] = MappingProxyType(  # what audits are narrowed by, beside their period and route
    {
        "service": "service_area", "team": "team", "theme": "theme_code", "age": "age_band", "status": "case_status",
        "role": "auditor_role",
    }
)  # fmt: skip
OF_RECORDS: Mapping[str, str] = MappingProxyType({name: PLACES[name] for name in ("service", "team", "age", "status")})
OF_ACTIONS: Mapping[str, str] = MappingProxyType(
    {"service": "service_area", "team": "team", "prompt": "theme_code", "level": "level", "area": "key_area"}
)
OF_THE_REST: Mapping[str, str] = MappingProxyType(  # observations, complaints, alerts and learning
    {"service": "service_area", "team": "team", "subject": "subject", "kind": "kind"}
)
IS_ABOUT_SAFETY: Mapping[str, bool] = MappingProxyType({"yes": True, "no": False})
REGRADED = ("grades", "trend", "agreement", "direction")  # a key area's grade takes the place of the overall one
PANEL = ("agreement", "direction")  # the route asked of is the panel's: how the moderation came to be chosen

Narrow = Callable[[Asked, Held], Tables]


def audits_as_one_cycle(asked: Asked, held: Held) -> Tables:
    """The audits of the filters with all that belongs to them; to the measures the period is one cycle."""
    tables = audits_by_cycle(asked, held)
    audits = tables.audits.assign(month=tables.audits["cycle_month"], cycle_month=asked.last)
    return replace(
        tables,
        rules=replace(tables.rules, rolling_cycles=1),
        frames=MappingProxyType({**tables.frames, "audits": audits}),
    )


def audits_by_cycle(asked: Asked, held: Held) -> Tables:
    """The audits of the filters with all that belongs to them, each in its own cycle."""
    rules, tables = held.tables.rules.of(asked.last), held.tables
    audits = in_places(tables.audits, asked)
    audits = _of_route(audits[audits["cycle_month"].isin(asked.cycles)], asked, rules)
    decided = tables.moderations
    if asked.question in PANEL and asked.route != EVERY:
        decided = decided[decided["route"] == asked.route]
    if asked.area and asked.question in REGRADED:
        audits, decided = (frame.assign(overall_grade=frame[f"grade_{asked.area}"]) for frame in (audits, decided))
    findings = tables.findings
    if asked.area:
        findings = findings[findings["key_area"] == asked.area]
    if asked.prompt:
        findings = findings[findings["theme_code"] == asked.prompt]
    findings = _about_safety(findings, asked)
    narrowed = {"audits": audits, "moderations": decided, "findings": findings}
    frames = {**tables.frames, **{name: frame for name, frame in narrowed.items() if name in tables.frames}}
    if (caseload := tables.optional("caseload")) is not None:
        frames["caseload"] = in_places(caseload, asked, OF_RECORDS)
    return Tables(asked.last, tables.as_at, all_headline(rules, audits), MappingProxyType(frames))


def actions_of(asked: Asked, held: Held) -> Tables:
    """The actions of the filters; theme, route, age, status and auditor's role are those of their audit."""
    tables = held.tables
    actions = _about_safety(in_places(tables.actions, asked, OF_ACTIONS), asked)
    actions = actions.assign(month=months_of(actions["agreed_on"]), prompt=actions["theme_code"])
    if asked.first:
        actions = actions[actions["month"].isin(asked.cycles)]
    if asked.route != EVERY or any(getattr(asked, word) for word in ("theme", "age", "status", "role")):
        of_audit = replace(asked, service="", team="")
        audits = _of_route(in_places(tables.audits, of_audit), asked, tables.rules)
        actions = actions[actions["audit_id"].isin(audits["audit_id"])]
    return replace(tables, frames=MappingProxyType({**tables.frames, "actions": actions}))


def others_of(dataset: str) -> Narrow:
    """How a dataset that is no audit is narrowed to the months, places, subject and kind asked for."""

    def narrowed(asked: Asked, held: Held) -> Tables:
        frame = in_places(held.placed[dataset], asked, OF_THE_REST)
        frame = frame[frame["month"].isin(asked.cycles)]
        return replace(
            held.tables, month=asked.last, frames=MappingProxyType({**held.tables.frames, dataset: frame})
        )  # fmt: skip

    return narrowed


def of_group(tables: Tables, column: str, name: str) -> Tables:
    """The tables with the audits of one group alone."""
    audits = tables.audits[labelled(tables.audits[column].astype("object")) == name]
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits}))


def of_cycles(tables: Tables, cycles: Sequence[str]) -> Tables:
    """The tables with the audits of some cycles alone."""
    audits = tables.audits[tables.audits["cycle_month"].isin(cycles)]
    return replace(tables, frames=MappingProxyType({**tables.frames, "audits": audits}))


def in_places(frame: DataFrame, asked: Asked, columns: Mapping[str, str] = PLACES) -> DataFrame:
    """The rows that have every value asked for, by word and column. One row per row that is left."""
    for word, column in columns.items():
        if value := getattr(asked, word):
            frame = frame[frame[column] == value]
    return frame


def _about_safety(frame: DataFrame, asked: Asked) -> DataFrame:
    """What is about the child's safety, or what is not; one not marked either way is in neither."""
    wanted = IS_ABOUT_SAFETY.get(asked.safeguarding)
    return frame if wanted is None else frame[frame["is_safeguarding"].eq(wanted).fillna(value=False).astype(bool)]


def _of_route(audits: DataFrame, asked: Asked, rules: Rules) -> DataFrame:
    """The audits chosen by the route asked of; for the panel's questions the audit's own route does not matter."""
    if asked.question in PANEL or asked.route == EVERY:
        return audits
    routes = rules.headline_routes if asked.route == HEADLINE_ROUTES else (asked.route,)
    return audits[audits["selection_route"].isin(routes)]


def all_headline(rules: Rules, audits: DataFrame) -> Rules:
    """The rules with every route that is left counted as asked for: the filter has been laid already."""
    return replace(rules, headline_routes=tuple(audits["selection_route"].dropna().unique()))
