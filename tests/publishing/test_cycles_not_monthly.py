"""A council whose cycles are no months: what is published, what is due, and the month in which there is no cycle."""

import json
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from runs import KEY, run
from small import frames, write

from qa_analysis.cli import main
from qa_analysis.publishing.before.on_time import due_lines
from qa_analysis.publishing.front_page import front_page
from qa_analysis.publishing.publish import publications

SETTING = "audit_cycles:\n  2022-10-24: every 6 weeks\nfirst_cycle: 2022-12\n"
NO_CYCLE = (
    "No audit cycle ends in October 2023: there is one every six weeks, counted from 24 October 2022 (audit_cycles in "
    "council.yaml). The next is 2023-11. Nothing falls due."
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    audits = [
        {"cycle_month": cycle, "audited_on": f"{cycle}-03", "overall_grade": grade, "child_id": f"61230{number}"}
        for cycle in ("2023-05", "2023-09", "2023-11")
        for number, grade in enumerate(["good", "inadequate"] * 6)
    ]
    folder = write(tmp_path / "data", frames(audits=audits, actions=[{"audit_id": "audits-1"}]))
    (folder / "council.yaml").write_text(SETTING)
    return folder


def test_a_month_without_a_cycle_is_one_line_and_no_error(data: Path, tmp_path: Path) -> None:
    done = run(data, tmp_path / "outputs", month="2023-10")
    assert (done.exit_code, done.output.strip()) == (0, NO_CYCLE)
    assert not (tmp_path / "outputs").exists() or not publications(tmp_path / "outputs")


def test_no_audits_are_selected_for_a_month_without_a_cycle(data: Path, tmp_path: Path) -> None:
    (data / "caseload.csv").write_text("snapshot_on,child_id,case_status,service_area,team,key_worker_id,opened_on\n"
                                       "2023-08-31,C1,CIN,Safeguarding,North,kw,2023-01-01\n")  # fmt: skip
    asked = ["select", "2023-10", "--data", str(data), "--outputs", str(tmp_path / "outputs")]
    done = CliRunner().invoke(main, asked)
    assert (done.exit_code, done.output.strip().splitlines()[-1]) == (2, NO_CYCLE)


def test_a_cycle_is_published_and_held_against_the_one_of_six_months_before(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_ANALYSIS_KEY", KEY)
    done = run(data, tmp_path / "outputs", "--report", "close-the-loop", month="2023-11")
    assert done.exit_code == 0, done.output
    page = BeautifulSoup((tmp_path / "outputs" / "2023-11" / "close-the-loop.html").read_text(), "html.parser")
    text = " ".join(page.get_text(" ").split())
    assert "September to November 2023 against March to May 2023" in text
    assert "the last three months against the same three months six months earlier" in text
    assert "three cycles" not in text.casefold()
    assert next(iter(due_lines("2023-10", tmp_path / "outputs", today=date(2023, 12, 20)))) == NO_CYCLE


def held(outputs: Path, month: str, published: str, *names: str) -> None:
    (outputs / month).mkdir()
    about = {"month": month, "as_at": f"{published[:8]}10", "published": f"{published}T09:30:00+00:00", "extracts": [],
             "reports": dict.fromkeys(names, "x"), "quality": {"error": 0},
             "council": {"audit_cycles": {"2022-10-24": "every 6 weeks"}, "first_cycle": "2022-12"}}  # fmt: skip
    (outputs / month / "manifest.json").write_text(json.dumps(about))


def test_what_is_due_goes_by_the_cycles_and_a_month_without_one_is_not_late(tmp_path: Path) -> None:
    held(tmp_path, "2023-09", "2023-10-11", "smt-report", "prompts")
    held(tmp_path, "2023-11", "2023-12-12", "smt-report")
    lines = [" ".join(line.split()) for line in due_lines(None, tmp_path, today=date(2023, 11, 20))]
    assert lines[0] == "Audit cycle September 2023: data as at 10 October 2023, on time until 9 December 2023."
    told = {line.split()[0]: line for line in lines}
    assert told["smt-report"] == "smt-report managers every cycle published 11 October 2023, on time"
    assert told["Next,"].startswith("Next, November 2023: data as at 10 December 2023, the reports of every cycle")
    newest = list(due_lines("2023-11", tmp_path, today=date(2023, 12, 20)))
    log = newest[newest.index("Log of published cycles:") + 1 :]
    assert [line.split(":")[0].strip() for line in log] == ["November 2023", "September 2023"]
    assert "October" not in "".join(log)
    assert "late" not in "".join(log)
    rows = [line for line in front_page(publications(tmp_path)).split("<tr>") if 'scope="row"' in line]
    assert len(rows) == 2
    assert not any(" late" in row for row in rows)


def test_a_report_of_a_quarter_falls_due_with_the_first_cycle_from_its_month_on(tmp_path: Path) -> None:
    """The prompts' report is made with June; a cycle ends in May and in July, and none in June."""
    held(tmp_path, "2023-05", "2023-06-11", "smt-report")
    of = {
        month: list(due_lines(month, tmp_path, today=date(2023, 9, 20))) for month in ("2023-05", "2023-07", "2023-08")
    }
    is_due = {month: any(line.split()[:1] == ["prompts"] for line in lines) for month, lines in of.items()}
    assert is_due == {"2023-05": False, "2023-07": True, "2023-08": False}
