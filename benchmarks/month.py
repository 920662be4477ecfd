"""How long a month takes and how much memory, beside a plain loop of papermill and nbconvert over the same notebooks.

    python benchmarks/month.py [--times 3]

Makes the synthetic council once, then prints the median of wall seconds and of the peak memory of the process tree
for our run, for the loop, and for a bare papermill over as many empty notebooks; the ratios; and our time by stage.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import nbformat
from memory import watch

from qa_analysis.framework import resource
from qa_analysis.reports import reports

MONTH = "2024-06"


def main() -> None:
    """Measure all three, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        command([sys.executable, "-m", "qa_analysis", "demo", "--outputs", str(place)])
        extracts = place / "demo" / "extracts"
        ours = [measured([ours_into(place / f"ours-{n}", extracts)]) for n in range(times)]
        loop = [measured(list(plain_loop(place, extracts))) for _ in range(times)]
        empty = [measured(empty_notebooks(place)) for _ in range(times)]
        stages = by_stage(ours_into(place / "stages", extracts))
    count = len(reports())
    for name, runs in (
        ("our run", ours), (f"{count} x papermill, nbconvert", loop), (f"{count} x empty notebook", empty),
    ):  # fmt: skip
        seconds, megabytes = (statistics.median(values) for values in zip(*runs, strict=True))
        print(f"{name:26} {seconds:6.1f} s   {megabytes:6.0f} MB peak")
    seconds = statistics.median(run[0] for run in ours)
    print(f"the loop takes {statistics.median(run[0] for run in loop) / seconds:.1f} times as long")
    print(f"we take {seconds / statistics.median(run[0] for run in empty):.1f} times as long as the empty notebooks")
    print("\nby stage (one run)")
    for stage, took in stages:
        print(f"  {took:5.1f} s  {stage}")


def ours_into(outputs: Path, extracts: Path) -> list[str]:
    """The command that publishes the month."""
    return [sys.executable, "-m", "qa_analysis", "run", MONTH, "--data", str(extracts), "--outputs", str(outputs)]


def plain_loop(place: Path, extracts: Path) -> Iterator[list[str]]:
    """The commands an analyst would write: each notebook run on the extracts, then turned into a page."""
    for notebook in (report.notebook for report in reports().values()):
        out = place / f"loop-{notebook}"
        given = ["-p", "month", MONTH, "-p", "data", str(extracts)]
        papermill = [sys.executable, "-m", "papermill", "--no-progress-bar"]
        yield [*papermill, str(resource("notebooks") / notebook), str(out), *given]
        yield [sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", str(out)]


def empty_notebooks(place: Path) -> list[list[str]]:
    """The commands that run as many notebooks with one empty cell as a month has reports."""
    empty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    empty.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(empty, place / "empty.ipynb")
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", str(place / "empty.ipynb")]
    return [[*papermill, str(place / f"out-{number}.ipynb")] for number in range(len(reports()))]


def by_stage(arguments: list[str]) -> list[tuple[str, float]]:
    """How long each stage of our run took: from the line that announces it to the next."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr is not None
    said = [(line.strip("… \n"), time.perf_counter()) for line in process.stderr]
    process.wait()
    moments = [("starting", start), *said, ("", time.perf_counter())]
    return [(stage, then - now) for (stage, now), (_, then) in itertools.pairwise(moments)]


def command(arguments: list[str]) -> None:
    """Run a command that must succeed."""
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


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


if __name__ == "__main__":
    main()
