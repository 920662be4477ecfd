"""What was kept for long enough is removed by the next run; whatever else lies there stays."""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qa_analysis.framework import rules_for
from qa_analysis.publishing.tidying import tidied
from qa_analysis.questions.answer import ASK_AGAIN

NOW = datetime(2026, 11, 28, 9, 0)
DAYS = rules_for("2026-11").retention


def put(path: Path, *, days: float, text: str = "x") -> Path:
    """A file of so many days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return aged(path, days=days)


def aged(path: Path, *, days: float) -> Path:
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def left(paths: Iterable[Path]) -> list[str]:
    return [path.name for path in paths if path.exists()]


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


def test_saved_answers_go_after_their_days_and_are_counted(tmp_path: Path) -> None:
    page, answers = f"<p>{ASK_AGAIN} qa.grades()</p>", tmp_path / "answers"
    old, young = DAYS.answers + 1, DAYS.answers - 1
    pages = [put(answers / "old.html", days=old, text=page), put(answers / "young.html", days=young, text=page)]
    own = [
        put(answers / name, days=old) for name in ("my own.html", "explore.ipynb", "asked.jsonl", "notebooks/x.html")
    ]
    assert tidied(tmp_path / "outputs", tmp_path / "faults", now=NOW) == [
        "1 saved answer of more than 365 days ago was removed."
    ]
    assert left([*pages, *own]) == ["young.html", "my own.html", "explore.ipynb", "asked.jsonl", "x.html"]
    assert tidied(tmp_path / "outputs", tmp_path / "faults", now=NOW) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pipes that look like files")
def test_neither_a_pipe_nor_a_link_among_the_answers_is_read_or_removed(tmp_path: Path) -> None:
    page = put(tmp_path / "elsewhere.html", days=4000, text=ASK_AGAIN)
    (tmp_path / "answers").mkdir()
    os.mkfifo(tmp_path / "answers" / "pipe.html")
    (tmp_path / "answers" / "link.html").symlink_to(page)
    assert tidied(tmp_path / "outputs", tmp_path / "faults", now=NOW) == []
    assert len(list((tmp_path / "answers").iterdir())) == 2


def test_notes_of_failures_go_after_their_days(tmp_path: Path) -> None:
    names = {"0a1b2c3d.txt": DAYS.failures + 1, "1a1b2c3d.txt": DAYS.failures - 1, "notes.txt": DAYS.failures + 1}
    notes = [put(tmp_path / "faults" / name, days=days) for name, days in names.items()]
    assert tidied(tmp_path / "outputs", tmp_path / "faults", now=NOW) == []
    assert left(notes) == ["1a1b2c3d.txt", "notes.txt"]


def test_what_killed_runs_left_among_temporary_files_goes_and_nothing_of_others(
    tmp_path: Path, own_temporary_folder: Path
) -> None:
    folders = {"qa-analysis-ab12cd_4": 3.0, "qa-analysis-bb12cd_4": 1.0, "qa-analysis-mine": 3.0, "other-ab12cd_4": 3.0}
    for name in folders:
        put(own_temporary_folder / name / "page.html", days=3)
    made = [aged(own_temporary_folder / name, days=days) for name, days in folders.items()]
    (own_temporary_folder / "qa-analysis-linked_1").symlink_to(own_temporary_folder / "other-ab12cd_4")
    tidied(tmp_path / "outputs", tmp_path / "faults", now=NOW)
    assert left(made) == ["qa-analysis-bb12cd_4", "qa-analysis-mine", "other-ab12cd_4"]
    assert (own_temporary_folder / "other-ab12cd_4" / "page.html").exists()


def test_the_month_published_stays_whatever_its_age(tmp_path: Path) -> None:
    page = put(tmp_path / "outputs" / "2023-06" / "data-quality.html", days=4000, text=ASK_AGAIN)
    tidied(tmp_path / "outputs", tmp_path / "faults", now=NOW)
    assert page.exists()
