"""The issues of one sheet: of the whole table, of its rows, of its columns and of its cells."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import Column, Contract, Severity
from qa_analysis.data.issues import Issue
from qa_analysis.data.reading.advice import Became, cell_message
from qa_analysis.data.reading.cell_dates import orders
from qa_analysis.data.reading.cell_text import PLACEHOLDER, Fault, has_control_characters, is_mojibake
from qa_analysis.data.reading.cells import Value
from qa_analysis.data.reading.headings import quoted
from qa_analysis.data.reading.raw import Cell, RawTable, Source
from qa_analysis.data.reading.rows import WHY, Body
from qa_analysis.data.reading.whole_columns.settled import TOLD, Note
from qa_analysis.data.reading.whole_columns.shifted import SHIFTED_FAULT
from qa_analysis.english import agreeing, counted

VALUE_MISSING = "value-missing"
SPANS_NAMED = 5  # more than that are counted
NOT_SUPPLIED = "column-not-supplied"


@dataclass(frozen=True, eq=False)
class ReadColumn:
    """One column of a sheet as read: its contract, its heading, its cells and their values."""

    column: Column
    heading: str
    cells: Sequence[Cell]
    canonical: Sequence[Value]
    notes: tuple[Note, ...] = ()  # of the column as a whole

    @cached_property
    def kinds(self) -> frozenset[type]:
        """The types of its values, so that a column without faults need not be gone through for them."""
        return frozenset(map(type, self.canonical))

    @property
    def shown(self) -> str:
        """The heading as the analyst sees it, with the column's own name where that differs."""
        name = self.column.name
        return quoted(name) if self.heading == name else f"{quoted(self.heading)} ({name})"


def table_issue(
    table: RawTable, contract: Contract, rule: str, severity: Severity, message: str, *, column: str | None = None
) -> Issue:
    """An issue of a whole sheet or column."""
    return Issue(contract.dataset, rule, severity, message, file=table.file, sheet=table.sheet or None, column=column)


def meaningless(columns: Sequence[ReadColumn], contract: Contract) -> dict[int, tuple[str, str]]:
    """The records that mean nothing, because a key, date or link cannot be read or is missing.

    Position -> the rule, and the column that broke it first.
    """
    found = [
        (position, (rule, read.column.name))
        for read in columns
        for position in _suspects(read, contract)
        if _drops_row(read.column, read.canonical[position], contract)
        and (rule := _cell_rule(read.column, read.canonical[position], contract))
    ]
    return dict(reversed(found))


def table_issues(
    table: RawTable, rows: Body, contract: Contract, unread: Mapping[int, str], *, header_row: int
) -> list[Issue]:
    """What to know of the sheet as a whole. One row per remark."""
    remarks = {remark.rule: remark.message for remark in table.remarks}
    if unread:
        remarks["headings-not-read"] = _unread_message(unread.values())
    if hidden := len(table.hidden_rows.intersection(rows.numbers)):
        remarks["hidden-rows-read"] = (
            f"{counted(hidden, 'row')} {agreeing(hidden, 'is', 'are')} hidden or filtered out in the sheet; "
            f"{agreeing(hidden, 'it was', 'they were')} read like the others. Clear the filter to see "
            f"{agreeing(hidden, 'it', 'them')}, and delete the rows that should not count."
        )
    last = max(rows.numbers, default=0)
    if absent := [span for span in table.absent_rows if header_row < span[0] < last]:
        remarks["rows-absent"] = (
            f"{_spans(absent)} lie above other records and are not in the sheet, not even blank: never filled, or "
            "deleted. Check that no record is missing."
        )
    if table.rows_cut:
        remarks["rows-cut"] = (
            f"The sheet says that it goes on to row {table.rows_cut[1]:,}, and ends before row {table.rows_cut[0]:,}. "
            "Check that no record is missing, or save it again in Excel."
        )
    if merged := _merged_records(table, rows):
        remarks["merged-cells"] = (
            f"{counted(merged, 'merged cell')} {agreeing(merged, 'lies', 'lie')} among the records: only the first row "
            f"of {agreeing(merged, 'it holds the', 'each holds its')} value, the others count as blank. Unmerge "
            f"{agreeing(merged, 'it', 'them')} and fill in every row."
        )
    return [table_issue(table, contract, rule, "warning", message) for rule, message in remarks.items()]


