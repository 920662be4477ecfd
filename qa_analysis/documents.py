"""Writes what the documents say of reports, measures and datasets, from what those declare of themselves.

`python -m qa_analysis.documents` renews the pages; a test says where one is not what it should be. What is made stands
between two marks of a page; around them people write.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.odcs import VERDICTS, verdicts
from qa_analysis.data.reference import reference_page
from qa_analysis.framework import resource
from qa_analysis.measures.catalogue import declared, families
from qa_analysis.measures.family import Family
from qa_analysis.reports import reports
from qa_analysis.reports.declared import Report

ROOT = resource("data_contracts").parent


def pages() -> Iterator[tuple[Path, str]]:
    """Every page that is made, wholly or in part, and what it should hold."""
    yield ROOT / "docs" / "datasets.md", reference_page(load_contracts())
    yield ROOT / "data_contracts" / VERDICTS, verdicts(ROOT / "data_contracts")
    made_of_parts = {"README.md": {"reports": reports_table()}, "docs/methods.md": {"measures": measures_tables()}}
    for name, made in made_of_parts.items():
        yield ROOT / name, filled((ROOT / name).read_text(encoding="utf-8"), made)


def reports_table() -> str:
    """The reports, for whoever wants to know what a month holds. One row per report."""
    heads = ("| report | answers | how often |", "|---|---|---|")
    rows = [f"| `{_published_as(one)}` | {one.question} | {one.falls_due} |" for one in reports().values()]
    lists = "each person's own actions and data quality issues, each manager's narrative desk: for named people alone"
    return "\n".join([*heads, *rows, f"| `restricted/` | {lists} | every month |"])


def _published_as(report: Report) -> str:
    """Where a month holds the report: by its name, or a page for each place in a folder."""
    if report.each:
        return f"{report.places_in}/"
    return f"shared/{report.name}" if report.is_shared else report.name


def measures_tables() -> str:
    """What every measure counts and does not show. A table for each family, one row per measure."""
    heads = ("| measure | what it counts | by | unit | limits |", "|---|---|---|---|---|")
    return "\n\n".join(
        "\n".join([f"### {family.name}", "", f"{family.about.capitalize()}.", "", *heads, *_rows_of(family)])
        for family in families()
    )


def _rows_of(family: Family) -> Iterator[str]:
    for one in declared().values():
        if one.family == family:
            cells = (f"`{one.name}`", f"{one.title}: {one.counts}", one.by, one.unit, one.limits)
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def filled(page: str, made: Mapping[str, str]) -> str:
    """The page with what is made put between its marks.

    Raises:
        ValueError: the page lacks a mark.
    """
    for name, text in made.items():
        begins, ends = re.search(rf"<!-- {name}: .*-->\n", page), page.find(f"<!-- end of {name} -->")
        if begins is None or ends < begins.end():
            raise ValueError(f"the page has no place for {name}")
        page = f"{page[: begins.end()]}{text}\n{page[ends:]}"
    return page


def main() -> None:
    """Renew every page."""
    for path, text in pages():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
