"""Every measure on pooled tables of national size, in one process: how long, how much memory, and what dominates.

    python benchmarks/national.py [--sizes 10000 100000 1000000] [--councils 153] [--slowest 15] [--own-texts]

The audits, panel decisions, findings, actions and immediate concerns of the synthetic council are repeated, each copy
with ids, children and workers of its own and dealt to one of so many councils, whose teams bear its name. The other
datasets stay those of one council, so that every function of the catalogue has what it needs. Figures are measured
as a month measures them, before anything is withheld: weighing what may be told of small places is no part of this.

Copies say the same, and measures of wording read each different text once; with --own-texts a number ends every
text, so that no two findings, actions or statements are alike.

Prints for each size seconds and peak memory of a process of its own, and the ratio to one pandas crosstab of council,
month and overall grade in the same sitting; the exponents of growth; and what takes longest. --one SIZE measures one
size in this process.
"""

import argparse
import itertools
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import Maker, figures_by, of_month

MONTH = "2024-06"
SIZES = (10_000, 100_000, 1_000_000)
COUNCILS = 153
POOLED = ("audits", "moderations", "findings", "actions", "immediate_concerns")
TEXTS = {"audits": "impact_statement", "findings": "text", "actions": "description"}
TEAM = "team"
BETWEEN = ", "  # a council's name and that of its team


@dataclass(frozen=True)
class Took:
    """What one size took: seconds (wall, CPU, and CPU of each function), gigabytes, and how much there was."""

    audits: int
    findings: int
    actions: int
    figures: int
    wall: float
    cpu: float
    makers: dict[str, float]
    making: float
    made: float
    peak: float
    crosstab: float


def main() -> None:
    """Measure each size in a process of its own, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--councils", type=int, default=COUNCILS)
    parser.add_argument("--slowest", type=int, default=15)
    parser.add_argument("--own-texts", action="store_true")
    parser.add_argument("--one", type=int)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(asdict(measured(asked.one, asked.councils, has_own_texts=asked.own_texts))))
        return
    found = []
    for size in asked.sizes:
        found.append(_in_own_process(size, asked.councils, has_own_texts=asked.own_texts))
        print(_line(found[-1]), flush=True)
    print("\nexponents of growth, from each size to the next")
    for before, after in itertools.pairwise(found):
        print(f"  {before.audits:>9,} to {after.audits:>9,}: {exponent(before, after):.2f}")
    _print_slowest("function", found[-1], found[-1].makers, asked.slowest)
    _print_slowest("subject", found[-1], by_subject(found[-1].makers), asked.slowest)


def _in_own_process(size: int, councils: int, *, has_own_texts: bool) -> Took:
    command = [sys.executable, __file__, "--one", str(size), "--councils", str(councils)]
    command += ["--own-texts"] if has_own_texts else []
    return Took(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _line(one: Took) -> str:
    return (
        f"{one.audits:>9,} audits, {one.findings:>9,} findings, {one.actions:>9,} actions: {one.wall:6.1f} s, "
        f"{one.cpu:6.1f} s CPU, {one.figures:>7,} figures, {one.peak:.2f} GB at the peak ({one.made:.2f} GB once the "
        f"tables were made, in {one.making:.1f} s); {one.cpu / one.crosstab:.0f} times one crosstab "
        f"({one.crosstab:.2f} s)"
    )


def _print_slowest(what: str, one: Took, taken: Mapping[str, float], most: int) -> None:
    print(f"\nslowest of {one.audits:,} audits: CPU seconds, share, {what}")
    for name, took in sorted(taken.items(), key=lambda item: -item[1])[:most]:
        print(f"  {took:8.2f}  {took / one.cpu:4.0%}  {name}")


def measured(size: int, councils: int, *, has_own_texts: bool) -> Took:
    """What every measure of pooled tables of one size takes."""
    frames = council()
    warm = tables_of(frames)
    for maker in of_month():
        figures_by(maker, warm)  # what a first call loads is no matter of size
    since = time.perf_counter()
    copies = math.ceil(size / len(warm.audits))
    tables = tables_of(pooled(frames, copies, councils, has_own_texts=has_own_texts))
    making, made = time.perf_counter() - since, peak()
    crosstab = crosstab_seconds(tables)
    makers, figures = dict[str, float](), 0
    wall, cpu = time.perf_counter(), time.process_time()
    for maker in of_month():
        start = time.process_time()
        figures += len(figures_by(maker, tables))
        makers[name_of(maker)] = time.process_time() - start
    return Took(
        audits=len(tables.audits), findings=len(tables.findings), actions=len(tables.actions), figures=figures,
        wall=time.perf_counter() - wall, cpu=time.process_time() - cpu, makers=makers, making=making, made=made,
        peak=peak(), crosstab=crosstab,
    )  # fmt: skip


def crosstab_seconds(tables: Tables) -> float:
    """The CPU seconds of one crosstab of council, month and overall grade: the least of three."""
    area = tables.audits[TEAM].str.partition(BETWEEN)[0]
    return min(_once(area, tables.audits) for _ in range(3))


def _once(area: Series, audits: DataFrame) -> float:
    since = time.process_time()
    pd.crosstab([area, audits["cycle_month"]], audits["overall_grade"])
    return time.process_time() - since


def pooled(
    frames: Mapping[str, DataFrame], copies: int, councils: int, *, has_own_texts: bool = False
) -> dict[str, DataFrame]:
    """So many copies of a council's audits, with all that hangs on them; the other datasets as one council has them."""
    kinds = {column.name: column.kind for name in POOLED for column in load_contracts()[name].columns}
    named = [(name, column) for name in POOLED for column in frames[name] if kinds.get(column) == "id"]
    known = pd.Index(pd.concat([frames[name][column] for name, column in named]).dropna().unique())
    ids = np.array([[f"{one}x{copy}" if copy else one for one in known] for copy in range(copies)], dtype=object)
    teams = pd.Index(pd.concat([frames[name][TEAM] for name in POOLED if TEAM in frames[name]]).dropna().unique())
    of_council = np.array([[f"{called(number)}{one}" for one in teams] for number in range(councils)], dtype=object)
    renamed = {column: Renamed(known, ids) for _, column in named}
    renamed[TEAM] = Renamed(teams, of_council[np.arange(copies) % councils])
    every = {name: _repeated(frames[name], copies, renamed) for name in POOLED}
    return {**frames, **({name: _numbered(every[name], name) for name in every} if has_own_texts else every)}


