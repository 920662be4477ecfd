"""Kills a run at random moments, again and again, and looks whether a reader could ever have seen half a month.

    python benchmarks/kill_publishing.py --times 200
    python benchmarks/kill_publishing.py --times 200 --outputs out -- qa-analysis run 2023-06 --data DIR --outputs out
    python benchmarks/kill_publishing.py --inject

Without a command, a small month of its own is written slowly and published. With one, the command must publish into
the folder given by --outputs. The command is first run undisturbed, to learn how long it takes and to have a
month to lose. After each kill every visible folder is held against its manifest, and every month published before must
be as it was. At the end the command is run once more, without any cleaning up, and must publish.

--inject (Linux, needs strace) instead fails or kills each single step the publishing asks of the system, in turn.
"""

import argparse
import hashlib
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import NoReturn

from qa_analysis.errors import Refusal
from qa_analysis.publishing.publish import MANIFEST, publish, staging, verify

MONTH = "2023-06"
STEPS = "rename,renameat,renameat2,fsync,write,mkdir,mkdirat,chmod,fchmod,fchmodat,openat,unlink,unlinkat,rmdir"
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")
UNDISTURBED = 3  # runs to learn from how long one takes; a busy machine may see the beginning of one too late
FORK = multiprocessing.get_context("fork")


def publish_small_month(outputs: Path, *, tables: int = 20) -> int:
    """A month of a few files, written slowly enough to be killed among them. The exit code."""
    try:
        with staging(outputs, MONTH, now=datetime(2023, 7, 10, 9, 0)) as folder:
            (folder / "restricted").mkdir()
            (folder / "tables").mkdir()
            for name in ("report.html", *(f"tables/{n}.csv" for n in range(tables)), "restricted/fix-list.xlsx"):
                with (folder / name).open("wb") as file:
                    for _ in range(4):
                        file.write(os.urandom(50_000))
                        time.sleep(0.001)
            publish(folder, outputs, MONTH, {"as_at": "2023-07-10"})
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    return 0


def visible(outputs: Path) -> list[Path]:
    """The months a reader sees."""
    return sorted(path for path in outputs.glob("20*") if path.is_dir())


