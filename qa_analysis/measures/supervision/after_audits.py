"""What followed an audit in supervision: how soon the next one was, whether the audit was talked about, and how."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.actions.concerns import of_year
from qa_analysis.measures.audits.volumes import audits_of_year, headline_audits
from qa_analysis.measures.closing_the_loop.in_supervision import discussed_in, following
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, Names, count, estimated, share
from qa_analysis.measures.populations import (
    BELOW_GOOD,
    BELOW_GOOD_HEADLINE,
    CONCERNS,
    EVERY_ROUTE,
    HEADLINE,
    month_and_year,
)
from qa_analysis.measures.states import first_that_holds
from qa_analysis.measures.supervision.sessions import DATASET, sessions
from qa_analysis.measures.too_few import places_of_few, withheld_where, without_numbers
from qa_analysis.stats.survival import completed_by, median_time

IN_NEXT: Final = "discussed in the next supervision"
ANOTHER: Final = "discussed in another"
NOT_DISCUSSED: Final = "next one held, audit not discussed"
HELD: Final = "next one held"
NOT_YET: Final = "next one not yet held"
LEFT: Final = "key worker left before it"
STATES: Final = (IN_NEXT, ANOTHER, NOT_DISCUSSED, NOT_YET, LEFT)
STATES_WITHOUT_AUDITS: Final = (HELD, NOT_YET, LEFT)  # where no supervision names the audits talked about
KEY_WORKER: Final = {"key_worker_id": "worker_id"}
NOT_SHOWN: Final = "not shown: fewer than {floor} key workers, or what would give them away"
BELOW: Final = "below_good_discussed_in_next"
WEEKS: Final = (2, 4, 6, 8, 12)  # after which the share is told: points of a curve, not targets
PLACES: Final = ("service_area", "team")
OF_AUDIT: Final = ["cycle_month", *PLACES, "key_worker_id"]
BY_PLACE: Final = "by service and team of the audits of headline routes, over twelve cycles to the end of a quarter"


@dataclass(frozen=True)
class Followed:
    """What followed some audits, as plain arrays: there are thousands of places. One value per audit in each."""

    days: NDArray[np.float64]
    is_held: NDArray[np.bool_]
    is_in_next: NDArray[np.bool_]
    is_below_good: NDArray[np.bool_]
    is_reflective: NDArray[np.float64]  # 1 and 0; nan where nobody says

    @classmethod
    def of(cls, audits: DataFrame) -> "Followed":
        """What followed audits with their `next_supervisions`."""
        said = audits["is_reflective"]
        known = said.notna().to_numpy(bool)
        reflective = np.full(len(audits), np.nan)
        reflective[known] = said[known].astype(bool)
        return cls(
            audits["days"].to_numpy(float),
            audits["is_held"].to_numpy(bool),
            audits["state"].eq(IN_NEXT).to_numpy(bool),
            audits["is_below_good"].to_numpy(bool),
            reflective,
        )

    def part(self, chosen: "NDArray[np.bool_] | NDArray[np.intp]") -> "Followed":
        """Of some of the audits alone."""
        return Followed(*(getattr(self, held.name)[chosen] for held in fields(self)))

    @property
    def below_good(self) -> "Followed":
        """Of the audits below good alone."""
        return self.part(self.is_below_good)


@declares(
    Measure(
        "audits_by_next_supervision",
        title="Audits by their outcome in supervision",
        family=family.SUPERVISION,
        counts="audits of every route of the month and of twelve cycles by the key worker's next supervision: audit "
        "discussed in it, in a later one or not; not yet held; key worker left before it",
        by="state",
        limits="one held on the day of the audit is not the next; where no supervision names an audit it is only known "
        "that the next one was held; leavers only where staff were supplied",
        unit="audits",
    ),
    Measure(
        "days_to_next_supervision_median",
        title="Median days from audit to next supervision",
        family=family.SUPERVISION,
        counts="the estimated number of calendar days by which half of the key workers of the audits of twelve cycles "
        "had their next supervision, those still waiting counted for as long as they have waited (Kaplan–Meier)",
        by="service_area, team",
        limits=f"no value where fewer than half have had one; leavers are counted until they left; {BY_PLACE}",
        unit="days",
    ),
    Measure(
        "next_supervision_by_day_km",
        title="Next supervision held by each day after the audit",
        family=family.SUPERVISION,
        counts="the estimated share of the audits of twelve cycles whose key worker had the next supervision by so "
        "many calendar days, those still waiting counted for as long as they have waited (Kaplan–Meier)",
        by="day",
        limits="days are points of the curve, not targets",
        unit="share",
    ),
    Measure(
        "below_good_discussed_in_next",
        title="Audits below good discussed in the next supervision",
        family=family.SUPERVISION,
        counts="audits graded below good that were discussed in the first supervision of their key worker after the "
        "audit, of those after which one was held by the as-at date, for the month and for twelve cycles",
        by="service_area, team",
        limits=f"only where supervision names the audits discussed; {BY_PLACE}",
        unit="share",
    ),
    Measure(
        "next_supervision_reflective",
        title="Next supervisions after an audit that were reflective",
        family=family.SUPERVISION,
        counts="of the key workers' first supervisions after the audits of twelve cycles, those that were reflective, "
        "of those that say",
        by="service_area, team",
        limits=f"the whole session, not the talk about the audit; {BY_PLACE}",
        unit="share",
    ),
    Measure(
        "concerns_discussed_by_next_supervision",
        title="Immediate concerns discussed by the next supervision",
        family=family.SUPERVISION,
        counts="immediate concerns of twelve cycles recorded as discussed in supervision by the key worker's next one "
        "from the day the concern was found, of those after which one was held",
        limits="by the day that the form gives; only where the forms were supplied",
        unit="share",
    ),
    adds_to=("discussed_in_next_supervision",),
    needs=(DATASET,),
)
def after_audits(tables: Tables) -> list[Figure]:
    """What followed audits in supervision: the month, the year, services and teams. One figure per question and group.

    Whoever is still waiting counts for as long as they have waited, and an audit without anything is counted as that.
    """
    year = next_supervisions(tables, audits_of_year(tables))
    followed = Followed.of(year)
    placed = headline_audits(tables, months=tables.place_cycles)
    return [
        *(
            row
            for some, period in month_and_year(tables, year)
            for row in _of_enough(tables, some, _states(tables, some, period))
        ),
        *_of_enough(tables, year, _waiting(tables, followed, {"population": EVERY_ROUTE})),
        *_of_enough(tables, year, _curve(tables, followed)),
        *_of_enough(tables, year, _reflective(tables, followed, {"population": EVERY_ROUTE})),
        *_concerns(tables),
        *_by_place(tables, next_supervisions(tables, placed)),
    ]


def _of_enough(tables: Tables, audits: DataFrame, figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures, without their numbers where the audits are of the cases of too few workers: they tell of those."""
    floor = tables.rules.floor[MANAGERS].children
    is_enough = audits["key_worker_id"].nunique() >= floor or audits.empty
    for figure in figures:
        yield figure if is_enough else without_numbers(figure, note=NOT_SHOWN.format(floor=floor))


