"""Files of one dataset that hold each other's rows, as where every month's export holds all months so far."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract
from qa_analysis.data.issues import Issue
from qa_analysis.data.reading.raw import UNREAD
from qa_analysis.english import agreeing, counted

OVERLAP: Final = "files-overlap"
DISAGREE: Final = "files-disagree"
_SORTED_MARK: Final = re.compile(r"20\d\d(?:-\d\d)?|20\d{6}")  # 2023, 2023-06, 20230630: the later is the greater


@dataclass(frozen=True)
class Part:
    """One file or sheet of a dataset: where it is, the month or number of its name, its records."""

    file: str
    sheet: str
    mark: str
    frame: DataFrame

    @property
    def place(self) -> str:
        """The file and sheet, as a message names them."""
        return f'{self.file}, sheet "{self.sheet}"' if self.sheet else self.file


def without_repeats(parts: Sequence[Part], contract: Contract) -> tuple[list[Part], list[Issue]]:
    """The files without the records that another of them holds as well, in the same order, and what to know of it.

    Of two files of which one holds all records of the other the fuller is read, or the later where records have changed
    since. Records that two other files tell differently are left as they are, for the check of keys.
    """
    if len(parts) < 2:
        return list(parts), []
    kept: dict[int, Part] = {}
    issues: list[Issue] = []
    for number, found in sorted(enumerate(parts), key=lambda item: _fullest_last(item[1]), reverse=True):
        part = found
        for other in kept.values():
            if other.place != part.place:  # one wide sheet may hold a dataset in several groups of columns
                part, told = _without(part, other, contract)
                issues += told
        kept[number] = part
    return [kept[number] for number in range(len(parts))], issues


def _fullest_last(part: Part) -> tuple[str, int]:
    """By the month of the name where it can be sorted, then by size."""
    return (part.mark if _SORTED_MARK.fullmatch(part.mark) else "", len(part.frame))


def _without(part: Part, other: Part, contract: Contract) -> tuple[Part, list[Issue]]:
    """One file without the records of a fuller or later one, and what to know of both."""
    keys, other_keys = _keys(part.frame, contract), _keys(other.frame, contract)
    is_held = keys.isin(set(other_keys.dropna()))
    is_same = is_held & _contents(part.frame, contract).isin(set(_contents(other.frame, contract)))
    changed = int((is_held & ~is_same).sum())
    if not is_held.any():
        return part, []
    holds_all = bool(is_held.all()) and (not changed or _is_later(other, part))
    gone = is_held if holds_all else is_same
    told = _told(part, other, contract, all_held=holds_all, same=int(is_same.sum()), changed=changed)
    return replace(part, frame=part.frame[~gone]), told


def _told(part: Part, other: Part, contract: Contract, *, all_held: bool, same: int, changed: int) -> list[Issue]:
    """What to know of two files. One row for what they share, one for what they tell differently."""
    if all_held:
        since = (
            f", of which {counted(changed, 'row')} {agreeing(changed, 'has', 'have')} changed since" if changed else ""
        )
        shared = f"{other.place} holds every row of {part.place}{since}; it was read, and {part.place} was not. "
        return [_issue(part, contract, OVERLAP, f"{shared}Keep the one in the folder.")]
    issues = []
    if same:
        shared = f"{counted(same, 'row')} of {part.place} {agreeing(same, 'is', 'are')} in {other.place} as well; "
        told = f"{agreeing(same, 'it was', 'they were')} read once. Let each file hold its own month alone."
        issues.append(_issue(part, contract, OVERLAP, shared + told))
    if changed:
        rows = counted(changed, "row")
        told = f"{part.place} and {other.place} tell {rows} differently under the same {' and '.join(contract.key)}. "
        issues.append(_issue(part, contract, DISAGREE, f"{told}Keep the file that is right, or correct the other."))
    return issues


def _issue(part: Part, contract: Contract, rule: str, message: str) -> Issue:
    return Issue(contract.dataset, rule, "warning", message, file=part.file, sheet=part.sheet or None)


def _is_later(one: Part, other: Part) -> bool:
    """Whether one file's name is of a later month or day than another's."""
    marks = (one.mark, other.mark)
    return all(map(_SORTED_MARK.fullmatch, marks)) and len(one.mark) == len(other.mark) and one.mark > other.mark


def _keys(frame: DataFrame, contract: Contract) -> Series:
    """The key of each record as a number; blank where no part of it is filled. One per record."""
    names = list(contract.key)
    return _hashes(frame, names).astype("UInt64").mask(frame[names].isna().all(axis=1))


def _contents(frame: DataFrame, contract: Contract) -> Series:
    """Everything a record says as a number. One per record."""
    return _hashes(frame, [*(column.name for column in contract.columns), UNREAD])


def _hashes(frame: DataFrame, names: list[str]) -> Series:
    """Some columns of each record as one number, the same for the same values. One per record."""
    return pd.util.hash_pandas_object(frame[names], index=False)
