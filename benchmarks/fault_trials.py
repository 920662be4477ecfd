"""Whole runs, each in a process of its own, to which something happens: the trials of `faults.py`."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fault_bench import LONGEST, WHOLE, Again, Bench, Lots, lines, published
from fault_table import Kept
from full_disk import __file__ as full_disk
from kill_publishing import state
from runs import MONTH

ASKED: Final = f"{WHOLE}; one line, its code, all cleaned up"
FULL_AT: Final = (
    "rows.sqlite", "measures.csv", "month.json", "actions-001.xlsx", "fix-list-001.xlsx", "data-quality.ipynb",
    "data-quality.html", "data-quality.docx", "data-quality.xlsx", "data-quality.pdf", "manifest.json",
)  # fmt: skip
CLOCKS: Final = ("forward a day", "forward a year", "back a day", "back a year", "over midnight", "over a month's end")


def killed(bench: Bench, lots: Lots) -> Iterator[Kept]:
    """Runs and all they started killed at random moments."""
    yield _ended(bench, signal.SIGKILL, lots())


def asked_to_end(bench: Bench, lots: Lots) -> Iterator[Kept]:
    """Runs asked to end at random moments, by a scheduler and by Ctrl and C."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        yield _ended(bench, asked, lots())


def _ended(bench: Bench, asked: signal.Signals, again: Again) -> Kept:
    usual, against, landed = _usual(bench), [], 0
    is_kill, chance = asked == signal.SIGKILL, random.Random()
    while again():
        before = dict(state(bench.outputs))
        run = bench.start(bench.line())
        time.sleep(chance.uniform(0.2, 0.95) * usual)
        if run.poll() is not None:
            usual *= 0.8  # the machine has less to do than when it was learnt
        else:
            landed += 1
            os.killpg(run.pid, asked) if is_kill else run.send_signal(asked)
        said = run.communicate(timeout=LONGEST)[1]
        published = len(state(bench.outputs)) > len(before)
        if not is_kill and run.returncode != (0 if published else 128 + asked):
            against.append(f"exit {run.returncode}")
        against += [*bench.wrong(before, swept=not is_kill), *(["a traceback"] if "Traceback" in said else [])]
        bench.pruned()
    what = "killed (SIGKILL)" if is_kill else f"asked to end ({asked.name})"
    return Kept(f"{what} at a random moment of a whole run", WHOLE if is_kill else ASKED, landed, tuple(against))


def _usual(bench: Bench) -> float:
    """The seconds that a run takes that nothing happens to."""
    began = time.monotonic()
    run = bench.start(bench.line())
    said = run.communicate(timeout=LONGEST)[1]
    if run.returncode:
        raise SystemExit(f"A run that nothing happened to ended with {run.returncode}: {said}")
    bench.pruned()
    return time.monotonic() - began


def full(bench: Bench, _: Lots) -> Iterator[Kept]:
    """Runs on a disk that is full from a file on."""
    against = []
    for name in FULL_AT:
        before = dict(state(bench.outputs))
        run = bench.start([name, "100", *bench.line()], ahead=[full_disk])
        said = run.communicate(timeout=LONGEST)[1]
        if (run.returncode, len(lines(said)), len(state(bench.outputs))) != (31, 1, len(before)):
            against.append(f"{name}: exit {run.returncode}, {len(lines(said))} lines")
        against += bench.wrong(before)
    what = "a disk full from a file on, each file in turn"
    yield Kept(what, "31, one line, nothing published", len(FULL_AT), tuple(against))


def clock(bench: Bench, _: Lots) -> Iterator[Kept]:
    """The clock set while a run is at work, as by a time server or at a change of the hour."""
    launcher = str(Path(__file__).with_name("jumping_clock.py"))
    usual = bench.outputs.parent / "usual clock"
    against = published(Bench(bench.data, usual), bench.start(bench.line(usual)))
    for number, how in enumerate(CLOCKS):
        own = Bench(bench.data, bench.outputs.parent / f"clock {number}")
        against += [f"{how}: {fault}" for fault in published(own, own.start([how, *own.line()], ahead=[launcher]))]
        if _figures(own.outputs) != _figures(usual):
            against.append(f"{how}: other figures")
    promise = "published, with the figures of any other clock"
    yield Kept("the clock set forward, back and over midnight in the middle", promise, len(CLOCKS), tuple(against))


def _figures(outputs: Path) -> dict[str, bytes]:
    """The tables of a published month."""
    return {path.name: path.read_bytes() for path in sorted((outputs / MONTH / "tables").glob("*.csv"))}
