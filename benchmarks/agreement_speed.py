"""How quick the agreement statistics are beside other packages: an interval at n = 20, and a million pairs.

    python benchmarks/agreement_speed.py [--resamples 2000] [--pairs 1000000]

Peers are used where they are installed, and said to be missing where not. They are no part of this project; in an
environment made for the benchmark alone: `pip install scikit-learn`, `pip install --no-deps irrCAC krippendorff`
(irrCAC asks for older versions of what it needs, and runs with newer ones). Each row is run in a process of its own, so
that its peak memory is its own: the growth over what the process held before. Prints tables for docs/methods.md.
"""

import argparse
import importlib.util
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from qa_analysis.stats import agreement, marginal

GRADES = ("outstanding", "good", "requires improvement", "inadequate")
SEED = 2022
SMALL = 20
OURS, TABULATE = "ours, every statistic", "pandas.crosstab, the counts alone"


def main() -> None:
    """Run every row in its own process, print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resamples", type=int, default=2000)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--row", help=argparse.SUPPRESS)
    given = parser.parse_args()
    rows = {**small_rows(given.resamples), **large_rows()}
    if given.row:
        print(*measured(rows[given.row], SMALL if given.row in small_rows(1) else given.pairs))
        return
    print_table(f"95% interval of AC1, n = {SMALL}", list(small_rows(1)), given, against="ours, closed form")
    print()
    print_table(f"{given.pairs:,} pairs", list(large_rows()), given, against=OURS)


def print_table(title: str, names: list[str], given: argparse.Namespace, *, against: str) -> None:
    """One line per row: time, memory, and how many times as long as ours."""
    found = {name: row(name, given) for name in names}
    print(f"| {title} | seconds | MB | times as long |")
    print("|---|---|---|---|")
    for name, (seconds, megabytes) in found.items():
        ratio = seconds / found[against][0]
        print(f"| {name} | {seconds:.3g} | {megabytes:.0f} | {ratio:,.3g} |" if seconds else f"| {name} | absent | | |")


def row(name: str, given: argparse.Namespace) -> tuple[float, float]:
    """The seconds and megabytes of one row; zeros where its package is not installed."""
    package = {"irrCAC": "irrCAC", "scikit-learn": "sklearn", "krippendorff": "krippendorff"}.get(name.split(",")[0])
    if package and importlib.util.find_spec(package) is None:
        return 0.0, 0.0
    counts = ["--resamples", str(given.resamples), "--pairs", str(given.pairs)]
    out = subprocess.run([sys.executable, __file__, "--row", name, *counts], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, out.stdout.split())
    return seconds, megabytes


def measured(work: Callable[[pd.DataFrame], object], pairs: int) -> tuple[float, float]:
    """The best time of three, and the growth of this process's peak memory; imports and a first call come before."""
    columns = graded(pairs)
    work(columns.head(SMALL))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work(columns)
        times.append(time.perf_counter() - start)
        if sum(times) > 20:
            break
    return min(times), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000


def graded(pairs: int) -> pd.DataFrame:
    """Pairs of grades as an extract holds them: text, the panel upholding three in four and lowering most others."""
    random = np.random.default_rng(SEED)
    auditor = random.choice(4, size=pairs, p=[0.06, 0.48, 0.38, 0.08])
    moved = random.choice([0, 1, -1], size=pairs, p=[0.75, 0.18, 0.07])
    panel = np.clip(auditor + moved, 0, 3)
    names = np.array(GRADES, dtype=object)
    return pd.DataFrame(
        {"auditor": pd.Series(names[auditor], dtype="str"), "panel": pd.Series(names[panel], dtype="str")}
    )


def small_rows(resamples: int) -> dict[str, Callable[[pd.DataFrame], object]]:
    """The ways to an interval for few pairs."""
    return {
        "ours, closed form": lambda columns: agreement.gwet_ac(table_of(columns)),
        "ours, statistic called for each resample": partial(resampled, one=ours_once, resamples=resamples),
        "irrCAC, bootstrapped": partial(resampled, one=irrcac_once, resamples=resamples),
        "scikit-learn, kappa bootstrapped": partial(resampled, one=sklearn_once, resamples=resamples),
        "krippendorff, alpha bootstrapped": partial(resampled, one=krippendorff_once, resamples=resamples),
    }


def large_rows() -> dict[str, Callable[[pd.DataFrame], object]]:
    """The ways to statistics of many pairs."""
    return {
        OURS: every_statistic,
        TABULATE: lambda columns: pd.crosstab(columns["auditor"], columns["panel"]),
        "irrCAC, AC1 alone": irrcac_once,
        "scikit-learn, kappa alone": sklearn_once,
        "krippendorff, alpha alone": krippendorff_once,
    }


def every_statistic(columns: pd.DataFrame) -> list[object]:
    """All that the suite computes from pairs, with its intervals."""
    table = table_of(columns)
    weights: tuple[agreement.Weights, ...] = ("unweighted", "linear", "quadratic")
    return [
        agreement.exact(table), agreement.within_one(table), agreement.pabak(table),
        *(function(table, weights=kind) for function in COEFFICIENTS for kind in weights),
        agreement.krippendorff_alpha(table, metric="nominal"), agreement.krippendorff_alpha(table),
        marginal.stuart_maxwell(table), marginal.bowker(table), marginal.sign_test(table, mid_p=True),
        marginal.mean_shift(table), marginal.share_lowered(table),
    ]  # fmt: skip


COEFFICIENTS = (agreement.cohen_kappa, agreement.gwet_ac, agreement.brennan_prediger)


def resampled(columns: pd.DataFrame, one: Callable[[pd.DataFrame], Any], resamples: int) -> list[Any]:
    """A statistic of as many samples drawn with replacement, as its package offers it."""
    random = np.random.default_rng(SEED)
    return [one(columns.take(random.integers(0, len(columns), len(columns)))) for _ in range(resamples)]


def table_of(columns: pd.DataFrame) -> Any:
    """The four-by-four counts."""
    return agreement.counts(columns["auditor"], columns["panel"], grades=GRADES)


def ours_once(columns: pd.DataFrame) -> float:
    """AC1 of one sample, by us."""
    return agreement.gwet_ac(table_of(columns)).value


def irrcac_once(columns: pd.DataFrame) -> Any:
    """AC1 of one sample, by irrCAC."""
    from irrCAC.raw import CAC

    try:
        return CAC(columns, categories=list(GRADES)).gwet()["est"]["coefficient_value"]
    except ZeroDivisionError:  # a sample of one grade, which it cannot do
        return float("nan")


def sklearn_once(columns: pd.DataFrame) -> Any:
    """Kappa of one sample, by scikit-learn."""
    from sklearn.metrics import cohen_kappa_score

    return cohen_kappa_score(
        columns["auditor"].to_numpy(dtype=object), columns["panel"].to_numpy(dtype=object), labels=list(GRADES)
    )


def krippendorff_once(columns: pd.DataFrame) -> Any:
    """Ordinal alpha of one sample, by krippendorff."""
    import krippendorff

    places = {grade: float(place) for place, grade in enumerate(GRADES)}
    marks = np.array([columns[side].map(places).to_numpy() for side in ("auditor", "panel")])
    if len(np.unique(marks)) < 2:
        return float("nan")
    return krippendorff.alpha(reliability_data=marks, level_of_measurement="ordinal", value_domain=[0.0, 1.0, 2.0, 3.0])


if __name__ == "__main__":
    main()
