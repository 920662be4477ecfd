"""Whether every edit of past months is told with its cause, and every file that is sent again recognised.

    python benchmarks/restatements.py [--edits 300] [--unchanged 100] [--copies 200]

A synthetic council is published; then its records are edited at random (one that came late, corrected or gone, or two
kinds at once), or sent again in another order, and compared. Copies of its actions are written to files of other names
and kinds, in another order of rows and columns, and read by the contracts.
"""

import argparse
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame

from qa_analysis.council import Own
from qa_analysis.data.aside import no_aside
from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.sources import read_folder
from qa_analysis.data.synthetic import council
from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.month.causes import BETWEEN_CAUSES, Earlier, changed_rows, explained, rows_table
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.digests import Digested, digest_of, row_digests
from qa_analysis.month.figures import Written
from qa_analysis.month.measuring import month_of
from qa_analysis.month.month import CAUSES, Month
from qa_analysis.month.quotations import masked
from qa_analysis.month.restatements import restated
from qa_analysis.month.rows import Rows

MONTH, DAY = "2023-06", date(2023, 7, 10)
CONTRACTS = load_contracts()
MEASURES = ("audits_completed", "good_or_better", "grade_count", "moderation_done", "actions_agreed", "actions_open")
EDITED = {"audits": "overall_grade", "moderations": "overall_grade", "actions": "completed_on"}
NO_ISSUES = DataFrame(
    columns=[
        "dataset",
        "rule",
        "severity",
        "file",
        "sheet",
        "row",
        "column",
        "key",
        "owner",
        "team",
        "service_area",
        "message",
    ]
)