def next_supervisions(tables: Tables, audits: DataFrame) -> DataFrame:
    """The key worker's next supervision after each audit. One row per audit.

    Of the audit OF_AUDIT alone is kept. Adds next_on and is_reflective of that supervision, `state`, `days` until it or
    for as long as was waited, `is_held` and is_below_good.
    """
    held = sessions(tables)
    next_on = following(held, audits)
    reflective = held.set_index(["worker_id", "held_on"])["is_reflective"]
    is_followed = next_on.notna()
    asked = pd.MultiIndex.from_arrays([audits.loc[is_followed, "key_worker_id"], next_on[is_followed]])
    said = Series(reflective.reindex(asked).array, index=audits.index[is_followed])
    found = audits[OF_AUDIT].assign(next_on=next_on, is_reflective=said.reindex(audits.index))
    left_on = _left_on(tables, audits)
    until = next_on.fillna(left_on).fillna(tables.as_at)
    graded = audits["overall_grade"].isin(tables.rules.grades)
    return found.assign(
        state=_state(tables, audits, next_on, left_on),
        days=(until - audits["audited_on"]).dt.days.clip(lower=0),
        is_held=next_on.notna(),
        is_below_good=graded & ~audits["overall_grade"].isin(tables.rules.good_grades),
    )


def _state(tables: Tables, audits: DataFrame, next_on: Series, left_on: Series) -> "Series[str]":
    """What became of each audit: the first that holds."""
    said = discussed_in(tables.frames[DATASET], audits)
    talked = {} if said is None else {IN_NEXT: said["is_in_next"], ANOTHER: said["discussed_on"].notna()}
    flags = {**talked, LEFT: next_on.isna() & left_on.notna(), NOT_YET: next_on.isna()}
    return first_that_holds(flags, otherwise=NOT_DISCUSSED if talked else HELD, index=audits.index)


