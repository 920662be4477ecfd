"""Fails each step that a whole run asks of the disk, in turn: the trials of `faults.py` that need strace.

A process that has everything loaded is copied (fork) for each trial, so that one takes a second or two; strace fails
one call of the system in it, whatever library makes it: SQLite's and zip files' as well as Python's own. The notebooks
of the run were run before, because their processes write no file of the month: what they found is written in their
place, and the forms are written by the copy itself.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fault_bench import KEY, LONGEST, WHOLE, Again, Bench
from fault_table import Kept
from kill_publishing import left_behind, state

STEPS: Final = (
    "write,pwrite64,writev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,"
    "chmod,fchmod,fchmodat"
)
FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "error=ENOSPC": ("no space left (ENOSPC) at one step of a whole run", f"31, one line; {WHOLE}; all cleaned up"),
    "error=EIO": ("a faulty disk (EIO) at one step of a whole run", f"31, one line; {WHOLE}; all cleaned up"),
    "signal=KILL": ("killed at one step of a whole run", WHOLE),
}
_CALL: Final = re.compile(r"(?:\d+ +)?(\w+)\(")


@dataclass(frozen=True)
class Ended:
    """How a trial ended: its code (negative for a signal), what it said, and whether the fault was reached."""

    code: int
    said: str
    reached: str


@dataclass(frozen=True)
class Warm:
    """A process with everything loaded, to be copied for each trial."""

    bench: Bench
    scratch: Path

    def run(self, *options: str) -> Ended:
        """One run in a copy of this process, with strace looking on."""
        log, said = self.scratch / "strace.log", self.scratch / "said"
        child = os.fork()
        if not child:
            _in_the_copy(self.bench, said)
        os.waitpid(child, os.WUNTRACED)  # it waits to be looked on
        trace = ["strace", "-f", "-y", "-s", "8", "-p", str(child), "-o", str(log), "-e", f"trace={STEPS}", *options]
        looking = subprocess.Popen(trace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _until(lambda: "TracerPid:\t0" not in Path(f"/proc/{child}/status").read_text())
        os.kill(child, signal.SIGCONT)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        looking.wait(timeout=LONGEST)
        lines = log.read_text(errors="replace").splitlines()
        hits = [line for line in lines if "(INJECTED)" in line or "+++ killed" in line]
        return Ended(code, said.read_text(errors="replace"), hits[0] if hits else "")

    def ended(self, after: float) -> int:
        """How a run ended that is killed so many seconds after it began: by the kill, unless it was quicker."""
        child = os.fork()
        if not child:
            _in_the_copy(self.bench, self.scratch / "said")
        os.waitpid(child, os.WUNTRACED)
        os.kill(child, signal.SIGCONT)
        ends = time.monotonic() + after
        while time.monotonic() < ends:
            if (found := os.waitpid(child, os.WNOHANG)) != (0, 0):
                return os.waitstatus_to_exitcode(found[1])
            time.sleep(0.002)
        os.killpg(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def points(self) -> list[tuple[str, int]]:
        """Each step that touches the folders of a run: its name, and which of its kind it is in its thread."""
        self.run()
        places = (f"{self.bench.outputs}", f"{self.scratch / 'tmp'}")
        seen: dict[tuple[str, str], int] = {}
        found: set[tuple[str, int]] = set()
        for line in (self.scratch / "strace.log").read_text(errors="replace").splitlines():
            if match := _CALL.match(line):
                call = (line.split(" ")[0], match[1])
                seen[call] = seen.get(call, 0) + 1
                if any(place in line for place in places):
                    found.add((match[1], seen[call]))
        return sorted(found)


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(0.002)


def _in_the_copy(bench: Bench, said: Path) -> None:
    """The run, in the copy; it never returns."""
    os.setsid()
    target = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(target, 1)
    os.dup2(target, 2)
    sys.argv[:] = ["qa-analysis", *bench.line()]
    os.kill(os.getpid(), signal.SIGSTOP)
    code = 70  # an exception of ours, which no command ends with
    try:
        from qa_analysis import cli

        cli.main(prog_name="qa-analysis")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        os._exit(code)


def warmed(bench: Bench) -> Warm:
    """This process after a run of its own, with the notebooks of a month that was published by another."""
    scratch = bench.outputs.parent / "scratch"
    (scratch / "tmp").mkdir(parents=True)
    os.environ.update({"TMPDIR": str(scratch / "tmp"), "QA_ANALYSIS_KEY": KEY, "OMP_NUM_THREADS": "1"})
    import tempfile

    tempfile.tempdir = None
    done = bench.start(bench.line())
    if done.wait(LONGEST):
        raise SystemExit(f"A run that nothing happened to ended with {done.returncode}.")
    found = {path.name: path.read_bytes() for path in bench.outputs.glob("*/**/*.ipynb")}
    from qa_analysis.cli import main
    from qa_analysis.publishing import run as a_run
    from qa_analysis.publishing.apart import processes

    processes.CAN_COPY = False  # type: ignore[misc]  # a copy has no process of its own that has imported: it has itself

    def written(notebook: Path, output: Path, **_: Any) -> None:
        output.write_bytes(found[output.name])

    a_run.run_notebook = written  # type: ignore[assignment]
    try:
        main(bench.line(), prog_name="qa-analysis")
    except SystemExit as end:
        if end.code:
            raise
    bench.pruned()
    return Warm(bench, scratch)


def kills(warm: Warm, again: Again) -> Iterator[Kept]:
    """Runs killed at random moments, one after another, each over what the last one left."""
    landed, against, chance, usual = 0, list[str](), random.Random(), _seconds(warm)
    while again():
        before = dict(state(warm.bench.outputs))
        if (code := warm.ended(chance.uniform(0, usual))) == -signal.SIGKILL:
            landed += 1
        elif code == 0 and len(state(warm.bench.outputs)) > len(before):
            usual *= 0.98  # the machine has less to do than when it was learnt
        else:
            against.append(f"exit {code} where nothing happened")
        against += warm.bench.wrong(before, swept=False)
        warm.bench.pruned()
    against += _swept(warm)
    what = "killed (SIGKILL) at a random moment of a run whose notebooks had run before"
    yield Kept(what, f"{WHOLE}; the next run cleans up", landed, tuple(against))


def _seconds(warm: Warm) -> float:
    """How long a run takes that nothing happens to, which must publish."""
    began = time.monotonic()
    if code := warm.ended(LONGEST):
        raise SystemExit(f"A copied run that nothing happened to ended with {code}.")
    warm.bench.pruned()
    return time.monotonic() - began


def _swept(warm: Warm) -> list[str]:
    """What speaks against the next run having published, and cleaned up what the killed ones left."""
    code = warm.ended(LONGEST)
    return [*([f"the next run ended with {code}"] if code else []), *left_behind(warm.bench.outputs)]


def steps(warm: Warm, *, every: int, seed: int, deadline: float | None) -> Iterator[Kept]:
    """Each so many-th step failed in every way, until there is no more time."""
    if shutil.which("strace") is None:
        for what, promise in FAULTS.values():
            yield Kept(what, promise, 0, skipped="needs strace")
        return
    points = warm.points()
    warm.bench.pruned()
    chosen = points[random.Random(seed).randrange(every) :: every]
    random.Random(seed).shuffle(chosen)  # so that less time is still a look at the whole run
    tried: dict[str, list[list[str]]] = {fault: [] for fault in FAULTS}
    for step, number in chosen:
        for fault in FAULTS:
            if deadline is None or time.monotonic() < deadline:
                tried[fault] += [found] if (found := _tried(warm, step, number, fault)) is not None else []
    print(f"{len(points)} steps of a run, {len(chosen)} of them chosen", flush=True)
    for fault, (what, promise) in FAULTS.items():
        against = tuple(problem for found in tried[fault] for problem in found)
        yield Kept(what, promise, len(tried[fault]), against)


def _tried(warm: Warm, step: str, number: int, fault: str) -> list[str] | None:
    """What went wrong where one step failed; None where it was not reached."""
    before, tmp = dict(state(warm.bench.outputs)), warm.scratch / "tmp"
    for name in left_behind(warm.bench.outputs):  # of a run killed before: this one may be refused before it sweeps
        shutil.rmtree(warm.bench.outputs / name)
    ended = warm.run("-e", f"inject={step}:{fault}:when={number}")
    if not ended.reached:
        warm.bench.pruned()
        return None
    is_kill = fault.startswith("signal")
    published = len(state(warm.bench.outputs)) > len(before)
    wrong = warm.bench.wrong(before, swept=not is_kill)
    if not is_kill:
        wrong += _untrue(ended, published=published) + [f"{path.name} is left" for path in tmp.iterdir()]
    for path in tmp.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    warm.bench.pruned()
    if wrong:
        print(f"{step} {number} {fault}: {wrong}\n  {ended.reached}\n  {ended.said[-400:]}", flush=True)
    return [f"{step}: {problem}" for problem in wrong]


def _untrue(ended: Ended, *, published: bool) -> list[str]:
    """Whether the code and the lines are true: 0 for published, 31 and one line for not."""
    lines = [line for line in ended.said.splitlines() if not line.startswith("…")]
    is_true = ended.code == 0 if published else (ended.code, len(lines)) == (31, 1)
    return [] if is_true else [f"exit {ended.code}, {'' if published else 'not '}published"]
