"""How often each printed 95% interval of moderation holds the truth, and how wide it is.

    python benchmarks/agreement_coverage.py [--samples 2000] [--seed 2022]

Draws pairs of grades from three true tables, the panel upholding about 55, 75 and 90% of grades and lowering more than
it raises. Prints a table for docs/methods.md: coverage and mean width by figure, number of pairs and true agreement.
Samples of which a figure is undefined are left out; the report prints "not defined" then.
"""

import argparse
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from qa_analysis.stats.agreement import cohen_kappa, exact, gwet_ac, whole_month, within_one
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.marginal import mean_shift, share_lowered
from qa_analysis.stats.panel import stratified

Table = NDArray[np.int64]
SIZES = (8, 15, 30, 60)
AUDITOR = np.array([0.06, 0.48, 0.38, 0.08])  # how auditors grade, best first
LEVELS = (0.55, 0.75, 0.90)  # of grades that the panel upholds
LARGE = 1_000_000
FIGURES: Mapping[str, Callable[[Table], Estimate]] = {
    "share upheld": exact,
    "within one grade": within_one,
    "AC1": gwet_ac,
    "AC2, linear": lambda table: gwet_ac(table, weights="linear"),
    "kappa, linear": lambda table: cohen_kappa(table, weights="linear"),
    "kappa, quadratic": lambda table: cohen_kappa(table, weights="quadratic"),
    "mean shift": mean_shift,
    "lowered, of those changed": share_lowered,
}


def main() -> None:
    """Simulate, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    print("| figure | upheld in truth | " + " | ".join(f"n = {n}" for n in SIZES) + " |")
    print("|---|---|" + "---|" * len(SIZES))
    for level in LEVELS:
        truth = true_table(level)
        cells = {n: drawn(truth, n, given.samples, given.seed) for n in SIZES}
        for name, figure in FIGURES.items():
            target = figure(np.rint(truth * LARGE).astype(np.int64)).value
            found = [coverage([(target, figure(one)) for one in cells[n]]) for n in SIZES]
            print(f"| {name} | {level:.0%} | {' | '.join(found)} |")
        for name, simulated in (("whole month", months), ("year, weighted", years)):
            found = [coverage(simulated(level, n, given.samples, given.seed)) for n in SIZES]
            print(f"| {name} | {level:.0%} | {' | '.join(found)} |")


def true_table(level: float) -> NDArray[np.float64]:
    """The shares of all pairs of grades: two in three changes lower, one in six of the changes by two grades."""
    steps = {0: level, 1: (1 - level) * 0.55, 2: (1 - level) * 0.11, -1: (1 - level) * 0.28, -2: (1 - level) * 0.06}
    table = np.zeros((4, 4))
    for auditor, share in enumerate(AUDITOR):
        for step, chance in steps.items():
            table[auditor, np.clip(auditor + step, 0, 3)] += share * chance
    # What the ends of the scale clip counts as upheld; take as much off the diagonal's share as it added.
    return _calibrated(table, level)


def drawn(truth: NDArray[np.float64], n: int, samples: int, seed: int) -> Table:
    """Samples of `n` pairs as tables of counts."""
    random = np.random.default_rng(seed + n)
    return random.multinomial(n, truth.ravel(), samples).reshape(samples, *truth.shape)


def months(level: float, n: int, samples: int, seed: int) -> list[tuple[float, Estimate]]:
    """Months of three times `n` audits: a tenth referred and upheld half as often, `n` of the others at random."""
    random = np.random.default_rng(seed + n)
    referred, rest = round(0.3 * n), 3 * n - round(0.3 * n)
    kept, others = random.binomial(referred, level / 2, samples), random.binomial(rest, level, samples)
    seen = random.hypergeometric(others, rest - others, n)
    return [
        ((census + all_kept) / (referred + rest), whole_month(int(census), referred, int(sample), n, referred + rest))
        for census, all_kept, sample in zip(kept, others, seen, strict=True)
    ]


def years(level: float, n: int, samples: int, seed: int) -> list[tuple[float, Estimate]]:
    """Twelve months of unequal size with `n` moderated at random in all, and every referred audit."""
    random = np.random.default_rng(seed + n)
    sizes = np.array([6, 18] * 6) * n // 48 + 2
    drawn_of = np.maximum(np.rint(sizes * n / sizes.sum()).astype(int), 1)
    found = []
    for _ in range(samples):
        upheld = random.binomial(sizes, level)
        sample = random.hypergeometric(upheld, sizes - upheld, drawn_of)
        referred = max(round(0.3 * n), 1)
        kept = random.binomial(referred, level / 2)
        truth = (upheld.sum() + kept) / (sizes.sum() + referred)
        found.append((truth, stratified([*sizes, referred], [*drawn_of, referred], [*sample, kept])))
    return found


def coverage(pairs: list[tuple[float, Estimate]]) -> str:
    """How often the interval holds the truth, and its mean width."""
    known = np.array([(truth, one.lower, one.upper) for truth, one in pairs if one.lower == one.lower])
    held = (known[:, 1] - 1e-6 <= known[:, 0]) & (known[:, 0] <= known[:, 2] + 1e-6)
    return f"{100 * held.mean():.1f} % ({(known[:, 2] - known[:, 1]).mean():.2f})"


def _calibrated(table: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """The table with its diagonal at `level`, the rest in proportion."""
    diagonal = np.diag(np.diag(table))
    rest = table - diagonal
    return np.asarray(diagonal * level / diagonal.sum() + rest * (1 - level) / rest.sum())


if __name__ == "__main__":
    main()
