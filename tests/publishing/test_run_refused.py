"""A run that is stopped: one line and an exit code, and nothing published; and what is listed and goes on."""

import shutil
import stat
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from runs import CORE, MONTH, published, run
from small import frames, write

from qa_analysis.cli import main
from qa_analysis.dates import refuse_day_to_come
from qa_analysis.errors import WrongUse

pytestmark = pytest.mark.usefixtures("own_key")
BROKEN = {
    "a missing column": (lambda held: {**held, "actions": held["actions"].drop(columns="agreed_on")}, 11, "agreed_on"),
    "a core file missing": (lambda held: {k: v for k, v in held.items() if k != "actions"}, 11, "actions"),
    "grades nobody knows": (
        lambda held: {**held, "audits": held["audits"].assign(overall_grade="Good/RI")},
        11,
        'audits: 18 of 18 rows cannot be used, more than 5%: "overall_grade" in 18 rows (first: rows 2, 3, 4 of',
    ),
}
SET_ASIDE = {
    "an unknown grade": (
        lambda held: _with(held, "audits", "overall_grade", "Good/RI"),
        'audits: "overall_grade" in row 2 of audits.csv holds "Good/RI", which is not a grade.',
    ),
    "an audit twice": (
        lambda held: {**held, "audits": pd.concat([held["audits"], held["audits"].head(1)])},
        "audits: in row 20 of audits.csv: This row says exactly what another row says; one of them is counted.",
    ),
    "a panel's grade left blank": (
        lambda held: _with(held, "moderations", "overall_grade", None),
        'moderations: "overall_grade" in row 2 of moderations.csv is blank',
    ),
}


def _with(held: dict, dataset: str, column: str, value: object) -> dict:
    table = held[dataset].astype({column: "object"})
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


@pytest.mark.parametrize("fault", SET_ASIDE)
def test_one_bad_row_is_set_aside_in_a_line_and_the_month_comes_out_unless_strict(fault: str, tmp_path: Path) -> None:
    change, line = SET_ASIDE[fault]
    data = write(tmp_path / "data", change(frames(**CORE)))
    strict = run(data, tmp_path / "outputs", "--strict")
    assert (strict.exit_code, published(tmp_path / "outputs"), line in strict.output) == (11, [], True)
    result = run(data, tmp_path / "outputs", "--report", "data-quality")
    assert result.exit_code == 0, result.output
    assert [told for told in result.output.splitlines() if told.startswith(line)] != []
    quality = pd.read_csv(tmp_path / "outputs" / MONTH / "tables" / "quality.csv")
    assert quality["severity"].tolist().count("error") == 1


@pytest.mark.parametrize("month", ["2023-13", "June", "2023-6"])
def test_what_is_not_a_month_is_wrong_use(month: str, core_data: Path, tmp_path: Path) -> None:
    result = run(core_data, tmp_path, month=month)
    assert (result.exit_code, published(tmp_path)) == (2, [])
    assert month in result.output


@pytest.mark.parametrize(
    ("month", "more"), [(MONTH, ("--as-at", "2999-01-01")), ("2099-12", ())], ids=["a day", "a month"]
)
def test_a_day_that_has_not_come_is_wrong_use(month: str, more: tuple[str, ...], core_data: Path, tmp_path: Path):
    result = run(core_data, tmp_path, *more, month=month)
    assert (result.exit_code, published(tmp_path)) == (2, [])
    assert "the date of the data, lies in the future: today is " in result.output


def test_today_is_a_day_that_has_come() -> None:
    today = date(2023, 7, 10)
    refuse_day_to_come(today, today=today)
    with pytest.raises(WrongUse, match=r"11 July 2023, .* today is 10 July 2023.* such as --as-at 2023-07-10"):
        refuse_day_to_come(date(2023, 7, 11), today=today)


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


def checked(data: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["check", "--data", str(data), *more])


def test_check_says_what_to_mend_one_line_a_kind_and_stops_only_where_it_is_strict(tmp_path: Path) -> None:
    data = write(tmp_path / "data", _with(frames(**CORE), "audits", "overall_grade", "Good/RI"))
    result = checked(data)
    assert result.exit_code == 0, result.output
    assert result.output.count('audits: "overall_grade" in row 2 of audits.csv holds "Good/RI", which is not a') == 1
    assert (checked(data, "--strict").exit_code, [path.name for path in tmp_path.iterdir()]) == (11, ["data"])