@dataclass(frozen=True)
class Renamed:
    """Names that differ from copy to copy: the names there were, and one row of new ones for each copy."""

    known: pd.Index
    new: NDArray[np.object_]

    def column(self, values: Series) -> NDArray[np.object_]:
        """The column of every copy, one beneath another; each name is one text, however many rows carry it."""
        places = self.known.get_indexer(values)
        held = self.new[:, places]
        held[:, places < 0] = np.nan
        return held.ravel()


def _repeated(frame: DataFrame, copies: int, renamed: Mapping[str, Renamed]) -> DataFrame:
    every = np.tile(np.arange(len(frame)), copies)
    return DataFrame(
        {
            name: Series(renamed[name].column(values), dtype=values.dtype)
            if name in renamed
            else Series(values.array.take(every))
            for name, values in frame.items()
        }
    )


def _numbered(frame: DataFrame, dataset: str) -> DataFrame:
    """The dataset with a number at the end of every text."""
    if dataset not in TEXTS:
        return frame
    numbers = Series(np.arange(len(frame)), index=frame.index).astype("str")
    return frame.assign(**{TEXTS[dataset]: frame[TEXTS[dataset]] + " " + numbers})


def called(number: int) -> str:
    """What the teams of a council have before their name; the first council's are called as in the other datasets."""
    return f"Council {number:03}{BETWEEN}" if number else ""


def exponent(before: Took, after: Took) -> float:
    """The power of the number of audits with which CPU seconds grow between two sizes."""
    return math.log(after.cpu / before.cpu) / math.log(after.audits / before.audits)


def by_subject(makers: Mapping[str, float]) -> dict[str, float]:
    """The seconds of each subject of measures."""
    taken = dict[str, float]()
    for name, took in makers.items():
        subject = name.split(".")[0]
        taken[subject] = taken.get(subject, 0.0) + took
    return taken


def tables_of(frames: Mapping[str, DataFrame]) -> Tables:
    """The tables of the month."""
    rules = rules_for(MONTH)
    return tables_as_at(frames, load_contracts(), month=MONTH, as_at=rules.as_at(MONTH), rules=rules)


def name_of(maker: Maker) -> str:
    """Where a function is and what it is called."""
    return f"{maker.function.__module__.removeprefix('qa_analysis.measures.')}.{maker.function.__name__}"


def peak() -> float:
    """The most memory that this process has held, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
