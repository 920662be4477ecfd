"""What each measure takes of a council ten times as large: nothing may grow faster than the data.

    python benchmarks/growth.py [--larger 10] [--at-least 0.2]

The synthetic council is copied so many times, each copy with children, workers, audits and teams' records of its own,
and every function of the catalogue measures both. Prints CPU seconds of both sizes and their ratio for each function
that takes at least so many seconds of the larger, those that grow fastest first.
"""

import argparse
import time
from collections.abc import Mapping

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import Contract, load_contracts
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import Maker, figures_by, of_month

MONTH = "2024-06"


def main() -> None:
    """Measure both sizes, print one line per function."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--larger", type=int, default=10)
    parser.add_argument("--at-least", type=float, default=0.2)
    asked = parser.parse_args()
    frames = council()
    for maker in of_month():
        figures_by(maker, tables_of(frames))  # what a first call loads is no matter of size
    taken = {
        size: {maker: seconds(maker, tables_of(larger(frames, size))) for maker in of_month()}
        for size in (1, asked.larger)
    }
    by_growth = sorted(of_month(), key=lambda maker: -taken[asked.larger][maker] / taken[1][maker])
    print(f"CPU seconds of the council, of {asked.larger} times the council, and their ratio")
    for maker in by_growth:
        one, many = taken[1][maker], taken[asked.larger][maker]
        if many >= asked.at_least:
            print(f"{one:9.3f} {many:9.3f} {many / one:7.1f}  {name_of(maker)}")
    one, many = (sum(taken[size].values()) for size in (1, asked.larger))
    print(f"{one:9.3f} {many:9.3f} {many / one:7.1f}  every measure")


def seconds(maker: Maker, tables: Tables) -> float:
    """The CPU seconds that one function takes."""
    since = time.process_time()
    figures_by(maker, tables)
    return time.process_time() - since


def name_of(maker: Maker) -> str:
    """Where a function is and what it is called."""
    return f"{maker.function.__module__.removeprefix('qa_analysis.measures.')}.{maker.function.__name__}"


def tables_of(frames: Mapping[str, DataFrame]) -> Tables:
    """The tables of the month, new ones each time, so that nothing is remembered."""
    rules = rules_for(MONTH)
    return tables_as_at(frames, load_contracts(), month=MONTH, as_at=rules.as_at(MONTH), rules=rules)


def larger(frames: Mapping[str, DataFrame], times: int) -> dict[str, DataFrame]:
    """So many copies of a council, each with ids of its own. A dataset whose key holds no id stays as it is."""
    return {name: _copies(frame, load_contracts()[name], times) for name, frame in frames.items()}


def _copies(frame: DataFrame, contract: Contract, times: int) -> DataFrame:
    """A dataset's rows so many times, the first copy with the ids that it had."""
    ids = [column.name for column in contract.columns if column.kind == "id" and column.name in frame]
    if not set(ids) & set(contract.key):
        return frame
    copies = [frame.assign(**{name: frame[name] + f"x{copy}" for name in ids}) for copy in range(1, times)]
    return pd.concat([frame, *copies], ignore_index=True)


if __name__ == "__main__":
    main()
