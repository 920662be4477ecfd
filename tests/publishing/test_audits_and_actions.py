"""A council that has only audits and actions publishes its month: what it lacks is "not supplied", never nought."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from councils import council
from once import once
from openpyxl import load_workbook
from runs import DUE, FORMS, MONTH, form_of, publish, run
from sections import write_pages
from small import audits_and_actions, tables

from qa_analysis.cli import main
from qa_analysis.data.synthetic import write_council
from qa_analysis.measures.catalogue import declared, measures
from qa_analysis.measures.family import MODERATION
from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.opening import Held
from qa_analysis.questions.query import Questions
from qa_analysis.reports import reports

PANEL, FOUND = "Panel decisions: not supplied this month.", "Findings: not supplied this month."
SAYS = {
    "smt-report": [PANEL, FOUND, "The panel's decisions were not supplied, so these grades are the auditors' alone."],
    "moderation": [PANEL],
    "close-the-loop": ["By the panel's standard"],
    "audit-cycle": ["Open caseload, which coverage and selection are held against: not supplied this month."],
    "safeguarding-unit": ["Not supplied this month: open records, conferences and reviews, practice alerts"],
    "safeguarding-unit-board": ["Practice alerts: not supplied this month."],
    "partnership": ["Answers to the prompts, and findings: not supplied", "External reviews: not supplied this month."],
    "triangulation": ["Not supplied, so not heard: audit findings, answers to prompts, moderation, observations"],
    "actions": ["Safeguarding findings without an action: findings were not supplied this month."],
    "themes": [FOUND],
    "performance": ["Performance indicators: not supplied this month."],
    "service-plan-evidence": ["Performance indicators: not supplied this month."],
    "service": ["Performance indicators: not supplied this month.", "Supervision: not supplied this month."],
    "team": ["Performance indicators: not supplied this month.", "Supervision: not supplied this month."],
    "restatements": [],
    "learning-session": [FOUND],
    "data-quality": ["2 datasets supplied"],
    "briefing": [FOUND],
    "newsletter": ["What auditors wrote was not part of our data this month"],
}
CLAIMS = (
    "0 panel decisions",
    "The panel has not",
    "panel moderated 0",
    "No finding was",
    "No coded",
    "also graded some",
)


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month of the synthetic council with audits and actions alone, published; to look at, not to change.

    It is published with one report; every report is in `pages`, made of the same tables.
    """

    def make(place: Path) -> None:
        held = council(cycles=14)
        write_council(place / "data", {name: held[name] for name in ("audits", "actions")})
        publish(place / "data", place, "moderation")
        shutil.copytree(place / "outputs" / MONTH / "tables", place / "pages" / "tables")
        write_pages(place / "pages")

    return once(tmp_path_factory, "two", make)


def words(page: Path) -> str:
    body = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").body
    for part in body(["style", "script", "svg"]):
        part.decompose()
    return " ".join(body.get_text(" ").split())


@pytest.mark.slow
@pytest.mark.parametrize("report", [name for name in DUE if not reports()[name].needs])
def test_every_report_is_made_and_says_what_was_not_supplied(report: str, two: Path) -> None:
    said = words(form_of(report, "html", two / "pages"))
    made = (form for form in FORMS if form != "pdf")
    assert [form for form in made if not form_of(report, form, two / "pages").is_file()] == []
    assert [words for words in SAYS[report] if words not in said] == []
    assert [claim for claim in CLAIMS if claim in said] == []


@pytest.mark.slow
def test_sections_without_their_dataset_have_no_chart_and_no_table(two: Path) -> None:
    page = BeautifulSoup((two / "outputs" / MONTH / "moderation.html").read_text(encoding="utf-8"), "html.parser")
    assert page.main.find_all(["img", "table"]) == []


@pytest.mark.slow
def test_no_list_of_names_tells_of_what_was_not_supplied(two: Path) -> None:
    lists = {path.name for path in (two / "outputs" / MONTH / "restricted").glob("*.xlsx")}
    assert not [name for name in lists if name.startswith(("moderation", "calibration", "findings", "codes"))]
    followed = load_workbook(
        two / "outputs" / MONTH / "restricted" / "inadequate-audits-for-the-quality-assurance-manager.xlsx"
    )
    headings = {cell.value for row in followed.active.iter_rows() for cell in row}
    assert "Actions agreed" in headings
    assert "Moderated" not in headings


def test_no_figure_of_moderation_or_findings_is_made_of_a_council_that_supplied_neither() -> None:
    many = {"audits": [{"overall_grade": "inadequate", "is_disputed": True}] * 12, "actions": [{}] * 12}
    with_both, without = (measures(held) for held in (tables(**many), audits_and_actions(**many)))
    gone = set(with_both["measure"]) - set(without["measure"])
    assert {"moderation_required", "moderation_done", "finding_count", "findings_balance", "shared_moderated"} <= gone
    assert not set(without["measure"]) & set(with_both.loc[_of(with_both, MODERATION.name), "measure"])
    assert "a finding" not in set(without.loc[without["measure"] == "recorded", "group"])
    assert "moderated by the panel" not in set(without["group"])


def test_every_other_figure_is_the_same_with_and_without_empty_moderations_and_findings() -> None:
    many = {"audits": [{"overall_grade": "good"}] * 12, "actions": [{}] * 12}
    same = ["measure", "period", "population", "by", "group", "value"]
    with_both, without = (measures(held)[same] for held in (tables(**many), audits_and_actions(**many)))
    kept = with_both.merge(without, how="right", indicator=True)
    assert (kept["_merge"] == "both").all()


def _of(figures: pd.DataFrame, family: str) -> pd.Series:
    return figures["measure"].map(lambda name: declared()[name].family.name == family)


@pytest.mark.parametrize("question", ["agreement", "direction", "findings"])
def test_a_question_about_what_was_not_supplied_says_so(question: str) -> None:
    held = audits_and_actions(audits=[{"child_id": f"c{n}", "key_worker_id": f"w{n}"} for n in range(30)])
    answer = Questions(Held(held, extracts_table(()), Path("nowhere"))).ask(question)
    assert re.search("the dataset (moderations|findings) was not supplied", answer.sentence)


def test_check_says_that_a_report_can_be_made_and_what_it_lacks(two: Path) -> None:
    said = CliRunner().invoke(main, ["check", "--data", str(two / "data")]).output
    assert "Not supplied: moderations and findings. Their sections of the reports will say so." in said


@pytest.mark.slow
def test_a_run_says_once_what_was_not_supplied(two: Path, tmp_path: Path) -> None:
    said = run(two / "data", tmp_path, "--report", "data-quality").output
    assert said.count("Not supplied, as the reports say: moderations and findings.") == 1
