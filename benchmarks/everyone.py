"""A council of five services and 25 teams, all reports in all forms: how long a run takes, and beside what.

    python benchmarks/everyone.py [--editions 10 20 40 80] [--seed 2022]

Prints wall and CPU seconds and the peak memory of our run, and its share by stage; the same of a plain loop of
papermill and nbconvert over the same notebooks and editions, each a program of its own as an analyst would start it, on
the tables that our run published; of as many empty notebooks through papermill in one process that has imported it; and
how our time grows with the number of editions. On a machine that others use, trust the ratios of CPU seconds.

Linux alone: the time of processes that outlive what started them is counted too.
"""

import argparse
import ctypes
import itertools
import os
import resource as resource_usage
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import nbformat
from memory import watch
from pandas import DataFrame

from qa_analysis.data.synthetic import council, write_council, write_settings
from qa_analysis.framework import resource
from qa_analysis.month.files import read_month
from qa_analysis.publishing.editions import Edition, editions_of
from qa_analysis.reports import reports

MONTH, CYCLES = "2024-06", 25
SERVICES = ("Assessment", "Safeguarding", "Cared For", "Care Leavers", "Early Help")
TEAMS_EACH = 5
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
EMPTY = """
import sys, papermill
for number in range(int(sys.argv[2])):
    papermill.execute_notebook(sys.argv[1], f"{sys.argv[1]}-{number}", progress_bar=False)
"""
WARM = """
import sys
from pathlib import Path
from qa_analysis.publishing.notebooks import run_notebook
if __name__ == "__main__":
    for number in range(int(sys.argv[2])):
        path = Path(sys.argv[1])
        run_notebook(path, path.with_name(f"warm-{number}.ipynb"), parameters={}, folder=path.parent)
"""


@dataclass(frozen=True)
class Took:
    """What some commands took: wall seconds, CPU seconds of all their processes, and megabytes at the most."""

    wall: float
    cpu: float
    peak: float


def main() -> None:
    """Measure, print one table after another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editions", type=int, nargs="*", default=[10, 20, 40, 80])
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--loop-of", type=int, default=0, help="of how many editions the plain loop is run; 0: all")
    asked = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        extracts = written(place / "extracts", of_size(council(asked.seed, cycles=CYCLES), SERVICES, TEAMS_EACH))
        ours, stages = ours_by_stage(ours_into(place / "ours", extracts))
        published = place / "ours" / MONTH
        editions = editions_of(reports().values(), read_month(published / "tables"))
        print(f"{len(SERVICES)} services and {len(SERVICES) * TEAMS_EACH} teams: {len(editions)} editions\n")
        show("our run", ours)
        some = editions[:: max(1, len(editions) // asked.loop_of)] if asked.loop_of else editions
        loop = scaled(measured(list(plain_loop(place, published, some))), len(editions) / len(some))
        show(f"{len(editions)} x papermill, nbconvert", loop)
        empty = empty_notebook(place)
        plain = measured([[sys.executable, "-c", EMPTY, str(empty), str(len(editions))]])
        show(f"{len(editions)} x empty, papermill", plain)
        (place / "warm.py").write_text(WARM)
        warm = measured([[sys.executable, str(place / "warm.py"), str(empty), str(len(editions))]])
        show(f"{len(editions)} x empty, our kernels", warm)
        for name, other in (
            ("the plain loop", loop),
            ("empty notebooks by papermill", plain),
            ("by our kernels", warm),
        ):
            print(f"{name}: {other.wall / ours.wall:.1f} times our wall, {other.cpu / ours.cpu:.1f} times our CPU")
        print("\nby stage (wall)")
        for stage, took in stages:
            print(f"  {took:6.1f} s  {100 * took / ours.wall:3.0f}%  {stage}")
        print("\ngrowth: editions of places, CPU seconds of the run, and a second more for each")
        before, first = 0, Took(0, 0, 0)
        for many in asked.editions:
            took = growth(place / f"grown-{many}", many, asked.seed)
            each = (took.cpu - first.cpu) / (many - before)
            print(f"  {many:4}  {took.wall:6.1f} s wall  {took.cpu:6.1f} s CPU  {each:.2f} each", flush=True)
            before, first = many, took


def of_size(frames: Mapping[str, DataFrame], services: Sequence[str], teams_each: int) -> dict[str, DataFrame]:
    """The council with other services and teams: each team's records dealt out to some of the new teams."""
    new = [(service, f"{service} {number}") for service in services for number in range(1, teams_each + 1)]
    audited, every = (sorted(set().union(*map(_pairs, some))) for some in ([frames["audits"]], frames.values()))
    dealt = {pair: [new[place % len(new)]] for place, pair in enumerate(every)}
    dealt |= {pair: new[place :: len(audited)] or [new[place % len(new)]] for place, pair in enumerate(audited)}
    named = {team: [team for _, team in some] for (_, team), some in dealt.items()}
    named |= {old: [services[place % len(services)]] for place, old in enumerate(sorted({one for one, _ in every}))}
    return {name: _dealt(frame, dealt, named) for name, frame in frames.items()}


