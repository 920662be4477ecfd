"""One raw table and its contract in; the canonical frame, the issues and the row counts out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.aside import with_reasons
from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.issues import Issue
from qa_analysis.data.reading.ages import AGE_BAND, is_birth_heading, with_age_bands
from qa_analysis.data.reading.cell_text import PLACEHOLDER, Fault, is_blank, one_line
from qa_analysis.data.reading.cells import Value, read_column, reader
from qa_analysis.data.reading.headings import Header, find_header, letters, nearest, quoted
from qa_analysis.data.reading.raw import UNREAD, Cell, Extract, RawTable, Source
from qa_analysis.data.reading.rows import Body, body, column_cells
from qa_analysis.data.reading.sheet_issues import (
    ReadColumn,
    cell_issues,
    column_issues,
    meaningless,
    not_supplied_issues,
    row_issues,
    table_issue,
    table_issues,
)
from qa_analysis.data.reading.whole_columns.nothing import nothing_note, without_words_for_nothing
from qa_analysis.data.reading.whole_columns.settled import Settled
from qa_analysis.data.reading.whole_columns.shifted import settle_days
from qa_analysis.data.reading.whole_columns.twins import SAME, differing_message, settle_twins
from qa_analysis.data.reading.whole_columns.yes_no import settle_yes_no
from qa_analysis.data.reading.wide.shaping import shaped

DTYPES = {"boolean": "boolean", "whole number": "Int64", "number": "float64"}


@dataclass(frozen=True)
class Sheet:
    """What one sheet gave. `frame` is None where its headings broke the contract.

    `aside` has the records that mean nothing, with the rule and the column that says why.
    """

    extract: Extract
    issues: tuple[Issue, ...]
    frame: DataFrame | None = None
    aside: DataFrame | None = None


def read_sheet(
    table: RawTable,
    contract: Contract,
    source: Source,
    grade_synonyms: Mapping[str, str],
    *,
    prompts: Collection[str] = (),
) -> Sheet:
    """One sheet read by its contract. One row of the frame per record that means something."""
    if source.is_wide:
        return _wide(table, contract, source, grade_synonyms, prompts)
    header = find_header(table.rows, contract, named=source.columns, row=source.header_row, merged=table.merged)
    if header is None:
        return _unreadable(table, contract, [_no_headings(table, contract, source)], 0)
    header = _settled(header, source)
    twins = settle_twins(table, header)
    header = twins.header
    if problems := _heading_problems(table, header, contract):
        return _unreadable(table, contract, problems, _filled_rows(table, header))
    table = without_words_for_nothing(table, source.nothing, below=header.row)
    rows = body(table, header, contract)
    columns = _columns(rows, header, contract, source, grade_synonyms, prompts)
    unread = _columns_not_read(header, rows)
    told = [
        *(table_issue(table, contract, SAME, "warning", same, column=name) for name, same in twins.same.items()),
        *table_issues(table, rows, contract, unread, header_row=header.row),
        *row_issues(table, rows, contract),
    ]
    return _read(table, contract, rows, columns, source, told=told, unread=unread)


def _settled(header: Header, source: Source) -> Header:
    """The header without what sources.yaml says is not recorded, and with one heading for the age."""
    places, twice = dict(header.places), dict(header.twice)
    if AGE_BAND in twice:  # an age beside a date of birth: the date says more
        births = [place for place, heading in enumerate(header.headings) if is_birth_heading(heading)]
        places[AGE_BAND] = births[0] if births else places[AGE_BAND]
        del twice[AGE_BAND]
    missing = tuple(name for name in header.missing if name not in source.not_supplied)
    return replace(header, places=places, twice=twice, missing=missing)


def _wide(
    table: RawTable,
    contract: Contract,
    source: Source,
    grade_synonyms: Mapping[str, str],
    prompts: Collection[str],
) -> Sheet:
    """The records that a dataset has in a wide sheet. What is to be told of the sheet itself is told once."""
    found = shaped(table, contract, source)
    if found is None:
        return _unreadable(table, contract, [_no_headings(table, contract, source)], 0)
    if found.problems:
        issues = [
            table_issue(table, contract, rule, "error", message, column=column)
            for rule, message, column in found.problems
        ]
        return _unreadable(table, contract, issues, _filled_rows(table, found.header))
    columns = _columns(found.rows, found.header, contract, source, grade_synonyms, prompts)
    told = [table_issue(table, contract, rule, "warning", message) for rule, message in found.remarks]
    if source.shape.is_first:
        sheet = table_issues(table, found.rows, contract, found.unread, header_row=found.header.row)
        told += [*sheet, *row_issues(table, found.rows, contract)]
    return _read(
        table, contract, found.rows, columns, source, told=told, unread=found.unread, not_chosen=found.not_chosen
    )


def _read(
    table: RawTable,
    contract: Contract,
    rows: Body,
    columns: Sequence[ReadColumn],
    source: Source,
    *,
    told: Sequence[Issue],
    unread: Mapping[int, str],
    not_chosen: int = 0,
) -> Sheet:
    """The records of a sheet whose headings are in order; `told` is what is known of the sheet and its rows."""
    columns = with_age_bands(columns, contract)
    frame = _frame(columns, rows, contract, table)
    dropped = meaningless(columns, contract)
    issues = [
        *told,
        *not_supplied_issues(table, contract, source),
        *column_issues(table, columns, contract, source),
        *cell_issues(table, columns, frame, contract),
    ]
    kept = frame[~frame.index.isin(list(dropped))].reset_index(drop=True)
    aside = with_reasons(frame.loc[sorted(dropped)], [dropped[position] for position in sorted(dropped)])
    listed = len(rows.listed) + len(dropped) + not_chosen
    earliest, latest = period(kept, contract)
    extract = Extract(
        dataset=contract.dataset,
        file=table.file,
        sheet=table.sheet,
        sha256=table.sha256,
        rows_in=len(kept) + listed,
        rows_loaded=len(kept),
        rows_listed=listed,
        rows_not_chosen=not_chosen,
        rows_set_aside=len(aside),
        period_from=earliest,
        period_to=latest,
        columns_not_read=tuple(unread.values()),
        read_at=table.read_at,
    )
    return Sheet(extract, tuple(issues), kept, aside)


def period(frame: DataFrame, contract: Contract) -> tuple[str | None, str | None]:
    """First and last day of the rows by the contract's happens_on; first and last month where it has none."""
    months = next((column.name for column in contract.columns if column.kind == "month" and column.required), None)
    name = contract.happens_on or months
    values = frame[name].dropna() if name else Series(dtype="str")
    if values.empty:
        return None, None
    first, last = values.min(), values.max()
    return (first, last) if isinstance(first, str) else (f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")


# Headings -------------------------------------------------------------------------------------------------------------


def _no_headings(table: RawTable, contract: Contract, source: Source) -> Issue:
    """The issue of a sheet in which no row looks like headings."""
    where = f"row {source.header_row}" if source.header_row else "the first rows"
    required = ", ".join(column.name for column in contract.columns if column.required)
    message = (
        f"No headings of {contract.dataset} are in {where}. It needs {required}. "
        "Export it with its headings, or say in sources.yaml in which row they are and what they are called."
    )
    return table_issue(table, contract, "headings-not-found", "error", message)


def _heading_problems(table: RawTable, header: Header, contract: Contract) -> list[Issue]:
    """One issue per required column without a heading and per column with several. Empty where all is well."""
    missing = [
        table_issue(table, contract, "column-missing", "error", _missing_message(name, header, contract), column=name)
        for name in header.missing
    ]
    twice = [
        table_issue(table, contract, "heading-twice", "error", differing_message(name, table, header), column=name)
        for name in header.twice
    ]
    problems = missing + twice
    return [replace(issue, row=header.row) for issue in problems]


def _missing_message(name: str, header: Header, contract: Contract) -> str:
    """What to do about a required column that has no heading."""
    names = (name, *contract.column(name).aliases)
    likely = next((found for word in names if (found := nearest(word, header.unread.values()))), None)
    remedy = (
        f"If {quoted(likely)} is meant, say so in sources.yaml (columns)."
        if likely
        else "Export it with that column, or say in sources.yaml (columns) which heading it has."
    )
    return f'The required column "{name}" is missing from {contract.dataset}. {remedy}'


def _unreadable(table: RawTable, contract: Contract, issues: Sequence[Issue], rows: int) -> Sheet:
    """A sheet of which no row is loaded."""
    extract = Extract(
        contract.dataset, table.file, table.sheet, table.sha256, rows_in=rows, rows_listed=rows, read_at=table.read_at
    )
    return Sheet(extract, tuple(issues))


def _filled_rows(table: RawTable, header: Header) -> int:
    """How many rows under the headings hold anything."""
    return sum(any(not is_blank(cell) for cell in row) for row in table.rows[header.row :])


def _columns_not_read(header: Header, rows: Body) -> dict[int, str]:
    """Headings that mean no column, and columns that hold something under no heading. Position -> heading."""
    width = max((len(row) for row in rows.records), default=0)
    bare = [place for place in range(width) if place >= len(header.headings) or not header.headings[place]]
    filled = [place for place in bare if not all(map(is_blank, column_cells(rows.records, place)))]
    unnamed = {place: f"column {letters(place)} (no heading)" for place in filled}
    return {**{place: one_line(heading) for place, heading in header.unread.items()}, **unnamed}


# Cells ----------------------------------------------------------------------------------------------------------------


def _columns(
    rows: Body,
    header: Header,
    contract: Contract,
    source: Source,
    grade_synonyms: Mapping[str, str],
    prompts: Collection[str],
) -> list[ReadColumn]:
    """Every column of the contract that the sheet has, read."""
    present = [column for column in contract.columns if column.name in header.places]
    read = []
    for column in present:
        cells = column_cells(rows.records, header.places[column.name])
        settled = _settled_cells(cells, column, source)
        values = read_column(settled.cells, reader(column, grade_synonyms, source, prompts=prompts))
        heading = one_line(header.headings[header.places[column.name]])
        read.append(ReadColumn(column, heading, cells, values, settled.notes))
    return read


def _settled_cells(cells: Sequence[Cell], column: Column, source: Source) -> Settled:
    """A column's cells as the whole column says what they mean."""
    settled = Settled(cells)
    if column.kind in ("date", "month"):
        settled = settle_days(cells, column, order=source.date_order(column.name))
    elif column.kind == "boolean":
        settled = settle_yes_no(cells)
    nothing = nothing_note(cells)
    return replace(settled, notes=(*settled.notes, nothing)) if nothing else settled


def _frame(columns: Sequence[ReadColumn], rows: Body, contract: Contract, table: RawTable) -> DataFrame:
    """Every column of the contract, in its order and type, and where each row came from. One row per record."""
    read = {column.column.name: column.canonical for column in columns}
    blank: list[Value] = [None] * len(rows.numbers)
    series = {column.name: _series(column, read.get(column.name, blank)) for column in contract.columns}
    return DataFrame(series).assign(
        source_file=pd.Series(table.file, index=range(len(blank)), dtype="str"),
        source_sheet=pd.Series(table.sheet, index=range(len(blank)), dtype="str"),
        source_row=pd.Series(rows.numbers, dtype="int64"),
        **{UNREAD: pd.Series(_not_read(columns, len(blank)), dtype="str")},
    )


def _not_read(columns: Sequence[ReadColumn], records: int) -> list[str]:
    """The columns of each record that hold something which cannot be read for certain. One text per record."""
    named: dict[int, list[str]] = {}
    for read in (read for read in columns if Fault in read.kinds):
        for position, value in enumerate(read.canonical):
            if isinstance(value, Fault) and value is not PLACEHOLDER:
                named.setdefault(position, []).append(read.column.name)
    return [";".join(named[position]) if position in named else "" for position in range(records)]


def _series(column: Column, values: Sequence[Value]) -> Series:
    """A column in its type; blanks and faults are missing."""
    has_faults = Fault in set(map(type, values))
    known = [None if isinstance(value, Fault) else value for value in values] if has_faults else values
    if column.kind == "date":
        return Series(np.array(known, dtype="datetime64[D]").astype("datetime64[us]"), dtype="datetime64[us]")
    return Series(known, dtype=DTYPES.get(column.kind, "str"))
