"""Which words and phrases tell two sets of texts apart, without being misled by rare ones."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike
from pandas import DataFrame, Series

from qa_analysis.stats.estimate import Floats

Prior = Literal["half", "pooled"]
LONGEST = 3  # words of a phrase that carry a subject; the little words between them are not counted
LONGEST_WITH_LITTLE = 5  # "voice of the child", "changes of social worker"
SUBSUMED = 0.6  # a phrase that comes as part of a longer one in three of five of its texts says nothing of its own
BLOCK = 20_000  # cases counted at a time
COLUMNS = ("phrase", "left", "right", "log_odds", "z")

# Words that carry no subject: a phrase neither begins nor ends with one.
STOP_WORDS = frozenset(
    re.findall(
        r"[\w']+",
        """a about above across after again against all almost along already also although always am among an and
        another any are aren't around as at away back be became because become been before being below between
        both but by came can can't cannot case cases come could couldn't did didn't do does doesn't doing don't
        done down during each either else enough especially etc even ever every few for from further gave get
        gets give given go goes going good got had hadn't half has hasn't have haven't having he her here hers
        herself him himself his how however i if in include includes including instance instances into is isn't
        it it's its itself just keep kept last least less like made mainly make makes making many may me might
        more most much must my near nearly need needs neither never new no none nor not now of off often on once
        one ones only onto or other others otherwise ought our out over overall own part particular particularly
        per perhaps quite rather really remain remains s said same see seen she should shouldn't since small so
        some sometimes soon still such t take taken takes than that the their theirs them themselves then there
        therefore these they thing things this those though through throughout thus to too took toward towards
        under until up upon us use used uses using usually very via was wasn't way we well went were weren't
        what when where whether which while who whole whom whose why will with within without won't would
        wouldn't yet you your""",
    )
)
LINKS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PAUSE = re.compile(r"[.,;:!?()\[\]\"“”/\n–—]|\d")


class Weighed(NamedTuple):
    """The log-odds of each term on the left against the right, and how many standard errors from zero they lie."""

    log_odds: Floats
    z: Floats


def log_odds(left: ArrayLike, right: ArrayLike, *, prior: Prior | ArrayLike = "pooled") -> Weighed:
    """Log-odds ratios with an informative Dirichlet prior, from the counts of each term on either side.

    Monroe, Colaresi & Quinn (2008), Political Analysis 16:372-403. The prior draws each term towards its share of both
    sides together: `pooled` with the counts of both sides (as the R package tidylo), `half` with half as many made-up
    counts as there are terms, or with any counts given. A weak prior ranks a term of one side alone too low. A single
    term has nothing to be weighed against and is `nan`.
    """
    counts = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    made_up = _made_up(counts[0] + counts[1], prior)
    difference = _log_of_odds(counts[0] + made_up) - _log_of_odds(counts[1] + made_up)
    return Weighed(difference, difference / np.sqrt(1 / (counts[0] + made_up) + 1 / (counts[1] + made_up)))


def keyness(left: Sequence[str], right: Sequence[str], *, prior: Prior = "pooled", least: int = 3) -> DataFrame:
    """The words and phrases of up to three words that tell two sets of texts apart, those of the left first.

    One row per phrase that `least` texts hold: phrase, left and right (texts that hold it), log_odds and z, positive
    where the left has more. A text counts a phrase once. A phrase that mostly comes as part of a longer one is left
    out for it.
    """
    texts = [*(set(phrases(text)) for text in left), *(set(phrases(text)) for text in right)]
    return keyness_of(texts[: len(left)], texts[len(left) :], prior=prior, least=least)


def keyness_of(
    left: Iterable[Iterable[str]], right: Iterable[Iterable[str]], *, prior: Prior = "pooled", least: int = 3
) -> DataFrame:
    """The same from the phrases that each text holds, each once. One row per phrase."""
    sides = (Counter(phrase for held in side for phrase in held) for side in (left, right))
    return keyness_counted(*sides, prior=prior, least=least)


