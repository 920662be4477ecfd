"""A region of real runs on a Dask cluster of this machine, while a worker and then the scheduler are killed.

    python benchmarks/region_on_dask.py [--councils 150] [--cycles 3] [--report data-quality]

Makes so many synthetic councils, one of which is poisoned: its audits are a file cut short. Starts a scheduler and
two workers by the commands of docs/region.md, and `qa-analysis region` on them. When a third of the councils is
published a worker is killed, when two thirds are the scheduler. Both are started anew for a second run, which has to do
what is missing, and a third finds nothing to do. Prints how each run ended, how many councils are published, and how
many of them more than once.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from qa_analysis.data.identity import make_key_file
from qa_analysis.data.synthetic import council, write_council

MONTH = "2024-06"
FIRST_OF = {1: "2024-06", 3: "2024-04", 7: "2023-12"}  # cycles -> the first of so many, up to the month
POISONED = "Poisoned"
SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_SATURATION": "1.0",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "3",
}
PRIVATE = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")


def main() -> None:
    """Make the councils, run the region three times, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=150)
    parser.add_argument("--cycles", type=int, default=3, choices=sorted(FIRST_OF))
    parser.add_argument("--report", default="data-quality")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_councils(place / "councils", asked.councils, asked.cycles)
        (place / "outputs").mkdir()
        for number, is_disturbed in enumerate((True, False, False), start=1):
            with cluster(place) as (scheduler, workers):
                disturber = threading.Thread(
                    target=disturb, args=(place / "outputs", asked.councils, scheduler, workers), daemon=True
                )
                if is_disturbed:
                    disturber.start()
                since = time.perf_counter()
                code, said = region(place, asked.report)
                took = time.perf_counter() - since
            print(f"run {number}: {took:7.1f} s, exit code {code}: {said}")
            print(f"  {told(place / 'outputs')}", flush=True)


def make_councils(place: Path, many: int, cycles: int) -> None:
    """So many synthetic councils, no person in them real, each with its key; the last is the poisoned one."""
    names = [*(f"Council {number:03}" for number in range(1, many)), POISONED]
    for seed, name in enumerate(names):
        held = council(first_cycle=FIRST_OF[cycles], cycles=cycles, seed=seed)
        write_council(place / name, held, style="clean")
        make_key_file(place / f"{name}.key")
    audits = place / POISONED / "audits.csv"
    audits.write_bytes(audits.read_bytes()[:-100])


@contextmanager
def cluster(place: Path) -> Iterator[tuple[psutil.Process, psutil.Process]]:
    """A scheduler and whoever starts its two workers, as docs/region.md starts them."""
    file = place / "scheduler.json"
    file.unlink(missing_ok=True)
    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), *PRIVATE)
    while not file.exists() or not file.read_text():
        time.sleep(0.1)
    address = json.loads(file.read_text())["address"]
    workers = dask("worker", address, "--nthreads", "1", "--nworkers", "2", "--local-directory", str(place), *PRIVATE)
    try:
        yield psutil.Process(scheduler.pid), psutil.Process(workers.pid)
    finally:
        for started in (workers, scheduler):
            started.terminate()
            started.wait()


def dask(*words: str) -> "subprocess.Popen[bytes]":
    """A command of Dask, whose own lines nobody reads here."""
    line, quiet = [str(Path(sys.executable).with_name("dask")), *words], subprocess.DEVNULL
    return subprocess.Popen(line, stdout=quiet, stderr=quiet, env={**os.environ, **SETTINGS})


def region(place: Path, report: str) -> tuple[int, str]:
    """How the command ended, and its last line."""
    address = json.loads((place / "scheduler.json").read_text())["address"]
    line = [
        sys.executable, "-m", "qa_analysis", "region", MONTH, "--councils", str(place / "councils"),
        "--outputs", str(place / "outputs"), "--scheduler", address, "--report", report,
    ]  # fmt: skip
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    said = [one for one in done.stderr.splitlines() if not one.startswith("…")]
    if "Traceback" in done.stderr:
        raise SystemExit(done.stderr)
    return done.returncode, " / ".join(said)


def disturb(outputs: Path, many: int, scheduler: psutil.Process, workers: psutil.Process) -> None:
    """Kill one worker when a third is published, and the scheduler when two thirds are."""
    wait_for(outputs, many // 3)
    at_work = [child for child in workers.children() if child.children(recursive=True)]
    at_work[0].kill()
    print(f"  a worker was killed with {len(published(outputs))} councils published", flush=True)
    wait_for(outputs, 2 * many // 3)
    scheduler.kill()
    print(f"  the scheduler was killed with {len(published(outputs))} councils published", flush=True)


def wait_for(outputs: Path, many: int) -> None:
    """Until so many councils are published."""
    while len(published(outputs)) < many:
        time.sleep(0.2)


def published(outputs: Path) -> list[Path]:
    """The published months of all councils, revisions apart."""
    return [folder for folder in outputs.glob(f"*/{MONTH}*") if (folder / "manifest.json").is_file()]


def told(outputs: Path) -> str:
    """How many councils are published, how many more than once, and what of a month is left half."""
    months = published(outputs)
    names = [folder.parent.name for folder in months]
    half = [path for path in outputs.glob("*/.*") if path.is_dir()]
    more = sum(names.count(name) > 1 for name in set(names))
    poisoned = "published" if POISONED in names else "not published"
    return (
        f"{len(set(names))} councils published, {more} of them more than once, the poisoned one {poisoned}; "
        f"{len(half)} unfinished folders"
    )


if __name__ == "__main__":
    main()
