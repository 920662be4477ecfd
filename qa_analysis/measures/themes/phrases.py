"""Which words and phrases tell the findings of audits below good from those of the others, in words safe to print.

A phrase is printed only if at least five audits have it and the framework itself could have said it: every word of it
stands in the rules (codebook, key areas, word lists). So no name of a person can be among them unless it is
such a word. The list without that limit is for the Principal Social Worker alone (reports/themes/phrase_list.py).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import hang_on, is_among, numbers_of
from qa_analysis.measures.audits.volumes import is_of_headline
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.measures.themes.in_audits import FEWEST_AUDITS
from qa_analysis.stats.proportions import LEVEL, deviate
from qa_analysis.stats.wording.keyness import STOP_WORDS, holders, keyness_counted

PHRASES_SHOWN = 8  # each way: a reader nods at eight and skips twenty
SIDES = ("below good", "good or better")
TYPICAL_OF = "typical of audits"
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@declares(
    Measure(
        "phrase_share",
        title="Audits with a phrase",
        family=family.FINDINGS,
        counts="headline audits of twelve cycles whose findings have a phrase, of those graded below good and of "
        "those graded good or better",
        by="side+phrase",
        limits="only phrases made of the framework's own words, found in five audits or more, at most eight "
        "typical of either side",
        unit="share",
    ),
    Measure(
        "phrase_log_odds",
        title="How far a phrase distinguishes audits below good",
        family=family.FINDINGS,
        counts="by how much the log-odds of a phrase are higher in the findings of headline audits below good "
        "than in those good or better, over twelve cycles; below zero it is typical of good or better",
        by="phrase",
        limits="a ranking, no test; only phrases made of the framework's own words, found in five audits or "
        "more, at most eight typical of either side",
        unit="log-odds",
    ),
    needs=("findings",),
)
def theme_words(tables: Tables) -> list[Figure]:
    """The phrases most typical of either side over the year. Three figures per phrase: both shares and the log-odds."""
    found = typical(tables, safe=True)
    below, good = found[found["z"] > 0].head(PHRASES_SHOWN), found[found["z"] < 0].tail(PHRASES_SHOWN).iloc[::-1]
    return [
        row
        for some in (below, good)
        for phrase in some.to_dict("records")
        for row in _figures(tables, phrase, found.attrs["audits"])
    ]


def typical(tables: Tables, *, safe: bool) -> DataFrame:
    """Phrases of the year's findings, those typical of audits below good first.

    One row per phrase that at least five audits have: phrase, left (audits below good with it), right (good or better),
    log_odds and z. With `safe`, only phrases in the framework's own words. `attrs["audits"]`: the audits of each side.
    """
    is_asked, rules = is_of_headline(tables, months=tables.rolling_cycles), tables.rules
    is_graded, is_good = (
        is_asked & is_among(tables.audits, "overall_grade", some) for some in (rules.grades, rules.good_grades)
    )
    sides, texts = [is_graded & ~is_good, is_good], tables.findings["text"]
    said = [hang_on(tables, "findings", some) & texts.notna().to_numpy() for some in sides]
    numbers = numbers_of(tables, "findings")
    found = keyness_counted(*(holders(Series(numbers[own]), texts[own]) for own in said), least=FEWEST_AUDITS)
    if safe:
        words = vocabulary(tables.rules)
        found = found[np.array([words.issuperset(phrase.split()) for phrase in found["phrase"]], dtype=bool)]
    found.attrs["audits"] = {side: int(some.sum()) for side, some in zip(SIDES, sides, strict=True)}
    return found


def vocabulary(rules: Rules) -> frozenset[str]:
    """The words of the framework's own rules: what a printed phrase may be made of."""
    codebook = (text for theme in rules.codebook.values() for text in (theme.label, theme.definition, *theme.examples))
    texts = (*codebook, *rules.key_areas.values(), *rules.impact_words, *rules.compliance_words)
    return frozenset(_WORD.findall(" ".join(texts).casefold().replace("’", "'"))) | STOP_WORDS


def _figures(tables: Tables, phrase: Mapping[Any, Any], audits: Mapping[str, int]) -> Iterator[Figure]:
    """The share of each side's audits that have the phrase, and how far they lie apart."""
    period = period_of(tables.rolling_cycles)
    for (side, whole), tally in zip(audits.items(), (phrase["left"], phrase["right"]), strict=True):
        yield share(
            "phrase_share", int(tally), whole, by=("side", "phrase"), group=(side, phrase["phrase"]),
            period=period, population=HEADLINE, few=tables.rules.percentage_from,
        )  # fmt: skip
    spread = deviate(LEVEL) * abs(phrase["log_odds"] / phrase["z"])
    yield Figure(
        measure="phrase_log_odds", by=("phrase",), group=(phrase["phrase"],), period=period, population=HEADLINE,
        denominator=int(phrase["left"] + phrase["right"]), value=phrase["log_odds"],
        lower=phrase["log_odds"] - spread, upper=phrase["log_odds"] + spread, unit="log-odds",
        method="log-odds with an informative Dirichlet prior",
    ).judged(f"{TYPICAL_OF} {SIDES[phrase['z'] < 0]}")  # fmt: skip
