"""A region's month by whichever executor: an outcome for each council, in the order asked, whatever becomes of one."""

import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from council_program import begun, command, council, order

from qa_analysis.errors import SomeFailed
from qa_analysis.region.one_council import publish_council
from qa_analysis.region.orders import Order, Outcome
from qa_analysis.region.tries import count_try
from qa_analysis.region.whole import publish_region


class WhoeverDies(Executor):
    """An executor that loses what is given to it, as Dask does where a worker dies too often."""

    def __init__(self, *, begins: bool, later: bool = True) -> None:
        self.begins, self.later = begins, later

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        if self.begins:
            count_try(args[0])
        self.begins = self.later
        lost: Future[Any] = Future()
        lost.set_exception(type("KilledWorker", (Exception,), {})())
        return lost


def region(place: Path, **does: str) -> list[Order]:
    """Councils that do so."""
    (place / "outputs").mkdir(parents=True, exist_ok=True)
    return [order(council(place / "councils", name, what), place / "outputs") for name, what in does.items()]


def told(outcomes: tuple[Outcome, ...]) -> dict[str, tuple[str, int]]:
    return {one.council: (one.state, one.exit_code) for one in outcomes}


def executors() -> dict[str, Callable[[], Executor]]:
    return {
        "threads": lambda: ThreadPoolExecutor(2),
        "processes": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    }


@pytest.mark.parametrize("kind", executors())
def test_any_executor_publishes_every_council_but_the_poisoned_and_then_only_what_is_missing(
    kind: str, tmp_path: Path
) -> None:
    orders = region(tmp_path, Birch="publish", Alder="exit 10 audits.xlsx is damaged.", Cedar="publish")
    heard: list[Outcome] = []
    with executors()[kind]() as executor:
        outcomes = publish_region(orders, executor, command=command, told=heard.append)
        assert told(outcomes) == {"Birch": ("published", 0), "Alder": ("failed", 10), "Cedar": ("published", 0)}
        assert [one.council for one in outcomes] == ["Birch", "Alder", "Cedar"]
        assert sorted(map(str, heard)) == sorted(map(str, outcomes))
        (orders[1].data / "does.txt").write_text("publish")
        again = publish_region([replace(one, begun="later") for one in orders], executor, command=command)
    assert told(again) == {
        "Birch": ("already published", 0),
        "Alder": ("published", 0),
        "Cedar": ("already published", 0),
    }
    assert [begun(tmp_path / "outputs", name) for name in ("Birch", "Alder", "Cedar")] == [1, 2, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_pool_that_is_broken_leaves_its_councils_undone_and_says_so(tmp_path: Path) -> None:
    orders = region(tmp_path, Alder="kill-worker", Birch="publish")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        outcomes = publish_region(orders, executor, command=command)
    assert told(outcomes) == {"Alder": ("failed", 40), "Birch": ("failed", 40)}
    assert [one.line for one in outcomes] == [
        "It was begun, and its outcome is not known, because the processes that run councils have died.",
        "It was not begun, because the processes that run councils have died.",
    ]


def test_a_council_whose_worker_died_three_times_is_named(tmp_path: Path) -> None:
    [one] = publish_region(region(tmp_path, Alder="publish"), WhoeverDies(begins=True))
    line = "Whatever ran it died 3 times, most often for want of memory."
    assert one == Outcome("Alder", "failed", exit_code=40, line=line, tries=3)


def test_one_that_was_not_begun_on_a_dead_worker_is_not_blamed_for_it(tmp_path: Path) -> None:
    [one] = publish_region(region(tmp_path, Alder="publish"), WhoeverDies(begins=False))
    assert one.tries == 3


def test_a_council_that_no_worker_comes_to_begin_is_not_handed_over_for_ever(tmp_path: Path) -> None:
    [one] = publish_region(region(tmp_path, Alder="publish"), WhoeverDies(begins=False, later=False))
    line = "Whatever ran it died each time before it was begun, most often for want of memory."
    assert one == Outcome("Alder", "failed", exit_code=40, line=line)


def test_a_count_of_an_earlier_run_of_the_region_is_no_count_of_this_one(tmp_path: Path) -> None:
    [asked] = region(tmp_path, Alder="publish")
    assert [count_try(asked), count_try(asked), count_try(replace(asked, begun="later"))] == [1, 2, 1]


def test_where_the_scheduler_is_lost_nothing_more_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            held: Future[Any] = Future()
            return held

    monkeypatch.setattr("qa_analysis.region.whole.LOOK", 0.01)
    reasons = iter(["", "the scheduler was lost."])
    [one] = publish_region(region(tmp_path, Alder="publish"), Silent(), trouble=lambda: next(reasons))
    assert (one.exit_code, one.line) == (40, "It was not begun, because the scheduler was lost.")


def broken_command(asked: Order, mark: str) -> list[str]:
    raise ZeroDivisionError(asked.council)


def test_a_fault_of_the_software_is_a_reference_and_stops_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa_analysis.region.whole.settings", lambda: tmp_path / "settings")
    with ThreadPoolExecutor(1) as executor:
        [one] = publish_region(region(tmp_path, Alder="publish"), executor, command=broken_command)
    [note] = (tmp_path / "settings" / "faults").iterdir()
    assert (one.exit_code, one.line) == (1, f"The software failed ({note.stem}).")
    assert "Alder" not in note.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with the one that started it")
def test_a_council_ends_with_the_process_that_asked_for_it(tmp_path: Path) -> None:
    """A worker that dies would otherwise leave a run behind, which holds the council's folder against the next."""
    import psutil

    [asked] = region(tmp_path, Alder="endless")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        worker = executor.submit(os.getpid).result()
        lost = executor.submit(publish_council, asked, command)
        while not begun(tmp_path / "outputs", "Alder"):
            assert not lost.done()
            time.sleep(0.01)
        programs = psutil.Process(worker).children()
        os.kill(worker, signal.SIGKILL)
        assert len(programs) == 1
        assert psutil.wait_procs(programs, timeout=5)[1] == []


def test_a_failure_of_some_has_a_code_of_its_own() -> None:
    assert SomeFailed.exit_code == 60
