"""Issues: what is wrong with the extracts, one row per problem, never the value itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pandas import DataFrame

from qa_analysis.data.contracts import Severity

LIST_FILE: Final = "data quality list.xlsx"  # where a check writes them, beside the extracts; it is no extract
TEXT_COLUMNS = ("dataset", "rule", "severity", "file", "sheet")
ISSUE_COLUMNS = (*TEXT_COLUMNS, "row", "column", "key", "owner", "team", "service_area", "message")


@dataclass(frozen=True)
class Issue:
    """One problem: where it is, whose record it is, and what to do. None where a part does not apply."""

    dataset: str
    rule: str
    severity: Severity
    message: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    key: str | None = None
    owner: str | None = None
    team: str | None = None
    service_area: str | None = None


def issue_table(issues: Iterable[Issue]) -> DataFrame:
    """What is wrong, in the columns every room uses. One row per problem."""
    listed = list(issues)
    table = DataFrame({name: [getattr(issue, name) for issue in listed] for name in ISSUE_COLUMNS})
    return table.astype({name: "Int64" if name == "row" else "str" for name in ISSUE_COLUMNS})


def no_issues() -> DataFrame:
    """The issues table where nothing is wrong. No row."""
    return issue_table([])