def row_issues(table: RawTable, rows: Body, contract: Contract) -> list[Issue]:
    """The rows that are not records and were not loaded. One row per row listed."""
    return [
        Issue(contract.dataset, rule, "warning", WHY[rule], file=table.file, sheet=table.sheet or None, row=number)
        for number, rule in rows.listed
    ]


def not_supplied_issues(table: RawTable, contract: Contract, source: Source) -> Iterator[Issue]:
    """What the council does not record, said once a column rather than as a blank in every row."""
    for name in source.not_supplied:
        message = (
            f'"{name}" is not recorded (sources.yaml, not_supplied): figures that need it leave {contract.dataset} out.'
        )
        yield table_issue(table, contract, NOT_SUPPLIED, "warning", message, column=name)


def column_issues(
    table: RawTable, columns: Sequence[ReadColumn], contract: Contract, source: Source
) -> Iterator[Issue]:
    """What to know of whole columns: placeholders, odd characters, dates that look American. One row per finding."""
    yield from _noted(table, columns, contract)
    for read in columns:
        name = read.column.name
        for rule, severity, message in (*_counted(read), *_american(read, source)):
            yield table_issue(table, contract, rule, severity, message, column=name)


def cell_issues(table: RawTable, columns: Sequence[ReadColumn], frame: DataFrame, contract: Contract) -> list[Issue]:
    """The cells that could not be read, or whose blank empties their row of meaning. One row per cell."""
    found = [
        (position, read, rule)
        for read in columns
        for position in _suspects(read, contract)
        if (rule := _cell_rule(read.column, read.canonical[position], contract))
    ]
    labels = _Labels(frame, contract) if found else None
    ordered = sorted(found, key=lambda item: item[0])
    return [labels.issue(table, position, read, rule) for position, read, rule in ordered] if labels else []


class _Labels:
    """Whose each record is: key, owner, team and service area, as issues name them."""

    def __init__(self, frame: DataFrame, contract: Contract) -> None:
        self.contract = contract
        self.rows = frame["source_row"].tolist()
        shown = [name for name in contract.key if not contract.column(name).free_text]
        self.keys = [_texts(frame, name) for name in shown]
        self.owner = _texts(frame, contract.owner)
        self.team, self.service_area = _texts(frame, "team"), _texts(frame, "service_area")

    def issue(self, table: RawTable, position: int, read: ReadColumn, rule: str) -> Issue:
        """The issue of one cell."""
        column = read.column
        severity = _severity(column, rule, self.contract)
        value = read.cells[position]
        became: Became = "its cell is blank"
        if self.contract.is_essential(column):
            is_listed = _drops_row(column, read.canonical[position], self.contract)
            became = "its row is listed" if is_listed else "its row is set aside"
        key = "+".join(part[position] or "" for part in self.keys)
        return Issue(
            self.contract.dataset,
            rule,
            severity,
            cell_message(column, read.shown, rule, value=value, became=became),
            file=table.file,
            sheet=table.sheet or None,
            row=self.rows[position],
            column=column.name,
            key=key if key.strip("+") else None,
            owner=self.owner[position],
            team=self.team[position],
            service_area=self.service_area[position],
        )


def _texts(frame: DataFrame, name: str | None) -> list[str | None]:
    """A column as text, None where it is blank or the dataset has no such column. One per record."""
    if name is None or name not in frame:
        return [None] * len(frame)
    return [
        None if pd.isna(value) else f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
        for value in frame[name].tolist()
    ]


def _suspects(read: ReadColumn, contract: Contract) -> list[int]:
    """The records in which a column holds a fault, or a blank that matters. Positions."""
    matters = (Fault, type(None)) if contract.is_essential(read.column) else Fault
    if not any(issubclass(kind, matters) for kind in read.kinds):
        return []
    return [position for position, value in enumerate(read.canonical) if isinstance(value, matters)]


def _severity(column: Column, rule: str, contract: Contract) -> Severity:
    """How serious a cell's fault is."""
    if rule == SHIFTED_FAULT.rule and _says_the_cycle(column, contract):
        return "error"
    return "warning" if rule == VALUE_MISSING else column.unknown


def _says_the_cycle(column: Column, contract: Contract) -> bool:
    """Whether a shifted day would move a record to another cycle unseen: the month itself, or the date beside one."""
    is_cycle = column.kind == "month" and column.required
    has_cycle = any(other.kind == "month" and other.required for other in contract.columns)
    return is_cycle or (has_cycle and column.name == contract.happens_on)


