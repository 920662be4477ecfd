"""The council written as an analyst finds it: workbooks with front sheets and title rows, and CSV files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeAlias

import pandas as pd
import xlsxwriter
from pandas import DataFrame, Series

from qa_analysis.data.synthetic.columns import is_date, is_yes_no

Style = Literal["clean", "mixed", "messy"]
Cell: TypeAlias = str | int | float | bool | date | None
Row: TypeAlias = Sequence[Cell]

CREATED = datetime(2022, 6, 1, 9, 0)  # in every workbook, so that the same council gives the same bytes
WORKBOOKS: Mapping[str, tuple[str, ...]] = {
    "Audit tracker.xlsx": ("audits", "moderations", "actions", "findings"),
    "Practice Improvement Team log.xlsx": (
        "immediate_concerns", "observations", "learning_events", "audit_plan", "smt_decisions",
    ),
}  # fmt: skip
TITLES: Mapping[str, str] = {
    "audits": "Central tracker of audits", "moderations": "Moderation panel: decisions",
    "actions": "Actions from audits and other sources", "findings": "What auditors found",
}  # fmt: skip
GUIDANCE = (
    ("How to use this workbook",),
    ("One row per audit on the sheet Audits; its findings, actions and moderation on their own sheets.",),
    ("Grades", "Outstanding, Good, Requires improvement, Inadequate; Not applicable for an area only."),
    ("Every action needs an owner and a date.",),
    ("Ask the Quality Assurance Manager before adding a column.",),
)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name and its rows, merged ranges if any."""

    name: str
    rows: Sequence[Row]
    merged: Sequence[str] = field(default=())


COUNCIL = """\
# What the council says of itself (docs/sources.md). Whatever is left out here is said in neutral words.
name: Example Council
newsletter: Example Matters
synthetic: true
indicator_areas:
  KPI01: assessment
  KPI02: help_protection_stability
  KPI07: help_protection_stability
report_owner: Quality Assurance Manager
signed_off_by: Principal Social Worker
improvement_plan:
  - priority: Consistently good practice
    measures: [good_or_better, grades-upheld]
    target: 60%
  - priority: Plans that change something for the child
    measures: [actions-in-time, themes-audited-again]
    themes: ["1.4", neglect]
policies:
  - name: Supervision Policy
    version: "2022"
    dated: 2022-09-01
    clauses: {observations_a_year: section 4}
promise_targets: {actions-in-time: 90%, practitioners-observed: 90%}
theme_tags:
  "1.4": [training plan]
  "6.1": [People Strategy, policy and procedure]
  neglect: [training plan]
"""


def write_settings(folder: Path) -> None:
    """The settings of the invented council, as an analyst would write them beside the extracts."""
    (folder / "council.yaml").write_text(COUNCIL, encoding="utf-8", newline="\n")


def write_clean(folder: Path, frames: Mapping[str, DataFrame]) -> None:
    """One CSV file per dataset, in canonical headings, ISO dates and UTF-8."""
    for dataset, frame in frames.items():
        _write_csv(folder / f"{dataset}.csv", as_text(dataset, frame))


def write_mixed(folder: Path, frames: Mapping[str, DataFrame]) -> None:
    """Two workbooks kept by hand, and exports of a case management system for the rest."""
    for name, datasets in WORKBOOKS.items():
        held = [dataset for dataset in datasets if dataset in frames]
        guidance = Sheet("Guidance", GUIDANCE)
        write_workbook(folder / name, [guidance, *(_tracker_sheet(dataset, frames[dataset]) for dataset in held)])
    in_workbooks = {dataset for datasets in WORKBOOKS.values() for dataset in datasets}
    for dataset in frames.keys() - in_workbooks:
        text = as_text(dataset, frames[dataset], day="%d/%m/%Y")
        _write_csv(folder / f"{dataset}.csv", text, encoding="utf-8-sig", end="\r\n")


def as_text(dataset: str, frame: DataFrame, *, day: str = "%Y-%m-%d") -> DataFrame:
    """Every cell as the text of a CSV file, blank where there is nothing. One row per row."""
    return frame.apply(lambda column: _column_text(dataset, column, day))


def cells(dataset: str, frame: DataFrame) -> list[list[Cell]]:
    """Every cell as a workbook holds it: real dates and numbers, Yes and No, None where there is nothing."""
    columns = [_column_cells(dataset, frame[name]) for name in frame]
    return [list(row) for row in zip(*columns, strict=True)]


def shown_heading(column: str) -> str:
    """A column's name as a person would write it."""
    return column.replace("_", " ").capitalize()


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """A workbook of those sheets; no text becomes a formula or a link."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"title": path.stem, "created": CREATED})
        day, bold = workbook.add_format({"num_format": "dd/mm/yyyy"}), workbook.add_format({"bold": True})
        for sheet in sheets:
            drawn = workbook.add_worksheet(sheet.name)
            for place in sheet.merged:
                drawn.merge_range(place, "")
            for number, row in enumerate(sheet.rows):
                _write_row(drawn, number, row, day=day, first=bold if number == 0 else None)


def _write_row(drawn: xlsxwriter.worksheet.Worksheet, number: int, row: Row, *, day: object, first: object) -> None:
    """One row of a sheet, blanks left out."""
    for place, cell in enumerate(row):
        if isinstance(cell, date):
            drawn.write_datetime(number, place, cell, day)
        elif cell is not None:
            drawn.write(number, place, cell, first)


def _tracker_sheet(dataset: str, frame: DataFrame) -> Sheet:
    """A title, a blank row, the headings, the rows."""
    title = TITLES.get(dataset, shown_heading(dataset))
    headings = [shown_heading(column) for column in map(str, frame)]
    return Sheet(shown_heading(dataset), [[title], [], headings, *cells(dataset, frame)])


def _write_csv(path: Path, frame: DataFrame, *, encoding: str = "utf-8", end: str = "\n") -> None:
    frame.to_csv(path, index=False, lineterminator=end, encoding=encoding)


def _column_text(dataset: str, column: Series, day: str) -> Series:
    """A column as text."""
    name = str(column.name)
    if is_date(name):
        text = column.dt.strftime(day).astype("object")
    elif is_yes_no(dataset, name):
        text = column.map({True: "yes", False: "no"}).astype("object")
    elif column.dtype == "float64":
        text = column.map(lambda number: f"{number:.10g}", na_action="ignore").astype("object")
    else:
        text = column.astype("str").astype("object")
    shown: Series = text.where(column.notna(), "")
    return shown


def _column_cells(dataset: str, column: Series) -> list[Cell]:
    """A column as cells."""
    name = str(column.name)
    if is_date(name):
        return [None if pd.isna(day) else day.date() for day in column]
    if is_yes_no(dataset, name):
        return [None if pd.isna(flag) else "Yes" if flag else "No" for flag in column]
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]