def test_thousands_of_issues_of_one_kind_are_one_line_with_the_first_rows(tmp_path: Path) -> None:
    actions = frames(actions=[{"audit_id": "audits-1", "due_on": "2023-07-01"}] * 3000)["actions"]
    late = actions.assign(action_id=[f"a{n}" for n in range(3000)], due_on="asap")
    result = checked(write(tmp_path, {**frames(**CORE), "actions": late}))
    assert [line for line in result.output.splitlines() if "due_on" in line] == [
        'actions: "due_on" in 3,000 rows (first: rows 2, 3, 4 of actions.csv) is not a date that can be read for '
        "certain. Enter a date such as 08/06/2023. It counts as blank."
    ]


def test_every_line_of_a_check_but_the_last_begins_with_its_dataset(tmp_path: Path) -> None:
    held = frames(**CORE)
    held["actions"] = held["actions"].assign(due_on="asap", audit_id="nowhere", Comments="x")
    data = write(tmp_path, held)
    with xlsxwriter.Workbook(data / "Other things.xlsx") as book:
        book.add_worksheet("Front").write_row(0, 0, ["Read me"])
    lines = checked(data).stdout.splitlines()
    assert [line for line in lines if line.partition(": ")[0] not in {*held, "no dataset"}] == []


def test_the_list_of_a_check_holds_every_issue_is_private_and_is_no_extract(tmp_path: Path) -> None:
    secret = _with(frames(**CORE), "audits", "overall_grade", "mum of Aaliyah")
    data = write(tmp_path, _with(secret, "audits", "notice_on", "Aaliyah asked"))
    before = checked(data).output
    assert (checked(data, "--list").exit_code, checked(data).output) == (0, before)
    target = data / "data quality list.xlsx"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    cells = [cell for row in openpyxl.load_workbook(target).active.iter_rows(values_only=True) for cell in row]
    texts = [cell for cell in cells if isinstance(cell, str)]
    assert {"grade-not-known", "date-not-readable", "audits-1"} <= set(texts)
    assert any("OFFICIAL-SENSITIVE" in text for text in texts)
    assert not any("Aaliyah" in text or "61230" in text for text in texts)
    assert [path.name for path in data.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
def test_a_childs_number_typed_where_a_team_should_be_stops_the_run_before_it_is_published(tmp_path: Path) -> None:
    held = frames(**CORE)
    held["audits"] = held["audits"].assign(team=held["audits"]["child_id"])
    result = run(write(tmp_path / "data", held), tmp_path / "outputs", "--report", "data-quality")
    assert (result.exit_code, published(tmp_path / "outputs")) == (20, []), result.output
    assert "An identifier of a person was found in" in result.output
    assert "61230" not in result.output


def test_a_list_that_cannot_be_written_is_one_line(core_data: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(core_data, tmp_path / "data"))
    (data / "data quality list.xlsx").mkdir()  # in the way
    result = checked(data, "--list")
    assert (result.exit_code, "list.xlsx cannot be written" in result.output) == (31, True)
    assert [path.name for path in data.iterdir() if path.name.startswith(".")] == []


def test_a_check_says_how_far_it_is_in_plain_lines_of_a_log(core_data: Path) -> None:
    assert checked(core_data).stderr.splitlines() == [
        "… reading the extracts",
        "… holding them against their contracts",
        "… setting aside what cannot be used",
    ]


def test_check_is_content_with_a_sound_folder(core_data: Path) -> None:
    result = checked(core_data)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("within", ["", "tables", "restricted"])
@pytest.mark.parametrize("words", [["check"], ["map"], ["run", MONTH, "--outputs", "here"]], ids=lambda words: words[0])
def test_a_published_months_folder_is_not_taken_for_extracts(words: list[str], within: str, core: Path) -> None:
    result = CliRunner().invoke(main, [*words, "--data", str(core / "outputs" / MONTH / within)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line for line in result.stderr.splitlines() if not line.startswith("…")] == [
        f"{within or MONTH} is of a published month, which is made from extracts and holds none. "
        "Give the folder that holds the extracts."
    ]


def test_extracts_that_lie_beside_published_months_are_read(core: Path, core_data: Path, tmp_path: Path) -> None:
    shutil.copytree(core / "outputs" / MONTH, tmp_path / MONTH)
    shutil.copytree(core_data, tmp_path / "extracts")
    assert CliRunner().invoke(main, ["check", "--data", str(tmp_path / "extracts")]).exit_code == 0
