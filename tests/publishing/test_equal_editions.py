"""What is protected in one edition is protected in all: a report and a measure that nobody weighed get it for nothing.

A copy of the checkout gets a measure by team, of each month and of the year, and a report that prints it; both know
nothing of floors.
"""

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import numpy as np
import pytest
from openpyxl import load_workbook
from small import frames, write

from qa_analysis.dates import months_up_to
from qa_analysis.framework import resource

ROOT = resource("notebooks").parent
MONTH, YEAR = "2023-06", "2022-07/2023-06"
TEAMS = {"North": "A", "South": "A", "East": "B", "West": "B", "Hill": "C", "Dale": "C"}
MEASURE = '''"""How many audits were graded outstanding."""

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, shares_by
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.dates import period_of


@declares(
    Measure(
        "toy_outstanding",
        title="Graded outstanding",
        family=family.GRADES,
        counts="headline audits graded outstanding",
        by="team",
        limits="none",
        unit="share",
    ),
)
def toy(tables: Tables) -> list[Figure]:
    """The share of each team's audits, of each month of the year and of the year."""
    found = []
    for months in (*((month,) for month in tables.rolling_cycles), tables.rolling_cycles):
        audits = headline_audits(tables, months=months)
        audits = audits.assign(top=audits["overall_grade"] == "outstanding")
        labels = {"period": period_of(months), "population": HEADLINE, "few": 1}
        found += shares_by(audits, "team", "top", "toy_outstanding", **labels)
    return found
'''
REPORT = '''"""A toy report."""

from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report
from qa_analysis.telling.blocks import Html, page, table
from qa_analysis.telling.wording import of_whole
from qa_analysis.measures.figure import figures_of
from pandas import DataFrame


def everything(month: Month) -> Html:
    """Every figure there is, by team and period."""
    found = figures_of(month.over_time("toy_outstanding", by="team"))
    rows = [[one.group[0], one.period, of_whole(one)] for one in found]
    return page(table(DataFrame(rows, columns=["Team", "Period", "Outstanding"]), "Outstanding"))


REPORT = Report(name="toy", title="Toy", question="How many are outstanding?", families=(family.GRADES,))
'''

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month of a small council by a checkout that has the toys."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("qa_analysis", "notebooks", "data_contracts", "docs"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "qa_analysis/measures/grades/toy.py").write_text(MEASURE, encoding="utf-8")
    (copy / "qa_analysis/reports/toy").mkdir()
    (copy / "qa_analysis/reports/toy/__init__.py").write_text('"""A toy."""\n', encoding="utf-8")
    (copy / "qa_analysis/reports/toy/report.py").write_text(REPORT, encoding="utf-8")
    cells = nbformat.read(ROOT / "notebooks" / "actions.ipynb", as_version=4)
    parameters = [cell for cell in cells.cells if "parameters" in cell.metadata.get("tags", [])]
    source = (
        "from qa_analysis.month.opening import open_month\nfrom qa_analysis.reports.toy import report as show\n\n"
        "this = open_month(month, data=data, tables=tables, as_at=as_at, service=service, team=team)\n"
        "show.everything(this)"
    )
    title = nbformat.v4.new_markdown_cell("# Toy")
    cells.cells = [title, *parameters, nbformat.v4.new_code_cell(source)]
    nbformat.write(cells, copy / "notebooks" / "toy.ipynb")
    write(copy / "extracts", frames(audits=audits()))
    done = subprocess.run(
        [sys.executable, "-m", "qa_analysis", "run", MONTH, "--data", str(copy / "extracts"), "--outputs",
         str(copy / "outputs"), "--report", "toy"],
        cwd=copy, env=os.environ | {"PYTHONPATH": str(copy), "QA_ANALYSIS_KEY": "5a" * 32},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return copy / "outputs" / MONTH


def audits() -> list[dict[str, object]]:
    """Thirteen cycles of six teams, most of whose months are of one or two children."""
    drawn = np.random.default_rng(4)
    return [
        {
            "audit_id": f"{team}-{cycle}-{n}", "service_area": service, "team": team, "cycle_month": cycle,
            "audited_on": f"{cycle}-15", "child_id": f"7{place}{cycle[2:4]}{cycle[5:]}{n}",
            "key_worker_id": f"kw{place}{(n + int(cycle[-2:])) % 4}",
            "overall_grade": str(drawn.choice(["outstanding", "good", "inadequate"])),
        }
        for cycle in months_up_to(MONTH, 13)
        for place, (team, service) in enumerate(TEAMS.items())
        for n in range(int(drawn.integers(1, 4)))
    ]  # fmt: skip


def given(rows: list[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """The places and periods of which a number is given."""
    assert rows, "there is something to look at"
    return {(team, period) for team, period, number in rows if number}


def figures(published: Path, measure: str) -> list[tuple[str, str, str]]:
    with (published / "tables" / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == measure and row["by"] == "team"]
    return [(row["group"], row["period"], row["numerator"] or row["value"]) for row in rows]


def test_a_toy_measure_tells_of_the_same_teams_and_periods_as_every_other(published: Path) -> None:
    told = given(figures(published, "toy_outstanding"))
    assert told == given(figures(published, "good_or_better"))
    assert told
    assert {period for _, period in told} == {YEAR}


def test_the_page_of_a_toy_report_prints_what_the_table_has_and_nothing_else(published: Path) -> None:
    cells: list[str] = []

    class Cells(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.inside = tag in ("td", "th")

        def handle_data(self, data: str) -> None:
            if self.inside and data.strip():
                cells.append(data.strip())

    Cells().feed((published / "toy.html").read_text(encoding="utf-8"))
    rows = [tuple(cells[place : place + 3]) for place, cell in enumerate(cells) if cell in TEAMS]
    told = {(team, period) for team, period, shown in rows if shown != "too few to show"}
    assert len(rows) == len(figures(published, "toy_outstanding"))
    assert told == given(figures(published, "toy_outstanding"))


def test_its_workbook_its_paper_and_its_notebook_say_no_more(published: Path) -> None:
    told = given(figures(published, "toy_outstanding"))
    rows = [
        list(map(str, row))
        for sheet in load_workbook(published / "toy.xlsx")
        for row in sheet.iter_rows(values_only=True)
    ]
    named = [row for row in rows if "Graded outstanding" in row and set(row) & set(TEAMS)]
    assert len(named) == len(figures(published, "toy_outstanding"))
    withheld = [row for row in named if "[x]" in row]
    assert len(named) - len(withheld) == len(told)
    hidden = len(named) - len(told)
    for text in (
        zipfile.ZipFile(published / "toy.docx").read("word/document.xml").decode(),
        (published / "toy.ipynb").read_text(),
    ):
        assert text.count("too few to show") >= hidden
