"""How often a change is claimed where there is none, and found where there is one.

    python benchmarks/loop_verdicts.py [--councils 2000] [--seed 2022]

Councils of twelve auditors, each with a leniency of their own; every audit has seven grades that go together as they do
in practice (correlation 0.6), 40% good or better. "Claimed" counts reports in which any of the seven grades is called
improving or worse without more; "with more" those in which one is, but said not to be like for like. Prints a table for
docs/methods.md.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from qa_analysis.framework import rules_for
from qa_analysis.measures.closing_the_loop.verdicts import CLAIMS, Sides, doubt, verdict
from qa_analysis.stats.proportions import holm, newcombe

GRADES, AUDITORS, TOGETHER, LENIENCY, GOOD = 7, 12, 0.6, 0.3, 0.4
RULES = rules_for("2024-06")
SIZES = (20, 40, 115)  # audits a side: a small council's quarter, and a quarter of forty a month


@dataclass(frozen=True)
class Audits:
    """One period: who audited, and whether each of the seven grades is good or better."""

    auditor: NDArray[np.int64]
    is_good: NDArray[np.bool_]


def main() -> None:
    """Simulate every world at every size, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    rise = float(norm.ppf(GOOD + 0.25) - norm.ppf(GOOD))
    worlds: dict[str, Callable[..., tuple[Audits, Audits]]] = {
        "no change": partial(council, shift=0.0),
        "practice 25 points better": partial(council, shift=rise),
        "no change, half of the later audits by new, harsher auditors": partial(council, shift=0.0, new=0.5),
        "no change, all later audits by new, harsher auditors": partial(council, shift=0.0, new=1.0),
    }
    print("| world | audits a side | claimed | of these the overall grade | with more |")
    print("|---|---|---|---|---|")
    for name, world in worlds.items():
        for size in SIZES:
            random = np.random.default_rng(given.seed)
            found = np.array([reported(*world(random, size)) for _ in range(given.councils)])
            claimed, overall, more = (f"{100 * share:.1f}%" for share in found.mean(axis=0))
            print(f"| {name} | {size} | {claimed} | {overall} | {more} |")


def council(random: np.random.Generator, size: int, *, shift: float, new: float = 0.0) -> tuple[Audits, Audits]:
    """The audits of now and of six months ago; new auditors are 0.8 of a standard deviation harsher."""
    leniency = random.normal(0, LENIENCY, 2 * AUDITORS)
    leniency[AUDITORS:] -= 0.8
    then = random.integers(0, AUDITORS, size)
    now = random.integers(0, AUDITORS, size) + np.where(random.random(size) < new, AUDITORS, 0)
    return graded(random, now, leniency, shift), graded(random, then, leniency, 0.0)


def graded(
    random: np.random.Generator, auditor: NDArray[np.int64], leniency: NDArray[np.float64], shift: float
) -> Audits:
    """Audits of one period, each with seven grades that go together."""
    shared, own = random.normal(size=(len(auditor), 1)), random.normal(size=(len(auditor), GRADES))
    latent = np.sqrt(TOGETHER) * shared + np.sqrt(1 - TOGETHER) * own + leniency[auditor][:, None] + shift
    line = norm.ppf(1 - GOOD) * np.sqrt(1 + LENIENCY**2)
    return Audits(auditor, latent > line)


def reported(now: Audits, then: Audits) -> tuple[bool, bool, bool]:
    """Whether anything is claimed, whether the overall grade is, and whether anything is claimed with a reservation."""
    sides = [counted(now, then, grade) for grade in range(GRADES)]
    both = np.intersect1d(now.auditor, then.auditor)
    kept = [
        Audits(side.auditor[kept], side.is_good[kept]) for side in (now, then) for kept in [np.isin(side.auditor, both)]
    ]
    alike = [newcombe(*counted(kept[0], kept[1], grade)) for grade in range(GRADES)]
    p_values, alike_p = (holm([found.p for found in each]) for each in ([newcombe(*side) for side in sides], alike))
    claims, more = [], []
    for side, p, same, same_p in zip(sides, p_values, alike, alike_p, strict=True):
        is_claim = verdict(side, float(p), RULES) in CLAIMS
        reason = doubt(side, same, float(same_p), RULES) if is_claim else ""
        claims.append(is_claim and not reason)
        more.append(is_claim and bool(reason))
    return any(claims), claims[0], any(more)


def counted(now: Audits, then: Audits, grade: int) -> Sides:
    """Good and graded, now and then."""
    return (int(now.is_good[:, grade].sum()), len(now.auditor), int(then.is_good[:, grade].sum()), len(then.auditor))


if __name__ == "__main__":
    main()
