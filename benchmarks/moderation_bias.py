"""Whether the figures of moderation tell the truth when disputed audits are moderated more often.

    python benchmarks/moderation_bias.py [--councils 1000] [--seed 2022]

Each council grades a year of audits. Auditors are milder than the panel; an audit on which they would differ is
disputed more often; every disputed audit and a third of all, drawn at random, go to the panel. As the panel's grade
of every audit is known here, so is the truth. Prints how far each figure is off on average and how often its interval
holds the truth, as a table for docs/methods.md.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_analysis.stats.agreement import whole_month
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.panel import corrected, partly_pooled, stratified
from qa_analysis.stats.proportions import two_phase, wilson

CYCLES, GRADES = 12, 4
CUTS = (1.7, 0.3, -1.4)  # where outstanding, good and requires improvement begin on the latent scale
LENIENCY = 0.45  # how much better than the panel auditors see an audit
ERRORS = 0.4  # of each side, on a latent scale whose spread between audits is one
AREA_LENIENCY = (0.0, -0.15, 0.15, -0.1, 0.1, 0.0, 0.05)  # overall first, then six areas: they differ a little
DISPUTED_IF_ALIKE, DISPUTED_IF_NOT = 0.05, 0.4

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Year:
    """A year of audits: grades by area (overall first) as the auditor and as the panel would give them, 0 the best."""

    cycle: Ints
    auditor: Ints
    panel: Ints
    is_disputed: Flags
    is_drawn: Flags

    @property
    def is_seen(self) -> Flags:
        """Whether the panel looked at the audit."""
        return self.is_disputed | self.is_drawn


def main() -> None:
    """Simulate, print one table per size of month."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    for size in (20, 40, 60):
        random = np.random.default_rng(given.seed + size)
        expected = panels_share(year(random, 20_000))
        found = [row for _ in range(given.councils) for row in figures(year(random, size), expected)]
        print(f"\n{size} audits a cycle\n")
        print("| figure | truth | average | off by (points) | interval holds the truth | its width (points) |")
        print("|---|---|---|---|---|---|")
        for name, rows in grouped(found).items():
            print(line(name, rows))


