"""How long an answer takes on five years of a large council, beside the plain groupby that an analyst would type.

    python benchmarks/questions.py [--cycles 60] [--councils 4] [--opening]

Synthetic councils are put side by side: 60 cycles of four are some 10,000 audits in 64 teams. Each question is asked
once per variant, so that nothing is remembered, and shown with its table and picture as the notebook shows it.
`--opening` also writes the extracts as CSV files and times reading and checking them.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.questions.opening import KEPT, Held, bare
from qa_analysis.questions.query import Questions, open_questions

CONTRACTS = load_contracts()
FIRST = "2022-06"
VARIANTS = ("2022-06", "2023-01", "2024-01", "2025-01", "2026-01")
IDS = ("_id", "owner_id")
GOOD = ["outstanding", "good"]
ASKED: dict[str, tuple[dict[str, str], Callable[[dict[str, DataFrame]], object]]] = {
    "grades": ({"by": "team"}, lambda held: shares(held["audits"], "team")),
    "trend": ({}, lambda held: shares(held["audits"], "cycle_month")),
    "change": ({}, lambda held: shares(held["audits"], "cycle_month")),
    "findings": ({}, lambda held: held["findings"].groupby(["theme_code", "polarity"])["audit_id"].nunique()),
    "families": ({"by": "team"}, lambda held: joined(held, "family_feedback").groupby("team")["audit_id"].nunique()),
    "agreement": ({"by": "team"}, lambda held: agreed(held).groupby("team")["same"].agg(["mean", "size"])),
    "direction": ({"by": "service"}, lambda held: agreed(held).groupby("service_area")["same"].agg(["mean", "size"])),
    "actions": ({"by": "team"}, lambda held: held["actions"].groupby("team")["completed_on"].agg(["size", "count"])),
    "overdue": ({"by": "role"}, lambda held: late(held["actions"]).groupby("owner_role").size()),
    "coverage": ({"by": "team"}, lambda held: held["audits"].groupby("team").size()),
}  # fmt: skip


def main() -> None:
    """Measure every question, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=60)
    parser.add_argument("--councils", type=int, default=4)
    parser.add_argument("--opening", action="store_true")
    given = parser.parse_args()
    frames = side_by_side(given.councils, given.cycles)
    audits = frames["audits"]
    print(f"{len(audits):,} audits, {audits['cycle_month'].nunique()} cycles, {audits['team'].nunique()} teams, "
          f"{len(frames['findings']):,} findings, {len(frames['actions']):,} actions")  # fmt: skip
    print(f"{'question':12}{'median s':>10}{'worst s':>10}{'figures only':>14}{'plain groupby':>15}{'ratio':>8}")
    for name, (shown, figures, plain) in timed(frames).items():
        middle, alone = statistics.median(figures), statistics.median(plain)
        print(f"{name:12}{statistics.median(shown):10.2f}{max(shown):10.2f}{middle:14.3f}{alone:15.4f}"
              f"{middle / alone:8.0f}")  # fmt: skip
    if given.opening:
        print(f"opening: {opening(frames):.1f} s")


def side_by_side(councils: int, cycles: int) -> dict[str, DataFrame]:
    """Several councils as one: their services are the same, their teams and people are not."""
    made = [council(seed, first_cycle=FIRST, cycles=cycles) for seed in range(councils)]
    return {
        name: pd.concat([apart(one[name], f"{number}") for number, one in enumerate(made)], ignore_index=True)
        for name in KEPT
    }


def apart(frame: DataFrame, mark: str) -> DataFrame:
    """A council's rows under ids and team names of its own."""
    own = [column for column in frame.columns if column.endswith(IDS) or column == "team"]
    return frame.assign(
        **{column: frame[column].where(frame[column].isna(), frame[column] + f" {mark}") for column in own}
    )


def timed(frames: dict[str, DataFrame]) -> dict[str, tuple[list[float], list[float], list[float]]]:
    """Seconds to show each answer, to make its figures, and for the plain groupby. One entry per question."""
    qa = Questions(held(frames))
    qa.grades()._repr_html_()  # the first picture loads the fonts
    results = {}
    for name, (words, plain) in ASKED.items():
        figures, shown, beside = [], [], []
        for variant in variants(name, words):
            started = time.perf_counter()
            answer = qa.ask(name, **variant)
            figures.append(time.perf_counter() - started)
            answer._repr_html_()
            shown.append(time.perf_counter() - started)
            started = time.perf_counter()
            plain(frames)
            beside.append(time.perf_counter() - started)
            assert answer.is_given, answer
        results[name] = (shown, figures, beside)
    return results


def variants(name: str, words: dict[str, str]) -> Iterator[dict[str, str]]:
    """The question of several periods."""
    for cycle in VARIANTS:
        if name == "change":
            yield {**words, "now": f"{cycle}/{cycle[:4]}-12", "then": "2027-01/2027-04"}
        else:
            yield {**words, ("until" if name == "trend" else "since"): f"{cycle[:4]}-12" if name == "trend" else cycle}


def held(frames: dict[str, DataFrame]) -> Held:
    """The councils as an opening would hold them."""
    month = str(frames["audits"]["cycle_month"].max())
    rules = rules_for(month)
    stripped = {name: bare(frame, CONTRACTS[name]) for name, frame in frames.items()}
    known = tables_as_at(stripped, CONTRACTS, month=month, as_at=rules.as_at(month), rules=rules)
    return Held(known, (), Path("nowhere"))


def opening(frames: dict[str, DataFrame]) -> float:
    """Seconds to read, check and hold the extracts."""
    with tempfile.TemporaryDirectory() as folder:
        for name, frame in frames.items():
            places = [column for column in frame.columns if column.startswith("source_")]
            frame.drop(columns=places).to_csv(Path(folder) / f"{name}.csv", index=False, date_format="%Y-%m-%d")
        started = time.perf_counter()
        open_questions(data=folder)
        return time.perf_counter() - started


def shares(audits: DataFrame, column: str) -> DataFrame:
    """Good or better by group. One row per group."""
    graded = audits[audits["overall_grade"].notna()]
    return graded.assign(good=graded["overall_grade"].isin(GOOD)).groupby(column)["good"].agg(["mean", "size"])


def joined(frames: dict[str, DataFrame], name: str) -> DataFrame:
    """A dataset beside its audits."""
    return frames[name].merge(frames["audits"], on="audit_id")


def agreed(frames: dict[str, DataFrame]) -> DataFrame:
    """Panel decisions and whether they upheld the grade."""
    both = frames["moderations"].merge(frames["audits"], on="audit_id")
    return both.assign(same=both["overall_grade_x"] == both["overall_grade_y"])


def late(actions: DataFrame) -> DataFrame:
    """The actions past their date."""
    return actions[actions["completed_on"].isna() & (actions["due_on"] < pd.Timestamp("2027-06-10"))]


if __name__ == "__main__":
    main()
