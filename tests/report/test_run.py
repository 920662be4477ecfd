"""The month made as users make it: extracts in a folder, one command, pages out."""

import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from browser import check_page
from click.testing import CliRunner, Result
from small import frames, write

from qa_analysis.cli import main
from qa_analysis.data.synthetic import council, write_council
from qa_analysis.framework import resource
from qa_analysis.report.publish import verify
from qa_analysis.report.run import REPORTS

MONTH = "2023-06"
AUDITS = [
    {"overall_grade": grade, "cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": f"61230{number}"}
    for cycle in ("2022-12", "2023-05", "2023-06")
    for number, grade in enumerate(["good", "good", "requires improvement", "inadequate", "outstanding", "good"])
]
CORE = {
    "audits": AUDITS,
    "moderations": [{"audit_id": "audits-13"}, {"audit_id": "audits-14", "overall_grade": "inadequate"}],
    "findings": [{"audit_id": "audits-13", "theme_code": "3.10"}],
    "actions": [
        {"audit_id": "audits-13", "completed_on": "2023-06-20"},
        {"audit_id": "audits-14", "due_on": "2023-06-30"},
    ],
}


@pytest.fixture(scope="module", autouse=True)
def _own_key() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", "5a" * 32)
        yield


def run(data: Path, outputs: Path, *more: str, month: str = MONTH) -> Result:
    return CliRunner().invoke(main, ["run", month, "--data", str(data), "--outputs", str(outputs), *more])


def published(outputs: Path) -> list[str]:
    """Every published folder, and the front page; nothing else may be seen."""
    return sorted(path.name for path in outputs.iterdir() if not path.name.startswith(".")) if outputs.exists() else []


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council that supplies the four core datasets and nothing more, published."""
    place = tmp_path_factory.mktemp("core")
    result = run(write(place / "data", frames(**CORE)), place / "outputs")
    assert result.exit_code == 0, result.output
    return place


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic council with every dataset, published."""
    place = tmp_path_factory.mktemp("full")
    write_council(place / "data", council(cycles=14))
    result = run(place / "data", place / "outputs")
    assert result.exit_code == 0, result.output
    return place


def test_a_month_is_published_whole(full: Path) -> None:
    folder = full / "outputs" / MONTH
    assert verify(folder) == ()
    assert {path.name for path in folder.iterdir()} >= {
        "smt-report.html", "smt-report.ipynb", "data-quality.html", "data-quality.ipynb", "moderation.html",
        "moderation.ipynb", "tables", "manifest.json", "index.html",
    }  # fmt: skip


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
        "What you decided last time", "The month in five sentences", "Good practice seen",
        "Audit activity and coverage",
        "Grades", "Moderation: would the panel have graded alike?",
        "Closing the loop: did last half-year's learning stick?", "Areas for development",
        "What families and practitioners said", "Actions", "How far this can be relied on",
        "Asked of the Senior Management Team today", "Method and provenance",
    ]  # fmt: skip


def test_with_the_core_alone_the_other_sections_say_not_supplied(core: Path) -> None:
    page = (core / "outputs" / MONTH / "smt-report.html").read_text()
    for absent in ("SMT decisions", "Families.{1,6} feedback", "Open caseload"):
        assert re.search(f"{absent}[^<]*: not supplied this month", page), absent


def test_a_report_can_be_made_alone(core: Path, tmp_path: Path) -> None:
    result = run(core / "data", tmp_path, "--report", "data-quality")
    assert result.exit_code == 0, result.output
    assert not (tmp_path / MONTH / "smt-report.html").exists()


