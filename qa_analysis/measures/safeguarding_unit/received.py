"""Complaints and compliments that the unit received itself, apart from those that others in the council received."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, counts_by, share
from qa_analysis.measures.populations import RECEIVED_BY_UNIT
from qa_analysis.measures.safeguarding_unit.periods import Months, told_periods

DATASET: Final = "complaints_compliments"
KINDS: Final = ("complaint", "compliment")
BY_UNIT, ELSEWHERE, NOT_SAID = "safeguarding unit", "corporate", "not recorded"
ROUTES: Final = (BY_UNIT, ELSEWHERE, NOT_SAID)


@declares(
    Measure(
        "unit_received",
        title="Complaints and compliments by who received them",
        family=family.UNIT,
        counts="complaints and compliments received in the month, in the last three months and in the year, by who "
        "took them in: each record once, under the one that took it in",
        by="kind+received_by",
        limits="what the unit received is told here and what others received is not added to it; a record that does "
        "not say who took it in is apart; one complaint logged twice under two references counts twice, because no "
        "record says that it is another's copy",
        unit="records",
    ),
    Measure(
        "unit_complaint_themes",
        title="Complaints that the unit received, by theme",
        family=family.UNIT,
        counts="complaints that the unit received in the year, by theme, those without a theme apart",
        by="theme_code",
        limits="upheld or not",
        unit="complaints",
    ),
    Measure(
        "unit_complaints_in_time",
        title="Complaints to the unit answered by the day due",
        family=family.UNIT,
        counts="complaints that the unit received and answered on or before the day due, of those whose answer fell "
        "due in the year by the as-at date",
        limits="one not yet answered counts as not in time; one without a day due, or whose day of answer cannot be "
        "read, is left out",
        unit="share",
    ),
    Measure(
        "unit_complaints_overdue",
        title="Complaints to the unit whose answer is overdue",
        family=family.UNIT,
        counts="complaints that the unit received, in whatever month, and had not answered by the as-at date though an "
        "answer was due before it",
        unit="complaints",
    ),
    needs=(DATASET,),
)
def received(tables: Tables) -> list[Figure]:
    """What the unit received, in which themes, and whether it was answered in time. One figure per period and group."""
    records = tables.frames[DATASET]
    if not tables.holds(DATASET, "received_by"):
        return []
    own = records[(records["received_by"] == BY_UNIT) & (records["kind"] == KINDS[0])]
    return [
        *(row for months in told_periods(tables) for row in _by_route(records, months)),
        *_themes(tables, own),
        *_answers(tables, own),
    ]


def _by_route(records: DataFrame, months: Months) -> Iterator[Figure]:
    some = records[months_of(records["received_on"]).isin(months)]
    routes = some["received_by"].fillna(NOT_SAID)
    for kind in KINDS:
        for route in ROUTES:
            tally = int(((some["kind"] == kind) & (routes == route)).sum())
            if tally or route != NOT_SAID:
                yield count(
                    "unit_received", tally, period=period_of(months), population=RECEIVED_BY_UNIT,
                    by=("kind", "received_by"), group=(kind, route), unit="records",
                )  # fmt: skip


def _themes(tables: Tables, own: DataFrame) -> list[Figure]:
    some = own[months_of(own["received_on"]).isin(tables.rolling_cycles)]
    labels = {"period": period_of(tables.rolling_cycles), "population": RECEIVED_BY_UNIT, "unit": "complaints"}
    return counts_by(some, "theme_code", "unit_complaint_themes", **labels)


def _answers(tables: Tables, own: DataFrame) -> Iterator[Figure]:
    """The share answered by the day due, of those of the year; and those overdue on the day."""
    known = own[~(own["responded_on"].isna() & tables.unread(DATASET, "responded_on").reindex(own.index))]
    come = known[known["due_on"] < tables.as_at]
    some = come[months_of(come["due_on"]).isin(tables.rolling_cycles)]
    labels = {"period": period_of(tables.rolling_cycles), "population": RECEIVED_BY_UNIT}
    if len(some):
        in_time = int((some["responded_on"] <= some["due_on"]).sum())
        yield share("unit_complaints_in_time", in_time, len(some), few=tables.rules.percentage_from, **labels)
    late = int(come["responded_on"].isna().sum())
    yield count("unit_complaints_overdue", late, unit="complaints", **{**labels, "period": tables.month})
