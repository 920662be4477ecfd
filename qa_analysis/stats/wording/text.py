"""Codes suggested for texts that nobody coded, learnt from those that somebody did."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike, NDArray
from pandas import DataFrame, Series

from qa_analysis.stats.wording.keyness import STOP_WORDS
from qa_analysis.stats.wording.kin_words import KIN

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import ThreadpoolController

SMOOTHING: Final = 5.0  # the weight of the data against evenness; figures move by less than 0.01 between 1 and 10
LEARNT_FROM: Final = 100  # of each code the last so many texts: more add time and, by the benchmark, no agreement
BLOCK: Final = 5_000  # texts coded at a time, so that memory does not grow with their number
READ_BEFORE: Final = 20_000  # texts remembered as they were read: each is looked at for its area and for its theme
REACH: Final = 12.0  # words: what is said first is what a finding is about, and counts up to three times as much
LEAST: Final = 0.3
SEEDS_WEIGH: Final = 2.5  # on the log odds of a code, for one seed; by folds over the codebook's own examples
WEAK, A_WORD_MORE, MOST = 0.35, 0.35, 2.5  # a seed with "?"; each word beyond the first; all seeds of a code together


def suggest(
    texts: Iterable[str],
    *,
    coded_texts: Iterable[str],
    codes: Iterable[str],
    definitions: Mapping[str, str | Sequence[str]] | None = None,
    seeds: Mapping[str, Sequence[str]] | None = None,
    seeds_weigh: float = SEEDS_WEIGH,
) -> DataFrame:
    """Which code somebody who coded the coded texts would have given each text, and how sure that is.

    Out: one row per text, in order and with the index of a Series: `code`, and `confidence` from 0 to 1, to abstain
    by. A text without a known word has confidence 0. Multinomial logistic regression on words, pairs of words and
    families of kin words (`kin_words.KIN`), the rarer codes weighing as much as the common ones. Nothing is drawn at
    random and nothing is fetched, so the same texts give the same codes.

    `definitions` are further texts of a code, one or several: they count as coded texts, and are enough alone. Of
    each code the last 100 texts are learnt from: put the newest last.

    `seeds` are phrases that point to a code whatever was learnt ("contingenc*"; "plan?" where it says little by
    itself). Of overlapping ones the longest counts; each multiplies the odds of its code by e to the `seeds_weigh`.

    Raises ValueError where texts and codes are not as many, a code is blank, or there is nothing to choose between.
    Source: docs/methods.md, "Suggested codes".
    """
    from sklearn.linear_model import LogisticRegression  # takes a second to load, and few who name a measure suggest

    asked = texts.astype("str") if isinstance(texts, Series) else pd.Series(list(texts), dtype="str")
    known = _learnt_from(list(coded_texts), list(codes), definitions or {})
    words, weights = _words(known["text"])
    if asked.empty:
        return _frame([], [])
    places, different = pd.factorize(asked.fillna(""))  # many say the same: each is read once
    hints = _seeded(tuple((code, tuple(phrases)) for code, phrases in (seeds or {}).items()))
    model = LogisticRegression(C=SMOOTHING, class_weight="balanced", max_iter=1_000)
    with _threads().limit(limits=1, user_api="blas"):  # its matrices are small: threads wait for each other longer
        model.fit(_features(weights, known["text"]), known["code"])
        found = [
            _chosen(
                model,
                _features(words.transform(block), block),
                seeds_weigh * _leaning(block, list(model.classes_), hints),
            )
            for block in _blocks(Series(different))
        ]
    return pd.concat(found).take(places).set_axis(asked.index)


def says_anything(texts: Series) -> "Series[bool]":
    """Whether there is a word in each text: one without is not learnt from."""
    return texts.fillna("").astype("str").str.contains(r"\w\w", regex=True)


def kin_of(text: str) -> list[str]:
    """Which families of kin words a text names, in the order it names them: what a suggestion may be explained by."""
    return [FAMILIES[family][1] for family, _ in _named(text)]


def _learnt_from(texts: list[str], codes: list[str], definitions: Mapping[str, str | Sequence[str]]) -> DataFrame:
    """The definitions and the last texts of each code. One row per text."""
    if len(texts) != len(codes):
        raise ValueError(f"{len(texts)} coded texts and {len(codes)} codes: give each text its code.")
    defined = [
        (text, code) for code, held in definitions.items() for text in ([held] if isinstance(held, str) else held)
    ]
    known = pd.DataFrame([*defined, *zip(texts, codes, strict=True)], columns=["text", "code"])
    if known["code"].isna().any() or known["code"].astype("str").str.strip().eq("").any():
        raise ValueError("A coded text has no code: leave out what nobody coded.")
    known = known[says_anything(known["text"])]
    if known["code"].nunique() < 2:
        raise ValueError("Fewer than two codes have a text to learn from: there is nothing to choose between.")
    return known.groupby("code", sort=False).tail(LEARNT_FROM).astype("str")


def _words(texts: Series) -> tuple["TfidfVectorizer", "scipy.sparse.csr_matrix"]:
    """What turns texts into weights of their words and pairs of words, and the weights of these."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(analyzer=_words_and_pairs, sublinear_tf=True)
    try:
        return words, words.fit_transform(texts)
    except ValueError:
        raise ValueError("No coded text has a word that says anything: there is nothing to learn from.") from None


