"""The month made as users make it: extracts in a folder, one command, pages out."""

import json
import re
import shutil
import stat
import subprocess
import sys
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from councils import council
from once import once
from openpyxl import load_workbook
from runs import AUDITS, CORE, DUE, FOR_MANAGERS, FORMS, MONTH, SHARED, published, run
from small import frames, write

from qa_analysis.cli import main
from qa_analysis.framework import resource
from qa_analysis.publishing.publish import verify
from qa_analysis.reports.learning_session.lists import BRIEFING, SESSION

pytestmark = pytest.mark.usefixtures("own_key")
ALONE = ("--report", "data-quality")  # where the claim is about the run, one report is as good as all


def test_a_month_is_published_whole(full: Path) -> None:
    folder = full / "outputs" / MONTH
    assert verify(folder) == ()
    assert {path.name for path in folder.iterdir()} >= {
        *(f"{report}.{kind}" for report in FOR_MANAGERS for kind in FORMS), "tables", "manifest.json", "index.html",
    }  # fmt: skip


def test_what_everyone_may_read_lies_in_a_folder_of_its_own_and_nothing_else_does(full: Path) -> None:
    shared = full / "outputs" / MONTH / "shared"
    assert {path.name for path in shared.iterdir()} == {
        f"{report}.{kind}" for report in SHARED if report in DUE for kind in FORMS
    }


def test_the_manifest_says_from_what_by_which_rules(full: Path) -> None:
    manifest = json.loads((full / "outputs" / MONTH / "manifest.json").read_text(), parse_constant=pytest.fail)
    assert (manifest["month"], manifest["as_at"], manifest["rules_version"]) == (MONTH, "2023-07-10", "2022.10")
    audits = next(extract for extract in manifest["extracts"] if extract["dataset"] == "audits")
    assert re.fullmatch("[0-9a-f]{64}", audits["sha256"])
    assert audits["rows_in"] == audits["rows_loaded"] + audits["rows_listed"] > 0
    assert audits["period_from"] <= audits["period_to"]


def test_the_report_is_read_in_the_order_of_the_storyboard(full: Path) -> None:
    page = (full / "outputs" / MONTH / "smt-report.html").read_text()
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    titles = [re.sub("<.*?>", "", title) for title in titles if "Contents" not in title]
    assert titles == [
        "Headlines", "Good practice seen", "Decisions for SMT", "Four pictures",
        "Audit activity and coverage", "Grades", "Moderation",
        "Closing the loop", "Areas for development",
        "What families and practitioners said", "Actions", "Progress on previous SMT decisions",
        "How far this can be relied on", "Method",
    ]  # fmt: skip


