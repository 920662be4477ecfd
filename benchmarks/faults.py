"""What a disk, a scheduler, a clock and an odd folder can do to whole runs, and whether what is promised then was kept.

    python benchmarks/faults.py                          # a few of each, about ten minutes
    python benchmarks/faults.py --only kill --minutes 10 # one kind for as long as there is
    python benchmarks/faults.py --only step --every 1    # every step of the disk, over night
    python benchmarks/faults.py --write                  # and add what was tried to the table in docs/reliability.md
    python benchmarks/faults.py --write --anew           # in place of what an earlier program did, where it has changed

Each trial is a whole run of a small council. After each, every month that a reader could see is held against its
manifest, and those published before must be as they were. What was tried on other days is kept in the table and added
to; a promise that was broken begins again from none once it is kept.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fault_bench import Bench, Lots, few, until
from fault_pairs import two_at_once
from fault_places import not_writable, odd_places, others
from fault_steps import kills, steps, warmed
from fault_table import PAGE, Kept, with_table
from fault_trials import asked_to_end, clock, full, killed

TRIALS: Final[Mapping[str, Callable[[Bench, Lots], Iterator[Kept]]]] = {
    "unwritable": not_writable, "kill": killed, "end": asked_to_end, "full": full, "two": two_at_once,
    "odd": odd_places, "clock": clock, "others": others,
}  # fmt: skip


def trials(place: Path, *, asked: argparse.Namespace) -> Iterator[Kept]:
    """Every promise in turn, or those asked for."""
    bench = Bench.made(place)
    for name, trial in TRIALS.items():
        if asked.only in name:
            yield from trial(bench, partial(until, asked.minutes) if asked.minutes else partial(few, asked.times))
    if asked.only in "warm" or asked.only in "step":
        warm = warmed(bench)
        ends = time.monotonic() + 60 * asked.minutes if asked.minutes else None
        if asked.only in "warm":
            yield from kills(warm, until(asked.minutes) if asked.minutes else few(asked.times))
        if asked.only in "step":
            yield from steps(warm, every=asked.every, seed=asked.seed, deadline=ends)


def main() -> int:
    """0 where every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=8, help="kills and requests to end, of each kind (8)")
    parser.add_argument("--minutes", type=float, default=0, help="instead of so many times: for so long, of each kind")
    parser.add_argument(
        "--only", default="", help="a word in the name of a kind: kill, warm, end, full, two, odd, clock, others, step"
    )
    parser.add_argument("--every", type=int, default=40, help="of the steps of the disk: each so many-th (40)")
    parser.add_argument("--seed", type=int, default=2023, help="where the steps begin")
    parser.add_argument("--write", action="store_true", help="add to the table of docs/reliability.md")
    parser.add_argument("--anew", action="store_true", help="count from none: the program has changed since")
    asked = parser.parse_args()
    done = []
    with tempfile.TemporaryDirectory(prefix="faults-") as scratch:
        for kept in trials(Path(scratch), asked=asked):
            done.append(kept)
            print(kept.row if kept.tried else f"not tried: {kept.what}: {kept.skipped}", flush=True)
            if asked.write:
                page = with_table(PAGE.read_text(encoding="utf-8"), [kept], date.today(), anew=asked.anew)
                PAGE.write_text(page, encoding="utf-8", newline="\n")
    return 1 if any(kept.against for kept in done) else 0


if __name__ == "__main__":
    sys.exit(main())