def main() -> None:
    """Publish, edit and compare; print what was told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("edits", 300), ("unchanged", 100), ("copies", 200)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked, random = parser.parse_args(), np.random.default_rng(2023)
    with tempfile.TemporaryDirectory() as folder:
        frames = read(Path(folder), council(cycles=13))
        then = rows(frames)
        was = told(then).measures
        edits(then, was, asked.edits, random)
        unchanged(then, was, asked.unchanged, random)
        copies(frames["actions"], Path(folder) / "copies", asked.copies, random)


def read(folder: Path, held: dict[str, DataFrame]) -> dict[str, DataFrame]:
    """The core datasets as the contracts read them."""
    for name in ("audits", "moderations", "findings", "actions"):
        held[name].to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d")
    return dict(read_folder(folder, CONTRACTS, {}).frames)


def rows(frames: dict[str, DataFrame]) -> Rows:
    """What a month is made from."""
    tables = tables_as_at(frames, CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    return Rows(frames, CONTRACTS, NO_ISSUES, extracts_table(()), masked(tables, ()), Own(), no_aside())


def told(held: Rows) -> Month:
    """The month of some rows, of some measures."""
    whole = month_of(held, MONTH, as_at=DAY)
    return replace(whole, held=Written(pd.concat([whole.held.of(name) for name in MEASURES], ignore_index=True)))


def ledger(then: Rows, was: DataFrame, now: Rows) -> tuple[DataFrame, DataFrame]:
    """What changed since the publication: figures with causes, and rows."""
    usual = {"is_same_program": True, "is_same_rules": True, "is_same_council": True, "known": {}}
    earlier = Earlier(folder=MONTH, month=MONTH, as_at=DAY, rows=lambda: then, **usual)
    digested, month = Digested(now), told(now)
    changes = changed_rows(earlier, digested)
    figures = explained(restated(month, {MONTH: was}), earlier, changes, published=was, now=digested, month=month)
    return figures, rows_table(earlier, changes)


def edits(then: Rows, was: DataFrame, number: int, random: Generator) -> None:
    """Random edits of past months: each told, by its cause, and the causes adding up."""
    seen: Counter[str] = Counter()
    started = time.perf_counter()
    for _ in range(number):
        kinds = set(random.choice(["late", "changed", "deleted"], size=random.integers(1, 3), replace=False))
        frames = dict(then.frames)
        for kind in sorted(kinds):
            name = str(random.choice(list(EDITED)))
            frames[name] = edited(frames[name], name, kind, random)
        figures, of_rows = ledger(then, was, replace(then, frames=frames))
        causes = {cause for one in figures["cause"] for cause in one.split(BETWEEN_CAUSES)}
        seen["told by the rows"] += {kind for kind in kinds if of_rows[kind].sum()} == kinds
        seen["told by a figure"] += len(figures) > 0
        seen["figures"] += len(figures)
        seen["told by a cause that was not made"] += bool(causes - kinds - {"rest"})
        seen["figures with a rest"] += int(figures["by_rest"].notna().sum())
        seen["edits whose causes do not add up"] += not adds_up(figures)
    taken = time.perf_counter() - started
    print(
        f"{number} edits ({taken / max(number, 1):.2f} s each): " + ", ".join(f"{name} {seen[name]}" for name in seen)
    )


def edited(frame: DataFrame, name: str, kind: str, random: Generator) -> DataFrame:
    """A dataset with one record of a past month late, corrected or gone."""
    happens = CONTRACTS[name].happens_on
    place = random.choice(np.flatnonzero((frame[happens] < "2023-06-01").to_numpy()))
    if kind == "deleted":
        return frame.drop(index=frame.index[place]).reset_index(drop=True)
    if kind == "late":
        late = frame.iloc[[place]].assign(**{CONTRACTS[name].key[0]: f"late-{random.integers(10**9)}"})
        return pd.concat([frame, late], ignore_index=True)
    column, changed = EDITED[name], frame.copy()
    was = changed.loc[changed.index[place], column]
    grades = [grade for grade in ("good", "inadequate", "requires improvement") if grade != was]
    value = str(random.choice(grades)) if column == "overall_grade" else pd.Timestamp("2023-06-02")
    if value == was:
        value = pd.Timestamp("2023-06-05")
    changed.loc[changed.index[place], column] = value
    return changed


def adds_up(figures: DataFrame) -> bool:
    """Whether what was published and what each cause adds is what the data say today."""
    held = figures[~figures["by"].str.contains("team|service_area") & figures["then"].notna() & figures["now"].notna()]
    parts = held[[f"by_{cause}" for cause in CAUSES]].astype("float64").fillna(0).sum(axis=1)
    return bool(np.allclose(held["then"].astype("float64") + parts, held["now"].astype("float64"), atol=1e-9))


def unchanged(then: Rows, was: DataFrame, number: int, random: Generator) -> None:
    """The same records in another order: nothing may be told."""
    alarms = 0
    for _ in range(number):
        frames = {
            name: held.iloc[random.permutation(len(held))].reset_index(drop=True) for name, held in then.frames.items()
        }
        figures, of_rows = ledger(then, was, replace(then, frames=frames))
        alarms += bool(len(figures) or len(of_rows))
    print(f"{number} unchanged: alarms {alarms}")


def copies(actions: DataFrame, folder: Path, number: int, random: Generator) -> None:
    """Files of the same actions, renamed, saved again and in another order; and as many with one cell changed."""
    columns = [column.name for column in CONTRACTS["actions"].columns]
    was, same, other = digest_of(row_digests(actions, columns)), 0, 0
    for place in range(number):
        copy = actions[columns].iloc[random.permutation(len(actions))][random.permutation(columns)]
        same += digest(folder / f"{place}-same", copy, random) == was
        changed = copy.reset_index(drop=True)
        changed.loc[int(random.integers(len(changed))), "team"] = "Another team"
        other += digest(folder / f"{place}-other", changed, random) == was
    print(f"{number} copies: recognised {same}; {number} with one cell changed: taken for the same {other}")


def digest(folder: Path, copy: DataFrame, random: Generator) -> str:
    """The digest of the actions as read from a file of some name and kind."""
    folder.mkdir(parents=True)
    name = f"Action tracker {random.integers(10**6)}"
    dated = copy.select_dtypes("datetime").columns
    if random.random() < 0.5:
        spelling = str(random.choice(["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]))
        copy.assign(**{one: copy[one].dt.strftime(spelling) for one in dated}).to_csv(
            folder / f"{name}.csv", index=False
        )
    else:
        copy.to_excel(folder / f"{name}.xlsx", sheet_name="Actions", index=False)
    frame = read_folder(folder, CONTRACTS, {}).frames["actions"]
    return digest_of(row_digests(frame, [column.name for column in CONTRACTS["actions"].columns]))


if __name__ == "__main__":
    main()