def year(random: np.random.Generator, size: int) -> Year:
    """A year of a council's audits, `size` a cycle."""
    n, areas = CYCLES * size, len(AREA_LENIENCY)
    common = random.normal(size=(n, 1))
    truth = np.sqrt(0.6) * common + np.sqrt(0.4) * random.normal(size=(n, areas))
    panel = graded(truth + ERRORS * random.normal(size=(n, areas)))
    mild = LENIENCY + np.array(AREA_LENIENCY)
    auditor = graded(truth + mild + ERRORS * random.normal(size=(n, areas)))
    differs = auditor[:, 0] != panel[:, 0]
    is_disputed = random.random(n) < np.where(differs, DISPUTED_IF_NOT, DISPUTED_IF_ALIKE)
    is_drawn = np.zeros(n, dtype=bool)
    for cycle in range(CYCLES):
        is_drawn[cycle * size + random.choice(size, -(-size // 3), replace=False)] = True
    return Year(np.repeat(np.arange(CYCLES), size), auditor, panel, is_disputed, is_drawn)


def graded(scores: NDArray[np.float64]) -> Ints:
    """The grade each score earns, 0 the best."""
    return (scores[..., None] < np.array(CUTS)).sum(axis=-1)


def panels_share(whole: Year) -> float:
    """The share that the panel would call good in the long run."""
    return float((whole.panel[:, 0] < 2).mean())


def figures(held: Year, expected: float) -> Iterator[tuple[str, float, Estimate]]:
    """Every figure of one council: its name, the truth and the estimate."""
    upheld = held.auditor[:, 0] == held.panel[:, 0]
    last = held.cycle == CYCLES - 1
    year_truth, month_truth = float(upheld.mean()), float(upheld[last].mean())
    yield "year, upheld: all routes naively", year_truth, share(upheld[held.is_seen])
    yield "year, upheld: random third", year_truth, share(upheld[held.is_drawn])
    yield "year, upheld: all routes weighted", year_truth, weighted(held, upheld)
    yield "month, upheld: all routes naively", month_truth, share(upheld[last & held.is_seen])
    yield "month, upheld: whole month", month_truth, whole(held, upheld, last)
    good = held.panel[:, 0] < 2
    for name, some in (("month", last), ("year", np.ones(len(last), dtype=bool))):
        truth = float(good[some].mean())
        mixed = np.where(held.is_seen, good, held.auditor[:, 0] < 2)
        methods = {
            "auditors' grades": share(held.auditor[some, 0] < 2),
            "mixed grades": share(mixed[some]),
            "corrected": correction(held, some),
            "two-phase": difference(held, some),
        }
        for method, estimate in methods.items():
            yield f"{name}, good or better: {method}, of these audits", truth, estimate
            yield f"{name}, good or better: {method}, in the long run", expected, estimate


def share(flags: Flags) -> Estimate:
    """A plain share with Wilson's interval."""
    return wilson(int(flags.sum()), len(flags))


def weighted(held: Year, upheld: Flags) -> Estimate:
    """All routes, each by its probability of selection."""
    strata = np.where(held.is_disputed, 0, held.cycle + 1)
    audits, seen, kept = (
        np.bincount(strata, weights=some, minlength=CYCLES + 1)
        for some in (np.ones(len(strata)), held.is_seen, held.is_seen & upheld)
    )
    return stratified(audits, seen, kept)


def whole(held: Year, upheld: Flags, last: Flags) -> Estimate:
    """The month from the referred and the others drawn at random."""
    referred, sample = last & held.is_disputed, last & held.is_drawn & ~held.is_disputed
    kept = (int(upheld[some].sum()) for some in (referred, sample))
    return whole_month(next(kept), int(referred.sum()), next(kept), int(sample.sum()), int(last.sum()))


def correction(held: Year, some: Flags) -> Estimate:
    """What the panel would have said, by its habits over the year."""
    sample = held.is_drawn & ~held.is_disputed
    pairs, good = (
        np.stack([np.bincount(held.auditor[kept, area], minlength=GRADES) for area, kept in enumerate(masks)])
        for masks in ([sample] * len(AREA_LENIENCY), [sample & (panel < 2) for panel in held.panel.T])
    )
    unseen, sampled = (np.bincount(held.auditor[some & mask, 0], minlength=GRADES) for mask in (~held.is_seen, sample))
    kept = int((held.panel[some & held.is_seen, 0] < 2).sum())
    return corrected(unseen, sampled, kept, int((some & held.is_disputed).sum()), partly_pooled(good, pairs, row=0))


def difference(held: Year, some: Flags) -> Estimate:
    """What the panel would have said, by the changes among these audits alone."""
    good = [(int(a < 2), int(p < 2)) for a, p in zip(held.auditor[:, 0], held.panel[:, 0], strict=True)]
    referred, sample = some & held.is_disputed, some & held.is_drawn & ~held.is_disputed
    return two_phase(
        int((held.auditor[some, 0] < 2).sum()),
        int(some.sum()),
        referred=[good[place] for place in np.flatnonzero(referred)],
        sample=[good[place] for place in np.flatnonzero(sample)],
    )


def grouped(found: list[tuple[str, float, Estimate]]) -> Mapping[str, list[tuple[float, Estimate]]]:
    """The figures by name, in the order met."""
    rows = defaultdict(list)
    for name, truth, estimate in found:
        rows[name].append((truth, estimate))
    return rows


def line(name: str, rows: list[tuple[float, Estimate]]) -> str:
    """One line of the table."""
    known = np.array([(truth, one.value, one.lower, one.upper) for truth, one in rows if one.lower == one.lower])
    truth, value, lower, upper = known.T
    held = ((lower <= truth + 1e-9) & (truth - 1e-9 <= upper)).mean()
    return (
        f"| {name} | {100 * truth.mean():.1f}% | {100 * value.mean():.1f}% | {100 * (value - truth).mean():+.1f} | "
        f"{100 * held:.1f}% | {100 * (upper - lower).mean():.0f} |"
    )


if __name__ == "__main__":
    main()
