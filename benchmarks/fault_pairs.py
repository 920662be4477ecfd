"""Two runs in one folder: begun together, one after the other in either order, and one killed before the other."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from typing import Final

from fault_bench import LONGEST, WHOLE, Again, Bench, Lots, refused
from fault_table import Kept
from kill_publishing import left_behind, state

MONTHS: Final = ("2023-05", "2023-06")
ONE_AFTER_THE_OTHER: Final = "a run begun while another is at work, in either order"
THE_FIRST_KILLED: Final = "a run begun when another had been killed (SIGKILL) at work"


def two_at_once(bench: Bench, lots: Lots) -> Iterator[Kept]:
    """Two runs in one folder at the same time, in every order."""
    _first_published(bench)
    yield _begun_together(bench, lots())
    yield _one_after_the_other(bench, lots())
    yield _the_first_killed(bench, lots())


def _first_published(bench: Bench) -> None:
    """The month to lose, where no trial has published it yet."""
    if not state(bench.outputs):
        bench.start(bench.line()).communicate(timeout=LONGEST)


def _begun_together(bench: Bench, again: Again) -> Kept:
    against, tried = list[str](), 0
    while again():
        tried += 1
        before = dict(state(bench.outputs))
        runs = [bench.start(bench.line()) for _ in range(2)]
        for run in runs:
            run.communicate(timeout=LONGEST)
        codes = sorted(int(run.returncode) for run in runs)
        if codes not in ([0, 0], [0, 30]) or len(state(bench.outputs)) - len(before) != codes.count(0):
            against.append(f"exits {codes}")
        against += bench.wrong(before)
        bench.pruned()
    return Kept("two runs begun at once", "one publishes; the other waits for nobody: 30", tried, tuple(against))


def _one_after_the_other(bench: Bench, again: Again) -> Kept:
    """May first, then June first: the one begun first publishes, the other is refused at once and changes nothing."""
    against, tried = list[str](), 0
    while again():
        before = dict(state(bench.outputs))
        first, second = MONTHS if tried % 2 else MONTHS[::-1]
        tried += 1
        at_work = bench.start(bench.line(month=first))
        _wait_for_staging(bench)
        against += refused(bench.start(bench.line(month=second)), 30)
        at_work.communicate(timeout=LONGEST)
        new = set(state(bench.outputs)) - set(before)
        if at_work.returncode or len(new) != 1 or not new.pop().startswith(first):
            against.append(f"the first ended with {at_work.returncode}")
        against += bench.wrong(before)
        bench.pruned()
    promise = "the first publishes; the second ends at once: 30, one line; months before untouched"
    return Kept(ONE_AFTER_THE_OTHER, promise, tried, tuple(against))


def _the_first_killed(bench: Bench, again: Again) -> Kept:
    """The first is killed in the midst of building, and leaves its lock and its folder: the second needs neither."""
    against, tried = list[str](), 0
    while again():
        before = dict(state(bench.outputs))
        first, second = MONTHS if tried % 2 else MONTHS[::-1]
        tried += 1
        at_work = bench.start(bench.line(month=first))
        _wait_for_staging(bench)
        time.sleep(0.5 * (tried % 4))
        os.killpg(at_work.pid, signal.SIGKILL)
        at_work.communicate(timeout=LONGEST)
        after = bench.start(bench.line(month=second))
        after.communicate(timeout=LONGEST)
        if after.returncode or not _is_new(second, before, [*state(bench.outputs)]):
            against.append(f"the second ended with {after.returncode}")
        against += bench.wrong(before)
        bench.pruned()
    return Kept(THE_FIRST_KILLED, f"the second publishes and cleans up; {WHOLE}", tried, tuple(against))


def _is_new(month: str, before: Sequence[str] | dict[str, str], now: Sequence[str]) -> bool:
    return any(name.startswith(month) for name in now if name not in before)


def _wait_for_staging(bench: Bench) -> None:
    """Until a run builds in the folder; what others left there is none of its own, so there must be none before."""
    ends = time.monotonic() + LONGEST
    while not left_behind(bench.outputs) and time.monotonic() < ends:
        time.sleep(0.01)
