"""Whether children took part in their conferences and reviews; children under four are counted apart."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, share, shares_by
from qa_analysis.measures.populations import CONFERENCES_HELD
from qa_analysis.measures.safeguarding_unit.conferences import DATASET, held_in
from qa_analysis.measures.safeguarding_unit.periods import each_month, told_periods

ANSWER: Final = "child_participated"
YES, NO, UNDER_FOUR = "yes", "no", "under 4"
NOT_SAID, NOT_READABLE = "not recorded", "not readable"
APART: Final = (UNDER_FOUR, NOT_SAID, NOT_READABLE)


@declares(
    Measure(
        "child_took_part",
        title="Children who took part in their conference or review",
        family=family.CONFERENCES,
        counts="children recorded as having taken part, of those of four and over of whom it is recorded, in "
        "conferences and reviews held in each month of the year, in the last three months and in the year",
        by="kind",
        limits="how a child took part, in person, in writing or by an advocate, is not told; a record of taking part "
        "says nothing of whether the child was heard; children under four and blanks are counted apart",
        unit="share",
    ),
    Measure(
        "participation_apart",
        title="Conferences and reviews left out of children's participation",
        family=family.CONFERENCES,
        counts="conferences and reviews held in the month, in the last three months and in the year of children under "
        "four, of whom it is not recorded whether they took part, and of whom it cannot be read",
        by="answer",
        unit="conferences",
    ),
    needs=(DATASET,),
)
def participation(tables: Tables) -> list[Figure]:
    """The share of children who took part, all and by kind, and who is left out of it. One figure per period, group."""
    if not tables.holds(DATASET, ANSWER):
        return []
    return [
        *(row for months in each_month(tables) for row in _took_part(tables, months)),
        *(row for months in told_periods(tables) for row in _apart(tables, months)),
    ]


def asked(tables: Tables, months: tuple[str, ...]) -> DataFrame:
    """The conferences and reviews held in some months with a yes or a no. One row each."""
    held = held_in(tables, months)
    said = held[held[ANSWER].isin([YES, NO])]
    return said.assign(took_part=said[ANSWER] == YES)


def _took_part(tables: Tables, months: tuple[str, ...]) -> Iterator[Figure]:
    said = asked(tables, months)
    if said.empty:
        return
    labels = {"period": period_of(months), "population": CONFERENCES_HELD}
    few = tables.rules.percentage_from
    yield share("child_took_part", int(said["took_part"].sum()), len(said), few=few, **labels)
    yield from shares_by(said, "kind", "took_part", "child_took_part", few=few, **labels)


def _apart(tables: Tables, months: tuple[str, ...]) -> Iterator[Figure]:
    held = held_in(tables, months)
    is_unread = held[ANSWER].isna() & tables.unread(DATASET, ANSWER).reindex(held.index)
    tallies = (held[ANSWER] == UNDER_FOUR, held[ANSWER].isna() & ~is_unread, is_unread)
    for answer, flag in zip(APART, tallies, strict=True):
        if answer != NOT_READABLE or flag.any():
            yield count(
                "participation_apart", int(flag.sum()), period=period_of(months), population=CONFERENCES_HELD,
                by="answer", group=answer, unit="conferences",
            )  # fmt: skip
