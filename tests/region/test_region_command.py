"""`qa-analysis region` as it is typed: what it says, its exit codes, and the real run of a council."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from council_program import council
from filelock import FileLock
from published_figures import good, publish
from runs import KEY, published

from qa_analysis.cli import main

ONE_REPORT = ("--report", "data-quality")


def region(councils: Path, outputs: Path, *more: str, month: str = "2023-06") -> Result:
    line = ["region", month, "--councils", str(councils), "--outputs", str(outputs), *more]
    return CliRunner().invoke(main, line)


@pytest.mark.parametrize(
    ("more", "month", "said"),
    [
        ((), "2023-6", "is not a month"),
        (("--workers", "0"), "2023-06", "Wrong use: Invalid value for '--workers'"),
        (("--workers", "2", "--scheduler", "tcp://127.0.0.1:1"), "2023-06", "--workers is for this machine alone"),
        (("--scheduler", "127.0.0.1:8786"), "2023-06", "is not the address of a scheduler"),
        (("--minutes", "0"), "2023-06", "Wrong use: Invalid value for '--minutes'"),
        (("--as-at", "yesterday"), "2023-06", "yesterday"),
        (("--report", "nonsense"), "2023-06", '"nonsense" is not a report.'),
    ],
)
def test_wrong_use_is_one_line_and_begins_nothing(more: tuple[str, ...], month: str, said: str, tmp_path: Path) -> None:
    council(tmp_path / "councils", "Alder")
    result = region(tmp_path / "councils", tmp_path / "outputs", *more, month=month)
    assert (result.exit_code, len(result.output.strip().splitlines())) == (2, 1)
    assert said in result.output
    assert not list((tmp_path / "outputs").rglob("Alder*"))


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    council(tmp_path / "councils", "Alder")
    (tmp_path / "outputs" / "region").mkdir(parents=True)
    with FileLock(tmp_path / "outputs" / "region" / ".lock"):
        result = region(tmp_path / "councils", tmp_path / "outputs")
    assert (result.exit_code, "another run is at work here" in result.output) == (30, True)


def test_councils_are_compared_from_what_they_have_published_without_running_any(tmp_path: Path) -> None:
    councils, outputs = tmp_path / "councils", tmp_path / "outputs"
    for name, part in (("Alder", 40), ("Birch", 60), ("Cedar", 30), ("Dene", 45)):
        council(councils, name)
        publish(outputs, name, [good(part, 100)])
    council(councils, "Elm")
    result = region(councils, outputs, "--compare-only")
    assert (result.exit_code, result.output) == (
        0, f"4 councils compared: {outputs / 'region' / '2023-06-compared.html'}\n"
    )  # fmt: skip
    assert sorted(path.name for path in (outputs / "region" / "2023-06").iterdir()) == [
        "Alder.html", "Birch.html", "Cedar.html", "Dene.html",
    ]  # fmt: skip
    assert list(outputs.glob("*.log")) == []
    (outputs / "Dene" / "2023-06" / "tables" / "month.json").write_text("{")
    result = region(councils, outputs, "--compare-only")
    assert (result.exit_code, result.stderr, result.stdout) == (
        0, "  Dene: left out, because its tables cannot be read.\n",
        "4 councils published: too few have a figure that can be shown, so none is compared.\n",
    )  # fmt: skip
    assert not (outputs / "region" / "2023-06-compared.html").exists()


@pytest.mark.slow
def test_a_region_of_real_runs_is_published_but_for_the_poisoned_and_only_what_is_missing_is_done_again(
    core_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_ANALYSIS_KEY", KEY)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    councils, outputs = tmp_path / "councils", tmp_path / "outputs"
    for name in ("Alder", "Birch"):
        copytree(core_data, councils / name)
    (councils / "Birch" / "audits.csv").write_bytes(b"PK\x03\x04 no text")
    result = region(councils, outputs, *ONE_REPORT)
    assert result.exit_code == 60
    said = result.stdout.splitlines()
    assert said[0] == "1 of 2 councils is published."
    assert said[1].startswith("  Birch: not published (exit 10). audits.csv")
    assert said[2] == f"The region's page: {outputs / 'region' / '2023-06.html'}"
    assert result.stderr.splitlines()[-1].startswith("1 council is not published.")
    assert published(outputs / "Alder") == ["2023-06", "index.html"]
    copytree(core_data, councils / "Birch", dirs_exist_ok=True)
    again = region(councils, outputs, *ONE_REPORT)
    assert (again.exit_code, again.stdout.splitlines()[0]) == (
        0,
        "2 of 2 councils are published, 1 of them before this run.",
    )
    assert [published(outputs / name) for name in ("Alder", "Birch")] == [["2023-06", "index.html"]] * 2
    keys = [
        json.loads((outputs / name / "2023-06" / "manifest.json").read_text())["key"] for name in ("Alder", "Birch")
    ]
    assert len(set(keys)) == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_a_region_that_is_asked_to_end_ends_its_councils_and_says_what_is_left(core_data: Path, tmp_path: Path) -> None:
    import psutil

    for name in ("Alder", "Birch"):
        copytree(core_data, tmp_path / "councils" / name)
    outputs = tmp_path / "outputs"
    line = [sys.executable, "-m", "qa_analysis", "region", "2023-06", "--councils", str(tmp_path / "councils")]
    run = subprocess.Popen(
        [*line, "--outputs", str(outputs), "--workers", "2", *ONE_REPORT],
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "settings")},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list(outputs.glob("*/.staging-*")):
        assert run.poll() is None
        time.sleep(0.01)
    programs = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(signal.SIGTERM)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == 143
    assert said.splitlines()[-1] == (
        "Ended from outside: 0 of 2 councils are published. Run the region again to do the rest."
    )
    assert psutil.wait_procs(programs, timeout=5)[1] == []
    assert list(outputs.glob("*/2023-06*")) == []
    assert list(outputs.glob("*/.staging-*")) == []


def test_a_council_outside_its_dates_is_not_run_and_the_page_says_why(tmp_path: Path) -> None:
    for name in ("a", "b"):
        council(tmp_path / "extracts", name)
    (tmp_path / "councils.yaml").write_text(
        "Alder: {folder: extracts/a, until: 2023-05}\nBirch: {folder: extracts/b, from: 2023-07}\n", encoding="utf-8"
    )
    result = region(tmp_path / "councils.yaml", tmp_path / "outputs")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0, "0 of 2 councils are published. 2 councils are outside their dates."
    )  # fmt: skip
    page = (tmp_path / "outputs" / "region" / "2023-06.html").read_text(encoding="utf-8")
    assert "It was a council by itself until May 2023." in page
    assert "It is a council by itself from July 2023 on." in page
    assert list((tmp_path / "outputs").glob("*/2023-06")) == []