def test_the_learning_session_is_published_and_whom_to_ask_stays_private(full: Path) -> None:
    folder = full / "outputs" / MONTH
    page = (folder / "learning-session.html").read_text()
    titles = [re.sub("<.*?>", "", title) for title in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    assert [title for title in titles if "Contents" not in title] == [
        "Good practice observed", "Audit outcomes", "Areas for development",
        "Questions for those who were audited", "What we will try together", "Attendance at the last session",
    ]  # fmt: skip
    staff = council(cycles=14)["staff"]["worker_id"]
    for file in (SESSION, BRIEFING):
        book = load_workbook(folder / "restricted" / file)
        asked = {row[0] for row in book.worksheets[0].iter_rows(values_only=True)}.intersection(staff)
        assert len(asked) > 10
        assert not [worker for worker in asked if worker in page]


def test_with_the_core_alone_the_other_sections_say_not_supplied(core: Path) -> None:
    page = (core / "outputs" / MONTH / "smt-report.html").read_text()
    for absent in ("SMT decisions", "Families.{1,6} feedback", "Open caseload"):
        assert re.search(f"{absent}[^<]*: not supplied this month", page), absent


@pytest.fixture(scope="session")
def again(core: Path, core_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of the core's month after a second run of it: of one report, and by another key."""

    def make(place: Path) -> None:
        shutil.copytree(core / "outputs", place / "outputs")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("QA_ANALYSIS_KEY", "c3" * 32)
            result = run(core_data, place / "outputs", *ALONE)
        assert result.exit_code == 0, result.output

    return once(tmp_path_factory, "again", make) / "outputs"


def test_a_report_can_be_made_alone(again: Path) -> None:
    made = again / f"{MONTH}-r2"
    assert (made / "data-quality.html").exists()
    assert not (made / "smt-report.html").exists()


def test_two_runs_give_the_same_tables_byte_for_byte_whatever_the_key(again: Path) -> None:
    first, second = (again / name / "tables" for name in (MONTH, f"{MONTH}-r2"))
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == ["month.json"]
    said = [json.loads((tables / "month.json").read_text()) for tables in (first, second)]
    assert [one.pop("compared") for one in said] == [[], [MONTH]]  # the second alone had one to be held against
    assert said[0] == said[1]


def test_a_re_run_is_a_revision_and_the_first_stays(core: Path, again: Path) -> None:
    assert f"{MONTH}-r2" in published(again)
    assert verify(again / MONTH) == verify(again / f"{MONTH}-r2") == ()
    assert (again / MONTH / "manifest.json").read_bytes() == (core / "outputs" / MONTH / "manifest.json").read_bytes()


@pytest.mark.slow
def test_an_old_month_run_again_with_todays_data_gives_its_numbers_again(core: Path, tmp_path: Path) -> None:
    later = {"cycle_month": "2024-01", "audited_on": "2024-01-12", "overall_grade": "inadequate"}
    grown = {**CORE, "audits": [*AUDITS, later], "actions": [*CORE["actions"], {"agreed_on": "2024-01-20"}]}
    assert run(write(tmp_path / "data", frames(**grown)), tmp_path / "outputs", *ALONE).exit_code == 0
    then, now = (
        pd.read_csv(folder / MONTH / "tables" / "measures.csv", dtype=str, keep_default_na=False)
        for folder in (core / "outputs", tmp_path / "outputs")
    )
    pd.testing.assert_frame_equal(then, now)


def test_the_bare_papermill_command_makes_the_same_report(core: Path, core_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    command = ["papermill", str(resource("notebooks") / "smt_report.ipynb"), str(out), "-p", "month", MONTH]
    done = subprocess.run(
        [sys.executable, "-m", *command, "-p", "data", str(core_data)],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    outputs = [output for cell in json.loads(out.read_text())["cells"] for output in cell.get("outputs", [])]
    shown = "".join("".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    page = (core / "outputs" / MONTH / "smt-report.html").read_text()
    assert _sentences(shown) == _sentences(page)


def _sentences(markup: str) -> list[str]:
    """The headlines of a page, numbers and all."""
    claims = re.search(r'<ol class="claims">(.*?)</ol>', markup, re.DOTALL)
    assert claims
    return re.findall("<li>(.*?)</li>", unescape(claims[1]))


def test_restricted_is_private(full: Path) -> None:
    folder = full / "outputs" / MONTH / "restricted"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_verify_sees_a_changed_page(core: Path, tmp_path: Path) -> None:
    shutil.copytree(core / "outputs" / MONTH, tmp_path / MONTH)
    assert CliRunner().invoke(main, ["verify", str(tmp_path / MONTH)]).exit_code == 0
    page = tmp_path / MONTH / "data-quality.html"
    page.write_text(page.read_text().replace("audits", "Audits", 1))
    result = CliRunner().invoke(main, ["verify", str(tmp_path / MONTH)])
    assert result.exit_code == 50
    assert "data-quality.html was changed" in result.output


def test_verify_of_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["verify", str(tmp_path / MONTH)])
    assert (result.exit_code, result.output) == (
        2, f"There is no folder {tmp_path / MONTH}. Give a published month, such as outputs/2023-06.\n"
    )  # fmt: skip


def test_the_page_of_one_team_is_made_alone_where_it_is_asked_for(core_data: Path, tmp_path: Path) -> None:
    assert run(core_data, tmp_path / "outputs", "--team", "north").exit_code == 0
    folder = tmp_path / "outputs" / MONTH
    assert sorted(path.name for path in folder.rglob("*.html")) == ["index.html", "north.html"]
    assert "Team: North" in (folder / "teams" / "north.html").read_text()