def _left_on(tables: Tables, audits: DataFrame) -> "Series[pd.Timestamp]":
    """The last day in post of key workers who hold none any more; blank of everybody else."""
    staff = tables.optional("staff")
    if staff is None or staff.empty:
        return Series(pd.NaT, index=audits.index, dtype="datetime64[us]")
    ended = staff["ended_on"].where(staff["ended_on"] < tables.as_at, pd.Timestamp.max.floor("D"))
    last = ended.groupby(staff["worker_id"]).max()
    found: Series[pd.Timestamp] = audits["key_worker_id"].map(last.where(last < tables.as_at))
    return found.astype("datetime64[us]")


def _states(tables: Tables, some: DataFrame, period: str) -> Iterator[Figure]:
    """The audits by what became of them, and those below good that were discussed in the next one."""
    sizes = some["state"].value_counts()
    known = STATES if tables.holds(DATASET, "audit_id") else STATES_WITHOUT_AUDITS
    for state in known if len(some) else ():
        yield count(
            "audits_by_next_supervision", int(sizes.get(state, 0)), period=period, population=EVERY_ROUTE,
            unit="audits", by="state", group=state,
        )  # fmt: skip
    yield from _discussed(tables, Followed.of(some).below_good, BELOW, period, population=BELOW_GOOD)


def _discussed(
    tables: Tables, some: Followed, measure: str, period: str, *, population: str, by: Names = "", group: Names = ""
) -> Iterator[Figure]:
    """The audits discussed in the next supervision, of those after which one was held; none where none names one."""
    held = int(some.is_held.sum())
    if held and tables.holds(DATASET, "audit_id"):
        yield share(
            measure, int((some.is_in_next & some.is_held).sum()), held, period=period, population=population, by=by,
            group=group, few=tables.rules.percentage_from,
        )  # fmt: skip


def _waiting(tables: Tables, some: Followed, labels: dict[str, str], period: str = "") -> list[Figure]:
    found = median_time(some.days, some.is_held)
    when = period or period_of(tables.rolling_cycles)
    return [estimated("days_to_next_supervision_median", found, unit="days", period=when, **labels)]


def _curve(tables: Tables, year: Followed) -> Iterator[Figure]:
    for weeks in WEEKS if len(year.days) else ():
        yield estimated(
            "next_supervision_by_day_km", completed_by(year.days, year.is_held, 7 * weeks), unit="share", by="day",
            group=str(7 * weeks), period=period_of(tables.rolling_cycles), population=EVERY_ROUTE,
        )  # fmt: skip


def _reflective(tables: Tables, some: Followed, labels: dict[str, str], period: str = "") -> Iterator[Figure]:
    said = some.is_reflective[~np.isnan(some.is_reflective)]
    if len(said):
        yield share(
            "next_supervision_reflective", int(said.sum()), len(said), few=tables.rules.percentage_from,
            period=period or period_of(tables.rolling_cycles), **labels,
        )  # fmt: skip


def _by_place(tables: Tables, audits: DataFrame) -> Iterator[Figure]:
    """The same by service and team; what may not be told is withheld where every figure by place is (decision 027)."""
    floor = tables.rules.floor[MANAGERS].children
    few = places_of_few(audits.rename(columns=KEY_WORKER), floor)
    period = period_of(tables.place_cycles)
    followed = Followed.of(audits)
    for column in PLACES:
        for place, rows in sorted(audits.groupby(column).indices.items()):
            for figure in _of_place(tables, followed.part(np.asarray(rows)), period, column, str(place)):
                yield withheld_where(figure, few, note=NOT_SHOWN.format(floor=floor))


def _of_place(tables: Tables, some: Followed, period: str, column: str, place: str) -> Iterator[Figure]:
    """What followed the audits of one service or team. One figure per question."""
    labels = {"by": column, "group": place}
    yield from _waiting(tables, some, {**labels, "population": HEADLINE}, period)
    yield from _reflective(tables, some, {**labels, "population": HEADLINE}, period)
    yield from _discussed(tables, some, "discussed_in_next_supervision", period, population=HEADLINE, **labels)
    yield from _discussed(tables, some.below_good, BELOW, period, population=BELOW_GOOD_HEADLINE, **labels)


def _concerns(tables: Tables) -> Iterator[Figure]:
    """The immediate concerns discussed by the next supervision from the day they were found on."""
    held = of_year(tables)
    if held is None or not tables.holds("immediate_concerns", "supervision_discussed_on"):
        return
    found = held.assign(audited_on=held["found_on"] - pd.Timedelta(days=1))  # one on the day itself is the next
    next_on = following(tables.frames[DATASET], found)
    known = next_on.notna()
    if known.any():
        yield share(
            "concerns_discussed_by_next_supervision",
            int((held["supervision_discussed_on"] <= next_on)[known].sum()), int(known.sum()),
            period=period_of(tables.rolling_cycles), population=CONCERNS, few=tables.rules.percentage_from,
        )  # fmt: skip
