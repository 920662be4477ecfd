"""What it costs to run the month of many councils as a region, and what two workers save.

    python benchmarks/region.py [--councils 6] [--report data-quality] [--cycles 3]

Makes so many synthetic councils, then publishes a month of each: one after another by a plain loop of
`qa-analysis run`, by a region with one and with two workers of this machine, and, where Dask is installed, by a region
on a scheduler of this machine with two workers. Prints wall seconds and their ratio to the loop; and, with a command
that does nothing in the place of the run, the milliseconds that a region adds to each council (`--councils 0`: this
alone).
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from qa_analysis.data.identity import make_key_file
from qa_analysis.data.synthetic import council, write_council
from qa_analysis.region.one_council import run_command
from qa_analysis.region.orders import Limits, Order
from qa_analysis.region.whole import publish_region

MONTH = "2024-06"
FIRST_OF = {1: "2024-06", 3: "2024-04", 7: "2023-12", 14: "2023-05"}  # cycles -> the first of so many, up to the month
NOTHINGS = 50  # councils of the command that does nothing


def main() -> None:
    """Measure each way, print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=6)
    parser.add_argument("--report", default="data-quality")
    parser.add_argument("--cycles", type=int, default=3, choices=sorted(FIRST_OF))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        councils = list(made(place, max(1, asked.councils), asked.cycles))
        added = {name: seconds_added(crew, councils[0], place / f"empty {name}") for name, crew in CREWS.items()}
        for name, took in added.items():
            print(f"{name:40} adds {1000 * took:4.0f} ms a council")
        if not asked.councils:
            return
        loop = seconds(lambda: plain_loop(orders(councils, place / "loop", asked.report)))
        print(f"{asked.councils} councils of {asked.cycles} cycles, the report {asked.report}")
        print(f"{'one after another, a plain loop':40} {loop:7.1f} s")
        for name, crew in CREWS.items():
            wanted = orders(councils, place / name, asked.report)
            with crew() as executor:
                took = seconds(lambda wanted=wanted, executor=executor: whole(wanted, executor, run_command))
            print(f"{name:40} {took:7.1f} s  {took / loop:5.2f} of the loop")


def seconds_added(crew: "Crew", council: tuple[Path, Path], outputs: Path) -> float:
    """The wall seconds a council of a region whose command does nothing."""
    empty = named_apart(orders([council] * NOTHINGS, outputs, "none"))
    with crew() as executor:
        return seconds(lambda: whole(empty, executor, nothing)) / NOTHINGS


def made(place: Path, many: int, cycles: int) -> Iterator[tuple[Path, Path]]:
    """So many synthetic councils, no person in them real: the folder of each and its key."""
    for number in range(many):
        folder, key = place / f"Council {number}", place / f"{number}.key"
        write_council(folder, council(first_cycle=FIRST_OF[cycles], cycles=cycles, seed=number), style="clean")
        make_key_file(key)
        yield folder, key


def orders(councils: Sequence[tuple[Path, Path]], outputs: Path, report: str) -> list[Order]:
    """The orders of one run of the region into new outputs."""
    outputs.mkdir()
    common = {
        "limits": Limits(60, 8),
        "program": version("qa-analysis"),
        "begun": "once",
        "options": ("--report", report),
    }
    return [Order(data.name, MONTH, data, outputs, key_file=key, **common) for data, key in councils]  # type: ignore[arg-type]


def named_apart(wanted: Sequence[Order]) -> list[Order]:
    """The same order so many times, each of another council."""
    return [replace(order, council=f"{order.council} {number}") for number, order in enumerate(wanted)]


def plain_loop(wanted: Sequence[Order]) -> None:
    """Each council's command, one after another."""
    for order in wanted:
        subprocess.run(run_command(order, "mark"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def whole(wanted: Sequence[Order], executor: Executor, command: Callable[[Order, str], Sequence[str]]) -> None:
    """The region; a council that fails would make the time say nothing."""
    outcomes = publish_region(wanted, executor, command=command)
    if failed := [one for one in outcomes if one.is_failed]:
        raise SystemExit(f"{failed[0].council}: {failed[0].line}")


def nothing(order: Order, mark: str) -> list[str]:
    """A command that does nothing."""
    return [sys.executable, "-S", "-c", ""]


def seconds(work: Callable[[], None]) -> float:
    """The wall seconds that it takes."""
    since = time.perf_counter()
    work()
    return time.perf_counter() - since


@contextmanager
def dask() -> Iterator[Executor]:
    """Two workers of one thread on this machine's loopback."""
    import distributed

    quiet = {"dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", **quiet) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor(pure=False)


Crew = Callable[[], AbstractContextManager[Executor]]
CREWS: dict[str, Crew] = {
    "a region, one worker": lambda: ThreadPoolExecutor(1),
    "a region, two workers": lambda: ThreadPoolExecutor(2),
    **({"a region on Dask, two workers": dask} if find_spec("distributed") else {}),
}


if __name__ == "__main__":
    main()
