"""The framework's promises as everyone may read them: twelve cycles, rounded, and none about how workers do their work.

By the rules of the shared edition: nothing exact leaves this room (docs/decisions/016). Of the three classes what was
kept and what could not be known are told; the third is not, so that none can be had by subtraction.
"""

from collections.abc import Iterator
from math import nan
from typing import Final

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.framework_review.kept import PROMISE, cases, counted
from qa_analysis.measures.framework_review.promise import KEPT, NOT_KNOWN
from qa_analysis.measures.shared_edition.protected import count_told, share_told

SHARED_KEPT: Final = "shared_promise_kept"
SHARED_UNKNOWN: Final = "shared_promise_not_known"
SHARED_IN_WORDS: Final = "shared_promise_in_words"
EVERY, MOST, SOME, NONE = "in every cycle", "in most cycles", "in some cycles", "in no cycle"
OF_CYCLES: Final = "cycles"
TOLD: Final = {KEPT: SHARED_KEPT, NOT_KNOWN: SHARED_UNKNOWN}


@declares(
    Measure(
        SHARED_KEPT,
        title="Promises kept, rounded",
        family=family.SHARED_REVIEW,
        counts="cases in which a promise of the framework was kept, of all cases of it, in twelve cycles together, "
        "rounded to whole 5%",
        by=PROMISE,
        limits="no share of under twenty; none of promises about how workers do their work; no interval",
        unit="share",
    ),
    Measure(
        SHARED_UNKNOWN,
        title="Promises that could not be known, rounded",
        family=family.SHARED_REVIEW,
        counts="cases of which nobody can say whether a promise of the framework was kept, of all cases of it, in "
        "twelve cycles together, rounded to whole 5%",
        by=PROMISE,
        limits="no share of under twenty; none of promises about how workers do their work; no interval",
        unit="share",
    ),
    Measure(
        SHARED_IN_WORDS,
        title="Promises of each cycle, in a word",
        family=family.SHARED_REVIEW,
        counts="whether what the framework promises for every cycle was there in every, most, some or no cycle of the "
        "year, without a number",
        by=PROMISE,
        limits="cycles are counted, and no child, family or worker; most is more than half",
        unit="word",
    ),
)
def review(tables: Tables) -> list[Figure]:
    """What everyone may be told of each promise that is not about workers. Two figures per promise."""
    return list(_told(tables))


def _told(tables: Tables) -> Iterator[Figure]:
    period = period_of(tables.rolling_cycles)
    for one, rows in cases(tables):
        tally = counted(rows)
        if one.of_workers or not sum(tally.values()):
            continue
        if one.unit == OF_CYCLES:
            yield in_a_word(tables, one.code, tally[KEPT], sum(tally.values()), period)
            continue
        for state, measure in TOLD.items():
            yield share_told(tables, measure, tally[state], sum(tally.values()), period, by=PROMISE, group=one.code)


def in_a_word(tables: Tables, code: str, kept: int, cycles: int, period: str) -> Figure:
    """What was promised for every cycle, without a number. One figure."""
    told = count_told(tables, SHARED_IN_WORDS, 0, period, unit="word", by=PROMISE, group=code)
    word = EVERY if kept == cycles else MOST if 2 * kept > cycles else SOME if kept else NONE
    return told.but(value=nan).judged(word)
