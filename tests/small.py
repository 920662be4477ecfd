"""Small councils for tests: say what matters in a row, the rest is filled in."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame

from qa_analysis.council import Own
from qa_analysis.data.contracts import Contract, load_contracts
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure, Names, frame_of, joined
from qa_analysis.measures.shared_edition.protected import shared
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.figures import NO_FIGURES, Figures, Written
from qa_analysis.month.files import NUMBERS, read_measures, read_month, write_csv, write_month
from qa_analysis.month.measuring import told
from qa_analysis.month.month import Month
from qa_analysis.month.narratives import cleared
from qa_analysis.month.quotations import masked
from qa_analysis.month.rows import Rows
from qa_analysis.month.shared import SharedMonth

CONTRACTS = load_contracts()
SCRATCH = tempfile.TemporaryDirectory()  # of this process, for as long as it lives
DTYPES = {"date": "datetime64[us]", "boolean": "boolean", "whole number": "Int64", "number": "float64"}
AREAS = tuple(rules_for("2023-06").grade_columns.values())

USUAL: Mapping[str, Mapping[str, Any]] = {
    "audits": {
        "cycle_month": "2023-06", "theme_code": "supervision", "service_area": "Safeguarding", "team": "North",
        "key_worker_id": "kw", "auditor_id": "au", "auditor_role": "practice improvement team",
        "selection_route": "random", "audited_on": "2023-06-15", "overall_grade": "good",
        **dict.fromkeys(AREAS, "good"),
    },
    "moderations": {"route": "random third", "moderated_on": "2023-06-25", "overall_grade": "good"},
    "findings": {"key_area": "assessment", "polarity": "strength", "text": "x"},
    "actions": {
        "source": "audit", "level": "child", "description": "x", "owner_id": "kw", "agreed_on": "2023-06-01",
        "service_area": "Safeguarding",
    },
    "family_feedback": {"respondent": "parent", "contacted_on": "2023-06-14", "outcome": "engaged"},
}  # fmt: skip


def frame(dataset: str, rows: Iterable[Mapping[str, Any]] = ()) -> DataFrame:
    """A frame as the sources would give it. One row per mapping; ids are numbered where not given."""
    held = list(rows)
    return _frame(dataset, held) if held else _empty(dataset).copy()


@cache
def _empty(dataset: str) -> DataFrame:
    """A dataset without a row, as most datasets of most small councils are."""
    return _frame(dataset, ())


def _frame(dataset: str, rows: Iterable[Mapping[str, Any]]) -> DataFrame:
    contract = CONTRACTS[dataset]
    full = [
        {
            **USUAL.get(dataset, {}),
            **{name: f"{dataset}-{number}" for name in contract.key if name.endswith("_id")},
            **row,
        }
        for number, row in enumerate(rows, start=1)
    ]
    columns = {
        column.name: _column(column.kind, [row.get(column.name) for row in full]).array  # no index to align
        for column in contract.columns
    }
    place = {
        "source_file": pd.Series([f"{dataset}.csv"] * len(full), dtype="str"),
        "source_sheet": pd.Series([""] * len(full), dtype="str"),
        "source_row": pd.Series(range(2, len(full) + 2), dtype="int64"),
        "source_unread": pd.Series([row.get("source_unread", "") for row in full], dtype="str"),
    }
    return DataFrame({**columns, **place})


def frames(**datasets: Iterable[Mapping[str, Any]]) -> dict[str, DataFrame]:
    """Several datasets; the core ones are there even when empty."""
    core = {name: () for name, contract in CONTRACTS.items() if contract.is_core}
    return {name: frame(name, rows) for name, rows in {**core, **datasets}.items()}


LONG_AT_IT = Own(first_cycle="2022-06")  # a council whose years are full, whichever audits a test gives it


def tables(
    month: str = "2023-06",
    *,
    as_at: str | None = None,
    own: Own = LONG_AT_IT,
    **datasets: Iterable[Mapping[str, Any]],
) -> Tables:
    """A council as known on a day, by default the rule's; it began in June 2022 unless it says otherwise."""
    rules = rules_for(month, own=own)
    day = date.fromisoformat(as_at) if as_at else rules.as_at(month)
    return tables_as_at(frames(**datasets), CONTRACTS, month=month, as_at=day, rules=rules)


