"""Whole runs, each in a process of its own, to which something happens: the trials of `faults.py`."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fault_table import Kept
from full_disk import __file__ as full_disk
from kill_publishing import damage, left_behind, state
from runs import CORE, KEY, MONTH
from small import frames, write

LONGEST: Final = 300  # seconds for a run
WHOLE: Final = "the month or nothing; months before untouched"
ASKED: Final = f"{WHOLE}; one line, its code, all cleaned up"
NOBODY: Final = 65534  # the user of that name
FULL_AT: Final = (
    "rows.sqlite", "measures.csv", "month.json", "actions-001.xlsx", "fix-list-001.xlsx", "data-quality.ipynb",
    "data-quality.html", "data-quality.docx", "data-quality.xlsx", "data-quality.pdf", "manifest.json",
)  # fmt: skip
PLACES: Final = (
    "with spaces in it",
    "größer – ʻōlelo Māori",
    "/".join(["a long name of a folder"] * 7),
    "it's 100% & #1",
)
CLOCKS: Final = ("forward a day", "forward a year", "back a day", "back a year", "over midnight", "over a month's end")
Again = Callable[[], bool]  # whether to try once more
Lots = Callable[[], Again]  # how often a trial is to be made, asked anew for each


@dataclass(frozen=True)
class Bench:
    """Where the trials are made: some extracts, and a published month to lose."""

    data: Path
    outputs: Path

    @classmethod
    def made(cls, place: Path) -> "Bench":
        """The extracts of a small council, which others may read as well as root."""
        place.chmod(0o755)
        return cls(write(place / "data", frames(**CORE)), place / "outputs")

    def line(self, outputs: Path | None = None) -> list[str]:
        """The words of a run."""
        where = str(outputs or self.outputs)
        return ["run", MONTH, "--data", str(self.data), "--outputs", where, "--report", "data-quality"]

    def start(
        self,
        words: Sequence[str],
        *,
        ahead: Sequence[str] = ("-m", "qa_analysis"),
        before: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """A command in a process group of its own."""
        return subprocess.Popen(
            [*before, sys.executable, *ahead, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env={**os.environ, "QA_ANALYSIS_KEY": KEY, **(settings or {})},
        )  # fmt: skip

    def wrong(self, before: Mapping[str, str], *, swept: bool = True) -> list[str]:
        """What a reader could have been misled by, and what was left behind."""
        return [*damage(self.outputs, before), *(left_behind(self.outputs) if swept else [])]

    def pruned(self) -> None:
        """Only the first month stays, so that looking at all of them takes no longer each time."""
        for name in state(self.outputs):
            if "-r" in name:
                shutil.rmtree(self.outputs / name)


def few(times: int) -> Again:
    """So many times, for each that asks."""
    asked = iter(range(times))
    return lambda: next(asked, None) is not None


def until(minutes: float) -> Again:
    """For so many minutes from now."""
    ends = time.monotonic() + 60 * minutes
    return lambda: time.monotonic() < ends


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
        if (run.returncode, len(_lines(said)), len(state(bench.outputs))) != (31, 1, len(before)):
            against.append(f"{name}: exit {run.returncode}, {len(_lines(said))} lines")
        against += bench.wrong(before)
    what = "a disk full from a file on, each file in turn"
    yield Kept(what, "31, one line, nothing published", len(FULL_AT), tuple(against))


def _lines(said: str) -> list[str]:
    """What a run said but for its progress."""
    return [line for line in said.splitlines() if not line.startswith("…")]


def two_at_once(bench: Bench, lots: Lots) -> Iterator[Kept]:
    """Two runs begun together in one folder."""
    against, tried, again = [], 0, lots()
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
    yield Kept("two runs at once", "one publishes; the other waits for nobody: 30", tried, tuple(against))


def odd_places(bench: Bench, _: Lots) -> Iterator[Kept]:
    """Extracts and outputs in folders with odd names."""
    against = []
    for place in PLACES:
        folder = bench.outputs.parent / "odd" / place
        shutil.copytree(bench.data, folder / "data", dirs_exist_ok=True)
        odd = Bench(folder / "data", folder / "out puts")
        against += _published(odd, odd.start(odd.line()))
    yield Kept("long, spaced, accented paths and signs of a shell", "published", len(PLACES), tuple(against))


def _published(bench: Bench, run: subprocess.Popen[str]) -> list[str]:
    """What speaks against a run having published as ever."""
    said = run.communicate(timeout=LONGEST)[1]
    failed = [f"exit {run.returncode}: {said.splitlines()[-1:]}"] if run.returncode else []
    return [*failed, *bench.wrong({})]


def not_writable(bench: Bench, _: Lots) -> Iterator[Kept]:
    """Outputs where nothing can be written, whoever asks: another kind of disk, a file in the way, a drive gone."""
    in_the_way = bench.outputs.parent / "a file"
    in_the_way.write_text("in the way")
    places = [Path("/proc/qa-outputs"), Path("/sys/qa-outputs"), in_the_way, in_the_way / "deeper"]
    against = []
    for place in [one for one in places if one.parent.exists()]:
        run = bench.start(bench.line(place))
        said = run.communicate(timeout=LONGEST)[1]
        if (run.returncode, len(said.splitlines())) != (31, 1):
            against.append(f"{place.name}: exit {run.returncode}")
    yield Kept("a folder that cannot be written", "31, one line, at once", len(places), tuple(against))


def clock(bench: Bench, _: Lots) -> Iterator[Kept]:
    """The clock set while a run is at work, as by a time server or at a change of the hour."""
    launcher = str(Path(__file__).with_name("jumping_clock.py"))
    usual = bench.outputs.parent / "usual clock"
    against = _published(Bench(bench.data, usual), bench.start(bench.line(usual)))
    for number, how in enumerate(CLOCKS):
        own = Bench(bench.data, bench.outputs.parent / f"clock {number}")
        against += [f"{how}: {fault}" for fault in _published(own, own.start([how, *own.line()], ahead=[launcher]))]
        if _figures(own.outputs) != _figures(usual):
            against.append(f"{how}: other figures")
    promise = "published, with the figures of any other clock"
    yield Kept("the clock set forward, back and over midnight in the middle", promise, len(CLOCKS), tuple(against))


def _figures(outputs: Path) -> dict[str, bytes]:
    """The tables of a published month."""
    return {path.name: path.read_bytes() for path in sorted((outputs / MONTH / "tables").glob("*.csv"))}


def others(bench: Bench, _: Lots) -> Iterator[Kept]:
    """Runs of a user who may write next to nothing, in a language of ASCII alone; and what that user may read."""
    what, promise = (
        "another user",
        "what is theirs is published; what is not, 31 in one line; restricted/ is closed to them",
    )
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("setpriv") is None:
        yield Kept(what, promise, 0, skipped="needs root and setpriv")
        return
    theirs = bench.outputs.parent / "theirs"
    theirs.mkdir(exist_ok=True)
    os.chown(theirs, NOBODY, NOBODY)
    own, settings = Bench(bench.data, theirs / "outputs"), {"HOME": "/nowhere", "LANG": "C", "LC_ALL": "C"}
    as_nobody = _as_nobody()
    against = _published(own, own.start(own.line(), before=as_nobody, settings={**settings, "TMPDIR": str(theirs)}))
    for tmp, outputs in (("/proc", own.outputs), (str(theirs), bench.outputs)):
        run = own.start(own.line(outputs), before=as_nobody, settings={**settings, "TMPDIR": tmp})
        said = run.communicate(timeout=LONGEST)[1]
        if (run.returncode, len(_lines(said))) not in ((31, 1), (0, 0)):
            against.append(f"TMPDIR {tmp}: exit {run.returncode}, {said.splitlines()[-1:]}")
    bench.start(bench.line()).communicate(timeout=LONGEST)
    against += _readable_by_nobody(bench.outputs)
    yield Kept(what, promise, 4, tuple(against))


def _as_nobody() -> list[str]:
    """Words that run a command as another user, who may read what root may where Python itself lies closed."""
    base = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    asks = [
        *base,
        sys.executable,
        "-c",
        "import sys; print(sys.base_prefix)",
    ]  # where it is closed, another may be found
    if subprocess.run(asks, capture_output=True, text=True, check=False).stdout.strip() == sys.base_prefix:
        return base
    return [*base, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


def _readable_by_nobody(outputs: Path) -> list[str]:
    """Files of restricted/ that another user can read, and pages that they cannot."""
    month = outputs / next(iter(state(outputs)))
    plainly = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "test", "-r"]
    found = []
    for path in sorted(month.rglob("*")):
        is_open = subprocess.run([*plainly, str(path)], check=False).returncode == 0
        if is_open == ("restricted" in path.relative_to(month).parts):
            found.append(f"{path.name} is {'open' if is_open else 'closed'} to others")
    return found


TRIALS: Final[Mapping[str, Callable[[Bench, Lots], Iterator[Kept]]]] = {
    "unwritable": not_writable, "kill": killed, "end": asked_to_end, "full": full, "two": two_at_once,
    "odd": odd_places, "clock": clock, "others": others,
}  # fmt: skip
