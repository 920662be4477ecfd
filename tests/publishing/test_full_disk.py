"""A disk that fills up while anything is written: one line and 31, nothing half published, nothing left behind."""

import errno
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from runs import CORE, KEY, MONTH, published
from small import frames, write
from started import Started, completed

from qa_analysis.disk import refused

FULL = Path(__file__).parents[1] / "full_disk.py"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"), frames(**CORE))


def command(name: str, *words: str, most: int = 100, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command of ours on a disk that is full from the opening of a file of that name."""
    words = (name, str(most), *words)
    return completed(Started("full_disk:run", [str(FULL)], words, {"QA_ANALYSIS_KEY": KEY, **settings}))


def line_of(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that could not write said last, which is all that it said of it."""
    said = [line for line in done.stderr.splitlines() if not line.startswith("…")]
    assert (done.returncode, len(said)) == (31, 1), done.stdout + done.stderr
    return said[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["rows.sqlite", "actions-001.xlsx", "data-quality.ipynb", "data-quality.docx", "manifest.json"]
)
def test_a_disk_that_fills_up_during_a_run_is_one_line_and_31(name: str, data: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    run = ("run", MONTH, "--data", str(data), "--outputs", str(outputs), "--report", "data-quality")
    done = command(name, *run, TMPDIR=str(tmp_path))
    assert line_of(done).startswith(f"{outputs} cannot be written (")
    assert published(outputs) == []
    assert {path.name for path in outputs.iterdir()} <= {".lock"}
    assert {path.name for path in tmp_path.iterdir()} == {"outputs"}


@pytest.mark.parametrize(("said", "meant"), [("FULL", "ENOSPC"), ("IOERR_WRITE", "EIO")])
def test_a_disk_that_refused_sqlite_is_known_by_the_error_that_pandas_makes_of_it(said: str, meant: str) -> None:
    inner = sqlite3.OperationalError("database or disk is full")
    inner.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{said}")
    outer = pd.errors.DatabaseError("Execution failed")
    outer.__cause__ = inner
    found = refused(outer)
    assert found is not None
    assert found.errno == getattr(errno, meant)


def test_a_list_of_issues_that_cannot_be_written_leaves_the_one_before(data: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(data, tmp_path / "data"))
    (own / "data quality list.xlsx").write_text("the list before")
    done = command(".data quality list*", "check", "--data", str(own), "--list")
    assert line_of(done).startswith(f"{own / 'data quality list.xlsx'} cannot be written (")
    assert (own / "data quality list.xlsx").read_text() == "the list before"
    assert [path.name for path in own.iterdir() if path.name.startswith(".")] == []


def test_a_draft_that_cannot_be_written_leaves_the_analysts_own_file(data: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(data, tmp_path / "data"))
    (own / "sources.yaml").write_text("# mine\n")
    done = command("*sources.yaml*", "map", "--data", str(own))
    assert line_of(done).startswith(f"{own / 'sources.yaml'} cannot be written (")
    assert (own / "sources.yaml").read_text() == "# mine\n"
    assert [path.name for path in own.iterdir() if path.name.startswith(".")] == []


def test_a_template_that_cannot_be_written_is_not_left_half(tmp_path: Path) -> None:
    done = command("*.xlsx", "template", str(tmp_path / "new"))
    assert f"{tmp_path / 'new'}" in line_of(done)
    assert list((tmp_path / "new").iterdir()) == []


def test_extracts_of_the_demonstration_that_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    done = command("*.xlsx", "demo", "--outputs", str(tmp_path / "outputs"))
    assert line_of(done).startswith(f"{tmp_path / 'outputs' / 'demo'} cannot be written (")
