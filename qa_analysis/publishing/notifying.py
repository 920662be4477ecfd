"""Writes the lists of a draw: who audits what, and a workbook, a message and a calendar file for each who is told."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from pandas import DataFrame

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.tables import without_rows
from qa_analysis.draw.canonical import canonical
from qa_analysis.draw.drawing import LISTED, REPLACEMENT, Draw
from qa_analysis.english import counted
from qa_analysis.framework import Rules
from qa_analysis.notices.allocation import Allocation, allocate
from qa_analysis.notices.books import MASTER
from qa_analysis.notices.notices import notices
from qa_analysis.notices.told import roles_of
from qa_analysis.notices.window import window_of
from qa_analysis.notices.words import days, without_auditor
from qa_analysis.publishing.restricted import private, write_book

LISTS: Final = "lists"
NOBODY_ELSE: Final = 0o600


def write_lists(
    made: Draw, frames: Mapping[str, DataFrame | None], folder: Path, *, rules: Rules, today: date
) -> tuple[str, ...]:
    """The lists of a draw in its folder, in place of those made before, and what to say of them without a name.

    `frames` are the staff and the audits with people's own numbers.
    """
    staff, audits = (_own_numbers(name, frames.get(name)) for name in ("staff", "audits"))
    listed = _listed(made.records)
    window = window_of(str(made.details["cycle_month"]), made_on=today, rules=rules)
    given = allocate(
        listed[listed["outcome"].isin(LISTED)], staff, audits, window=window, rules=rules,
        seed=str(made.details["seed"]), replacements=listed[listed["outcome"].eq(REPLACEMENT)],
    )  # fmt: skip
    held = notices(given, staff, window=window, rules=rules, made_on=today)
    staged = _empty(folder / f"{LISTS}.part")
    for book in held.books:
        write_book(book, staged, rules.council)
    for name, text in held.texts.items():
        (staged / name).write_bytes(text.encode("utf-8"))
    for file in staged.iterdir():
        file.chmod(NOBODY_ELSE)
    _put(staged, folder / LISTS)
    return (f"Lists, for you alone: {folder / LISTS / MASTER}", *_said(given, staff, rules), *days(window, rules))


def _own_numbers(name: str, frame: DataFrame | None) -> DataFrame:
    """A dataset with people written as the record of a draw writes them; without a row where it was not supplied."""
    contract = load_contracts()[name]
    if frame is None:
        return without_rows(contract)
    numbers = [one.name for one in contract.columns if one.person in ("worker", "child") and one.name in frame]
    return frame.assign(**{one: canonical(frame[one]).where(frame[one].notna()) for one in numbers})


def _listed(records: DataFrame) -> DataFrame:
    """The record of a draw with blanks for empty texts. One row per record."""
    texts = [str(name) for name in records if records[name].dtype == "str"]
    return records.assign(**{name: records[name].where(records[name].ne("")) for name in texts})


def _said(given: Allocation, staff: DataFrame, rules: Rules) -> tuple[str, ...]:
    """How the audits are shared, and where nobody audits what would help: counts and posts alone."""
    people = given.audits["auditor_id"].dropna()
    shared = f"Shared between {counted(people.nunique(), 'auditor')}."
    left = without_auditor(given, roles_of(staff), rules.council)
    return tuple(filter(None, (shared if len(people) else "", left)))


def _empty(folder: Path) -> Path:
    """A private folder without what a run that broke off left in it."""
    if folder.exists():
        shutil.rmtree(folder)
    return private(folder)


def _put(staged: Path, target: Path) -> None:
    """A folder in its place; what lay there before goes."""
    if target.exists():
        shutil.rmtree(target)
    staged.rename(target)
