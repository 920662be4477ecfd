"""How long the demo month takes and how much memory, beside a bare papermill over as many empty notebooks.

    python benchmarks/month.py [--times 3]

Prints the median of wall seconds and of the peak memory of the whole process tree for both, and their ratio.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

import nbformat
import psutil

from qa_analysis.report.run import REPORTS

EVERY = 0.05  # seconds between two looks at the memory


def main() -> None:
    """Measure both, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        demo = [
            measured([[sys.executable, "-m", "qa_analysis", "demo", "--outputs", str(place / f"{n}")]])
            for n in range(times)
        ]
        bare = [measured(empty_notebooks(place)) for _ in range(times)]
    for name, runs in (("demo month", demo), (f"{len(REPORTS)} empty notebooks", bare)):
        seconds, megabytes = (statistics.median(values) for values in zip(*runs, strict=True))
        print(f"{name:20} {seconds:6.1f} s   {megabytes:6.0f} MB peak")
    ratio = statistics.median(run[0] for run in demo) / statistics.median(run[0] for run in bare)
    print(f"ratio of time {ratio:.1f}")


def empty_notebooks(place: Path) -> list[list[str]]:
    """The commands that run as many notebooks with one empty cell as a month has reports."""
    empty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    empty.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(empty, place / "empty.ipynb")
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", str(place / "empty.ipynb")]
    return [[*papermill, str(place / f"out-{number}.ipynb")] for number in range(len(REPORTS))]


def measured(commands: list[list[str]]) -> tuple[float, float]:
    """Wall seconds of the commands one after another, and the most megabytes that a process tree of theirs held."""
    start, peak = time.perf_counter(), 0.0
    for command in commands:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen: list[float] = []
        watcher = Thread(target=watch, args=(process.pid, seen))
        watcher.start()
        if process.wait():
            raise SystemExit(f"{command[2]} ended with {process.returncode}")
        watcher.join()
        peak = max(peak, *seen)
    return time.perf_counter() - start, peak


def watch(pid: int, seen: list[float]) -> None:
    """Note the memory of a process and its children until it ends."""
    seen.append(0.0)
    try:
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            tree = [process, *process.children(recursive=True)]
            seen.append(sum(resident(one) for one in tree) / 1e6)
            time.sleep(EVERY)
    except psutil.NoSuchProcess:
        return


def resident(process: psutil.Process) -> float:
    """The bytes a process holds; none once it is gone."""
    try:
        return float(process.memory_info().rss)
    except psutil.Error:
        return 0.0


if __name__ == "__main__":
    main()
