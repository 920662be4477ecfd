"""How long a region of up to 10,000 councils takes on so many workers, by simulation from seconds that were measured.

    python benchmarks/region_sizing.py REGION.json [--adds 0.13] [--dying 0.001] [--grows 4]

REGION.json is the record of a region's run (`region/2024-06.json` of its outputs): the seconds of each council that it
published are drawn from, with replacement. Every council is handed out in turn to the next free worker, as a region
does; handing out itself adds `--adds` seconds one after another, at the scheduler. Some runs, `--dying` of them, take
their worker down halfway; the council is begun again by the next, up to three times. Prints for each number of councils
and workers the hours until the last is published (middle and worst of 20 simulations), how busy the workers were, and
from how many workers on more would only wait for the scheduler. `--grows` also prints what one council so many
times slower than the slowest costs where it comes last.
"""

import argparse
import heapq
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

COUNCILS, WORKERS = (15, 150, 1_500, 10_000), (2, 8, 32, 128)
RUNS, BEGUN_AT_MOST = 20, 3
HOUR = 3600.0


def main() -> None:
    """Simulate, print one line for each number of councils and workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("region", type=Path)
    parser.add_argument("--adds", type=float, default=0.13)
    parser.add_argument("--dying", type=float, default=0.001)
    parser.add_argument("--grows", type=float, default=4.0)
    asked = parser.parse_args()
    held = measured(asked.region)
    print(f"{len(held)} councils measured: {np.quantile(held, [0, 0.5, 1]).round(1)} s; mean {held.mean():.1f} s")
    print(f"from about {held.mean() / asked.adds:,.0f} workers on, more would wait for the scheduler")
    chance = np.random.default_rng(0)
    for many in COUNCILS:
        for workers in (each for each in WORKERS if each <= many):
            told = [simulated(chance.choice(held, many), workers, asked.adds, asked.dying, chance) for _ in range(RUNS)]
            last, busy = np.array(told).T
            one_late = asked.grows * held.max()
            print(
                f"{many:7,} councils, {workers:4} workers: {np.median(last) / HOUR:7.2f} h, at worst "
                f"{last.max() / HOUR:7.2f} h; workers busy {100 * busy.mean():3.0f}%; a council of {one_late:.0f} s "
                f"that comes last: {(last.max() + one_late) / HOUR:7.2f} h"
            )


def measured(region: Path) -> NDArray[np.float64]:
    """The seconds of each council that the run published."""
    record = json.loads(region.read_text(encoding="utf-8"))
    return np.array([one["seconds"] for one in record["outcomes"] if one["state"] == "published"], dtype=np.float64)


def simulated(
    seconds: NDArray[np.float64], workers: int, adds: float, dying: float, chance: np.random.Generator
) -> tuple[float, float]:
    """When the last council is done, and what share of the workers' time until then was work that came to something."""
    free, given = [0.0] * workers, 0.0
    left, last = [(float(one), 1) for one in reversed(seconds)], 0.0
    while left:
        took, begun = left.pop()
        given = max(given + adds, heapq.heappop(free))
        is_dying = begun < BEGUN_AT_MOST and chance.random() < dying
        until = given + took / (2 if is_dying else 1)
        heapq.heappush(free, until)
        if is_dying:
            left.insert(0, (took, begun + 1))
        last = max(last, until)
    return last, float(seconds.sum()) / (workers * last)


if __name__ == "__main__":
    main()
