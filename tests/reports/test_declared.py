"""A report declares itself: how often it falls due, what it needs; folder, notebook, tests and name are one."""

import ast
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from small import month, tables

from qa_analysis.errors import WrongUse
from qa_analysis.framework import resource
from qa_analysis.measures.catalogue import families
from qa_analysis.publishing.run import _with_what_they_need, chosen
from qa_analysis.reports import reports, summary_of
from qa_analysis.reports.declared import MONTHLY, half_yearly, quarterly, yearly

TESTS = Path(__file__).parent


@pytest.mark.parametrize("name", reports())
def test_folder_notebook_tests_and_published_name_are_one_name(name: str) -> None:
    report = reports()[name]
    assert (resource("notebooks") / report.notebook).is_file()
    assert list((TESTS / report.folder).glob("test_*.py"))
    assert name == report.folder.replace("_", "-")


def test_every_notebook_is_a_reports_or_that_of_questions() -> None:
    notebooks = {path.name for path in resource("notebooks").glob("*.ipynb")}
    assert notebooks == {report.notebook for report in reports().values()} | {"explore.ipynb"}


@pytest.mark.parametrize("name", reports())
def test_a_notebook_opens_what_its_audience_may_read_and_shows_sections_of_its_own_report(name: str) -> None:
    report = reports()[name]
    cells = nbformat.read(resource("notebooks") / report.notebook, as_version=4).cells
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    opened = [name for name in ("open_shared", "open_month", "open_place") if f"{name}(" in source]
    assert opened == ["open_shared" if report.is_shared else "open_place" if report.each else "open_month"]
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert {module for module in imported if str(module).startswith("qa_analysis.reports.")} == {
        f"qa_analysis.reports.{report.folder}"
    }


def test_a_report_has_families_that_there_are_and_a_question() -> None:
    for report in reports().values():
        assert set(report.families) <= set(families())
        assert "?" in report.question
        assert report.every.months


def test_a_cadence_holds_in_its_months_alone() -> None:
    assert [month for month in MONTHLY.months if quarterly(3, 6, 9, 12).holds_in(f"2023-{month:02d}")] == [3, 6, 9, 12]
    assert half_yearly(1, 7).holds_in("2024-01")
    assert not yearly(10).holds_in("2024-09")
    assert all(MONTHLY.holds_in(f"2023-{month:02d}") for month in range(1, 13))


@pytest.mark.parametrize("months", [(3, 6, 9), (3, 6, 9, 9), (0, 3, 6, 9)])
def test_a_quarterly_report_names_four_months(months: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="give 4 different months from 1 to 12"):
        quarterly(*months)


def test_a_run_makes_what_falls_due_and_whatever_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"smt-report": reports()["smt-report"], "actions": replace(reports()["actions"], every=yearly(10))}
    monkeypatch.setattr("qa_analysis.publishing.run.all_reports", lambda: known)
    assert [report.name for report in chosen((), "2023-06")] == ["smt-report"]
    assert [report.name for report in chosen((), "2023-10")] == ["smt-report", "actions"]
    assert [report.name for report in chosen(("actions",), "2023-06")] == ["actions"]
    with pytest.raises(WrongUse, match=r'"smt" is not a report\. Reports: smt-report, actions'):
        chosen(("smt",), "2023-06")


def test_a_report_is_left_out_in_a_line_where_what_it_needs_was_not_supplied() -> None:
    needy, other = replace(reports()["actions"], needs=("practice_alerts",)), reports()["smt-report"]
    held = month(tables(audits=[{}]))
    assert _with_what_they_need([needy, other], held) == (
        (other,), ("actions was not made: practice_alerts was not supplied.",)
    )  # fmt: skip
    with pytest.raises(WrongUse, match="these datasets were not supplied: practice_alerts"):
        _with_what_they_need([needy], held)


def test_a_summary_is_asked_for_by_name_and_a_misspelt_one_is_met() -> None:
    with pytest.raises(ValueError, match="smt is no report with a summary"):
        summary_of("smt", month(tables(audits=[{}])))
