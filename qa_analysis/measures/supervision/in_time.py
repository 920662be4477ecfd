"""Whether supervision was held by the day it was due, how far apart it lies, and whether it was reflective."""

from collections.abc import Iterator

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, Names, share
from qa_analysis.measures.populations import SUPERVISIONS_DUE, SUPERVISIONS_HELD, month_and_year
from qa_analysis.measures.supervision.sessions import DATASET, due_on, in_posts, sessions
from qa_analysis.measures.too_few import places_of_few, withheld_where, without_numbers

PLACES = ("service_area", "team")
NEW, OTHERS = "newly qualified", "all others"
PLACED = "by service and team over twelve cycles to the end of a quarter, from three people supervised"


@declares(
    Measure(
        "supervision_in_time",
        title="Supervision held by the day it was due",
        family=family.SUPERVISION,
        counts="supervisions of people in post that were held by the day they were due, of those that fell due by the "
        "as-at date, for the month and for twelve cycles",
        by="newly_qualified, service_area, team",
        limits="due by the date that the supervision before recorded, else by the council's rule "
        "supervision_every_days, else by none; what fell due in a long leave is left out; part-time work changes "
        f"nothing; somebody who never had one is in the standing of the day; {PLACED}",
        unit="share",
    ),
    Measure(
        "supervision_reflective",
        title="Supervision that was reflective",
        family=family.SUPERVISION,
        counts="supervisions of people in post held in the month and in twelve cycles that were reflective, of those "
        "that say",
        by="service_area, team",
        limits=f"as its record says; how it was judged is not known; {PLACED}",
        unit="share",
    ),
    Measure(
        "days_between_supervisions_median",
        title="Median days between supervisions",
        family=family.SUPERVISION,
        counts="the median of the calendar days from each supervision to the same person's next, of those whose next "
        "was held in twelve cycles",
        limits="who has not had the next one yet is not in it; a long leave between counts as days; of under three "
        "people none",
        unit="calendar days",
    ),
    needs=(DATASET,),
)
def supervision(tables: Tables) -> list[Figure]:
    """Supervision in time and reflective, and how far apart: month, year, newly qualified, places. One figure each."""
    held = sessions(tables)
    due, posted = fell_due(tables, held), _in_month(in_posts(tables, held, "held_on"), "held_on")
    said = posted.dropna(subset="is_reflective").assign(is_good=lambda rows: rows["is_reflective"].astype(bool))
    of_due = [*_told(tables, "supervision_in_time", due, SUPERVISIONS_DUE), *_newly_qualified(tables, due)]
    return [*of_due, *_told(tables, "supervision_reflective", said, SUPERVISIONS_HELD), *_apart(tables, held)]


def fell_due(tables: Tables, held: DataFrame) -> DataFrame:
    """The supervisions that fell due by the day, of people then in post and not on leave. One row per supervision.

    `is_good` says whether it was held by then, `cycle_month` in which month it fell due.
    """
    is_new = in_posts(tables, held, "held_on")["is_new"].reindex(held.index, fill_value=False)
    due = held.assign(due_on=due_on(held.assign(is_new=is_new), tables.rules)).dropna(subset="due_on")
    there = in_posts(tables, due, "due_on")
    there = there[~there["is_away"]]
    is_good = there["next_on"] <= there["due_on"]
    return _in_month(there.assign(is_good=is_good)[is_good | (there["due_on"] < tables.as_at)], "due_on")


def _in_month(rows: DataFrame, day: str) -> DataFrame:
    return rows.assign(cycle_month=months_of(rows[day]))


def _told(tables: Tables, measure: str, rows: DataFrame, population: str) -> Iterator[Figure]:
    """The share of the month and the year, and by place over the year of places."""
    floor = tables.rules.floor[MANAGERS].children  # here those who could be known are the people supervised
    note = f"not shown: fewer than {floor} people supervised, or what would give them away"
    for some, period in month_and_year(tables, rows):
        for figure in _share(tables, measure, some, period, population):
            yield figure if some["worker_id"].nunique() >= floor else without_numbers(figure, note=note)
    year = rows[rows["cycle_month"].isin(tables.place_cycles)].dropna(subset=list(PLACES))
    few = places_of_few(year, floor)
    for column in PLACES:
        for place, some in year.groupby(column):
            for figure in _share(
                tables, measure, some, period_of(tables.place_cycles), population, by=column, group=str(place)
            ):
                yield withheld_where(figure, few, note=note)


def _newly_qualified(tables: Tables, due: DataFrame) -> Iterator[Figure]:
    """The year's share of the newly qualified and of all others; of neither where one of them is of too few people."""
    year = due[due["cycle_month"].isin(tables.rolling_cycles)]
    sides = {NEW: year[year["is_new"].astype(bool)], OTHERS: year[~year["is_new"].astype(bool)]}
    if min(some["worker_id"].nunique() for some in sides.values()) < tables.rules.floor[MANAGERS].children:
        return
    for name, some in sides.items():
        yield from _share(
            tables, "supervision_in_time", some, period_of(tables.rolling_cycles), SUPERVISIONS_DUE,
            by="newly_qualified", group=name,
        )  # fmt: skip


def _apart(tables: Tables, held: DataFrame) -> list[Figure]:
    """The middle number of days from one supervision to the next."""
    held = held[months_of(held["next_on"]).isin(tables.rolling_cycles)]
    days = (held["next_on"] - held["held_on"]).dt.days
    people = held.loc[days.index, "worker_id"].nunique()
    if people < tables.rules.floor[MANAGERS].children:
        return []
    return [
        Figure(
            measure="days_between_supervisions_median", period=period_of(tables.rolling_cycles),
            population=SUPERVISIONS_HELD, denominator=len(days), value=float(days.median()), unit="calendar days",
            method="median",
        )
    ]  # fmt: skip


def _share(
    tables: Tables, measure: str, rows: DataFrame, period: str, population: str, *, by: Names = "", group: Names = ""
) -> Iterator[Figure]:  # fmt: skip
    if len(rows):
        yield share(
            measure, int(rows["is_good"].sum()), len(rows), period=period, population=population, by=by, group=group,
            few=tables.rules.percentage_from,
        )  # fmt: skip
