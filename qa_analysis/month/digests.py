"""Which rows are the same, whatever file they came in: a digest a row that no renaming, sorting or saving changes.

A row's digest is the sum of its cells' (128 bits, of the column's name and the value as plain text), so that the order
of columns does not matter and a blank counts as nothing; a dataset's is of its rows' digests in order. Rows are
pseudonymised before, and digests stay in restricted/.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract
from qa_analysis.data.tables import known_on, unplanned_dates
from qa_analysis.disclosure.places import DIGESTS, RESTRICTED
from qa_analysis.month.rows import Rows

Digests = NDArray[np.uint64]
_LANES = 2  # of 64 bits


@dataclass(frozen=True, eq=False)
class Digested:
    """The rows of a month with a digest each, worked out once."""

    rows: Rows
    _of: dict[str, Digests] = field(default_factory=dict)

    def whole(self) -> dict[str, str]:
        """One digest per dataset, of everything it holds."""
        return {name: digest_of(self.of(name)) for name in self.rows.frames}

    def known(self, day: date) -> dict[str, str]:
        """One digest per dataset, of what was known on a day."""
        return {name: digest_of(self.known_of(name, day)[1]) for name in self.rows.frames}

    def known_of(self, dataset: str, day: date) -> tuple[DataFrame, Digests]:
        """The rows of a dataset as known on a day, with a digest each; only those of later dates are digested anew."""
        frame, contract, on = self.rows.frames[dataset], self.rows.contracts[dataset], pd.Timestamp(day)
        known = known_on(frame, contract, on)
        is_known = frame.index.isin(known.index)
        digests = self.of(dataset)[is_known]
        is_later = (frame.loc[is_known, unplanned_dates(contract)] > on).any(axis=1).to_numpy()
        digests[is_later] = row_digests(known[is_later], _names(contract))
        return known, digests

    def of(self, dataset: str) -> Digests:
        """A digest for each row of a dataset."""
        if dataset not in self._of:
            self._of[dataset] = row_digests(self.rows.frames[dataset], _names(self.rows.contracts[dataset]))
        return self._of[dataset]


def row_digests(frame: DataFrame, columns: Iterable[str]) -> Digests:
    """A digest for each row, of these columns."""
    total = np.zeros((len(frame), _LANES), dtype=np.uint64)
    for name in columns:
        if name in frame:
            total += _cell_digests(frame[name], name)
    return total


def digest_of(digests: Digests) -> str:
    """One digest of rows in whatever order, each as often as it is there."""
    ordered = digests[np.lexsort(digests.T)]
    return hashlib.sha256(ordered.tobytes()).hexdigest()


def _cell_digests(values: Series, name: str) -> Digests:
    """A digest for each cell; each value is digested once, and a blank is zero."""
    codes, distinct = pd.factorize(values)
    each = [_cell_digest(name, plain(value)) for value in distinct]
    blank = np.zeros((1, _LANES), dtype=np.uint64)
    return np.vstack([*each, blank])[codes]  # a blank has the code -1, which is the last


def _cell_digest(name: str, text: str) -> Digests:
    if not text:
        return np.zeros((1, _LANES), dtype=np.uint64)
    digest = hashlib.blake2b(f"{name}\x1f{text}".encode(), digest_size=8 * _LANES).digest()
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64).reshape(1, _LANES)


def plain(value: object) -> str:
    """A value as one text, however it was typed: trimmed, letters composed, dates ISO, whole numbers without .0."""
    if isinstance(value, str):
        return (value if value.isascii() else unicodedata.normalize("NFC", value)).strip()
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@dataclass(frozen=True, eq=False)
class RowChanges:
    """What became of a dataset's rows as they were known on one day, then and as told now.

    A row came late, was changed or is gone. One answer per row of the frame that it belongs to.
    """

    then: DataFrame
    now: DataFrame
    late: NDArray[np.bool_]  # of now
    changed_then: NDArray[np.bool_]
    changed_now: NDArray[np.bool_]
    deleted: NDArray[np.bool_]  # of then

    @cached_property
    def tallies(self) -> Mapping[str, int]:
        """How many rows of each kind."""
        return {
            "late": int(self.late.sum()),
            "changed": int(self.changed_now.sum()),
            "deleted": int(self.deleted.sum()),
        }

    def but(self, kind: str) -> DataFrame:
        """The rows of then with the changes of one kind made."""
        if kind == "late":
            parts = [self.then, self.now[self.late]]
        elif kind == "changed":
            parts = [self.then[~self.changed_then], self.now[self.changed_now]]
        else:
            parts = [self.then[~self.deleted]]
        return pd.concat(parts, ignore_index=True)


def row_changes(then: Digested, now: Digested, day: date) -> dict[str, RowChanges]:
    """What became of the rows of each dataset that are not all the same as known on a day."""
    found = {name: _changes(then, now, name, day) for name in {*then.rows.frames, *now.rows.frames}}
    return {name: changes for name, changes in sorted(found.items()) if any(changes.tallies.values())}


def _changes(then: Digested, now: Digested, name: str, day: date) -> RowChanges:
    before, after = _known(then, name, day), _known(now, name, day)
    keys = (then if name in then.rows.frames else now).rows.contracts[name].key
    old, new = _by_key(*before, keys), _by_key(*after, keys)
    if not (old.index.is_unique and new.index.is_unique and keys):
        old, new = (Series(_texts(digests), index=_repeated(_texts(digests))) for _, digests in (before, after))
    is_new, is_gone = ~new.index.isin(old.index), ~old.index.isin(new.index)
    differs_now = ~is_new & (old.reindex(new.index).to_numpy() != new.to_numpy())
    differs_then = ~is_gone & (new.reindex(old.index).to_numpy() != old.to_numpy())
    return RowChanges(before[0], after[0], is_new, differs_then, differs_now, is_gone)


def _known(digested: Digested, name: str, day: date) -> tuple[DataFrame, Digests]:
    """The rows of a dataset as known on a day; none where it was not supplied."""
    if name in digested.rows.frames:
        return digested.known_of(name, day)
    return DataFrame(), np.zeros((0, _LANES), dtype=np.uint64)


def _by_key(frame: DataFrame, digests: Digests, keys: Iterable[str]) -> Series:
    """The rows' digests, by the digests of their keys."""
    return Series(_texts(digests), index=pd.Index(_texts(row_digests(frame, keys)), dtype="object"), dtype="object")


def _repeated(texts: list[str]) -> pd.Index:
    """Each digest with how many were the same before it, so that rows without a key of their own are counted."""
    held = Series(texts, dtype="object")
    return pd.Index(held + held.groupby(held).cumcount().astype("str").radd("#"), dtype="object")


def _texts(digests: Digests) -> list[str]:
    return [row.tobytes().hex() for row in digests]


def _names(contract: Contract) -> tuple[str, ...]:
    return tuple(column.name for column in contract.columns)


def write_digests(digested: Digested, folder: Path, day: date) -> None:
    """The digests of a month's datasets, of the whole and as known on its day, in its private part."""
    held = {"whole": digested.whole(), "known": digested.known(day)}
    (folder / RESTRICTED / DIGESTS).write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def read_digests(folder: Path) -> dict[str, dict[str, str]]:
    """The digests of a published month's datasets; none where an earlier version kept none, or they are not ours."""
    try:
        return dict(json.loads((folder / RESTRICTED / DIGESTS).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
