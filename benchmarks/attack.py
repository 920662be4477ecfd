"""What an attacker with every edition of two years can work out, reader by reader.

    python benchmarks/attack.py                # the synthetic council, 24 editions: about ten minutes
    python benchmarks/attack.py --seed 7       # another council
    python benchmarks/attack.py --cycles 14    # fewer editions

One line per reader: how many counts are protected, how many of them can be worked out to the last one, how many of
those are of one or two audits, and the narrowest that any of the others lies between. The code is 1 where one can be.
How the figures are come by, and what a reader may know besides, is said in tests/attacker.py.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from pandas import DataFrame

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from attacker import MOVED, Found, OfManagers, editions, shared_editions, tables_of

from qa_analysis.data.scope import Scope
from qa_analysis.data.synthetic import council
from qa_analysis.dates import months_up_to
from qa_analysis.measures.grades.grades import graded

FIRST = "2022-06"
MEASURES = ("good_or_better", *MOVED)
EDITIONS = 24


def main() -> int:
    """Attack every reader's editions, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--cycles", type=int, default=25)
    given = parser.parse_args()
    frames = council(given.seed, first_cycle=FIRST, cycles=given.cycles)
    last = str(frames["audits"]["cycle_month"].max())
    months = months_up_to(last, min(EDITIONS, given.cycles))
    print(f"{len(months)} editions, {months[0]} to {last}")
    print(f"{'reader':72}{'protected':>10}{'recovered':>10}{'of 1 or 2':>12}{'narrowest':>12}{'seconds':>9}")
    worked_out, began = 0, time.perf_counter()
    for one in readers(frames, months):
        seconds, began = time.perf_counter() - began, time.perf_counter()
        few = f"{one.recovered_of_one_or_two} of {one.of_one_or_two}" if one.of_one_or_two else ""
        narrowest = f"{one.narrowest[0]} to {one.narrowest[1]}"
        print(
            f"{one.reader:72}{one.protected:10,}{one.recovered:10,}{few:>12}{narrowest:>12}{seconds:9.1f}", flush=True
        )
        worked_out += one.recovered
    return int(worked_out > 0)


def readers(frames: Mapping[str, DataFrame], months: tuple[str, ...]) -> Iterator[Found]:
    """Each reader and what they can work out."""
    held = list(editions(lambda _: frames, months, MEASURES))
    grades = OfManagers.of_grades(held)
    upheld, lowered, raised = (OfManagers.of_moderation(held, measure) for measure in MOVED)
    for words, reader in (
        ("good or better", grades), ("grades upheld by the panel", upheld), ("grades lowered by the panel", lowered)
    ):  # fmt: skip
        assert reader.checked()
        yield reader.found(f"managers: {words}")
        if reader is not lowered:  # who knows rows knows of both kinds: one of them is looked at
            yield from of_managers_with_rows(f"managers: {words}", reader)
    yield raised.found("managers: months in which a grade was raised", marked_alone=True)
    whole = shared_editions(frames, months)
    yield whole.found("everyone: all that is printed")
    yield from with_rows_known(frames, months)
    for service in sorted(frames["audits"]["service_area"].dropna().unique()):
        yield shared_editions(frames, months, Scope(service=service)).found(f"everyone: the edition of {service}")


def of_managers_with_rows(words: str, reader: OfManagers) -> Iterator[Found]:
    """The same reader with all rows of one child, one worker or one team, whichever can work out most."""
    for word, column in (("child", "child"), ("worker", "key_worker_id"), ("team", "team")):
        known = sorted(reader.neighbours) if column == "child" else sorted(reader.cases[column].dropna().unique())
        each = [reader.knowing(reader.cases[column] == one) for one in known]
        most = max(each, key=OfManagers.worked_out)
        yield most.found(f"{words}, one {word}'s rows known, worst of {len(each)}")


def with_rows_known(frames: Mapping[str, DataFrame], months: tuple[str, ...]) -> Iterator[Found]:
    """Readers of the shared edition who know rows: good or better, overall."""
    whole = shared_editions(frames, months)
    told = whole.told[(whole.told["measure"] == "shared_good_or_better") & (whole.told["by"] == "")]
    tables = tables_of(frames, months[-1])
    routes = tables.audits["selection_route"].isin(tables.rules.headline_routes)
    audits = graded(tables.audits[routes], "overall_grade", tables.rules)
    for word, column in (("child", "child_id"), ("worker", "key_worker_id"), ("team", "team")):
        found = []
        for one in audits[column].dropna().unique():
            by_cycle = audits[audits[column] == one].groupby("cycle_month")["is_good"].agg(["sum", "size"])
            known = {str(cycle): (int(good), int(size - good)) for cycle, good, size in by_cycle.itertuples()}
            found.append(type(whole)(told, whole.rules).found("", known=known))
        yield worst(f"everyone: good or better, one {word}'s rows known, worst of ", found)


def worst(words: str, found: list[Found]) -> Found:
    """The one of several readers who can work out most."""
    one = max(found, key=lambda one: (one.recovered, -one.width))
    return one._replace(reader=f"{words}{len(found)}")


if __name__ == "__main__":
    sys.exit(main())
