"""Small extracts for tests: contracts of a few columns, CSV files and workbooks in a folder."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from hypothesis import settings
from pandas import DataFrame

from qa_analysis.data.contracts import Column, Contract
from qa_analysis.data.sources import Loaded, read_folder

settings.register_profile("files", deadline=None)  # a busy disk is no failure
settings.load_profile("files")

SYNONYMS = {
    "outstanding": "outstanding",
    "good": "good",
    "g": "good",
    "requires improvement": "requires improvement",
    "ri": "requires improvement",
    "r.i.": "requires improvement",
    "inadequate": "inadequate",
    "not applicable": "not applicable",
    "n/a": "not applicable",
    "tbc": "",
}
GRADES = ("outstanding", "good", "requires improvement", "inadequate")

AUDITS = Contract(
    "audits",
    "one row per audit",
    is_core=True,
    columns=(
        Column("audit_id", "id", required=True, blank="error", unknown="error", key=True, aliases=("Audit ref",)),
        Column("cycle_month", "month", required=True, blank="error", unknown="error", aliases=("Month of audit",)),
        Column("team", "text", required=True, blank="warning"),
        Column("child_id", "id", person="child", aliases=("Child LCS ID",)),
        Column("case_status", "code", codes=("CIN", "CP", "CLA", "early help"), code_aliases={"looked after": "CLA"}),
        Column("audited_on", "date", required=True, blank="warning", aliases=("Date of audit",)),
        Column("overall_grade", "grade", required=True, blank="error", unknown="error", codes=GRADES),
        Column("impact_statement", "text", free_text=True),
        Column("is_disputed", "boolean"),
        Column("key_worker_conversation_minutes", "whole number"),
    ),
    happens_on="audited_on",
    aliases=("case audits",),
)
ACTIONS = Contract(
    "actions",
    "one row per action",
    is_core=True,
    columns=(
        Column("action_id", "id", required=True, blank="error", key=True),
        Column("description", "text", required=True, free_text=True),
        Column("owner_id", "id", required=True, blank="warning", person="worker", aliases=("By whom",)),
        Column("team", "text"),
        Column("service_area", "text"),
        Column("agreed_on", "date", required=True, blank="warning"),
        Column("due_on", "date", is_planned=True, aliases=("By when",)),
        Column("completed_on", "date"),
    ),
    happens_on="agreed_on",
    owner="owner_id",
    aliases=("closing the loop", "action tracker"),
)
PLAN = Contract(
    "audit_plan",
    "one row per theme of a cycle",
    is_core=False,
    columns=(
        Column("cycle_month", "month", required=True, blank="error", key=True),
        Column("theme_code", "code", required=True, blank="error", key=True),
        Column("planned_audits", "whole number", required=True),
        Column("panel", "codes", codes=("head of service", "principal social worker")),
    ),
)
CONTRACTS: Mapping[str, Contract] = {contract.dataset: contract for contract in (AUDITS, ACTIONS, PLAN)}

Rows = Sequence[Sequence[Any]]
AUDIT_HEADINGS = ["audit_id", "cycle_month", "team", "audited_on", "overall_grade"]
AUDIT = ["A1", "2023-06", "North", "08/06/2023", "Good"]
ACTION_HEADINGS = ["action_id", "description", "owner_id", "agreed_on"]
ACTION = ["1", "Update the plan", "W7", "08/06/2023"]


def text_of(rows: Rows, *, delimiter: str = ",") -> str:
    """The rows as CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def write_csv(folder: Path, name: str, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A CSV file of the rows."""
    path = folder / name
    path.write_bytes(text_of(rows, delimiter=delimiter).encode(encoding))
    return path


def write_xlsx(folder: Path, name: str, sheets: Mapping[str, Rows], *, hidden: Sequence[str] = ()) -> Path:
    """A workbook of the sheets; dates are real dates, None an empty cell."""
    path = folder / name
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, {**options, "default_date_format": "dd/mm/yyyy"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if title in hidden:
                sheet.hide()
    return path


def read(folder: Path) -> Loaded:
    """The folder as read."""
    return read_folder(folder, CONTRACTS, SYNONYMS)


def read_audits(folder: Path, rows: Rows, *, name: str = "audits.csv") -> Loaded:
    """One file of audits written and read."""
    if name.endswith(".xlsx"):
        write_xlsx(folder, name, {"Audits": rows})
    else:
        write_csv(folder, name, rows)
    return read(folder)


def rules(loaded: Loaded) -> list[str]:
    """The rules of the issues, in order."""
    return [str(rule) for rule in loaded.issues["rule"]]


def plain(frame: DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns as tuples, blanks as None and days as text."""
    shown = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None)
    return [
        tuple(f"{v:%Y-%m-%d}" if isinstance(v, pd.Timestamp) else v for v in row)
        for row in shown.itertuples(index=False)
    ]


def audit(number: int, **changes: Any) -> list[Any]:
    """A row of audits, under AUDIT_HEADINGS."""
    return list({**dict(zip(AUDIT_HEADINGS, AUDIT, strict=True)), "audit_id": f"A{number}", **changes}.values())


def counts(folder: Path) -> list[tuple[str, int, int, int]]:
    """Dataset, rows in, loaded and listed of every extract."""
    return [(e.dataset, e.rows_in, e.rows_loaded, e.rows_listed) for e in read(folder).extracts]


def messages(folder: Path) -> str:
    """Every message of the issues."""
    return "\n".join(read(folder).issues["message"])
