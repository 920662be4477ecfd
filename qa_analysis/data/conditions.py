"""Conditions a contract's rules may ask for: which rows keep them. Each answers True or False, one per row.

A row whose values leave nothing to judge keeps the condition: a blank is another rule's matter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract
from qa_analysis.dates import looks_back_further
from qa_analysis.errors import WrongUse
from qa_analysis.framework import NOT_APPLICABLE, Rules, rules_for

Wanted: TypeAlias = Literal["filled", "blank"] | Sequence[Any] | Mapping[str, Sequence[Any]]
When: TypeAlias = Mapping[str, Wanted]  # column -> filled, blank, one of a list, or {"not": none of a list}

PERCENTAGE = r"%|\bper ?cent|\bproportion\b|\bshare of\b"  # words that call an indicator a part of a whole


@dataclass(frozen=True)
class Subject:
    """The rows to judge, their contract, and every other dataset they may be compared with."""

    frame: DataFrame
    contract: Contract
    frames: Mapping[str, DataFrame]

    def all_kept(self) -> Series:
        """The answer where there is nothing to judge by."""
        return pd.Series(True, index=self.frame.index)

    def linked(self, link: str, column: str) -> Series:
        """A column of the record that each row's link leads to; blank where it leads to none. One value per row."""
        dataset, _, key = str(self.contract.column(link).references).partition(".")
        other = self.frames.get(dataset)
        if other is None or column not in other:
            return pd.Series(None, index=self.frame.index, dtype="object")
        by_key = other.dropna(subset=key).drop_duplicates(key).set_index(key)[column]
        return by_key.reindex(self.frame[link]).set_axis(self.frame.index)

    def rank(self, grades: Series) -> Series:
        """How good each grade is, by the contract's list: 0 is best; blank where it is none of the four."""
        scale = self.contract.column("overall_grade").codes
        return grades.map({grade: place for place, grade in enumerate(scale)}).astype("float64")

    @property
    def area_columns(self) -> list[str]:
        """The columns that hold the six key areas' grades."""
        return [column.name for column in self.contract.columns if column.name.startswith("grade_")]

    @property
    def rules(self) -> Rules | None:
        """The framework's rules of the newest cycle audited; None where nothing was audited."""
        months = set(self.frames["audits"]["cycle_month"].dropna()) if "audits" in self.frames else set()
        return next((rules for month in sorted(months, reverse=True) if (rules := _rules_of(month))), None)


def linked_record_exists(subject: Subject, *, column: str, of: str) -> Series:
    """Rows whose link is blank or leads to a record."""
    dataset, _, key = of.partition(".")
    return subject.frame[column].isna() | subject.frame[column].isin(subject.frames[dataset][key].dropna())


def filled_when(subject: Subject, *, column: str, when: When) -> Series:
    """Rows where a column is filled, or need not be."""
    return subject.frame[column].notna() | ~_holds(subject.frame, when)


def blank_when(subject: Subject, *, column: str, when: When) -> Series:
    """Rows where a column is blank, or need not be."""
    return subject.frame[column].isna() | ~_holds(subject.frame, when)


def any_filled(subject: Subject, *, columns: Sequence[str]) -> Series:
    """Rows where at least one of several columns is filled."""
    return subject.frame[list(columns)].notna().any(axis=1)


def different(subject: Subject, *, column: str, other: str) -> Series:
    """Rows where two columns do not hold the same person."""
    return ~_same(subject.frame[column], subject.frame[other])


def only_once(subject: Subject, *, columns: Sequence[str], apart: When) -> Series:
    """Rows whose columns no other row holds too; rows that are `apart` are held against each other alone."""
    held = subject.frame[list(columns)].assign(is_apart=_holds(subject.frame, apart))
    return ~held.duplicated(keep=False) | held.isna().any(axis=1)


def not_before_linked(subject: Subject, *, column: str, link: str, of: str) -> Series:
    """Rows dated no earlier than the record they are linked to."""
    return ~(subject.frame[column] < pd.to_datetime(subject.linked(link, of)))


def same_as_linked(subject: Subject, *, column: str, link: str) -> Series:
    """Rows that hold what the record they are linked to holds in the same column."""
    own, other = subject.frame[column], subject.linked(link, column)
    return own.isna() | other.isna() | _same(own, other)


def not_above_every_area(subject: Subject, *, column: str) -> Series:
    """Rows whose overall grade is no better than the best grade of a key area."""
    areas = subject.frame[subject.area_columns].apply(subject.rank)
    return ~(subject.rank(subject.frame[column]) < areas.min(axis=1))


def not_good_when_inadequate(subject: Subject, *, column: str, area: str) -> Series:
    """Rows whose overall grade is not good or better while an area is inadequate."""
    *_, worst = subject.contract.column(column).codes
    good = subject.frame[column].isin(subject.rules.good_grades if subject.rules else [])
    return ~(good & subject.frame[area].eq(worst))


def reason_for_longer_lookback(subject: Subject, *, column: str, start: str, end: str, month: str) -> Series:
    """Rows that look back no further than the framework of their cycle has it, or say why."""
    frame, cycles = subject.frame, subject.frame[month]
    allowed = cycles.map(
        {each: rules.lookback_months for each in cycles.dropna().unique() if (rules := _rules_of(each))}
    )
    too_early = pd.Series(False, index=frame.index)
    for months in allowed.dropna().unique():
        too_early |= (allowed == months) & looks_back_further(frame[start], frame[end], months=int(months))
    return frame[column].notna() | ~too_early


