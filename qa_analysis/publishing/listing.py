"""The list of everything to correct, as a private workbook beside the extracts: for whoever corrects the records."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis import disk
from qa_analysis.council import Council
from qa_analysis.data.issues import LIST_FILE
from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Sheet, write_workbook
from qa_analysis.framework import usual_words
from qa_analysis.month.checking import Checked
from qa_analysis.month.measuring import publishable

TITLE = "Data quality issues to correct"
SHOWN = {
    "dataset": "Dataset",
    "severity": "Severity",
    "rule": "Rule",
    "file": "File",
    "sheet": "Sheet",
    "row": "Row",
    "column": "Column",
    "key": "Record",
    "message": "What to do",
}
WIDTHS = {"Dataset": 16, "Rule": 24, "File": 28, "Sheet": 14, "Row": 8, "Column": 26, "Record": 20, "What to do": 90}
_ADVICE = "Close it in Excel, free some space, or check that the folder may be written."
WHOSE = "It holds no names and no free text. Take it away once the records are corrected, or write it again."


def write_list(checked: Checked, folder: Path, *, progress: Callable[[str], None] = lambda _: None) -> Path:
    """Every issue in one workbook that nobody but its owner can open.

    Raises:
        OutputUnwritable: the folder cannot be written, or the list is open in Excel.
    """
    progress("writing the list")
    council = checked.own.over(usual_words())
    with disk.writing(folder, _ADVICE, file=LIST_FILE):
        return _put(_bytes(listed(checked), council), folder / LIST_FILE)


def listed(checked: Checked) -> DataFrame:
    """The issues, errors first, without keys that are persons. One row per issue."""
    issues = publishable(checked.issues, checked.contracts)
    ordered = issues.sort_values("severity", kind="stable", ignore_index=True)
    return ordered[list(SHOWN)].rename(columns=SHOWN)


def _bytes(issues: DataFrame, council: Council) -> bytes:
    """The workbook, marked as the lists for named people are."""
    name, marking, held = at_first(council.name), council.marked("restricted"), io.BytesIO()
    table = issues.astype({"Row": "object"}).where(issues.notna(), None)
    sheet = Sheet("To correct", TITLE, pd.DataFrame(table), (WHOSE,), widths=WIDTHS, marking=f"{name} · {marking}")
    write_workbook(held, [sheet], title=TITLE, council=name, marking=marking)
    return held.getvalue()


def _put(content: bytes, target: Path) -> Path:
    """The file, whole or not at all, readable by its owner alone."""
    staged = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        staged.replace(target)
    finally:
        staged.unlink(missing_ok=True)
    return target
