"""The lines of what falls due, from what was published."""

import json
from datetime import date
from pathlib import Path

import pytest

from qa_analysis.council import Own
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for
from qa_analysis.publishing.before.on_time import cycles_published, due_lines
from qa_analysis.publishing.publish import begun, first_days, publications
from qa_analysis.reports.due import due_with

TODAY = date(2023, 8, 20)
RULES = rules_for("2023-07", own=Own(first_cycle="2022-06"))


def held(outputs: Path, folder: str, published: str, *names: str, as_at: str = "2023-07-10") -> None:
    (outputs / folder).mkdir()
    about = {"month": folder[:7], "as_at": as_at, "published": f"{published}T09:30:00+00:00", "extracts": [],
             "reports": dict.fromkeys(names, "x"), "quality": {"error": 0}}  # fmt: skip
    (outputs / folder / "manifest.json").write_text(json.dumps(about))


def line_of(lines: list[str], begins: str) -> str:
    return " ".join(next(line for line in lines if line.strip().startswith(begins)).split())


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    held(tmp_path, "2023-05", "2023-06-11", "smt-report", "themes", as_at="2023-06-10")
    held(tmp_path, "2023-06", "2023-07-11", "smt-report")
    held(tmp_path, "2023-06-r2", "2023-08-12", "smt-report", "themes", as_at="2023-08-01")
    return tmp_path


def test_each_report_is_told_with_when_it_came_and_whether_in_time(outputs: Path) -> None:
    lines = list(due_lines("2023-06", outputs, today=TODAY))
    assert lines[0] == "Audit cycle June 2023: data as at 10 July 2023, on time until 9 August 2023."
    assert line_of(lines, "smt-report") == "smt-report managers every month published 11 July 2023, on time"
    assert line_of(lines, "themes").endswith("published 12 August 2023, late by 3 days, data as at 1 August 2023")
    assert line_of(lines, "briefing") == "briefing everyone every month not published, late by 11 days"
    assert line_of(lines, "Next").startswith("Next, July 2023: data as at 10 August 2023, the reports of every month")


def test_what_was_not_made_for_want_of_a_dataset_is_not_called_late(outputs: Path) -> None:
    held(outputs, "2024-03", "2024-04-11", "smt-report", as_at="2024-04-10")
    lines = list(due_lines("2024-03", outputs, today=date(2024, 6, 1)))
    told = line_of(lines, "complaints-compliments")
    assert told.endswith("every year not made, which it is with complaints_compliments alone")


def test_the_first_publication_of_a_report_counts_and_a_revision_does_not(outputs: Path) -> None:
    days = first_days(publications(outputs), "2023-06")
    assert days == {"smt-report": date(2023, 7, 11), "themes": date(2023, 8, 12)}
    assert begun(publications(outputs)) == date(2023, 6, 11)


def test_the_log_sums_up_every_published_cycle_the_newest_first(outputs: Path) -> None:
    lines = list(due_lines("2023-06", outputs, today=TODAY))
    log = lines[lines.index("Log of published cycles:") + 1 :]
    assert [line.split(":")[0].strip() for line in log] == ["June 2023", "May 2023"]
    assert log[0].startswith("  June 2023: 1 on time, 1 late, ")
    assert "May 2023: 2 on time, " in log[1]


def test_before_anything_is_published_it_says_what_is_to_come(tmp_path: Path) -> None:
    lines = list(due_lines(None, tmp_path / "none", today=TODAY))
    assert lines[0].startswith("Audit cycle July 2023")
    assert line_of(lines, "smt-report").endswith("not published yet")
    assert not any("Log" in line for line in lines)


def test_a_month_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="2023-13"):
        list(due_lines("2023-13", tmp_path, today=TODAY))


def test_the_log_says_of_each_cycle_whether_it_was_on_time_late_or_before_the_first_publication(tmp_path: Path) -> None:
    for cycle, published in (("2023-05", "2023-06-20"), ("2023-06", "2023-08-20")):
        held(tmp_path, cycle, published, *(one.report.name for one in due_with(cycle)))
    cycles = ("2023-04", "2023-05", "2023-06", "2023-07")
    told = cycles_published(cycles, publications(tmp_path), RULES, today=date(2023, 9, 1))
    assert dict(zip(told["cycle"], told["state"], strict=True)) == {
        "2023-04": "for a cycle before the first publication", "2023-05": "on time", "2023-06": "late",
        "2023-07": "on time",
    }  # fmt: skip
    assert told["reports"][2].endswith(" late")


def test_a_report_that_is_missing_makes_its_cycle_late(outputs: Path) -> None:
    told = cycles_published(("2023-05", "2023-07"), publications(outputs), RULES, today=date(2023, 9, 10))
    assert told["state"].tolist() == ["late", "late"]  # May has two reports of all, and July is published too late


def test_before_any_publication_nothing_is_called_late() -> None:
    first = cycles_published(("2023-06", "2023-07"), (), RULES, today=date(2023, 9, 1))
    assert first["state"].tolist() == ["for a cycle before the first publication", "on time"]
    made_up = cycles_published(("2023-07",), (), RULES, today=date(2024, 9, 1))
    assert made_up["state"].tolist() == ["for a cycle before the first publication"]
