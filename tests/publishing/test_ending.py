"""A run that is asked to end: one line, a code of its own, and neither a process nor a name left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from runs import CORE, KEY, MONTH, published
from small import frames, write
from started import Started, started

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"), frames(**CORE))


def is_notebook(process: psutil.Process, run: psutil.Process) -> bool:
    """Whether a notebook runs in it: a copy of the process that has imported, or where none can be made, a program."""
    with suppress(psutil.NoSuchProcess):
        return process.ppid() != run.pid or "qa_analysis.publishing.apart.kernel" in process.cmdline()
    return False


Moment = Callable[[psutil.Process, Path], bool]
MOMENTS: dict[str, Moment] = {
    "reading": lambda run, outputs: any(outputs.glob(".staging-*")),
    "writing the lists": lambda run, outputs: any(outputs.glob(".staging-*/restricted/*.xlsx")),
    "a notebook runs": lambda run, outputs: any(is_notebook(one, run) for one in run.children(recursive=True)),
}
ASKED = [
    ("reading", signal.SIGTERM, "Ended from outside; nothing was published."),
    ("writing the lists", signal.SIGTERM, "Ended from outside; nothing was published."),
    ("a notebook runs", signal.SIGTERM, "Ended from outside; nothing was published."),
    ("a notebook runs", signal.SIGHUP, "Ended from outside; nothing was published."),
    ("a notebook runs", signal.SIGINT, "Interrupted; nothing was published."),
]


REPORTS = ["--report", "smt-report", "--report", "data-quality"]


def run_of(data: Path, place: Path) -> Started:
    """A run with two reports, in a process of its own."""
    (place / "scratch").mkdir()
    words = ["run", MONTH, "--data", str(data), "--outputs", str(place / "outputs"), *REPORTS]
    return started(*words, QA_ANALYSIS_KEY=KEY, TMPDIR=str(place / "scratch"))


def program_of(data: Path, place: Path, **settings: str) -> subprocess.Popen[bytes]:
    """The same as a program that Python starts with some settings."""
    line = [sys.executable, "-m", "qa_analysis", "run", MONTH, "--data", str(data), "--outputs", str(place / "outputs")]
    surroundings = {**os.environ, "QA_ANALYSIS_KEY": KEY, **settings}
    return subprocess.Popen([*line, *REPORTS], env=surroundings, stderr=subprocess.DEVNULL)


def wait_for(run: Started | subprocess.Popen[bytes], moment: str, outputs: Path) -> list[psutil.Process]:
    """The processes that the run has started by then."""
    process = psutil.Process(run.pid)
    while not MOMENTS[moment](process, outputs):
        assert run.poll() is None, "the run ended before it could be asked to"
        time.sleep(0.01)
    return process.children(recursive=True)


@pytest.mark.parametrize(("moment", "asked", "line"), ASKED)
def test_a_run_that_is_asked_to_end_says_so_and_leaves_nothing(
    moment: str, asked: signal.Signals, line: str, data: Path, tmp_path: Path
) -> None:
    run, outputs = run_of(data, tmp_path), tmp_path / "outputs"
    children = wait_for(run, moment, outputs)
    run.send_signal(asked)
    said = run.communicate(timeout=30)[1]
    assert (run.returncode, said.splitlines()[-1]) == (128 + asked, line)
    assert [text for text in said.splitlines() if not text.startswith("…")] == [line]
    assert psutil.wait_procs(children, timeout=2)[1] == []
    assert (published(outputs), {path.name for path in outputs.iterdir()}) == ([], {".lock"})
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_run_started_again_without_settings_of_developers_ends_as_well(data: Path, tmp_path: Path) -> None:
    run, outputs = program_of(data, tmp_path, PYTHONWARNINGS="error"), tmp_path / "outputs"
    wait_for(run, "reading", outputs)
    run.send_signal(signal.SIGTERM)
    assert (run.wait(timeout=30), [path.name for path in outputs.iterdir()]) == (143, [".lock"])


def test_a_signal_that_is_ignored_as_by_nohup_ends_nothing(data: Path, tmp_path: Path) -> None:
    asks = "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); from qa_analysis import ending; "
    asks += "ending.listen(); signal.raise_signal(signal.SIGHUP); print('goes on')"
    assert subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True).stdout == "goes on\n"


def test_from_the_move_on_a_run_is_finished(tmp_path: Path) -> None:
    asks = "import signal; from qa_analysis import ending; ending.listen(); ending.finish(); "
    asks += "signal.raise_signal(signal.SIGTERM); print('done')"
    assert subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True).stdout == "done\n"


def test_a_request_to_end_that_a_library_took_for_its_own_error_is_seen_before_the_move() -> None:
    asks = "import signal; from qa_analysis import ending; ending.listen()\n"
    asks += "try: signal.raise_signal(signal.SIGTERM)\nexcept BaseException: pass\n"
    asks += "try: ending.finish()\nexcept ending.Ended as ended: print(ended.exit_code)"
    assert subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True).stdout == "143\n"


def test_a_request_to_end_that_a_library_lost_ends_the_command_at_its_next_step() -> None:
    asks = "import signal; from qa_analysis import ending; from qa_analysis.terminal import progress; ending.listen()\n"
    asks += "with progress(steps=2) as step:\n    step('one')\n"
    asks += "    try: signal.raise_signal(signal.SIGTERM)\n    except BaseException: pass\n"
    asks += "    try: step('two')\n    except ending.Ended as ended: print(ended.exit_code)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("143\n", "… one\n")