def keyness_counted(
    left: Mapping[str, int], right: Mapping[str, int], *, prior: Prior = "pooled", least: int = 3
) -> DataFrame:
    """The same from the number of texts on each side that hold a phrase. One row per phrase."""
    sides = [Counter(side) for side in (left, right)]
    both = sides[0] + sides[1]
    names = sorted(phrase for phrase, texts in both.items() if texts >= least)
    counts = [np.array([side[name] for name in names], dtype=float) for side in sides]
    found = log_odds(*counts, prior=prior)
    table = DataFrame(dict(zip(COLUMNS, (names, *(side.astype("int64") for side in counts), *found), strict=True)))
    chosen = table[~table["phrase"].isin(_subsumed(names, both))].dropna()
    return chosen.sort_values(["z", "phrase"], ascending=[False, True], ignore_index=True)


def holders(cases: Series, texts: Series) -> Counter[str]:
    """In how many cases each phrase is found, a case having one text or several. One number per phrase.

    Each different text is read once, and so many cases are counted at a time that memory does not grow with theirs.
    """
    each, different = pd.factorize(texts)
    columns: dict[str, int] = {}
    held = [list({columns.setdefault(phrase, len(columns)) for phrase in phrases(text)}) for text in different]
    has = _grid([(row, column) for row, some in enumerate(held) for column in some], len(different), len(columns))
    rows = pd.factorize(cases)[0]
    said = _grid(np.column_stack([rows, each]), rows.max(initial=-1) + 1, len(different))
    tallies = np.zeros(len(columns), dtype="int64")
    for start in range(0, said.shape[0], BLOCK):
        tallies += np.bincount((said[start : start + BLOCK] @ has).indices, minlength=len(columns))
    return Counter(dict(zip(columns, tallies.tolist(), strict=True)))


def _grid(places: ArrayLike, rows: int, columns: int) -> "scipy.sparse.csr_matrix":
    """A one in each of the places, a row and a column each."""
    each = np.asarray(places, dtype="int64").reshape(-1, 2)
    ones = np.ones(len(each), dtype="int32")
    return scipy.sparse.csr_matrix((ones, (each[:, 0], each[:, 1])), shape=(rows, columns))


def phrases(text: str) -> Iterator[str]:
    """The words and phrases of a text, within its clauses.

    A phrase begins and ends with words that carry a subject; the little words between them only link, so that it is a
    thing ("delay in planning") and not half a sentence ("planning was").
    """
    for clause in _PAUSE.split(text.casefold().replace("’", "'")):
        words = _WORD.findall(clause)
        subjects = [place for place, word in enumerate(words) if word not in STOP_WORDS and len(word) > 1]
        for first, start in enumerate(subjects):
            for end in subjects[first : first + LONGEST]:
                if not _is_a_thing(words[start : end + 1]):
                    break
                yield " ".join(words[start : end + 1])


def _is_a_thing(words: Sequence[str]) -> bool:
    return len(words) <= LONGEST_WITH_LITTLE and all(word in LINKS or word not in STOP_WORDS for word in words)


def _made_up(pooled: Floats, prior: Prior | ArrayLike) -> Floats:
    """The made-up counts of each term."""
    if not isinstance(prior, str):
        return np.asarray(prior, dtype=float)
    if prior == "pooled" or not pooled.sum():
        return pooled
    return np.asarray(len(pooled) / 2 * pooled / pooled.sum())


def _log_of_odds(counts: Floats) -> Floats:
    """Each term against all the others; a term without others cannot be weighed."""
    others = counts.sum() - counts
    return np.asarray(np.log(np.divide(counts, others, out=np.full(counts.shape, np.nan), where=others > 0)))


def _subsumed(names: Iterable[str], texts: Mapping[str, int]) -> set[str]:
    """The phrases that mostly come as part of one longer phrase."""
    return {part for phrase in names for part in _parts(phrase) if texts[phrase] >= SUBSUMED * texts[part]}


def _parts(phrase: str) -> Iterator[str]:
    """The shorter phrases within a phrase."""
    words = phrase.split()
    for start, end in combinations(range(len(words) + 1), 2):
        if end - start < len(words):
            yield " ".join(words[start:end])
