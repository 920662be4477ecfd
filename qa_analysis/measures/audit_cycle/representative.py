"""Whether the audits selected at random are made up as the records that they were selected from."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audit_cycle.coverage_of_year import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, count, share
from qa_analysis.measures.populations import RANDOM
from qa_analysis.stats.estimate import Test
from qa_analysis.stats.goodness import fit, residual_ps
from qa_analysis.stats.proportions import holm

COMPARED: Final = {"team": "team", "case_status": "case status", "age_band": "age"}
AS_THE_CASELOAD, OTHERWISE = "as the caseload would give", "otherwise than the caseload would give"
UNLIKELY = 0.05  # of chance alone, over the three comparisons together


@dataclass(frozen=True, eq=False)
class Compared:
    """One make-up: how many audits each group had, and how many its records would have given. One value per group."""

    observed: Series
    expected: Series

    @property
    def audits(self) -> int:
        """How many audits are compared."""
        return int(self.observed.sum())

    def apart(self) -> list[str]:
        """The groups that lie furthest from what was expected: those past chance, or else the one furthest away."""
        seen, due = self.observed.to_numpy(dtype=float), self.expected.to_numpy(dtype=float)
        ps = residual_ps(seen, due)
        found = np.flatnonzero(holm(ps) < UNLIKELY)
        places = [int(place) for place in found] or [int(np.argmin(ps))]
        return [str(self.observed.index[place]) for place in places]


@declares(
    Measure(
        "random_audits_made_up",
        title="Audits selected at random, by group",
        family=family.AUDITS,
        counts="audits of the last twelve cycles that were selected at random, by team, case status and age, of those "
        "of records that their theme is about",
        by="team, case_status, age_band",
        limits="only where a caseload was supplied; audits of a status that the theme is not about, and those without "
        "a value, are left out",
        unit="share",
    ),
    Measure(
        "random_audits_expected",
        title="Audits that the caseload would give, by group",
        family=family.AUDITS,
        counts="how many of these audits would be of each group were every open record that the theme is about as "
        "likely to be selected, by the caseload of the month end before each cycle",
        by="team, case_status, age_band",
        limits="where no month end before a cycle was supplied, the earliest; restricted records are left out; "
        "children audited in the year before are in it, though they are spared",
        unit="audits",
    ),
    Measure(
        "random_audits_test",
        title="Audits selected at random against the caseload",
        family=family.AUDIT_CYCLE,
        counts="how often chance alone would leave the audits selected at random so far from the caseload, by team, by "
        "case status and by age: Pearson's chi-square over twelve cycles, small groups put together, after Holm's "
        "correction over the three",
        by="compared",
        limits="no sign of a difference does not show that there is none; under ten audits are too few to judge; a "
        "difference says nothing of who caused it or why",
        unit="p-value",
    ),
    needs=("caseload",),
)
def representative(tables: Tables) -> list[Figure]:
    """The make-up of the audits selected at random, beside the caseload's. One figure per group, and one per test."""
    made_up = {by: found for by in COMPARED if (found := compared(tables, by)).audits}
    labels = {"period": period_of(tables.rolling_cycles), "population": RANDOM}
    rows: list[Figure] = []
    for by, held in made_up.items():
        for group in held.observed.index:
            few, seen = tables.rules.percentage_from, int(held.observed[group])
            rows.append(share("random_audits_made_up", seen, held.audits, by=by, group=str(group), few=few, **labels))
            due = float(held.expected[group])
            rows.append(count("random_audits_expected", due, by=by, group=str(group), unit="audits", **labels))
    return [*rows, *_tests(tables, made_up, labels)]


def compared(tables: Tables, by: str) -> Compared:
    """The audits selected at random over the year by one column, and what the caseload would have given."""
    year = audits_of_year(tables)
    audits = year[(year["selection_route"] == "random") & year[by].notna()]
    audits = audits[_is_of_theme(audits, tables)]
    frame = _frame(tables, by)
    starts = pd.to_datetime(audits["cycle_month"] + "-01")
    audits = audits.assign(snapshot_on=_snapshots(starts, frame["snapshot_on"]))
    expected: Series = Series(dtype="float64")
    used = 0
    for (day, theme), some in audits.groupby(["snapshot_on", "theme_code"]):
        sizes = _records(frame, day, str(theme), tables).groupby(by)["records"].sum()
        if sizes.sum():
            expected = expected.add(len(some) * sizes / sizes.sum(), fill_value=0)
            used += len(some)
    if used != len(audits):  # of a theme of which no record is open nothing can be expected
        audits = audits.iloc[:0]
    observed = audits.groupby(by).size().reindex(expected.index.union(list(audits[by].unique())), fill_value=0)
    return Compared(observed, expected.reindex(observed.index, fill_value=0))


def _frame(tables: Tables, by: str) -> DataFrame:
    """The open records of each month end by status and one other column. One row per day, status and group."""
    caseload = tables.frames["caseload"]
    open_ones = caseload[~caseload["is_restricted"].fillna(False).astype(bool)].dropna(subset=by)
    keys = list(dict.fromkeys(["snapshot_on", "case_status", by]))
    return open_ones.groupby(keys, as_index=False, dropna=False).size().rename(columns={"size": "records"})


def _snapshots(starts: Series, days: Series) -> Series:
    """The month end before each cycle; where there is none, the earliest."""
    known = np.sort(days.unique())
    if not len(known):
        return starts
    places = np.maximum(np.searchsorted(known, starts.to_numpy().astype(known.dtype), side="left") - 1, 0)
    return Series(known[places], index=starts.index)


def _records(frame: DataFrame, day: object, theme: str, tables: Tables) -> DataFrame:
    """The open records of a day that a theme is about."""
    of_day = frame[frame["snapshot_on"] == day]
    statuses = tables.rules.theme_statuses.get(theme)
    return of_day if statuses is None else of_day[of_day["case_status"].isin(statuses)]


def _is_of_theme(audits: DataFrame, tables: Tables) -> "Series[bool]":
    """Whether each audit's record has a status that its theme is about."""
    statuses = tables.rules.theme_statuses
    fits = [
        theme not in statuses or status in statuses[theme]
        for theme, status in zip(audits["theme_code"], audits["case_status"], strict=True)
    ]
    return Series(fits, index=audits.index, dtype=bool)


def _tests(tables: Tables, made_up: dict[str, Compared], labels: dict[str, str]) -> list[Figure]:
    """One test for each column, corrected for there being several."""
    tests = {by: fit(list(held.observed), list(held.expected)) for by, held in made_up.items()}
    ps = dict(zip(tests, holm([test.p for test in tests.values()]), strict=True))
    return [_judged(tables, by, made_up[by], test, float(ps[by]), labels) for by, test in tests.items()]


def _judged(tables: Tables, by: str, held: Compared, test: Test, p: float, labels: dict[str, str]) -> Figure:
    row = count("random_audits_test", p, unit="p-value", by="compared", group=by, **labels)
    row = row.but(denominator=held.audits, method=f"chi-square, {test.df:.0f} degrees of freedom; Holm over three")
    if held.audits < tables.rules.verdict_from or p != p:
        return row.judged(TOO_FEW_TO_JUDGE)
    if p >= UNLIKELY:
        return row.judged(AS_THE_CASELOAD)
    return row.judged(OTHERWISE).but(reasons=tuple(held.apart()))
