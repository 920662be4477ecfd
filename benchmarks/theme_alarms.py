"""How often the rules of the themes raise a false alarm: the same audits with their months shuffled.

    .venv/bin/python benchmarks/theme_alarms.py [SHUFFLES]

Shuffling leaves every audit with its findings and takes away all that changes with time: whatever then emerges, fades
or differs from six months ago is chance. Printed: shuffles with any such theme (strengths and developments apart, for
each is a family of its own), and themes per shuffle. For the rest: pairs and grades with the findings dealt out anew,
and how often a theme is called persistent that is found in so many audits of a hundred.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
from pandas import DataFrame

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.populations import ALL_AUDITS, POOLED
from qa_analysis.measures.themes.change import LESS, MORE, theme_change
from qa_analysis.measures.themes.course import EMERGING, FADING, is_persistent, theme_course
from qa_analysis.measures.themes.links import BELOW_GOOD, GOOD, OFTENER, RARER, by_grade, pairs

FIRST, MONTH, CYCLES = "2022-06", "2023-09", 16  # fifteen cycles and one to spare; nothing planted in the themes yet
SIZES = (15, 40, 80)  # audits a cycle
SHARES = (0.05, 0.08, 0.10, 0.12, 0.15)
CONTRACTS = load_contracts()


def main() -> None:
    """Print the rates."""
    shuffles, started = int(sys.argv[1]) if len(sys.argv) > 1 else 400, time.perf_counter()
    frames = council(first_cycle=FIRST, cycles=CYCLES)
    for size in SIZES:
        print(f"\n{size} audits a cycle, {shuffles} shuffles")
        rng = np.random.default_rng(size)
        alarms = [alarmed(shuffled(frames, size, rng)) for _ in range(shuffles)]
        for name in alarms[0]:
            tallies = np.array([found[name] for found in alarms])
            print(f"  {name:<52} any in {np.mean(tallies > 0):6.1%} of shuffles, {tallies.mean():.2f} a shuffle")
    print("\ncalled persistent, of a theme in so many audits of a hundred (4,000 years each)")
    for size in SIZES:
        said = ", ".join(f"{share:.0%}: {persistent(share, size):.1%}" for share in SHARES)
        print(f"  {size} audits a cycle: {said}")
    print(f"\n{time.perf_counter() - started:.0f} s")


def shuffled(frames: dict[str, DataFrame], size: int, rng: np.random.Generator) -> Tables:
    """Fifteen cycles of so many audits drawn from all, each with its own findings; who had which month is chance."""
    audits = frames["audits"]
    drawn = audits.iloc[rng.integers(0, len(audits), 15 * size)].reset_index(drop=True)
    months = sorted(audits["cycle_month"].unique())[-15:]
    named = drawn.assign(
        was=drawn["audit_id"], audit_id=[f"s{place}" for place in range(len(drawn))], selection_route="random",
        cycle_month=np.repeat(months, size), audited_on=audits["audited_on"].min(),
    )  # fmt: skip
    findings = named[["audit_id", "was"]].merge(frames["findings"].rename(columns={"audit_id": "was"}), on="was")
    rules = rules_for(MONTH)
    held = {name: frames[name] for name in ("moderations", "actions")}
    return tables_as_at(
        {**held, "audits": named.drop(columns="was"), "findings": findings.drop(columns="was")},
        CONTRACTS, month=MONTH, as_at=rules.as_at(MONTH), rules=rules,
    )  # fmt: skip


def alarmed(held: Tables) -> dict[str, int]:
    """How many themes of each polarity each rule calls something, where nothing is."""
    dealt = dealt_anew(held)
    return {
        f"{title}, {polarity}s": sum(row.verdict in words and row.group[-1] == polarity for row in rows)
        for title, rows, words in (
            ("emerging or fading", theme_course(held), (EMERGING, FADING)),
            ("changed in six months, month", _of(theme_change(held), ALL_AUDITS), (MORE, LESS)),
            ("changed in six months, three cycles", _of(theme_change(held), POOLED), (MORE, LESS)),
            ("separates audits below good", [*by_grade(dealt, "strength"), *by_grade(dealt, "development")],
             (BELOW_GOOD, GOOD)),
        )
        for polarity in ("development", "strength")
    } | {"pairs together or apart": sum(row.verdict in (OFTENER, RARER) for row in pairs(dealt))}  # fmt: skip


def dealt_anew(held: Tables) -> Tables:
    """The same findings dealt to other audits at random: no pair and no grade has anything to do with a theme."""
    findings = held.findings
    rng = np.random.default_rng(len(findings))
    dealt = findings.assign(audit_id=rng.permutation(findings["audit_id"].to_numpy()))
    return Tables(held.month, held.as_at, held.rules, {**held.frames, "findings": dealt})


def _of(rows: list[Figure], population: str) -> list[Figure]:
    return [row for row in rows if row.population == population]


def persistent(share: float, size: int, years: int = 4000) -> float:
    """How often a theme of so many audits in a hundred, steady over the year, is called persistent."""
    found = np.random.default_rng(1).binomial(size, share, (years, 12))
    call: Callable[[np.ndarray], bool] = lambda year: is_persistent(  # noqa: E731
        int(year.sum()), 12 * size, int((year > 0).sum()), 12
    )
    return float(np.mean([call(year) for year in found]))


if __name__ == "__main__":
    main()
