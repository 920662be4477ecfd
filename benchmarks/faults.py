"""What a disk, a scheduler and an odd folder can do to whole runs, and whether what is promised then was kept.

    python benchmarks/faults.py                  # a few of each, about ten minutes
    python benchmarks/faults.py --times 200      # kills and requests to end, over night
    python benchmarks/faults.py --write          # and put the table into docs/reliability.md

Each trial is a whole run of a small council in a process of its own. After each, every month that a reader could see is
held against its manifest, and those published before must be as they were.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from full_disk import __file__ as full_disk
from kill_publishing import damage, left_behind, state
from runs import CORE, KEY, MONTH
from small import frames, write

PAGE: Final = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGIN, END = "<!-- made by benchmarks/faults.py -->", "<!-- end -->"
LONGEST: Final = 300  # seconds for a run
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


@dataclass(frozen=True)
class Kept:
    """A promise, how many times it was tried, and what went against it."""

    what: str
    promise: str
    tried: int
    against: tuple[str, ...]

    @property
    def row(self) -> str:
        """The line of the table."""
        result = "; ".join(sorted(set(self.against))[:3]) or "kept each time"
        return f"| {self.what} | {self.promise} | {self.tried} | {result} |"


@dataclass(frozen=True)
class Bench:
    """Where the trials are made: some extracts, and a published month to lose."""

    data: Path
    outputs: Path

    def line(self, outputs: Path | None = None) -> list[str]:
        """The words of a run."""
        where = str(outputs or self.outputs)
        return ["run", MONTH, "--data", str(self.data), "--outputs", where, "--report", "data-quality"]

    def start(self, words: Sequence[str], *, ahead: Sequence[str] = ("-m", "qa_analysis")) -> subprocess.Popen[str]:
        """A command in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, *ahead, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env={**os.environ, "QA_ANALYSIS_KEY": KEY},
        )  # fmt: skip

    def wrong(self, before: dict[str, str], *, swept: bool = True) -> list[str]:
        """What a reader could have been misled by, and what was left behind."""
        return [*damage(self.outputs, before), *(left_behind(self.outputs) if swept else [])]


def ended(bench: Bench, asked: signal.Signals, *, times: int, chance: random.Random) -> Kept:
    """Runs ended at random moments, by a signal that can be seen or by one that cannot."""
    usual, against, landed = _usual(bench), [], 0
    is_kill = asked == signal.SIGKILL
    for _ in range(times):
        before = dict(state(bench.outputs))
        run = bench.start(bench.line())
        time.sleep(chance.uniform(0.3, 1) * usual)
        if run.poll() is None:
            landed += 1
            os.killpg(run.pid, asked) if is_kill else run.send_signal(asked)
        said = run.communicate(timeout=LONGEST)[1]
        published = len(state(bench.outputs)) > len(before)
        if not is_kill and run.returncode != (0 if published else 128 + asked):
            against.append(f"exit {run.returncode}")
        against += [*bench.wrong(before, swept=not is_kill), *(["a traceback"] if "Traceback" in said else [])]
    promise = "the month or nothing; months before untouched" + (
        "" if is_kill else "; one line, its code, all cleaned up"
    )
    return Kept(f"{asked.name} at a random moment of a whole run ({landed} landed)", promise, times, tuple(against))


def _usual(bench: Bench) -> float:
    """The seconds that a run takes that nothing happens to."""
    began = time.monotonic()
    run = bench.start(bench.line())
    said = run.communicate(timeout=LONGEST)[1]
    if run.returncode:
        raise SystemExit(f"A run that nothing happened to ended with {run.returncode}: {said}")
    return time.monotonic() - began


def full(bench: Bench) -> Kept:
    """Runs on a disk that is full from a file on."""
    against = []
    for name in FULL_AT:
        before = dict(state(bench.outputs))
        run = bench.start([name, "100", *bench.line()], ahead=[full_disk])
        said = run.communicate(timeout=LONGEST)[1]
        lines = [line for line in said.splitlines() if not line.startswith("…")]
        if (run.returncode, len(lines), len(state(bench.outputs))) != (31, 1, len(before)):
            against.append(f"{name}: exit {run.returncode}, {len(lines)} lines")
        against += bench.wrong(before)
    return Kept(
        "a disk full from a file on, each file in turn", "31, one line, nothing published", len(FULL_AT), tuple(against)
    )


def two_at_once(bench: Bench, *, times: int) -> Kept:
    """Two runs begun together in one folder."""
    against = []
    for _ in range(times):
        before = dict(state(bench.outputs))
        runs = [bench.start(bench.line()) for _ in range(2)]
        for run in runs:
            run.communicate(timeout=LONGEST)
        codes = sorted(int(run.returncode) for run in runs)
        if codes not in ([0, 0], [0, 30]) or len(state(bench.outputs)) - len(before) != codes.count(0):
            against.append(f"exits {codes}")
        against += bench.wrong(before)
    return Kept("two runs at once", "one publishes; the other waits for nobody: 30", times, tuple(against))


def odd_places(bench: Bench) -> Kept:
    """Extracts and outputs in folders with odd names."""
    against = []
    for place in PLACES:
        folder = bench.outputs.parent / "odd" / place
        shutil.copytree(bench.data, folder / "data")
        odd = Bench(folder / "data", folder / "out puts")
        run = odd.start(odd.line())
        said = run.communicate(timeout=LONGEST)[1]
        if run.returncode:
            against.append(f"exit {run.returncode}: {said.splitlines()[-1]}")
        against += odd.wrong({})
    return Kept("long, spaced, accented paths and signs of a shell", "published", len(PLACES), tuple(against))


def not_writable(bench: Bench) -> Kept:
    """Outputs that stand where nothing can be written, whoever asks."""
    place = Path("/proc/qa-outputs") if Path("/proc").is_dir() else bench.outputs / "manifest.json"
    run = bench.start(bench.line(place))
    said = run.communicate(timeout=LONGEST)[1]
    against = [] if (run.returncode, len(said.splitlines())) == (31, 1) else [f"exit {run.returncode}"]
    return Kept("a folder that cannot be written", "31, one line, at once", 1, tuple(against))


def trials(bench: Bench, *, times: int, seed: int) -> Iterator[Kept]:
    """Every promise in turn."""
    chance = random.Random(seed)
    yield not_writable(bench)
    for asked in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        yield ended(bench, asked, times=times, chance=chance)
    yield full(bench)
    yield two_at_once(bench, times=max(1, times // 4))
    yield odd_places(bench)


def write_table(rows: Sequence[str]) -> None:
    """The table in its place on the page."""
    above, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    table = "\n".join(["| what was done | promise | times | result |", "|---|---|---|---|", *rows])
    told = f"{BEGIN}\n{date.today():%d/%m/%Y}, Python {sys.version.split()[0]}, {sys.platform}:\n\n{table}\n{END}"
    PAGE.write_text(f"{above}{told}{rest.partition(END)[2]}", encoding="utf-8", newline="\n")


def main() -> int:
    """0 where every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=8, help="kills and requests to end, of each kind (8)")
    parser.add_argument("--seed", type=int, default=2023, help="of the random moments")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as scratch:
        bench = Bench(write(Path(scratch) / "data", frames(**CORE)), Path(scratch) / "outputs")
        done = []
        for kept in trials(bench, times=asked.times, seed=asked.seed):
            done.append(kept)
            print(kept.row, flush=True)
    if asked.write:
        write_table([kept.row for kept in done])
    return 1 if any(kept.against for kept in done) else 0


if __name__ == "__main__":
    sys.exit(main())