def state(outputs: Path) -> Mapping[str, str]:
    """What a reader sees: each visible folder and what its manifest says."""
    return {folder.name: _digest(folder / MANIFEST) for folder in visible(outputs)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "none"


def damage(outputs: Path, before: Mapping[str, str]) -> list[str]:
    """What a reader could have been misled by: half a month, or one of before that changed or went."""
    now = state(outputs)
    half = [f"{name}: {problem}" for name in now for problem in verify(outputs / name)]
    lost = [f"{name} changed or went" for name, digest in before.items() if now.get(name) != digest]
    return half + lost


def left_behind(outputs: Path) -> list[str]:
    """Staging folders that nobody swept."""
    return [path.name for path in outputs.glob(".staging-*")]


def start(command: Sequence[str], outputs: Path) -> ForkProcess:
    """The command in a process group of its own; without one, the small month, which needs no start-up."""
    process = FORK.Process(target=_child, args=(command, outputs))
    process.start()
    return process


def _child(command: Sequence[str], outputs: Path) -> NoReturn:
    os.setsid()
    if not command:
        os._exit(publish_small_month(outputs))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    os.execvp(command[0], list(command))


def run_undisturbed(command: Sequence[str], outputs: Path) -> float:
    """The seconds from the first trace of a month in the outputs folder to its being published, as it must be."""
    before = len(visible(outputs))
    process = start(command, outputs)
    wait_for_staging(process, outputs)
    began = time.monotonic()
    wait(process, lambda: len(visible(outputs)) > before)
    taken = time.monotonic() - began
    process.join()
    if process.exitcode != 0 or len(visible(outputs)) != before + 1:
        raise SystemExit(f"The command published nothing (exit code {process.exitcode}). Run it by hand to see why.")
    return taken


def wait_for_staging(process: ForkProcess, outputs: Path) -> None:
    """Returns when the run has begun to build its month, or has ended."""
    stale = set(left_behind(outputs))
    wait(process, lambda: bool(set(left_behind(outputs)) - stale))


def wait(process: ForkProcess, happened: Callable[[], bool]) -> None:
    """Returns when it has happened, or the process has ended."""
    while process.is_alive() and not happened():
        time.sleep(0.001)


def run_killed(command: Sequence[str], outputs: Path, after: float) -> bool:
    """Whether the kill came in time: the command and all it started, so many seconds into the building."""
    process = start(command, outputs)
    wait_for_staging(process, outputs)
    moment = time.monotonic() + after
    wait(process, lambda: time.monotonic() > moment)  # a join with a time limit waits for the end of an exec'd command
    landed = process.is_alive()
    if landed:
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    return landed


def kill_often(command: Sequence[str], outputs: Path, *, times: int, seed: int) -> list[str]:
    """What went wrong in so many kills at random moments. Prints what happened."""
    usual = max(run_undisturbed(command, outputs) for _ in range(UNDISTURBED))
    chance = random.Random(seed)
    faults: list[str] = []
    landed = 0
    for turn in range(times):
        before = state(outputs)
        earliest = (turn % 2) * 0.6 * usual  # every other kill falls where the month is sealed and moved
        landed += run_killed(command, outputs, chance.uniform(earliest, 1.05 * usual))
        faults += damage(outputs, before)
    published = len(state(outputs)) - UNDISTURBED
    run_undisturbed(command, outputs)
    faults += damage(outputs, {}) + left_behind(outputs)
    print(f"{times} kills over {usual:.1f} s, {landed} landed, {published} months published, {len(faults)} faults")
    return faults


def injections(command: Sequence[str], outputs: Path) -> Iterator[tuple[str, int]]:
    """Each step of the system that touches the outputs folder: its name and which of its kind it is."""
    log = outputs.parent / "strace.log"
    subprocess.run(_traced(log, command), check=True, capture_output=True)
    seen: dict[str, int] = {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := re.match(r"(?:\d+ +)?(\w+)\(", line):
            seen[match[1]] = seen.get(match[1], 0) + 1
            if str(outputs) in line:
                yield match[1], seen[match[1]]


def _traced(log: Path, command: Sequence[str], *options: str) -> list[str]:
    return [
        "strace",
        "-f",
        "-y",
        "--seccomp-bpf",
        "-s",
        "8",
        "-o",
        str(log),
        "-e",
        f"trace={STEPS}",
        *options,
        *command,
    ]


def inject_each(command: Sequence[str], outputs: Path, *, every: int = 1) -> list[str]:
    """What went wrong when each step of publishing in turn failed or was its last. Prints what happened."""
    run_undisturbed([], outputs)
    points = [(step, number, fault) for step, number in injections(command, outputs) for fault in FAULTS]
    faults: list[str] = []
    chosen = points[::every]
    for step, number, fault in chosen:
        before = state(outputs)
        log = outputs.parent / "strace.log"
        trial = _traced(log, command, "-e", f"inject={step}:{fault}:when={number}")
        code = subprocess.run(trial, check=False, capture_output=True).returncode
        here = damage(outputs, before) + _untrue(code, fault, published=len(visible(outputs)) > len(before))
        faults += [f"{step} {number} {fault}: {problem}" for problem in here]
    run_undisturbed([], outputs)
    faults += left_behind(outputs)
    print(f"{len(chosen)} faults injected into {len(points) // len(FAULTS)} steps, {len(faults)} faults found")
    return faults


def _untrue(code: int, fault: str, *, published: bool) -> list[str]:
    """The exit code must tell the truth: 0 for published, 31 for not. The killed say nothing."""
    if fault == "signal=KILL" or code == (0 if published else 31):
        return []
    return [f"exit code {code}, though {'published' if published else 'not published'}"]


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200, help="how many kills (200)")
    parser.add_argument("--seed", type=int, default=2023, help="of the random moments")
    parser.add_argument("--outputs", type=Path, help="where the command publishes")
    parser.add_argument("--inject", action="store_true", help="fail each step of the system instead (needs strace)")
    parser.add_argument("--every", type=int, default=1, help="with --inject: only every so many")
    parser.add_argument("--small-month", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*", help="what to kill; by default a small month of its own")
    return parser.parse_args()


def main() -> int:
    """0 where no reader could have been misled."""
    asked = arguments()
    if asked.small_month:
        return publish_small_month(asked.small_month, tables=1)
    if asked.command and not asked.outputs:
        raise SystemExit("Say with --outputs where the command publishes.")
    scratch = Path(tempfile.mkdtemp(prefix="kill-"))
    outputs = (asked.outputs or scratch / "outputs").absolute()
    try:
        if asked.inject:
            small = [sys.executable, str(Path(__file__).absolute()), "--small-month", str(outputs)]
            faults = inject_each(small, outputs, every=asked.every)
        else:
            faults = kill_often(asked.command, outputs, times=asked.times, seed=asked.seed)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print("\n".join(faults) or "No half-published month, nothing lost.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
