"""Rows that say one thing twice: of copies one is kept, and of a form's drafts and its final version the final one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.aside import COPY, DRAFT, with_reasons
from qa_analysis.data.conditions import Subject
from qa_analysis.data.contracts import Contract, Severity
from qa_analysis.data.issues import Issue
from qa_analysis.data.quality import labels_of
from qa_analysis.data.reading.raw import UNREAD

STATUS, IN_DRAFT, FINAL = "form_status", "draft", "final"
TOLD: Final[Mapping[str, tuple[Severity, str]]] = {
    COPY: ("error", "This row says exactly what another row says; one of them is counted. Take the copies out."),
    DRAFT: (
        "warning",
        "This row is a draft of a form whose final version is there too; the final one is used. Take the draft out.",
    ),
}


@dataclass(frozen=True)
class Single:
    """A dataset without copies: the rows to use, those left out with the reason, and what to say of each."""

    frame: DataFrame
    aside: DataFrame
    issues: tuple[Issue, ...] = ()


def without_copies(frame: DataFrame, contract: Contract, frames: Mapping[str, DataFrame]) -> Single:
    """A dataset in which no row is there twice, and no draft stands beside its final form. One row per row kept.

    Rows of one key that say different things all stay: which of them is right is not for us to choose.
    """
    copies = _copies(frame, contract)
    drafts = _drafts(frame[~copies], contract).reindex(frame.index, fill_value=False)
    left_out = copies | drafts
    if not left_out.any():
        return Single(frame, with_reasons(frame.iloc[:0], []))
    rules = copies.map({True: COPY, False: DRAFT})[left_out]
    told = tuple(_issues(frame, contract, frames, rules))
    column = "+".join(contract.key)
    aside = with_reasons(frame[left_out], [(rule, column) for rule in rules])
    return Single(frame[~left_out].reset_index(drop=True), aside, told)


def _has_key(frame: DataFrame, contract: Contract) -> Series:
    """Rows of which every part of the key is filled that must be."""
    needed = [part for part in contract.key if contract.column(part).blank]
    return frame[needed].notna().all(axis=1)


def _copies(frame: DataFrame, contract: Contract) -> Series:
    """Rows that say what a row above says, in every column."""
    said = [column.name for column in contract.columns if column.name in frame]
    return frame.duplicated([*said, *({UNREAD} & set(frame))], keep="first") & _has_key(frame, contract)


def _drafts(frame: DataFrame, contract: Contract) -> Series:
    """Drafts of which the same key has one final form and nothing else."""
    if STATUS not in frame or STATUS not in {column.name for column in contract.columns}:
        return pd.Series(False, index=frame.index)
    keys = [frame[part] for part in contract.key]
    is_final, is_draft = frame[STATUS].eq(FINAL), frame[STATUS].eq(IN_DRAFT)
    finals = is_final.groupby(keys).transform("sum")
    rest = (~is_final & ~is_draft).groupby(keys).transform("sum")
    return is_draft & finals.eq(1) & rest.eq(0)


def _issues(frame: DataFrame, contract: Contract, frames: Mapping[str, DataFrame], rules: Series) -> Iterator[Issue]:
    """One issue per row that is left out."""
    rows = frame.loc[rules.index]
    for rule, place in zip(rules, labels_of(Subject(rows, contract, frames)), strict=True):
        severity, message = TOLD[rule]
        yield Issue(contract.dataset, rule, severity, message, column="+".join(contract.key), **place)