def _cell_rule(column: Column, value: Value, contract: Contract) -> str | None:
    """The rule a cell breaks, if any."""
    if isinstance(value, Fault) and value is not PLACEHOLDER:
        return value.rule
    return VALUE_MISSING if _drops_row(column, value, contract) else None


def _drops_row(column: Column, value: Value, contract: Contract) -> bool:
    """Whether a cell empties its row of meaning; where that is an error the contract's check sets the row aside."""
    is_missing = value is None or value is PLACEHOLDER
    if not is_missing and not isinstance(value, Fault):
        return False
    if value is SHIFTED_FAULT and _says_the_cycle(column, contract):
        return False
    return contract.is_essential(column) and (column.blank if is_missing else column.unknown) == "warning"


def _counted(read: ReadColumn) -> Iterator[tuple[str, Severity, str]]:
    """Findings that are counted once a column rather than listed cell by cell."""
    placeholders = _times(lambda value: value is PLACEHOLDER, read.canonical)
    controls, garbled = _times(has_control_characters, read.cells), _times(is_mojibake, read.cells)
    if placeholders:
        told = "a placeholder such as -1 or 01/01/1900, which counts as blank. Leave such cells empty."
        yield "placeholder-read-as-blank", "warning", f"{read.shown} holds in {counted(placeholders, 'row')} {told}"
    if controls:
        told = "control characters, which were removed. Look for text pasted from another system."
        yield "control-characters-removed", "warning", f"{read.shown} holds in {counted(controls, 'row')} {told}"
    if garbled:
        told = 'garbled letters, as when UTF-8 is opened as Windows-1252. Export it again as "CSV UTF-8".'
        yield "text-garbled", "warning", f"{read.shown} holds in {counted(garbled, 'row')} {told}"


def _noted(table: RawTable, columns: Sequence[ReadColumn], contract: Contract) -> Iterator[Issue]:
    """What was put right in whole columns. One row per rule, however many columns it is of."""
    for rule, told in TOLD.items():
        noted = {read: note.rows for read in columns for note in read.notes if note.rule == rule}
        named = ", ".join(f"{read.shown} in {counted(rows, 'row')}" for read, rows in noted.items())
        if noted:
            only = next(iter(noted)).column.name if len(noted) == 1 else None
            yield table_issue(table, contract, rule, "warning", told.format(columns=named), column=only)


def _times(is_found: Callable[[Cell], bool], cells: Sequence[Cell]) -> int:
    """In how many cells something is found; each distinct value is looked at once."""
    found = {cell for cell in set(cells) if is_found(cell)}
    return sum(cell in found for cell in cells) if found else 0


def _american(read: ReadColumn, source: Source) -> Iterator[tuple[str, Severity, str]]:
    """Dates that look as if the month came first, so that the others cannot be trusted either."""
    column = read.column
    if column.kind not in ("date", "month") or source.says_date_order(column.name):
        return
    found = orders(read.cells, is_month=column.kind == "month")
    if not found.month_first or not found.doubtful:
        return
    severity: Severity = "error" if found.month_first >= found.day_first else "warning"
    yield (
        "dates-look-american",
        severity,
        (
            f"{read.shown}: {counted(found.month_first, 'date')} {agreeing(found.month_first, 'makes', 'make')} sense "
            f"only with the month first, {found.day_first:,} only with the day first, and {found.doubtful:,} that "
            f"could be either {agreeing(found.doubtful, 'was', 'were')} read with the day first. "
            "Export the dates as YYYY-MM-DD, or say in sources.yaml which comes first (dates)."
        ),
    )


def _unread_message(headings: Iterable[str]) -> str:
    """What to know of headings that mean no column."""
    listed = ", ".join(quoted(heading) for heading in headings)
    return (
        f"These columns were not recognised and have not been read: {listed}. "
        "If one of them is wanted, say in sources.yaml (columns) which column it is."
    )


def _spans(spans: Sequence[tuple[int, int]]) -> str:
    """Rows as a sentence begins with them: the first few, and how many more."""
    named = [f"{first:,}" if first == last else f"{first:,} to {last:,}" for first, last in spans]
    more = len(named) - SPANS_NAMED
    return f"Rows {', '.join(named[:SPANS_NAMED])}{f' and {more:,} more' if more > 0 else ''}"


def _merged_records(table: RawTable, rows: Body) -> int:
    """How many merged cells reach into the records."""
    starts = [(bisect_left(rows.numbers, first), last) for first, _, last, _ in table.merged]
    return sum(start < len(rows.numbers) and rows.numbers[start] <= last for start, last in starts)
