"""What runs in copies of a process that has imported: answers and refusals come back, and nothing is left behind."""

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qa_analysis.errors import ContractBroken, NotebookDied
from qa_analysis.faults import places_of
from qa_analysis.publishing.apart.processes import CAN_COPY, SETTINGS, Copy, end_all, in_a_copy, warm_up
from qa_analysis.publishing.rendering import rehearse

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is a copy of another")


def place() -> tuple[int, int, str]:
    return os.getpid(), os.getpgid(0), os.environ["PYTHONHASHSEED"]


def refused() -> None:
    raise ContractBroken("audits, row 3: no theme.")


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def threads() -> int:
    """Of the process that this one is a copy of."""
    return len(list(Path(f"/proc/{os.getppid()}/task").iterdir()))


def imported() -> set[str]:
    needed = {"pandas", "matplotlib.pyplot", "ipykernel.kernelapp", "nbconvert"}
    ours = {"qa_analysis.month.opening", "qa_analysis.publishing.apart.kernel", "qa_analysis.publishing.rendering"}
    return (needed | ours) - set(sys.modules)


def left_for_a_first_page() -> set[str]:
    """What is imported only once a page and its PDF are made."""
    before = set(sys.modules)
    rehearse("2023-06")
    return set(sys.modules) - before


def busy() -> None:
    while True:
        pass


def test_an_answer_comes_from_another_process_in_a_group_of_its_own_with_the_settings_of_a_report() -> None:
    pid, group, seed = in_a_copy(place)
    assert pid != os.getpid()
    assert (group, seed) == (pid, "0")


def test_what_is_refused_there_is_refused_here_in_its_own_words() -> None:
    with pytest.raises(ContractBroken, match="audits, row 3: no theme") as caught:
        in_a_copy(refused)
    assert places_of(caught.value)[-1].endswith("refused")


def test_a_process_that_dies_is_a_line_and_no_answer() -> None:
    with pytest.raises(NotebookDied, match="Nothing was published"):
        in_a_copy(killed)


def test_what_is_copied_has_imported_and_has_one_thread_alone() -> None:
    assert in_a_copy(threads) == 1
    assert in_a_copy(imported) == set()


def test_a_first_page_was_made_before_the_copies_are() -> None:
    assert in_a_copy(left_for_a_first_page) == set()


def test_a_copy_seldom_looks_for_what_to_free_and_never_through_what_was_imported() -> None:
    usual, frozen = gc.get_threshold()[0], in_a_copy(gc.get_freeze_count)
    assert in_a_copy(gc.get_threshold)[0] >= max(usual, 50_000)
    assert frozen > 100_000 or not CAN_COPY


def test_a_process_that_would_never_end_is_ended_with_the_others() -> None:
    process = Copy(busy)
    assert process.poll() is None
    end_all()
    assert process.wait(timeout=20) == -signal.SIGKILL


def test_the_settings_of_this_process_are_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "svg")
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    warm_up()
    assert {name: os.environ.get(name) for name in ("MPLBACKEND", "PYTHONHASHSEED")} == {
        "MPLBACKEND": "svg",
        "PYTHONHASHSEED": None,
    }
    assert SETTINGS["MPLBACKEND"] == "agg"


def test_a_file_where_a_run_is_begun_is_not_mistaken_for_a_library(tmp_path: Path) -> None:
    (tmp_path / "seaborn.py").write_text("__path__ = []")
    asked = "__import__('seaborn').__file__"
    line = f"from qa_analysis.publishing.apart.processes import in_a_copy\nprint(in_a_copy(eval, {asked!r}))"
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", line],
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    assert Path(done.stdout.strip()).parent.name == "seaborn"
