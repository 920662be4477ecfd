"""Time and peak memory of the theme measures at a thousand, ten thousand and a hundred thousand findings.

    .venv/bin/python benchmarks/theme_speed.py

A synthetic council is drawn again with new references until it has so many findings of two years. Each measure runs
twice: once against the clock, and once watched for the most memory that it holds at a time.
"""

import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.themes import change as theme_change
from qa_analysis.measures.themes import course as theme_course
from qa_analysis.measures.themes import findings as themes
from qa_analysis.measures.themes import impact
from qa_analysis.measures.themes import links as theme_links
from qa_analysis.measures.themes import phrases as theme_words
from qa_analysis.measures.themes import prevalence as theme_prevalence
from qa_analysis.measures.voices import families

SIZES = (1_000, 10_000, 100_000)
MONTH = "2024-06"
MEASURES = {
    "counts": themes.themes, "prevalence": theme_prevalence.theme_prevalence, "change": theme_change.theme_change,
    "course": theme_course.theme_course, "links": theme_links.theme_links, "phrases": theme_words.theme_words,
    "impact": impact.impact, "families": families.families,
}  # fmt: skip


def main() -> None:
    """Print one line per size."""
    for function in MEASURES.values():
        function(sized(SIZES[0]))  # what a first call loads is no matter of size
    for size in SIZES:
        held = sized(size)
        taken = {name: seconds(function, held) for name, function in MEASURES.items()}
        most = max(peak(function, held) for function in MEASURES.values())
        parts = ", ".join(f"{name} {spent:.2f}" for name, spent in taken.items())
        print(
            f"{size:>7,} findings of {len(held.audits):>6,} audits: {sum(taken.values()):5.2f} s, "
            f"{most:5.1f} MB at most ({parts})"
        )


def seconds(function: Callable[[Tables], object], held: Tables) -> float:
    """How long one measure takes."""
    since = time.perf_counter()
    function(held)
    return time.perf_counter() - since


def peak(function: Callable[[Tables], object], held: Tables) -> float:
    """The most memory that one measure holds at a time, in megabytes."""
    tracemalloc.start()
    function(held)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def sized(size: int) -> Tables:
    """A council with so many findings: whole audits drawn with their findings and feedback, under new references."""
    frames, rng = council(), np.random.default_rng(1)
    by_audit = frames["findings"].groupby("audit_id").size().mean()
    drawn = frames["audits"].iloc[rng.integers(0, len(frames["audits"]), round(size / by_audit))]
    audits = drawn.assign(was=drawn["audit_id"], audit_id=[f"B{place}" for place in range(len(drawn))])
    linked = {}
    for name, key in (("findings", "finding_id"), ("family_feedback", "feedback_id")):
        records = audits[["audit_id", "was"]].merge(frames[name].rename(columns={"audit_id": "was"}), on="was")
        linked[name] = records.drop(columns="was").assign(
            **{key: [f"{key[0]}{place}" for place in range(len(records))]}
        )
    rules = rules_for(MONTH)
    tables = {**frames, **linked, "audits": audits.drop(columns="was").reset_index(drop=True)}
    return tables_as_at(tables, load_contracts(), month=MONTH, as_at=rules.as_at(MONTH), rules=rules)


if __name__ == "__main__":
    main()
