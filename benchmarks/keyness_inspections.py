"""What tells inadequate from outstanding inspection paragraphs: the twenty strongest words and phrases each way.

    .venv/bin/python benchmarks/keyness_inspections.py [PARAGRAPHS.csv]

The file is published inspection text, read from where it lies (column `text`, `grade`, `local_authority`); none of it
is part of the project. A phrase is shown when at least four councils' reports have it, so that no council's own words
lead. Beside the list: how far the ranking holds when the paragraphs are drawn again (twenty of each side).
"""

import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from pandas import DataFrame

from qa_analysis.stats.wording.keyness import keyness, phrases

SHOWN, COUNCILS, LEAST, SMALL, DRAWS = 20, 4, 8, 20, 200
PLACE = Path(__file__).parents[2] / "shared" / "data" / "ofsted" / "inspection_paragraphs.csv"


def main() -> None:
    """Print both lists, words and phrases apart, and the stability at twenty paragraphs a side."""
    table = pd.read_csv(sys.argv[1] if len(sys.argv) > 1 else PLACE)
    sides = {grade: table[table["grade"] == grade] for grade in ("inadequate", "outstanding")}
    started = time.perf_counter()
    found = keyness(*(list(side["text"]) for side in sides.values()), least=LEAST)
    print(f"{sum(map(len, sides.values())):,} paragraphs in {time.perf_counter() - started:.2f} s")
    found = found[found["phrase"].isin(widespread(pd.concat(sides.values())))]
    is_phrase = found["phrase"].str.contains(" ")
    for words, some in (("words", found[~is_phrase]), ("phrases of two or three words", found[is_phrase])):
        for grade, ordered in (("inadequate", some), ("outstanding", some[::-1])):
            print(f"\n{words}, {grade} against the other (paragraphs with it: inadequate, outstanding; z)")
            for row in ordered.head(SHOWN).itertuples():
                print(f"  {row.phrase:<42} {row.left:>4} {row.right:>5} {row.z:>7.2f}")
    print(f"\nstability at {SMALL} paragraphs a side: {stability(sides, found)}")


def widespread(table: DataFrame) -> set[str]:
    """The phrases that the reports of enough councils have."""
    councils = defaultdict(set)
    for text, council in zip(table["text"], table["local_authority"], strict=True):
        for phrase in set(phrases(text)):
            councils[phrase].add(council)
    return {phrase for phrase, held in councils.items() if len(held) >= COUNCILS}


def stability(sides: dict[str, DataFrame], whole: DataFrame) -> str:
    """How often what leads in a small draw points the way it does in all paragraphs, and the largest figure."""
    way = whole.set_index("phrase")["z"]
    agreed, largest = [], 0.0
    for seed in range(DRAWS):
        rng = np.random.default_rng(seed)
        drawn = [list(rng.choice(side["text"], SMALL, replace=False)) for side in sides.values()]
        found = keyness(*drawn).query("phrase in @way.index")
        leading = found.iloc[(-found["z"].abs()).argsort()[:5]]
        agreed += list(np.sign(leading["z"]) == np.sign(leading["phrase"].map(way)))
        largest = max(largest, found["log_odds"].abs().max())
    return f"{np.mean(agreed):.0%} of the five leading phrases point the same way; largest log-odds {largest:.2f}"


if __name__ == "__main__":
    main()
