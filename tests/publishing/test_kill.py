"""No moment of death and no failure of the disk leaves half a month where a reader could find it."""

import importlib.util
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest
from machine import uncounted

from qa_analysis.publishing.publish import publish, staging

SOAK = Path(__file__).parents[2] / "benchmarks" / "kill_publishing.py"


def soak() -> ModuleType:
    """The soak script as a module."""
    spec = importlib.util.spec_from_file_location("kill_publishing", SOAK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def can_trace() -> bool:
    """Whether this machine has strace and lets it fail a call."""
    if shutil.which("strace") is None:
        return False
    trial = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync", sys.executable, "-c", ""]
    return subprocess.run(trial, capture_output=True).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_kills_at_random_moments_leave_no_half_month() -> None:
    """A hundred of them, in four outputs folders at once: most of the time is spent in waiting for a disk."""
    soaks = [
        subprocess.Popen(
            [sys.executable, str(SOAK), "--times", "25", "--seed", str(seed)], env=uncounted(),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for seed in range(4)
    ]  # fmt: skip
    for soak_of_25, said in [(one, one.communicate()[0]) for one in soaks]:
        assert soak_of_25.returncode == 0, said
        assert "No half-published month, nothing lost." in said


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="strace is absent or may not trace, so no step of the disk was failed")
def test_no_failing_step_of_the_disk_leaves_half_a_month_or_a_wrong_exit_code() -> None:
    done = subprocess.run([sys.executable, str(SOAK), "--inject", "--every", "13"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) >= 15, done.stdout


@pytest.mark.skipif(not can_trace(), reason="strace is absent or may not trace, so the order of steps was not seen")
def test_every_file_and_folder_is_on_the_disk_before_the_month_is_moved(tmp_path: Path) -> None:
    outputs, log = tmp_path / "outputs", tmp_path / "strace.log"
    trace = ["strace", "-f", "-y", "--seccomp-bpf", "-o", str(log), "-e", "trace=fsync,rename,renameat,renameat2"]
    subprocess.run([*trace, sys.executable, str(SOAK), "--small-month", str(outputs)], check=True, capture_output=True)
    before, _, after = log.read_text().partition("rename")
    flushed = {Path(line.split("<")[1].split(">")[0]) for line in before.splitlines() if "fsync(" in line}
    [staged] = {path.parent for path in flushed if path.name == "manifest.json"}
    month = outputs / "2023-06"
    assert {staged / path.relative_to(month) for path in month.rglob("*")} | {staged} == flushed
    assert f"<{outputs}>" in after


def test_the_soak_sees_a_month_written_in_place(tmp_path: Path) -> None:
    with staging(tmp_path, "2023-06", now=datetime(2023, 7, 10)) as folder:
        (folder / "report.html").write_text("whole")
        done = publish(folder, tmp_path, "2023-06", {})
    script = soak()
    before = script.state(tmp_path)
    assert script.damage(tmp_path, before) == []
    (tmp_path / "2023-07").mkdir()
    (tmp_path / "2023-07" / "report.html").write_text("ha")
    (done / "manifest.json").write_text("{}")
    assert script.damage(tmp_path, before) == [
        "2023-06: manifest.json cannot be read",
        "2023-07: manifest.json is missing: this is not a published month, or not a whole one",
        "2023-06 changed or went",
    ]
