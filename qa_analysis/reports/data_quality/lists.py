"""What each record's owner is asked to correct: one private workbook per person, in restricted/ alone (tier A)."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.month.named import Named

SHOWN = {
    "dataset": "Dataset",
    "key": "Record",
    "file": "File",
    "sheet": "Sheet",
    "row": "Row",
    "column": "Column",
    "message": "What to do",
}
NOBODY = "owner-not-recorded"
WIDTHS = {"Dataset": 16, "Record": 20, "File": 28, "Sheet": 14, "Row": 8, "Column": 26, "What to do": 90}


def fix_lists(named: Named) -> Iterator[Book]:
    """One workbook per owner with anything to correct, and index.xlsx saying which list is whose.

    File names carry a number, not a person: the manifest lists them.
    """
    if named.issues.empty:
        return
    owners = named.issues["owner"].fillna(NOBODY)
    ordered = sorted(owners.unique(), key=lambda owner: (owner == NOBODY, _original(owner, named)))
    index = []
    for number, owner in enumerate(ordered, start=1):
        file = f"fix-list-{number:03d}.xlsx"
        mine, person = named.issues[owners == owner].sort_values("severity", kind="stable"), _original(owner, named)
        index.append({"Worker": person, "Name": named.names.get(owner, ""), "Issues": len(mine), "File": file})
        yield _book(file, _readable(mine, named), title=f"Records to correct: {named.names.get(owner) or person}")
    yield _book("index.xlsx", pd.DataFrame(index), title="Index of data correction lists")


def _readable(issues: DataFrame, named: Named) -> DataFrame:
    """The issues as their owner knows the records. One row per issue."""
    originals = named.identities.originals
    keys = issues["key"].map(
        lambda key: "+".join(originals.get(part, part) for part in key.split("+")), na_action="ignore"
    )
    return issues.assign(key=keys)[list(SHOWN)].rename(columns=SHOWN)


def _original(owner: str, named: Named) -> str:
    return named.identities.originals.get(owner, "Owner not recorded" if owner == NOBODY else owner)


def _book(file: str, table: DataFrame, *, title: str) -> Book:
    return Book(file, title, (Sheet("To correct", title, table, widths=WIDTHS),))
