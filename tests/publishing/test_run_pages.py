"""The pages of a published month, their Word and PDF, and the workbook of figures say the same."""

import json
import re
from pathlib import Path

import pytest
from browser import check_page
from openpyxl import load_workbook
from papers import breaches
from runs import DUE, MONTH, OF_PLACES, SHARED, form_of, run
from words import missing_of_pdf, surplus_of_pdf, unbound, words_of_html, words_of_word

from qa_analysis.framework import usual_words
from qa_analysis.measures.catalogue import declared, families
from qa_analysis.month.files import read_month
from qa_analysis.publishing import formats, notebooks
from qa_analysis.publishing.apart import processes
from qa_analysis.publishing.publish import verify
from qa_analysis.reports import reports

pytestmark = pytest.mark.usefixtures("own_key")


def test_the_front_pages_lead_to_every_report(full: Path) -> None:
    everything, of_month = ((full / "outputs" / place / "index.html").read_text() for place in (".", MONTH))
    assert re.search(rf'<a href="{MONTH}/index.html">June 2023</a>', everything)
    for name, title in ((name, report.titled(usual_words())) for name, report in reports().items() if name in DUE):
        if name in OF_PLACES:
            continue
        place = f"shared/{name}" if name in SHARED else name
        assert f'<a href="{MONTH}/{place}.html">{title}</a>' in everything
        assert f'<a aria-label="page: {title}" href="{place}.html">page</a>' in of_month


def test_the_pages_of_places_are_in_one_table_each_of_the_months_page_and_lead_from_there_alone(full: Path) -> None:
    everything, of_month = ((full / "outputs" / place / "index.html").read_text() for place in (".", MONTH))
    for place, name in (("services", "Safeguarding"), ("teams", "Harbour")):
        assert f'<a aria-label="page: {name}" href="{place}/{name.lower()}.html">page</a>' in of_month
        assert f"{place}/" not in everything
    evidence = "service-plan-evidence/safeguarding.html"
    assert f'<a aria-label="page: Service Plan evidence: Safeguarding" href="{evidence}">page</a>' in of_month
    assert "and the pages of services and teams</a>" in everything


def test_a_page_of_a_place_is_named_in_the_manifest_with_its_place(full: Path) -> None:
    manifest = json.loads((full / "outputs" / MONTH / "manifest.json").read_text())
    assert (manifest["reports"]["service"], manifest["places"]) == (
        "Service",
        {"services/safeguarding": "Service: Safeguarding", "teams/harbour": "Team: Harbour",
         "service-plan-evidence/safeguarding": "Service Plan evidence: Safeguarding"},
    )  # fmt: skip
    assert {"teams/harbour.pdf", "teams/harbour.ipynb"} <= set(manifest["files"])


def test_the_front_page_of_the_folder_is_accessible(full: Path) -> None:
    findings = check_page(full / "outputs" / "index.html")
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())


@pytest.mark.parametrize("report", [*DUE, "index"])
def test_a_page_asks_for_nothing_complains_of_nothing_and_is_accessible(report: str, full: Path) -> None:
    findings = check_page(form_of(report, "html", full / "outputs" / MONTH))
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())


@pytest.mark.parametrize("report", DUE)
def test_word_says_what_the_page_says_word_for_word(full: Path, report: str) -> None:
    html, paper = (form_of(report, kind, full / "outputs" / MONTH) for kind in ("html", "docx"))
    assert words_of_word(paper.read_bytes()) == words_of_html(html.read_text(encoding="utf-8"))


@pytest.mark.parametrize("report", DUE)
def test_pdf_says_what_the_page_says_and_nothing_more_but_page_numbers(full: Path, report: str) -> None:
    html, printed = (form_of(report, kind, full / "outputs" / MONTH) for kind in ("html", "pdf"))
    page, data = html.read_text(encoding="utf-8"), printed.read_bytes()
    assert (missing_of_pdf(page, data), surplus_of_pdf(page, data)) == ([], [])


@pytest.mark.parametrize("report", DUE)
def test_pdf_breaks_no_rule_of_pdf_ua(full: Path, report: str) -> None:
    assert breaches(form_of(report, "pdf", full / "outputs" / MONTH)) == []


@pytest.mark.parametrize("report", DUE)
def test_every_number_in_a_sentence_of_a_report_is_one_of_the_measures(full: Path, report: str) -> None:
    folder = full / "outputs" / MONTH
    assert unbound(form_of(report, "html", folder).read_text(encoding="utf-8"), read_month(folder / "tables")) == []


def test_a_number_typed_by_hand_is_found(full: Path) -> None:
    folder = full / "outputs" / MONTH
    page = (folder / "smt-report.html").read_text(encoding="utf-8")
    typed = page.replace("were graded good or better", "were graded good or better, up from 71358", 1)
    assert typed != page
    assert unbound(typed, read_month(folder / "tables")) == ["71358"]


def test_the_workbook_behind_a_report_holds_the_published_figures(full: Path) -> None:
    folder = full / "outputs" / MONTH
    book = load_workbook(folder / "smt-report.xlsx")
    behind = [sheet for sheet in book.worksheets[4:] if sheet.title in {one.name for one in families()}]
    figures = [row for sheet in behind for row in sheet.iter_rows(min_row=5, values_only=True)]
    every = read_month(folder / "tables").measures
    held = {one.name for one in reports()["smt-report"].families}
    measures = every[every["measure"].map(lambda name: declared()[name].family.name).isin(held)]
    assert len(figures) == len(measures)
    values = sorted(row[7] for row in figures if isinstance(row[7], int | float))
    assert values == pytest.approx(sorted(measures["value"].dropna()))


@pytest.mark.slow
def test_without_anything_to_make_a_pdf_the_month_is_published_without_it_and_says_what_to_do(
    core_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "to_pdf", lambda page: None)
    for module in (processes, notebooks):
        monkeypatch.setattr(module, "CAN_COPY", False)  # as on Windows; and a copy would not know of the line above
    result = run(core_data, tmp_path, "--report", "data-quality")
    assert result.exit_code == 0, result.output
    assert "open the Word file and save it as PDF" in result.output
    folder = tmp_path / MONTH
    assert verify(folder) == ()
    assert not list(folder.rglob("*.pdf"))
    assert ".pdf" not in (folder / "manifest.json").read_text()