def near_its_month(subject: Subject, *, column: str, month: str, months: int) -> Series:
    """Rows dated within their month, or no more than so many months before it began or after it ended."""
    begins = pd.to_datetime(subject.frame[month], format="%Y-%m", errors="coerce")
    dated, apart = subject.frame[column], pd.DateOffset(months=months)
    return ~((dated < begins - apart) | (dated >= begins + pd.DateOffset(months=1) + apart))


def reason_when_grade_differs(subject: Subject, *, column: str, grade: str, link: str) -> Series:
    """Rows whose grade is that of the record they are linked to, or that say why not."""
    own, other = subject.frame[grade], subject.linked(link, grade)
    return subject.frame[column].notna() | own.isna() | other.isna() | _same(own, other)


def area_was_judged(subject: Subject, *, column: str, link: str) -> Series:
    """Rows about a key area that their audit did not call not applicable."""
    return ~_is_not_applicable(subject, subject.frame[column], link)


def answered_area_was_judged(subject: Subject, *, column: str, prompt: str, link: str) -> Series:
    """Answers, other than not applicable, to a prompt of a key area that the audit did not call not applicable."""
    answered = subject.frame[column].notna() & subject.frame[column].ne(NOT_APPLICABLE)
    return ~(answered & _is_not_applicable(subject, _area_of(subject, subject.frame[prompt]), link))


def graded_areas_were_judged(subject: Subject, *, link: str) -> Series:
    """Rows that grade no key area which their audit called not applicable."""
    graded = subject.frame[subject.area_columns].apply(subject.rank).notna()
    refused = DataFrame({name: subject.linked(link, name).eq(NOT_APPLICABLE) for name in subject.area_columns})
    return ~(graded & refused).any(axis=1)


def graded_areas_have_answers(subject: Subject, *, answers: str) -> Series:
    """Audits that grade no key area whose every prompt was answered not applicable."""
    given = subject.frames.get(answers)
    if given is None or given.empty:
        return subject.all_kept()
    area, (key,) = "grade_" + _area_of(subject, given["prompt_code"]), subject.contract.key
    only = given["answer"].eq(NOT_APPLICABLE).groupby([given[key], area]).all()
    graded = subject.frame[subject.area_columns].apply(subject.rank).notna()
    kept = subject.all_kept()
    for name in subject.area_columns:
        unanswered = only.reindex([(audit, name) for audit in subject.frame[key]], fill_value=False).to_numpy()
        kept &= ~(graded[name] & unanswered)
    return kept


def in_codebook(subject: Subject, *, column: str) -> Series:
    """Rows whose code is blank, of the codebook, or a theme of the framework."""
    known = {*subject.rules.codebook, *subject.rules.themes} if subject.rules else set(subject.frame[column])
    return subject.frame[column].isna() | subject.frame[column].isin(known)


def prompt_of_area(subject: Subject, *, column: str, area: str) -> Series:
    """Rows whose prompt belongs to the key area they name."""
    expected, named = _area_of(subject, subject.frame[column]), subject.frame[area]
    return expected.isna() | named.isna() | _same(expected, named)


def share_within_whole(subject: Subject, *, column: str, whole: str, name: str) -> Series:
    """Rows that count no more than there are, where the name says they are a part of a whole."""
    is_share = subject.frame[name].str.contains(PERCENTAGE, case=False, regex=True, na=False)
    return ~(is_share & (subject.frame[column] > subject.frame[whole]))


CONDITIONS: Mapping[str, Callable[..., Series]] = {
    condition.__name__: condition
    for condition in (
        linked_record_exists, filled_when, blank_when, any_filled, different, only_once, not_before_linked,
        same_as_linked, not_above_every_area, not_good_when_inadequate, reason_for_longer_lookback, near_its_month,
        reason_when_grade_differs, area_was_judged, answered_area_was_judged, graded_areas_were_judged,
        graded_areas_have_answers, in_codebook, prompt_of_area, share_within_whole,
    )
}  # fmt: skip


def _holds(frame: DataFrame, when: When) -> Series:
    """Rows where every column is as `when` says: filled, blank, one of a list, or none of a list."""
    held = pd.Series(True, index=frame.index)
    for column, wanted in when.items():
        held &= _is_as(frame[column], wanted)
    return held


def _is_as(values: Series, wanted: Wanted) -> Series:
    if wanted == "filled":
        return values.notna()
    if wanted == "blank":
        return values.isna()
    if isinstance(wanted, Mapping):
        return ~values.isin(wanted["not"])
    return values.isin(wanted)


def _same(one: Series, other: Series) -> Series:
    """Rows where both hold the same value; never where either is blank."""
    return one.notna() & other.notna() & one.astype("object").eq(other.astype("object"))


def _area_of(subject: Subject, prompts: Series) -> Series:
    """The key area each prompt belongs to, by the number before its dot; blank where it is no prompt."""
    rules = subject.rules
    if rules is None:
        return pd.Series(pd.NA, index=prompts.index, dtype="str")
    return prompts.map({prompt: rules.area_of(prompt) for prompt in rules.prompts}).astype("str")


def _is_not_applicable(subject: Subject, areas: Series, link: str) -> Series:
    """Rows whose key area the linked audit called not applicable."""
    refused = pd.Series(False, index=areas.index)
    for area in areas.dropna().unique():
        refused |= (areas == area) & (subject.linked(link, f"grade_{area}") == NOT_APPLICABLE)
    return refused


def _rules_of(month: str) -> Rules | None:
    """The rules of a cycle; None where the month is none, which is another rule's matter."""
    try:
        return rules_for(month)
    except WrongUse:
        return None