def test_two_runs_give_the_same_tables_byte_for_byte_whatever_the_key(
    core: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_ANALYSIS_KEY", "c3" * 32)
    assert run(core / "data", tmp_path).exit_code == 0
    first, second = (folder / MONTH / "tables" for folder in (core / "outputs", tmp_path))
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_a_re_run_is_a_revision_and_the_first_stays(core: Path) -> None:
    before = (core / "outputs" / MONTH / "manifest.json").read_bytes()
    assert run(core / "data", core / "outputs").exit_code == 0
    assert f"{MONTH}-r2" in published(core / "outputs")
    assert (core / "outputs" / MONTH / "manifest.json").read_bytes() == before


def test_an_old_month_run_again_with_todays_data_gives_its_numbers_again(core: Path, tmp_path: Path) -> None:
    later = {"cycle_month": "2024-01", "audited_on": "2024-01-12", "overall_grade": "inadequate"}
    grown = {**CORE, "audits": [*AUDITS, later], "actions": [*CORE["actions"], {"agreed_on": "2024-01-20"}]}
    assert run(write(tmp_path / "data", frames(**grown)), tmp_path / "outputs").exit_code == 0
    then, now = (
        pd.read_csv(folder / MONTH / "tables" / "measures.csv", dtype=str, keep_default_na=False)
        for folder in (core / "outputs", tmp_path / "outputs")
    )
    pd.testing.assert_frame_equal(then, now)


def test_the_bare_papermill_command_makes_the_same_report(core: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    command = ["papermill", str(resource("notebooks") / "02_smt_report.ipynb"), str(out), "-p", "month", MONTH]
    done = subprocess.run(
        [sys.executable, "-m", *command, "-p", "data", str(core / "data")],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page_one = json.loads(out.read_text())["cells"][4]["outputs"][0]["data"]["text/html"]
    page = (core / "outputs" / MONTH / "smt-report.html").read_text()
    assert _sentences("".join(page_one)) == _sentences(page)


def _sentences(markup: str) -> list[str]:
    """The five sentences of a page, numbers and all."""
    claims = re.search(r'<ol class="claims">(.*?)</ol>', markup, re.DOTALL)
    assert claims
    return re.findall("<li>(.*?)</li>", unescape(claims[1]))


def test_restricted_is_private(full: Path) -> None:
    folder = full / "outputs" / MONTH / "restricted"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


BROKEN = {
    "a missing column": (lambda held: {**held, "actions": held["actions"].drop(columns="agreed_on")}, 11, "agreed_on"),
    "an unknown grade": (lambda held: _with(held, "audits", "overall_grade", "Good/RI"), 11, "Good/RI"),
    "an audit twice": (
        lambda held: {**held, "audits": pd.concat([held["audits"], held["audits"].head(1)])},
        11,
        "audit_id",
    ),
    "a core file missing": (lambda held: {k: v for k, v in held.items() if k != "findings"}, 11, "findings"),
    "a panel's grade left blank": (lambda held: _with(held, "moderations", "overall_grade", None), 11, "overall_grade"),
}


def _with(held: dict, dataset: str, column: str, value: object) -> dict:
    table = held[dataset].copy()
    table.loc[table.index[0], column] = value
    return {**held, dataset: table}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_promise_stops_the_run_with_a_line_and_publishes_nothing(fault: str, tmp_path: Path) -> None:
    change, code, word = BROKEN[fault]
    result = run(write(tmp_path / "data", change(frames(**CORE))), tmp_path / "outputs")
    assert result.exit_code == code, result.output
    assert word in result.output
    assert "Traceback" not in result.output
    assert published(tmp_path / "outputs") == []


@pytest.mark.parametrize("month", ["2023-13", "June", "2023-6"])
def test_what_is_not_a_month_is_wrong_use(month: str, core: Path, tmp_path: Path) -> None:
    result = run(core / "data", tmp_path, month=month)
    assert (result.exit_code, published(tmp_path)) == (2, [])
    assert month in result.output


def test_a_month_of_which_the_data_hold_no_audit_is_wrong_use(core: Path, tmp_path: Path) -> None:
    result = run(core / "data", tmp_path, month="2023-09")
    assert (result.exit_code, published(tmp_path)) == (2, [])
    assert "2022-12 to 2023-06" in result.output


def test_an_unknown_report_or_option_is_wrong_use(core: Path, tmp_path: Path) -> None:
    assert run(core / "data", tmp_path, "--report", "nonsense").exit_code == 2
    assert run(core / "data", tmp_path, "--nonsense").exit_code == 2
    assert run(tmp_path / "nowhere", tmp_path).exit_code == 2
    assert run(core / "data", tmp_path, "--as-at", "yesterday").exit_code == 2


def test_a_text_file_named_xlsx_is_refused(tmp_path: Path) -> None:
    data = write(tmp_path / "data", frames(**CORE))
    (data / "staff.xlsx").write_text("worker_id,name\n1,2\n")
    result = run(data, tmp_path / "outputs")
    assert (result.exit_code, published(tmp_path / "outputs")) == (10, [])
    assert "staff.xlsx" in result.output


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    data = write(tmp_path / "data", frames(**CORE))
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    (data / "staff.xlsx").write_bytes(ole)
    result = run(data, tmp_path / "outputs")
    assert (result.exit_code, published(tmp_path / "outputs")) == (10, [])
    assert "password" in result.output.lower()


def test_an_output_folder_that_is_a_file_cannot_be_written(core: Path, tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("in the way")
    result = run(core / "data", tmp_path / "outputs")
    assert result.exit_code == 31, result.output


@pytest.mark.parametrize("address", ["http://x.invalid/y", "s3://bucket/y"])
def test_an_address_is_no_output_folder(address: str, core: Path) -> None:
    result = CliRunner().invoke(main, ["run", MONTH, "--data", str(core / "data"), "--outputs", address])
    assert (result.exit_code, address in result.output) == (2, True)


def test_an_output_folder_that_cannot_be_made_cannot_be_written(core: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run(core / "data", tmp_path / "file" / "deep" / "outputs")
    assert result.exit_code == 31, result.output


def test_without_a_place_for_a_key_the_run_says_how_to_give_one(
    core: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("no folder")
    monkeypatch.delenv("QA_ANALYSIS_KEY")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    result = run(core / "data", tmp_path / "outputs")
    assert (result.exit_code, "QA_ANALYSIS_KEY" in result.output) == (2, True)


def test_broken_links_and_dates_are_listed_and_the_report_still_comes_out(tmp_path: Path) -> None:
    faulty = {
        **CORE,
        "actions": [
            *CORE["actions"],
            {"audit_id": "nowhere"},
            {"agreed_on": "2023-06-20", "completed_on": "2023-06-01"},
        ],
        "moderations": [
            *CORE["moderations"],
            {"audit_id": "nowhere"},
            {"audit_id": "audits-15", "moderated_on": "2023-06-01"},
        ],
    }
    result = run(write(tmp_path / "data", frames(**faulty)), tmp_path / "outputs")
    assert result.exit_code == 0, result.output
    listed = pd.read_csv(tmp_path / "outputs" / MONTH / "tables" / "quality.csv")
    assert set(listed["key"]) >= {"actions-3", "actions-4", "moderations-3", "moderations-4"}
    assert set(listed["severity"]) == {"warning"}


def test_check_lists_what_to_mend_and_publishes_nothing(tmp_path: Path) -> None:
    data = write(tmp_path / "data", _with(frames(**CORE), "audits", "overall_grade", "Good/RI"))
    result = CliRunner().invoke(main, ["check", "--data", str(data)])
    assert result.exit_code == 11
    assert result.output.count('audits.csv, row 2, column "overall_grade"') == 1
    assert re.search(r"error: audits\.csv, row 2, column \"overall_grade\": \"Good/RI\"", result.output)


def test_check_is_content_with_a_sound_folder(core: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--data", str(core / "data")])
    assert result.exit_code == 0, result.output


def test_verify_sees_a_changed_page(core: Path, tmp_path: Path) -> None:
    assert run(core / "data", tmp_path, "--report", "data-quality").exit_code == 0
    assert CliRunner().invoke(main, ["verify", str(tmp_path / MONTH)]).exit_code == 0
    page = tmp_path / MONTH / "data-quality.html"
    page.write_text(page.read_text().replace("audits", "Audits", 1))
    result = CliRunner().invoke(main, ["verify", str(tmp_path / MONTH)])
    assert result.exit_code == 1
    assert "data-quality.html was changed" in result.output


def test_the_front_pages_lead_to_every_report(full: Path) -> None:
    everything, of_month = ((full / "outputs" / place / "index.html").read_text() for place in (".", MONTH))
    assert re.search(rf'<a href="{MONTH}/index.html">June 2023</a>', everything)
    for name, (_, title) in REPORTS.items():
        assert f'<a href="{MONTH}/{name}.html">{title}</a>' in everything
        assert f'<a aria-label="page: {title}" href="{name}.html">page</a>' in of_month


def test_the_front_page_of_the_folder_is_accessible(full: Path) -> None:
    findings = check_page(full / "outputs" / "index.html")
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())


@pytest.mark.parametrize("report", [*REPORTS, "index"])
def test_a_page_asks_for_nothing_complains_of_nothing_and_is_accessible(report: str, full: Path) -> None:
    findings = check_page(full / "outputs" / MONTH / f"{report}.html")
    assert (findings.requests, findings.console, findings.violations) == ((), (), ())
