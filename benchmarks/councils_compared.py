"""How often a region's range holds the truth, and how many councils lie outside the limits though none differs oddly.

    python benchmarks/councils_compared.py [--regions 3000] [--seed 0]

Draws regions of councils whose true shares of good audits are alike, or differ as a normal distribution has it with a
standard deviation of 8 percentage points, each with 40 to 299 audits, and rounds both counts to the nearest five.
Prints a table for docs/methods.md.
"""

import argparse

import numpy as np

from qa_analysis.stats.direction.over_dispersed import additive_funnel, clustered_ratio

TRUE, NEAREST, SPREADS, COUNCILS = 0.45, 5, (0.0, 0.08), (4, 6, 10, 20, 40)


def main(regions: int, seed: int) -> None:
    """Print one row per number of councils and true spread."""
    chance = np.random.default_rng(seed)
    print("| councils | true standard deviation | range holds the truth | outside the limits, of 1,000 |")
    print("|---|---|---|---|")
    for councils in COUNCILS:
        for spread in SPREADS:
            held, outside = np.array([one(councils, spread, chance) for _ in range(regions)]).sum(axis=0)
            odd = 1000 * outside / regions / councils
            print(f"| {councils} | {spread:.0%} | {held / regions:.1%} | {odd:.1f} |")


def one(councils: int, spread: float, chance: np.random.Generator) -> tuple[bool, int]:
    """One region: whether its range holds the truth, and how many councils lie outside."""
    sizes = chance.integers(40, 300, councils)
    good = chance.binomial(sizes, np.clip(chance.normal(TRUE, spread, councils), 0.02, 0.98))
    x, n = (NEAREST * np.round(count / NEAREST) for count in (good, sizes))
    region, blur = clustered_ratio(x, n), (NEAREST**2 - 1) / 12
    rounding = blur * (1 + region.value**2)
    found = additive_funnel(x, n, spread=region.value * (1 - region.value), rounding=rounding)
    return bool(region.lower <= TRUE <= region.upper), int((found["outside"] != "").sum())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--regions", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    main(**vars(parser.parse_args()))
