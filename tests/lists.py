"""Lists for named people, written as a run writes them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pandas import DataFrame
from small import NO_ISSUES

from qa_analysis.data.identity import Identities
from qa_analysis.data.tables import Tables
from qa_analysis.forms.excel.workbook import Book
from qa_analysis.month.named import Named
from qa_analysis.publishing.restricted import write_restricted
from qa_analysis.reports.declared import Report, RestrictedList

Build = Callable[[Named], Iterable[Book]]
NOBODY = Identities({})


def write_lists(
    month: Path, held: Tables, *builds: Build, names: Mapping[str, str] | None = None, people: Identities = NOBODY,
    issues: DataFrame = NO_ISSUES,
) -> Path:  # fmt: skip
    """The folder of lists of a month, with those that some functions make."""
    lists = tuple(RestrictedList("somebody", build) for build in builds)
    report = Report(name="some-report", title="Some report", question="Who?", restricted=lists)
    write_restricted([report], Named(held, issues, names or {}, people), month)
    return month / "restricted"
