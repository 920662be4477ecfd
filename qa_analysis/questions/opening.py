"""What is open to questions: tables as known on one day, stripped of names and free text, and what may be chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import Contract
from qa_analysis.data.identity import new_key
from qa_analysis.data.tables import Tables, known_on, tables_as_at, without_rows
from qa_analysis.errors import ContractBroken
from qa_analysis.framework import Rules, rules_for
from qa_analysis.measures.populations import EVERY_ROUTE, HEADLINE, MODERATION_ROUTES
from qa_analysis.measures.voices.by_subject import with_subjects
from qa_analysis.month.checking import extracts_table, read_and_check, refuse_broken
from qa_analysis.month.rows import read_rows
from qa_analysis.questions.asked import EVERY, FIRST_RULES, HEADLINE_ROUTES, Choices
from qa_analysis.questions.placed import DATASETS, placed

KEPT = (  # what the questions rest on
    "audits", "moderations", "findings", "actions", "family_feedback", "caseload", "audit_answers", "supervision",
    "observations", "complaints_compliments", "practice_alerts", "learning_events", "staff",
)  # fmt: skip
FEEDBACK = "family_feedback"
BELOW_GOOD = "below good"  # a kind of audits, where it is about what followed them
YES_NO: Choices = {"yes": "about safeguarding", "no": "not about safeguarding"}


@dataclass(frozen=True, eq=False)
class Held:
    """The data of one opening. Two openings are never equal, so that an answer kept is an answer of its own data."""

    tables: Tables
    extracts: DataFrame
    data: Path | None
    published: str = ""  # the folder of the published month that was opened, by its name
    hear: Callable[[], DataFrame] | None = None  # what works out the subjects of families' words, where there are words

    @cached_property
    def heard(self) -> DataFrame:
        """What families said, by subject, without their words. One row per contact and subject.

        Worked out when it is first asked for: it takes as long as opening all the rest, and one question asks for it.
        """
        return self.tables.frames[FEEDBACK] if self.hear is None else self.hear()

    @cached_property
    def cycles(self) -> tuple[str, ...]:
        """Every cycle with an audit up to the newest, oldest first."""
        found = sorted(set(self.tables.audits["cycle_month"].dropna()))
        return tuple(month for month in found if month <= self.tables.month)

    @cached_property
    def choices(self) -> Mapping[str, Choices]:
        """The values that each filter may have, with their titles."""
        rules = self.tables.rules
        routes = {HEADLINE_ROUTES: HEADLINE, EVERY: EVERY_ROUTE}
        return MappingProxyType(
            {
                "service": _names(self.tables.audits, "service_area"),
                "team": _names(self.tables.audits, "team"),
                "theme": {code: rules.themes.get(code, code) for code in _names(self.tables.audits, "theme_code")},
                "area": dict(rules.key_areas),
                "route": {**routes, **_names(self.tables.audits, "selection_route")},
                "panel route": {EVERY: EVERY_ROUTE} | {name: name for name in MODERATION_ROUTES},
                "polarity": {"strength": "strengths", "development": "areas for development"},
                "age": _names(self.tables.audits, "age_band"),
                "status": _names(self.tables.audits, "case_status"),
                "role": _names(self.tables.audits, "auditor_role"),
                "level": _names(self.tables.frames.get("actions", DataFrame({"level": []})), "level"),
                "safeguarding": YES_NO,
                "prompt": {code: f"{code} {label}" for code, label in rules.prompts.items()},
            }
        )

    @cached_property
    def placed(self) -> Mapping[str, DataFrame]:
        """What is no audit, with its month, place, subject and kind."""
        return MappingProxyType(placed(self.tables))

    def choices_of(self, word: str, question: str) -> Choices:
        """The values that a word may have in one question: subjects, kinds, teams and services are those it holds."""
        if question == "supervision" and word == "kind":
            return {BELOW_GOOD: "audits below good"}
        frame = self.placed.get(DATASETS.get(question, ""))
        if frame is None or word not in ("subject", "kind", "service", "team"):
            return self.choices.get(word, {})
        if word == "subject":
            return {code: self.subject_title(code) for code in _names(frame, "subject")}
        return _names(frame, {"service": "service_area"}.get(word, word))

    def subject_title(self, code: str) -> str:
        """A subject by its title; which of the two kinds of code it is shows: prompts carry their number."""
        rules = self.tables.rules
        return f"{code} {rules.prompts[code]}" if code in rules.prompts else rules.themes.get(code, code)

    def teams_of(self, service: str) -> Choices:
        """The teams with an audit in a service; every team where none is named."""
        audits = self.tables.audits
        return _names(audits[audits["service_area"] == service] if service else audits, "team")


def hold(data: Path, as_at: date | None) -> Held:
    """A folder of extracts, read, checked and made ready for questions.

    Pseudonyms are made with a key that is kept nowhere, and the way back from them is let go.

    Raises:
        WrongUse, InputRefused, ContractBroken: as in docs/errors.md.
    """
    checked = read_and_check(data, rules_for(FIRST_RULES), key=new_key(), datasets=KEPT)
    refuse_broken(checked, data)
    if "audits" not in checked.frames:
        raise ContractBroken("No question without audits: no file or sheet of that name was read.")
    month = newest(checked.frames["audits"], as_at)
    extracts = extracts_table(checked.extracts)
    return held_of(checked.frames, checked.contracts, extracts, rules_for(month, own=checked.own), month, as_at, data)


def hold_published(folder: Path, as_at: date | None, *, data: Path | None = None) -> Held:
    """A published month's rows made ready for questions, in a second. Answers are kept only where `data` are known too.

    Raises:
        WrongUse: the rows are not there, or cannot be read.
    """
    rows = read_rows(folder)
    month = newest(rows.frames["audits"], as_at)
    frames = {name: completed(frame, rows.contracts[name]) for name, frame in rows.frames.items()}
    held = held_of(frames, rows.contracts, rows.extracts, rules_for(month, own=rows.own), month, as_at, data)
    return replace(held, published=folder.name)


def held_of(
    frames: Mapping[str, DataFrame], contracts: Mapping[str, Contract], extracts: DataFrame, rules: Rules, month: str,
    as_at: date | None, data: Path | None,
) -> Held:  # fmt: skip
    """Checked datasets as known on a day, without names and free text."""
    known = {name: bare(frame, contracts[name]) for name, frame in frames.items() if name in KEPT}
    tables = tables_as_at(known, contracts, month=month, as_at=as_at or rules.as_at(month), rules=rules)
    hear = partial(_heard, frames[FEEDBACK], contracts[FEEDBACK], tables) if FEEDBACK in frames else None
    return Held(tables, extracts[extracts["dataset"].isin(KEPT)], data, hear=hear)


def _heard(feedback: DataFrame, contract: Contract, tables: Tables) -> DataFrame:
    return known_on(bare(coded(feedback, tables.rules), contract), contract, tables.as_at)


def completed(frame: DataFrame, contract: Contract) -> DataFrame:
    """A dataset with every column of today's contract: a month published by an earlier version lacks the newer ones."""
    blank = without_rows(contract)
    return frame.assign(**{name: blank[name].reindex(frame.index) for name in blank.columns if name not in frame})


def coded(feedback: DataFrame, rules: Rules) -> DataFrame:
    """What families said with the subjects that their words suggest; without words as it is."""
    if feedback["text"].isna().all():
        return feedback
    return pd.concat([with_subjects(feedback, rules), feedback[feedback["text"].isna()]], ignore_index=True)


def bare(frame: DataFrame, contract: Contract) -> DataFrame:
    """The dataset without free text, names, and the place each row came from. One row per record."""
    told = [column.name for column in contract.columns if column.free_text or column.person == "name"]
    return frame.drop(columns=[*told, "source_file", "source_sheet", "source_row"], errors="ignore")


def newest(audits: DataFrame, as_at: date | None) -> str:
    """The newest cycle; on a day that is given, the newest whose own day had come."""
    cycles = sorted(set(audits["cycle_month"].dropna()))
    come = [cycle for cycle in cycles if as_at is None or rules_for(cycle).as_at(cycle) <= as_at]
    if not cycles:
        raise ContractBroken("No question without audits: none of those read has a cycle.")
    return str((come or cycles[:1])[-1])


def _names(frame: DataFrame, column: str) -> Choices:
    return {name: name for name in sorted(frame[column].dropna().unique())}
