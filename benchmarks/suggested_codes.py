"""How far suggested key areas agree with two readers, how it begins cold, and what 1,000 to 100,000 texts take.

    .venv/bin/python benchmarks/suggested_codes.py [CODED.csv]

The file is published inspection text, coded by two readers, read from where it lies (columns `text`, `reader_a`,
`reader_b`); none of it is part of the project. Learnt is from reader A alone, five folds, ten times over. Beside our
own: the same with the codebook's wordings as definitions, plain TF-IDF with logistic regression, the commonest code
for all, and the readers with each other.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from pandas import DataFrame, Series
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline, make_union

from qa_analysis.framework import rules_for
from qa_analysis.stats.wording.text import suggest

AREAS = dict(zip(("HPS", "REC", "ASM", "REL", "MAP", "SUP"), rules_for("2023-06").key_areas, strict=True))
COVERAGE, FOLDS, TIMES, SIZES = (1.0, 0.9, 0.8), 5, 10, (1_000, 10_000, 100_000)
SURE = rules_for("2023-06").suggestion_sure_from
BANDS = (0, 0.5, 0.7, 0.85, 0.95, 1)
PLACE = Path(__file__).parents[2] / "shared" / "data" / "ofsted" / "coded_improvements.csv"
Way = Callable[[Series, Series, Series], DataFrame]


def main() -> None:
    """Print the table of agreement, how true the confidence is, and time and memory by size."""
    table = pd.read_csv(sys.argv[1] if len(sys.argv) > 1 else PLACE)
    between = cohen_kappa_score(table["reader_a"], table["reader_b"])
    print(f"{len(table)} texts, the readers with each other: {between:.2f}\nkappa with either reader, by coverage:")
    ways: Mapping[str, Way] = {
        "suggested": ours, "suggested, with the codebook": partial(ours, definitions=codebook()),
        "plain TF-IDF": plain, "commonest": commonest,
    }  # fmt: skip
    for name, way in ways.items():
        tries = [folded(table, way, seed) for seed in range(TIMES)]
        means = {coverage: np.mean([kappa(table, found, coverage) for found in tries]) for coverage in COVERAGE}
        print(f"  {name:<30}" + "  ".join(f"{coverage:4.0%} {mean:.2f}" for coverage, mean in means.items()))
        if way is ours:
            reliability(table, pd.concat(tries))
    cold()
    for size in SIZES:
        texts = pd.Series(np.resize(table["text"].to_numpy(), size))
        asked = partial(suggest, texts, coded_texts=table["text"], codes=table["reader_a"])
        print(f"{size:>7,} texts: {seconds(asked):6.2f} s, {peak(asked):5.1f} MB at most")


def cold() -> None:
    """Print how many of the codebook's own examples get their prompt where nobody has coded anything, by five folds.

    Each example is left out of what is learnt. What is learnt then is the codebook alone, with and without its seeds.
    """
    book = rules_for("2023-06").codebook
    held = DataFrame(
        [(text, code) for code, theme in book.items() for text in theme.examples], columns=["text", "code"]
    )
    fold = np.random.default_rng(0).integers(0, FOLDS, len(held))
    for name, has_seeds in (("codebook", False), ("codebook and seeds", True)):
        parts = []
        for number in range(FOLDS):
            out = held[fold == number]
            left = set(out["text"])
            definitions = {code: [text for text in one.wordings if text not in left] for code, one in book.items()}
            seeds = {code: one.seeds for code, one in book.items()} if has_seeds else None
            parts.append(suggest(out["text"], coded_texts=[], codes=[], definitions=definitions, seeds=seeds))
        found = pd.concat(parts).sort_index()
        right, sure = found["code"] == held["code"], found["confidence"] >= SURE
        print(
            f"cold, {name}: {right.mean():.2f} of {len(held)} examples right; suggested {sure.mean():.2f}, of those "
            f"right {right[sure].mean():.2f}; confidence {found['confidence'].mean():.2f}"
        )


def ours(texts: Series, coded: Series, codes: Series, definitions: Mapping[str, list[str]] | None = None) -> DataFrame:
    """What the product suggests."""
    return suggest(texts, coded_texts=coded, codes=codes, definitions=definitions)


def codebook() -> dict[str, list[str]]:
    """The codebook's wordings by the readers' codes for the six areas."""
    rules = rules_for("2023-06")
    return {
        short: [
            words for code, theme in rules.codebook.items() if rules.area_of(code) == area for words in theme.wordings
        ]
        for short, area in AREAS.items()
    }


def plain(texts: Series, coded: Series, codes: Series) -> DataFrame:
    """Words, pairs of words and letters of words, TF-IDF, logistic regression: what one would try first."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = make_pipeline(make_union(words, letters), LogisticRegression(C=10, max_iter=2_000)).fit(coded, codes)
    chances = model.predict_proba(texts)
    return DataFrame({"code": model.classes_[chances.argmax(axis=1)], "confidence": chances.max(axis=1)}, texts.index)


def commonest(texts: Series, coded: Series, codes: Series) -> DataFrame:
    """The code most often given, for every text."""
    return DataFrame({"code": codes.mode()[0], "confidence": 1.0}, texts.index)


def folded(table: DataFrame, way: Way, seed: int) -> DataFrame:
    """Each text's code, learnt from the folds it is not in."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(table["text"], table["reader_a"])
    found = [
        way(table["text"].iloc[out], table["text"].iloc[within], table["reader_a"].iloc[within])
        for within, out in folds
    ]
    return pd.concat(found).sort_index()


def kappa(table: DataFrame, found: DataFrame, coverage: float) -> float:
    """The mean agreement with the two readers on the surest part of the texts."""
    surest = found["confidence"].sort_values(ascending=False, kind="stable").index[: round(coverage * len(found))]
    each = [cohen_kappa_score(found["code"][surest], table[reader][surest]) for reader in ("reader_a", "reader_b")]
    return float(np.mean(each))


def reliability(table: DataFrame, found: DataFrame) -> None:
    """Whether what is said to be so sure is right so often."""
    right = found["code"].eq(table["reader_a"].reindex(found.index))
    bands = pd.cut(found["confidence"], BANDS, include_lowest=True)
    for band, some in found.groupby(bands, observed=True):
        share, said, true = len(some) / len(found), some["confidence"].mean(), right[bands == band].mean()
        print(f"      confidence {band}: {share:4.0%} of texts, mean {said:.2f}, right {true:.2f}")


def seconds(asked: Callable[[], object]) -> float:
    """How long it takes."""
    since = time.perf_counter()
    asked()
    return time.perf_counter() - since


def peak(asked: Callable[[], object]) -> float:
    """The most memory held at a time, in megabytes."""
    tracemalloc.start()
    asked()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


if __name__ == "__main__":
    main()
