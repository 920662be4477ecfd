"""The datasets as they stood on one day: what had not happened yet is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract, load_contracts
from qa_analysis.data.reading.raw import UNREAD
from qa_analysis.data.reading.sheets import DTYPES
from qa_analysis.errors import ContractBroken, WrongUse
from qa_analysis.framework import Rules


@dataclass(frozen=True, eq=False)
class Tables:
    """Every supplied dataset as known on `as_at`, for one cycle and the rules in force in it; equal to itself alone."""

    month: str
    as_at: pd.Timestamp
    rules: Rules
    frames: Mapping[str, DataFrame]

    @property
    def audits(self) -> DataFrame:
        """One row per audit done by as_at, every cycle."""
        return self.frames["audits"]

    @property
    def moderations(self) -> DataFrame:
        """One row per panel decision made by as_at, every cycle; none where they were not supplied."""
        return self.supplied("moderations")

    @property
    def findings(self) -> DataFrame:
        """One row per strength or area for development; none where they were not supplied."""
        return self.supplied("findings")

    @property
    def actions(self) -> DataFrame:
        """One row per action agreed by as_at; a later completion or sign-off is blank."""
        return self.frames["actions"]

    def supplied(self, dataset: str) -> DataFrame:
        """A dataset, without a row where it was not supplied; what is made of it alone declares that it needs it."""
        frame = self.frames.get(dataset)
        return without_rows(load_contracts()[dataset]) if frame is None else frame

    def optional(self, dataset: str) -> DataFrame | None:
        """One optional dataset, or None where it was not supplied."""
        return self.frames.get(dataset)

    def unread(self, dataset: str, column: str) -> Series:
        """Whether a column held something that could not be read, and so is blank. One answer per record."""
        return is_unread(self.frames[dataset], column)

    def holds(self, dataset: str, column: str) -> bool:
        """Whether any record has the column filled; where none has, it was not recorded, which is not zero."""
        return bool(self.frames[dataset][column].notna().any() or self.unread(dataset, column).any())

    @cached_property
    def rolling_cycles(self) -> tuple[str, ...]:
        """The year of cycles that ends with the month."""
        return self.rules.cycles_up_to(self.month, self.rules.rolling_cycles)

    @property
    def place_cycles(self) -> tuple[str, ...]:
        """The year of cycles over which figures by service or team are told; it moves on at a quarter's end."""
        return self.rules.place_cycles(self.month)


def is_unread(records: DataFrame, column: str) -> "Series[bool]":
    """Whether a column held something that could not be read, and so is blank. One answer per record."""
    if UNREAD not in records:  # made in memory: nothing was read
        return Series(False, index=records.index)
    places, different = pd.factorize(records[UNREAD])  # of nearly all records it says the same: nothing
    says_so = np.array([*(column in columns.split(";") for columns in different), False], dtype=bool)
    return Series(says_so[places], index=records.index)


def tables_as_at(
    frames: Mapping[str, DataFrame],
    contracts: Mapping[str, Contract],
    *,
    month: str,
    as_at: date,
    rules: Rules,
) -> Tables:
    """The datasets as known on one day.

    Rows dated later by their contract's `happens_on` are dropped; any other date that lies later, and is not a
    planned one, is blank, and so is what became known with such a date. Audits of cycles before
    the council's first are left out, and the rules know that cycle.

    Raises:
        ContractBroken: a dataset without which there is no report was not supplied.
        WrongUse: no audit of the cycle had been done by that day.
    """
    day = pd.Timestamp(as_at)
    if absent := [name for name, contract in contracts.items() if contract.is_needed and name not in frames]:
        raise ContractBroken(
            f"No report without {' and '.join(absent)}: no file or sheet of that name was read. "
            "Put the extract in the data folder, or name its file in sources.yaml."
        )
    known = {name: known_on(frame, contracts[name], day) for name, frame in frames.items()}
    if not known["audits"]["cycle_month"].eq(month).any():
        raise WrongUse(
            f"The data hold no audit of the cycle {month} done by {as_at.isoformat()}. {_cycles_held(frames['audits'])}"
        )
    first = rules.own.first_cycle or str(known["audits"]["cycle_month"].min())
    if first > month:
        raise WrongUse(
            f"{month} lies before the council's first audit cycle, {first}. Ask for a later month, or correct "
            "first_cycle in council.yaml."
        )
    known["audits"] = known["audits"][~(known["audits"]["cycle_month"] < first)]
    return Tables(month, day, rules.since(first, month), MappingProxyType(known))


def without_rows(contract: Contract) -> DataFrame:
    """A dataset that was not supplied: its columns, and no row."""
    types = {"date": "datetime64[us]", **DTYPES}
    return DataFrame({column.name: pd.Series(dtype=types.get(column.kind, "str")) for column in contract.columns})


def known_on(frame: DataFrame, contract: Contract, day: pd.Timestamp) -> DataFrame:
    """One dataset as known on a day."""
    if contract.happens_on:
        frame = frame[~(frame[contract.happens_on] > day)]
    later = {one.name: frame[one.known_by] > day for one in contract.columns if one.known_by}
    frame = _blanked(frame, later)
    return _blanked(frame, {name: frame[name] > day for name in unplanned_dates(contract)})


def _blanked(frame: DataFrame, blank: Mapping[str, Series]) -> DataFrame:
    """The dataset with some cells blank, by column; most columns have none to blank."""
    return frame.assign(**{name: frame[name].mask(where) for name, where in blank.items() if where.any()})


def unplanned_dates(contract: Contract) -> list[str]:
    """The columns whose dates have not come yet where they lie after the day, and so are blank."""
    return [column.name for column in contract.columns if column.kind == "date" and not column.is_planned]


def _cycles_held(audits: DataFrame) -> str:
    """Which cycles the analyst may ask for instead."""
    cycles = sorted(audits["cycle_month"].dropna().unique())
    return f"They hold the cycles {cycles[0]} to {cycles[-1]}." if cycles else "They hold no audit at all."
