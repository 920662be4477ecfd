"""What reading and checking takes, beside another checkout: CPU and wall seconds, memory, as ratios.

    git worktree add ../before COMMIT
    python benchmarks/check_speed.py --beside ../before [--times 5] [--larger 10]

Makes the synthetic council once (with --larger so many times its rows), then reads and checks it in a process of its
own, the two checkouts by turns, so that both meet the same machine. Prints the medians of each and our share of
theirs; with --larger also what the larger council takes of the council's own time.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from growth import larger

from qa_analysis.data.synthetic import council, write_council

HERE = Path(__file__).resolve().parents[1]
MONTH = "2024-06"
COMMAND = f"""
import sys
from pathlib import Path
from qa_analysis.data.identity import new_key
from qa_analysis.framework import rules_for
from qa_analysis.month.checking import read_and_check
held = read_and_check(Path(sys.argv[1]), rules_for("{MONTH}"), key=new_key())
print(sum(map(len, held.frames.values())), len(held.issues))
"""
MEASURED = ("CPU seconds", "wall seconds", "megabytes at most")
Run = tuple[float, float, float]


def main() -> None:
    """Measure both by turns, print one table per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", type=Path, help="another checkout of this project")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--larger", type=int, default=1)
    asked = parser.parse_args()
    checkouts = {"before": asked.beside, "now": HERE} if asked.beside else {"now": HERE}
    medians: dict[tuple[str, int], list[float]] = {}
    for size in sorted({1, asked.larger}):
        with tempfile.TemporaryDirectory() as folder:
            write_council(Path(folder), larger(council(), size), style="mixed" if size == 1 else "clean")
            runs = [(name, measured(place, folder)) for _ in range(asked.times) for name, place in checkouts.items()]
        print(f"{size} times the council: rows and issues {', '.join(sorted({said for _, (_, said) in runs}))}")
        for name in checkouts:
            own = [run for whose, (run, _) in runs if whose == name]
            medians[name, size] = [statistics.median(values) for values in zip(*own, strict=True)]
            told(name, medians[name, size])
        if asked.beside:
            told("now of before", ratios(medians["now", size], medians["before", size]))
    if asked.larger > 1:
        for name in checkouts:
            told(f"{name}, of one council", ratios(medians[name, asked.larger], medians[name, 1]))


def measured(checkout: Path, folder: str) -> tuple[Run, str]:
    """CPU and wall seconds and peak megabytes of one reading and checking, and what it found."""
    since = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, folder],
        env={**os.environ, "PYTHONPATH": str(checkout)}, cwd=folder, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = process.stdout.read().strip()
    _, status, used = os.wait4(process.pid, 0)  # what this one process took, and those that it started
    if status:
        raise SystemExit(f"reading and checking failed in {checkout}")
    return (used.ru_utime + used.ru_stime, time.perf_counter() - since, used.ru_maxrss / 1000), said


def ratios(ours: list[float], theirs: list[float]) -> list[float]:
    """Ours by theirs."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]


def told(name: str, values: list[float]) -> None:
    """One line of the table."""
    print(f"  {name:24}" + "".join(f"{value:10.2f} {what}" for value, what in zip(values, MEASURED, strict=True)))


if __name__ == "__main__":
    main()