@cache
def _threads() -> "ThreadpoolController":
    """What says how many threads linear algebra may use; it looks for its libraries once, after they are loaded."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _blocks(texts: Series) -> Iterator[Series]:
    """The texts, so many at a time."""
    return (texts.iloc[start : start + BLOCK] for start in range(0, len(texts), BLOCK))


def _chosen(
    model: "LogisticRegression", features: "scipy.sparse.csr_matrix", leaning: NDArray[np.float64]
) -> DataFrame:
    """The likeliest code of each text, its odds moved by the seeds it names. One row per text."""
    chances = model.predict_proba(features)
    if leaning.any():
        chances = chances * np.exp(leaning)
        chances = chances / chances.sum(axis=1, keepdims=True)
    sure = np.where((features.getnnz(axis=1) > 0) | leaning.any(axis=1), chances.max(axis=1), 0.0)
    return _frame(model.classes_[chances.argmax(axis=1)], np.round(sure, 6))


def _frame(codes: ArrayLike, confidence: ArrayLike) -> DataFrame:
    return pd.DataFrame({"code": pd.Series(codes, dtype="str"), "confidence": pd.Series(confidence, dtype="float64")})


@lru_cache(maxsize=READ_BEFORE)
def _words_and_pairs(text: str) -> list[str]:
    """The words of a text, little ones left out, and each with the next."""
    words = [word for word in SPOKEN.findall(_plain(text)) if word not in STOP_WORDS]
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def _features(weights: "scipy.sparse.csr_matrix", texts: Series) -> "scipy.sparse.csr_matrix":
    """Words and pairs of words, by their weights, beside families of kin words. One row per text."""
    return scipy.sparse.hstack([weights, _kin(texts)]).tocsr()


def _kin(texts: Series) -> "scipy.sparse.csr_matrix":
    """Per text: each family and each subject named, by how early; each subject's part; family and subject named first.

    One row per text.
    """
    each = [_kin_of_one(text) for text in texts]
    columns = [column for held in each for column in held]
    values = [value for held in each for value in held.values()]
    starts = np.cumsum([0, *map(len, each)])
    return scipy.sparse.csr_matrix((values, columns, starts), shape=(len(each), WIDTH))


@lru_cache(maxsize=READ_BEFORE)
def _kin_of_one(text: str) -> Mapping[int, float]:
    """The kin features of one text, from the families it names and how early. One number per column that is not 0."""
    named, held = list(_named(text)), dict[int, float]()
    parts = dict.fromkeys(range(len(SUBJECTS)), 0.0)
    for family, weight in named:
        subject = SUBJECTS.index(FAMILIES[family][0])
        parts[subject] += weight
        for column in (family, EACH_SUBJECT + subject):
            held[column] = max(held.get(column, 0.0), weight)
    held |= {PARTS + subject: part / max(1.0, sum(parts.values())) for subject, part in parts.items() if part}
    if named:
        first = named[0][0]
        held |= {FIRST + first: 1.0, FIRST_SUBJECT + SUBJECTS.index(FAMILIES[first][0]): 1.0}
    return held


def _named(text: str) -> Iterator[tuple[int, float]]:
    """The families that a text names, in its order, and how much each counts by its place."""
    plain, read = _plain(text), 0
    for word in WORD.finditer(plain):
        phrases = PHRASES.get(word.group()[:2])
        match = phrases.written.match(plain, word.start()) if phrases and word.start() >= read else None
        if phrases and match:
            read = match.end()
            place = plain.count(" ", 0, match.start())
            yield phrases.families[(match.lastindex or 0) - 1], LEAST + (1 - LEAST) * float(np.exp(-place / REACH))


def _plain(text: str) -> str:
    """Lower case, one kind of apostrophe, one space between words."""
    return " ".join(text.lower().replace("’", "'").split())


class Seed(NamedTuple):
    """One seed: the code it points to, and how strongly."""

    code: str
    weight: float


class Seeds(NamedTuple):
    """Seeds that begin with the same two letters: a group each, and what each group points to."""

    written: re.Pattern[str]
    seeds: tuple[Seed, ...]


@cache
def _seeded(seeds: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, Seeds]:
    """The seeds of every code by their first two letters, the longest first."""
    begun: dict[str, list[tuple[str, Seed]]] = {}
    for code, phrases in seeds:
        for written in phrases:
            phrase = written.rstrip("?")
            weight = (WEAK if written.endswith("?") else 1.0) * (1 + A_WORD_MORE * phrase.count(" "))
            begun.setdefault(phrase[:2], []).append((phrase, Seed(code, weight)))
    ordered = {start: sorted(held, key=lambda one: -len(one[0])) for start, held in begun.items()}
    return {
        start: Seeds(_any_of([(phrase, 0) for phrase, _ in held]).written, tuple(seed for _, seed in held))
        for start, held in ordered.items()
    }


def _leaning(texts: Series, codes: list[str], seeds: Mapping[str, Seeds]) -> NDArray[np.float64]:
    """How far the seeds that each text names point to each code; what is named first counts more. One row per text."""
    held = np.zeros((len(texts), len(codes)))
    places = {code: place for place, code in enumerate(codes)}
    for row, text in enumerate(texts if seeds else ()):
        for code, weight in _pointed(_plain(text), seeds):
            if code in places:
                held[row, places[code]] = min(MOST, held[row, places[code]] + weight)
    return held


def _pointed(plain: str, seeds: Mapping[str, Seeds]) -> Iterator[Seed]:
    """The seeds that a text names, in its order."""
    read = 0
    for word in WORD.finditer(plain):
        begun = seeds.get(word.group()[:2])
        match = begun.written.match(plain, word.start()) if begun and word.start() >= read else None
        if begun and match:
            read = match.end()
            code, weight = begun.seeds[(match.lastindex or 0) - 1]
            yield Seed(code, weight * (1 + float(np.exp(-plain.count(" ", 0, match.start()) / REACH))) / 2)


class Phrases(NamedTuple):
    """Phrases that begin with the same two letters: a group each, and the family of each group."""

    written: re.Pattern[str]
    families: tuple[int, ...]


def _phrases() -> dict[str, Phrases]:
    """All phrases by their first two letters, of those that begin together the longest first."""
    begun: dict[str, list[tuple[str, int]]] = {}
    for place, (subject, family) in enumerate(FAMILIES):
        for phrase in KIN[subject][family].split(","):
            begun.setdefault(phrase.strip()[:2], []).append((phrase.strip(), place))
    return {start: _any_of(sorted(held, key=lambda one: -len(one[0]))) for start, held in begun.items()}


def _any_of(held: list[tuple[str, int]]) -> Phrases:
    ways = "|".join(f"({_pattern(phrase)})" for phrase, _ in held)
    return Phrases(re.compile(f"(?:{ways})" + r"(?!\w)"), tuple(place for _, place in held))


def _pattern(phrase: str) -> str:
    return r"[\s-]+".join(re.escape(word).replace(r"\*", r"[\w'-]*") for word in phrase.split())


SUBJECTS: Final = tuple(KIN)
FAMILIES: Final = tuple((subject, family) for subject, families in KIN.items() for family in families)
SPOKEN: Final = re.compile(r"\w[\w'-]*\w")  # a word of two letters or more, with what joins it
WORD: Final = re.compile(r"(?<!\w)\w+")
PHRASES: Final = _phrases()
EACH_SUBJECT: Final = len(FAMILIES)
PARTS: Final = EACH_SUBJECT + len(SUBJECTS)
FIRST: Final = PARTS + len(SUBJECTS)
FIRST_SUBJECT: Final = FIRST + len(FAMILIES)
WIDTH: Final = FIRST_SUBJECT + len(SUBJECTS)
