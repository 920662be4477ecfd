"""What occurs together in an audit, and what tells audits below good from the others."""

from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, count, estimated
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.measures.themes.in_audits import (
    FALSE_DISCOVERIES,
    FEWEST_AUDITS,
    POLARITIES,
    Side,
    audit_themes,
    in_order,
    shifts,
    tallies,
)
from qa_analysis.stats.association import Together, together
from qa_analysis.stats.proportions import benjamini_hochberg

PAIR = ("theme_code", "theme_code")
OFTENER, RARER, BY_CHANCE = "together more often than by chance", "less often than by chance", "no clear link"
BELOW_GOOD, GOOD, NO_DIFFERENCE = "more in audits below good", "more in audits good or better", "no clear difference"


@declares(
    Measure(
        "theme_pair",
        title="Audits with both themes",
        family=family.FINDINGS,
        counts="headline audits of twelve cycles in which two areas for development were both found",
        by="theme_code+theme_code",
        limits="pairs found in under five audits have no figure",
        unit="audits",
    ),
    Measure(
        "theme_pair_jaccard",
        title="Audits with both themes, of those with either",
        family=family.FINDINGS,
        counts="headline audits of twelve cycles in which two areas for development were both found, of those in "
        "which at least one of the two was",
        by="theme_code+theme_code",
        limits="pairs found in under five audits have no figure",
        unit="share",
    ),
    Measure(
        "theme_pair_lift",
        title="How often two themes occur together, against chance",
        family=family.FINDINGS,
        counts="how many times as often two areas for development are found in one headline audit of twelve "
        "cycles as chance would have it; the note says whether that is a clear link",
        by="theme_code+theme_code",
        limits="pairs found in under five audits have no figure; an audit has few findings, so themes crowd one "
        "another out",
        unit="ratio",
    ),
    Measure(
        "theme_by_grade",
        title="Theme in audits below good, less in the others",
        family=family.FINDINGS,
        counts="the share of graded headline audits below good with a theme, less the share of those good or "
        "better, over twelve cycles; the note says on which side it is clearly more common",
        by="theme_code+polarity",
        limits="a theme found in five audits on neither side has no figure; grades and findings are the same "
        "auditor's, so a theme is no cause; under ten audits on either side are too few to judge",
        unit="difference of shares",
    ),
    needs=("findings",),
)
def theme_links(tables: Tables) -> list[Figure]:
    """Pairs of areas for development found in the same audits, and what separates audits below good. Over the year."""
    return [*pairs(tables), *(row for polarity in POLARITIES for row in by_grade(tables, polarity))]


def pairs(tables: Tables) -> list[Figure]:
    """Each pair of areas for development that at least five audits share. Three figures per pair.

    Tested together are all pairs of themes with five audits each: those that share five would have been picked for
    coming together.
    """
    audits = headline_audits(tables, months=tables.rolling_cycles, columns=("audit_id",))
    shared = _shared(audit_themes(tables, audits, "development"), tables.rules)
    links = {
        (left, right): together(both, shared[left, left], shared[right, right], len(audits))
        for (left, right), both in shared.items()
        if left != right and min(shared[left, left], shared[right, right]) >= FEWEST_AUDITS
    }
    rates = benjamini_hochberg([link.lift.p for link in links.values()])
    return [
        row
        for (pair, link), rate in zip(links.items(), rates, strict=True)
        if shared[pair] >= FEWEST_AUDITS
        for row in _pair(tables, pair, shared[pair], link, is_clear=bool(rate < FALSE_DISCOVERIES))
    ]


def by_grade(tables: Tables, polarity: str) -> list[Figure]:
    """Each theme's share of the year's audits below good, less its share of those good or better. One per theme."""
    headline = headline_audits(tables, months=tables.rolling_cycles, columns=("audit_id", "overall_grade"))
    audits = graded(headline, "overall_grade", tables.rules)
    held = audit_themes(tables, audits, polarity)
    below, good = (_side(audits[audits["is_good"] == flag], held[held["is_good"] == flag]) for flag in (False, True))
    return [
        estimated(
            "theme_by_grade", shift.difference, period=period_of(tables.rolling_cycles), population=HEADLINE,
            unit="difference of shares", by=("theme_code", "polarity"), group=(code, polarity),
        )
        .but(method=f"{shift.difference.method}; below good less good or better")
        .judged(_separates(shift.difference.value, shift.is_clear, min(below.audits, good.audits), tables))
        for code, shift in shifts(below, good).items()
    ]  # fmt: skip


def _side(audits: DataFrame, held: DataFrame) -> Side:
    return Side(len(audits), tallies(held.groupby("theme_code").size()))


def _separates(difference: float, is_clear: bool, fewest: int, tables: Tables) -> str:
    if fewest < tables.rules.verdict_from:
        return TOO_FEW_TO_JUDGE
    return (BELOW_GOOD if difference > 0 else GOOD) if is_clear else NO_DIFFERENCE


def _shared(held: DataFrame, rules: Rules) -> dict[tuple[str, str], int]:
    """In how many audits each two themes were found, in the framework's order; of a theme with itself, each theme."""
    codes = in_order(held["theme_code"].unique(), rules)
    rows, audits = pd.factorize(held["audit_id"])
    columns = pd.Index(codes).get_indexer(pd.Index(held["theme_code"]))
    ones, size = np.ones(len(held), dtype="int64"), (len(audits), len(codes))
    present = scipy.sparse.csr_matrix((ones, (rows, columns)), shape=size)
    counts = (present.T @ present).toarray()
    each = combinations_with_replacement(range(len(codes)), 2)
    return {(codes[left], codes[right]): int(counts[left, right]) for left, right in each}


def _pair(tables: Tables, pair: tuple[str, str], both: int, link: Together, *, is_clear: bool) -> list[Figure]:
    labels = {"period": period_of(tables.rolling_cycles), "population": HEADLINE}
    way = OFTENER if link.lift.value > 1 else RARER
    figures = [
        count("theme_pair", both, unit="audits", **labels),
        estimated("theme_pair_jaccard", link.jaccard, unit="share", **labels).but(numerator=both),
        estimated("theme_pair_lift", link.lift, unit="ratio", **labels).judged(way if is_clear else BY_CHANCE),
    ]
    return [figure.but(by=PAIR, group=pair) for figure in figures]
