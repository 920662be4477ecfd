"""How often the run chart flags a month where nothing changed, and how soon it shows a change that lasts.

    python benchmarks/run_chart_alarms.py [--series 4000] [--seed 2022]

Series of 24 cycles, each with 13 to 40 graded audits. The rule in force (exact binomial limits that follow each month's
number of audits, from the first twelve) is held against the XmR chart it took the place of, fixed on twelve cycles or
not, and against limits of three standard deviations. Prints two tables for docs/methods.md.
"""

import argparse
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from qa_analysis.framework import rules_for
from qa_analysis.measures.grades.trends import BASELINE_CYCLES
from qa_analysis.stats.control_charts import COMMON, binomial_chart, xmr

CYCLES, SIZES = 24, ((13, 20), (13, 40), (30, 40))
SHARES, CHANGE = (0.3, 0.5, 0.7, 0.9), 0.25
RESTLESS = 0.25  # standard deviation, in logits, by which months differ that only their cases and auditors set apart
FEWEST = rules_for("2024-06").verdict_from

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Rule = Callable[[Whole, Whole], Flags]


def fixed_xmr(good: Whole, size: Whole) -> Flags:
    """XmR limits and runs, from the first twelve shares: the rule until November 2026."""
    return _signals(good, size, fix_after=BASELINE_CYCLES)


def every_xmr(good: Whole, size: Whole) -> Flags:
    """XmR limits and runs, from all shares."""
    return _signals(good, size, fix_after=None)


def three_sigma(good: Whole, size: Whole) -> Flags:
    """Three standard deviations at each month's own size, from the first twelve."""
    usual = good[:BASELINE_CYCLES].sum() / size[:BASELINE_CYCLES].sum()
    return (np.abs(good / size - usual) > 3 * np.sqrt(usual * (1 - usual) / size) + 1e-12) & (size >= FEWEST)


def exact(good: Whole, size: Whole) -> Flags:
    """The rule in force."""
    chart = binomial_chart(good, size, fix_after=BASELINE_CYCLES)
    outside = (chart["y"] > chart["upper"]) | (chart["y"] < chart["lower"])
    return outside.to_numpy() & (size >= FEWEST)


RULES: Mapping[str, Rule] = {
    "XmR, fixed on twelve (old)": fixed_xmr,
    "XmR, all points": every_xmr,
    "3 sigma": three_sigma,
    "exact (new)": exact,
}


def main() -> None:
    """Simulate every share and size, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    print("Nothing changed: series with any month flagged / with the newest month flagged\n")
    _print(given.series, given.seed, lambda flags: (flags.any(axis=1), flags[:, -1]))
    print("\nNothing changed but chance differences of cases and auditors between months\n")
    _print(given.series, given.seed, lambda flags: (flags.any(axis=1), flags[:, -1]), restless=RESTLESS)
    print("\n25 points up or down from the thirteenth month on: flagged within a year / in its first month\n")
    _print(given.series, given.seed, lambda flags: (flags[:, 12:].any(axis=1), flags[:, 12]), change=CHANGE)


def _print(
    series: int, seed: int, looked_at: Callable[[Flags], tuple[Flags, Flags]], *, change: float = 0, restless: float = 0
) -> None:
    """One row per number of audits and share, a column per rule."""
    print(f"| audits a month | good or better | {' | '.join(RULES)} |")
    print(f"|---|---|{'---|' * len(RULES)}")
    for low, high in SIZES:
        for share in SHARES:
            random = np.random.default_rng(seed)
            sizes = random.integers(low, high + 1, (series, CYCLES))
            shares = np.full(sizes.shape, share)
            shares[:, BASELINE_CYCLES:] += change if share <= 0.5 else -change
            shares = expit(logit(shares) + random.normal(0, restless, shares.shape))
            good = random.binomial(sizes, shares)
            cells = []
            for rule in RULES.values():
                flags = np.array([rule(one, size) for one, size in zip(good, sizes, strict=True)])
                cells.append(" / ".join(f"{100 * found.mean():.1f}%" for found in looked_at(flags)))
            print(f"| {low} to {high} | {share:.0%} | {' | '.join(cells)} |", flush=True)


def _signals(good: Whole, size: Whole, *, fix_after: int | None) -> Flags:
    return xmr(good / size, fix_after=fix_after)["special_cause"].ne(COMMON).to_numpy()


if __name__ == "__main__":
    main()