def audits_and_actions(month: str = "2023-06", **datasets: Iterable[Mapping[str, Any]]) -> Tables:
    """A council as `tables` has it, that supplied neither moderations nor findings."""
    whole = tables(month, **datasets)
    held = {name: frame for name, frame in whole.frames.items() if name not in ("moderations", "findings")}
    return replace(whole, frames=held)


def found(figures: Iterable[Figure], measure: str, **labels: Names) -> Figure:
    """The one figure of that measure and those labels."""
    chosen = [
        figure
        for figure in figures
        if figure.measure == measure
        and all(joined(getattr(figure, name)) == joined(value) for name, value in labels.items())
    ]
    assert len(chosen) == 1, f"{len(chosen)} figures of {measure} {labels}"
    return chosen[0]


def contract_of(dataset: str) -> Contract:
    """The real contract of a dataset."""
    return CONTRACTS[dataset]


def _column(kind: str, values: list[Any]) -> pd.Series:
    """The values as the sources would give them; what holds nothing but texts and blanks, as most do, is made once."""
    if all(value is None or type(value) is str for value in values):
        return _of_texts(kind, tuple(values))
    return _made(kind, values)


@lru_cache(maxsize=4096)
def _of_texts(kind: str, values: tuple[str | None, ...]) -> pd.Series:
    """A column that many councils share; a frame copies what it is made of."""
    return _made(kind, list(values))


def _made(kind: str, values: list[Any]) -> pd.Series:
    if kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"))).astype("datetime64[us]")
    return pd.Series(values, dtype=DTYPES.get(kind, "str"))


NO_ISSUES = DataFrame(
    columns=[
        "dataset", "rule", "severity", "file", "sheet", "row", "column", "key", "owner", "team", "service_area",
        "message",
    ]
)  # fmt: skip


def month(held: Tables, *, issues: DataFrame = NO_ISSUES) -> Month:
    """The month as a notebook would open it, through the files it is written to; a figure is made when it is asked for.

    So a test pays for the figures it looks at, and for no others.
    """
    rows = Rows(held.frames, CONTRACTS, issues, extracts_table(()), masked(held, ()), held.rules.own)
    whole = told(held, replace(rows, told_narratives=cleared(held, ())))
    with tempfile.TemporaryDirectory() as folder:
        write_month(replace(whole, held=Written(NO_FIGURES)), Path(folder))
        return replace(read_month(Path(folder)), held=Reread(whole.held))


@dataclass(frozen=True, eq=False)
class Reread:
    """Figures as they are read again from the file that they are written to, each measure when it is asked for."""

    held: Figures
    _read: dict[str, DataFrame] = field(default_factory=dict)

    @cached_property
    def every(self) -> DataFrame:
        return _reread(self.held.every)

    def of(self, measure: str) -> DataFrame:
        if measure not in self._read:
            self._read[measure] = _reread(self.held.of(measure))
        return self._read[measure]

    @property
    def asked(self) -> DataFrame:
        """The figures that were asked for so far: what has been told rests on no other. One row per figure."""
        return pd.concat(self._read.values(), ignore_index=True)


def asked(told: Month) -> DataFrame:
    """The figures that the sections told so far have asked a month of `month` for. One row per figure."""
    assert isinstance(told.held, Reread)
    return told.held.asked


def _reread(figures: DataFrame) -> DataFrame:
    """The figures through a file; numbers as they are in a table of all, where every column of them has blanks."""
    return _none_reread().copy() if figures.empty else _through_file(figures)


@cache
def _none_reread() -> DataFrame:
    """A measure without a figure, as most measures of most small councils are."""
    return _through_file(NO_FIGURES)


def _through_file(figures: DataFrame) -> DataFrame:
    folder = Path(SCRATCH.name)
    write_csv(figures, folder / "measures.csv")
    return read_measures(folder).astype({name: "float64" for name in NUMBERS if name in figures})


def everyone(held: Tables) -> SharedMonth:
    """The month as everyone may read it, without the figures that nobody else may."""
    figures, nothing = frame_of(shared(held), as_at=held.as_at), DataFrame()
    about = (held.month, held.as_at.date(), held.rules, tuple(held.frames))
    return SharedMonth(*about, Written(figures), nothing, nothing, nothing, nothing, nothing)


def write(folder: Path, held: Mapping[str, DataFrame]) -> Path:
    """The extracts as CSV files with the dictionary's own headings, one a dataset."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in held.items():
        table.drop(columns=["source_file", "source_sheet", "source_row", "source_unread"]).to_csv(
            folder / f"{name}.csv", index=False, date_format="%Y-%m-%d"
        )
    return folder
