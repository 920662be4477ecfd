"""A run that is stopped: one line and an exit code, and nothing published; and what is listed and goes on."""

import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from runs import CORE, MONTH, published, run
from small import frames, write

from qa_analysis.cli import main

pytestmark = pytest.mark.usefixtures("own_key")
BROKEN = {
    "a missing column": (lambda held: {**held, "actions": held["actions"].drop(columns="agreed_on")}, 11, "agreed_on"),
    "an unknown grade": (lambda held: _with(held, "audits", "overall_grade", "Good/RI"), 11, "Good/RI"),
    "an audit twice": (
        lambda held: {**held, "audits": pd.concat([held["audits"], held["audits"].head(1)])},
        11,
        "audit_id",
    ),
    "a core file missing": (lambda held: {k: v for k, v in held.items() if k != "actions"}, 11, "actions"),
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
def test_what_is_not_a_month_is_wrong_use(month: str, core_data: Path, tmp_path: Path) -> None:
    result = run(core_data, tmp_path, month=month)
    assert (result.exit_code, published(tmp_path)) == (2, [])
    assert month in result.output


def test_a_month_of_which_the_data_hold_no_audit_is_wrong_use(core_data: Path, tmp_path: Path) -> None:
    result = run(core_data, tmp_path, month="2023-09")
    assert (result.exit_code, published(tmp_path)) == (2, [])
    assert "2022-12 to 2023-06" in result.output


def test_an_unknown_report_or_option_is_wrong_use(core_data: Path, tmp_path: Path) -> None:
    assert run(core_data, tmp_path, "--report", "nonsense").exit_code == 2
    assert run(core_data, tmp_path, "--nonsense").exit_code == 2
    assert run(tmp_path / "nowhere", tmp_path).exit_code == 2
    assert run(core_data, tmp_path, "--as-at", "yesterday").exit_code == 2


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


def test_an_output_folder_that_is_a_file_cannot_be_written(core_data: Path, tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("in the way")
    result = run(core_data, tmp_path / "outputs")
    assert result.exit_code == 31, result.output


@pytest.mark.parametrize("address", ["http://x.invalid/y", "s3://bucket/y"])
def test_an_address_is_no_output_folder(address: str, core_data: Path) -> None:
    result = CliRunner().invoke(main, ["run", MONTH, "--data", str(core_data), "--outputs", address])
    assert (result.exit_code, address in result.output) == (2, True)


def test_an_output_folder_that_cannot_be_made_cannot_be_written(core_data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run(core_data, tmp_path / "file" / "deep" / "outputs")
    assert result.exit_code == 31, result.output


def test_without_a_place_for_a_key_the_run_says_how_to_give_one(
    core_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("no folder")
    monkeypatch.delenv("QA_ANALYSIS_KEY")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    result = run(core_data, tmp_path / "outputs")
    assert (result.exit_code, "QA_ANALYSIS_KEY" in result.output) == (2, True)


@pytest.mark.slow
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
    data, reports = write(tmp_path / "data", frames(**faulty)), ("--report", "actions", "--report", "moderation")
    result = run(data, tmp_path / "outputs", *reports)
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


def test_check_is_content_with_a_sound_folder(core_data: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--data", str(core_data)])
    assert result.exit_code == 0, result.output
