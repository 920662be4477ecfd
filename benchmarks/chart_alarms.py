"""How often each chart of the rule flags the newest month, or any month, of a series in which nothing changed.

    python benchmarks/chart_alarms.py [--series 2000] [--seed 2022]

Each kind of series is one that the rule (`choose_chart`) gives that chart. Limits are fixed on the first twelve months.
Prints a table for docs/direction.md, and the largest rate of each chart and length as
`qa_analysis/stats/direction/chance.py` keeps it. Then how often a change that lasts is seen.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.special import expit, logit

from qa_analysis.dates import months_after
from qa_analysis.stats.direction.choosing import FIRM, Chart
from qa_analysis.stats.direction.series import Kind, Point, Series
from qa_analysis.stats.direction.travel import Travel, classify, compute

LENGTHS = (12, 18, 24, 36)
SHORT = (6, 7, 8, 9, 10, 11)
MONTHS = [months_after("2022-01", place) for place in range(max(LENGTHS))]
CHANGE = 0.10  # of a share, from the thirteenth month on


@dataclass(frozen=True)
class Process:
    """A kind of series: what it is called, how it is charted, and how one is made, with a change or without."""

    name: str
    chart: Chart
    kind: Kind
    made: Callable[[Generator, "np.typing.NDArray[np.float64]"], list[Point]]
    per_worker: float = 1


def binomial(share: float, low: int, high: int, *, restless: float = 0) -> Callable[..., list[Point]]:
    """Shares of `low` to `high` cases, whose months may differ by more than chance (standard deviation in logits)."""

    def made(random: Generator, lift: "np.typing.NDArray[np.float64]") -> list[Point]:
        sizes = random.integers(low, high + 1, len(lift))
        usual = expit(logit(np.clip(share + lift, 0.001, 0.999)) + random.normal(0, restless, len(lift)))
        hits = random.binomial(sizes, usual)
        return [Point(hit / size, hit, size) for hit, size in zip(hits, sizes, strict=True)]

    return made


def by_worker(share: float, workers: int, each: int, *, alike: float) -> Callable[..., list[Point]]:
    """Shares of cases of which each worker has several, alike by an intraclass correlation."""

    def made(random: Generator, lift: "np.typing.NDArray[np.float64]") -> list[Point]:
        usual, spread = np.clip(share + lift, 0.001, 0.999)[:, None], 1 / alike - 1
        own = random.beta(usual * spread, (1 - usual) * spread, (len(lift), workers))
        hits = random.binomial(each, own).sum(axis=1)
        return [Point(hit / (workers * each), hit, workers * each) for hit in hits]

    return made


def counts(rate: float, low: float, high: float, *, restless: float = 0) -> Callable[..., list[Point]]:
    """Rates of events over an exposure, whose months may differ by more than chance (standard deviation in logs)."""

    def made(random: Generator, lift: "np.typing.NDArray[np.float64]") -> list[Point]:
        sizes = random.uniform(low, high, len(lift))
        usual = rate * (1 + 2 * lift) * np.exp(random.normal(0, restless, len(lift)) - restless**2 / 2)
        hits = random.poisson(usual * sizes)
        return [Point(hit / size, hit, size) for hit, size in zip(hits, sizes, strict=True)]

    return made


def normal(random: Generator, lift: "np.typing.NDArray[np.float64]") -> list[Point]:
    """Measurements without numbers of cases."""
    return [Point(value) for value in random.normal(20 + 40 * lift, 3)]


PROCESSES = (
    Process("measurement", Chart.XMR, "measurement", normal),
    Process("share 50%, n 40 to 60", Chart.XMR, "share", binomial(0.5, 40, 60)),
    Process("share 80%, n 60 to 90", Chart.XMR, "share", binomial(0.8, 60, 90)),
    Process("share 90%, n 100 to 150", Chart.XMR, "share", binomial(0.9, 100, 150)),
    Process("share 80%, n 60 to 90, restless", Chart.XMR, "share", binomial(0.8, 60, 90, restless=0.15)),
    Process("share 50%, n 6 to 30", Chart.P, "share", binomial(0.5, 6, 30)),
    Process("share 80%, n 10 to 40", Chart.P, "share", binomial(0.8, 10, 40)),
    Process("share 92%, n 16 to 24", Chart.P, "share", binomial(0.92, 16, 24)),
    Process("share 98%, n 20 to 30", Chart.P, "share", binomial(0.98, 20, 30)),
    Process("share 10%, n 20 to 60", Chart.P, "share", binomial(0.1, 20, 60)),
    Process("rate 2 a month", Chart.U, "rate", counts(2, 0.9, 1.1)),
    Process("rate 4, exposure 1 to 3", Chart.U, "rate", counts(4, 1, 3)),
    Process("share 80%, 10 workers with 4", Chart.P_LANEY, "share", by_worker(0.8, 10, 4, alike=0.2), 4),
    Process("share 80%, n 300 to 400, restless", Chart.P_LANEY, "share", binomial(0.8, 300, 400, restless=0.15)),
    Process("share 80%, n 300 to 400", Chart.P_LANEY, "share", binomial(0.8, 300, 400)),
    Process("rate 1, exposure 300 to 400, restless", Chart.U_LANEY, "rate", counts(1, 300, 400, restless=0.1)),
    Process("measurement", Chart.RUN, "measurement", normal),
    Process("share 80%, n 10 to 40", Chart.RUN, "share", binomial(0.8, 10, 40)),
)


def main() -> None:
    """Simulate every process and length, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    print("Nothing changed: newest month flagged / any month flagged\n")
    largest: dict[Chart, dict[int, float]] = {}
    for process in PROCESSES:
        cells = []
        for months in SHORT if process.chart == Chart.RUN else LENGTHS:
            newest, any_month, _ = rates(process, months, given.series, given.seed)
            cells.append(f"{months} months {100 * newest:.1f}% / {100 * any_month:.1f}%")
            held = largest.setdefault(process.chart, {})
            held[months] = max(held.get(months, 0), newest)
        print(f"| {process.chart} | {process.name} | {' | '.join(cells)} |", flush=True)
    print()
    for chart, found in largest.items():
        print(f"    Chart.{chart.name}: {{{', '.join(f'{length}: {rate:.3f}' for length, rate in found.items())}}},")
    print(
        f"\n{100 * CHANGE:.0f} percentage points up from the thirteenth month on: newest flagged after 6 / 12 months\n"
    )
    for process in PROCESSES:
        if process.chart != Chart.RUN:
            seen = [rates(process, FIRM + after, given.series // 4, given.seed, change=CHANGE)[0] for after in (6, 12)]
            print(
                f"| {process.chart} | {process.name} | {' | '.join(f'{100 * one:.0f}%' for one in seen)} |", flush=True
            )


def rates(process: Process, months: int, series: int, seed: int, *, change: float = 0) -> tuple[float, float, float]:
    """How often the newest month is flagged, how often any is, and how often the rule chose the process's chart."""
    random, lift = np.random.default_rng(seed), np.where(np.arange(months) >= FIRM, change, 0.0)
    found = [travel(process, process.made(random, lift)) for _ in range(series)]
    as_asked = [one for one in found if one.choice.chart == process.chart]
    return (
        float(np.mean([one.is_signal for one in as_asked])),
        float(np.mean([any(one != "common_cause" for one in each.classes) for each in as_asked])),
        len(as_asked) / series,
    )


def travel(process: Process, points: list[Point]) -> Travel:
    """One series charted as the rule has it."""
    held: Mapping[str, Point] = dict(zip(MONTHS, points, strict=False))
    return classify(compute(Series(held, process.kind, per_worker=process.per_worker)), better="higher")


if __name__ == "__main__":
    main()