def _pairs(frame: DataFrame) -> set[tuple[str, str]]:
    """The services and teams that a dataset names together."""
    if not {"service_area", "team"} <= set(frame):
        return set()
    return set(frame[["service_area", "team"]].dropna().itertuples(index=False, name=None))


def _dealt(
    frame: DataFrame,
    dealt: Mapping[tuple[str, str], Sequence[tuple[str, str]]],
    named: Mapping[str, Sequence[str]],
) -> DataFrame:
    if {"service_area", "team"} <= set(frame):
        some = frame.loc[frame["service_area"].notna() & frame["team"].notna(), ["service_area", "team"]]
        chosen = {
            row: dealt[service, team][place % len(dealt[service, team])]
            for place, (row, service, team) in enumerate(some.itertuples(name=None))
        }
        services, teams = ({row: one[part] for row, one in chosen.items()} for part in (0, 1))
        return frame.assign(service_area=frame.index.map(services.get), team=frame.index.map(teams.get))
    if {"level", "entity", "indicator_code"} <= set(frame):
        held = frame.assign(entity=frame["entity"].map(lambda name: named.get(name, [name]))).explode("entity")
        return held.drop_duplicates(["indicator_code", "period", "level", "entity"], ignore_index=True)
    return frame


def growth(place: Path, many: int, seed: int) -> Took:
    """Our run with so many editions of places: one service of each five teams and its teams."""
    services = [f"Service {number}" for number in range(1, max(1, many // 6) + 1)]
    each = many // len(services) - 1
    extracts = written(place / "extracts", of_size(council(seed, cycles=CYCLES), services, each))
    return measured([[*ours_into(place / "out", extracts), "--report", "service", "--report", "team"]])


def written(folder: Path, frames: Mapping[str, DataFrame]) -> Path:
    """The council as extracts."""
    write_council(folder, frames)
    write_settings(folder)
    return folder


def ours_into(outputs: Path, extracts: Path) -> list[str]:
    """The command that publishes the month."""
    return [sys.executable, "-m", "qa_analysis", "run", MONTH, "--data", str(extracts), "--outputs", str(outputs)]


def plain_loop(place: Path, published: Path, editions: Sequence[Edition]) -> list[list[str]]:
    """The commands an analyst would write: each notebook run for its place, then turned into a page."""
    commands = []
    for number, edition in enumerate(editions):
        out = place / f"loop-{number}.ipynb"
        given = {"month": MONTH, "tables": str(published / "tables"), **edition.scope}
        words = [word for name, value in given.items() for word in ("-p", name, value)]
        notebook = str(resource("notebooks") / edition.report.notebook)
        commands.append([sys.executable, "-m", "papermill", "--no-progress-bar", notebook, str(out), *words])
        commands.append([sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", str(out)])
    return commands


def empty_notebook(place: Path) -> Path:
    """A notebook with one empty cell."""
    empty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    empty.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(empty, place / "empty.ipynb")
    return place / "empty.ipynb"


def ours_by_stage(arguments: list[str]) -> tuple[Took, list[tuple[str, float]]]:
    """What our run took, and each stage of it: from the line that announces it to the next."""
    said: list[tuple[str, float]] = []

    def listen(process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        said.extend((line.strip("… \n"), time.perf_counter()) for line in process.stderr)

    start = time.perf_counter()
    took = watched(arguments, listen)
    moments = [("starting", start), *said, ("", time.perf_counter())]
    return took, [(stage, then - now) for (stage, now), (_, then) in itertools.pairwise(moments)]


def measured(commands: Sequence[list[str]]) -> Took:
    """What some commands took, one after another."""
    every = [watched(command) for command in commands]
    return Took(sum(one.wall for one in every), sum(one.cpu for one in every), max(one.peak for one in every))


def scaled(took: Took, times: float) -> Took:
    """So many times as long."""
    return Took(took.wall * times, took.cpu * times, took.peak)


def watched(command: list[str], listen: "Callable[[subprocess.Popen[str]], None]" = lambda _: None) -> Took:
    """What a command and everything that it started took."""
    before, start, peaks = cpu_of_children(), time.perf_counter(), [0.0]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    watcher = Thread(target=watch, args=(process.pid, peaks))
    watcher.start()
    listen(process)
    _, said = process.communicate()
    wall = time.perf_counter() - start
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command[2]} ended with {process.returncode}: {said[-400:]}")
    return Took(wall, cpu_of_children() - before, max(peaks))


def cpu_of_children() -> float:
    """The CPU seconds of everything started so far that has ended, orphans too: they are ours to wait for."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    used = resource_usage.getrusage(resource_usage.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(name: str, took: Took) -> None:
    """One line of the table."""
    print(f"{name:30} {took.wall:7.1f} s wall  {took.cpu:7.1f} s CPU  {took.peak:6.0f} MB peak", flush=True)


if __name__ == "__main__":
    main()
