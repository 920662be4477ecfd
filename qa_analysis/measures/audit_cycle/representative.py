"""Whether the audits selected at random are made up as the records that they were selected from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_up_to, period_of
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import (
    CHILD,
    NO_AUDIT,
    Flags,
    is_of_cycles,
    known_in_audits,
    numbers_in,
    numbers_of,
)
from qa_analysis.measures.audits.volumes import audits_of_year
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
        "of records that their theme is about and that were not audited in the twelve cycles before",
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
        "so are children audited in the twelve cycles before, who are spared",
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
    audits, frames = _sides(tables)
    made_up = {by: found for by in COMPARED if (found := compared(audits, frames, by, tables.rules)).audits}
    labels = {"period": period_of(tables.rolling_cycles), "population": RANDOM}
    rows: list[Figure] = []
    for by, held in made_up.items():
        for group in held.observed.index:
            few, seen = tables.rules.percentage_from, int(held.observed[group])
            rows.append(share("random_audits_made_up", seen, held.audits, by=by, group=str(group), few=few, **labels))
            due = float(held.expected[group])
            rows.append(count("random_audits_expected", due, by=by, group=str(group), unit="audits", **labels))
    return [*rows, *_tests(tables, made_up, labels)]


def compared(audits: DataFrame, frames: Mapping[str, DataFrame], by: str, rules: Rules) -> Compared:
    """The audits selected at random by one column, and what the records of each cycle would have given."""
    known = audits.dropna(subset=by)
    expected: Series = Series(dtype="float64")
    used = 0
    for (cycle, theme), some in known.groupby(["cycle_month", "theme_code"]):
        sizes = _about(frames[str(cycle)], str(theme), rules).groupby(by).size()
        if sizes.sum():
            expected = expected.add(len(some) * sizes / sizes.sum(), fill_value=0)
            used += len(some)
    if used != len(known):  # of a theme of which no record is open nothing can be expected
        known = known.iloc[:0]
    observed = known.groupby(by).size().reindex(expected.index.union(list(known[by].unique())), fill_value=0)
    return Compared(observed, expected.reindex(observed.index, fill_value=0))


def _sides(tables: Tables) -> tuple[DataFrame, dict[str, DataFrame]]:
    """The audits selected at random over the year, and for each cycle the records that could be selected.

    Children audited in the cycles before have no chance, so they are in neither: what is expected is of those left.
    """
    year = audits_of_year(tables)
    audits = year[year["selection_route"] == "random"].assign(theme_code=lambda rows: rows["theme_code"].fillna(""))
    audits = audits[_is_of_theme(audits, tables.rules)]
    caseload = tables.frames["caseload"]
    open_ones = caseload[~caseload["is_restricted"].fillna(False).astype(bool)]
    days, frames, kept = np.sort(open_ones["snapshot_on"].dropna().unique()), dict[str, DataFrame](), []
    audits, open_ones = (some.assign(child=numbers_in(tables, some[CHILD], CHILD)) for some in (audits, open_ones))
    for cycle, some in audits.groupby("cycle_month"):
        is_resting = _are_resting(tables, str(cycle))
        records = open_ones[
            open_ones["snapshot_on"] == _month_end_before(days, tables.rules.cadence.begins(str(cycle)))
        ]
        frames[str(cycle)] = records[~is_resting[records["child"]]]
        kept.append(some[~is_resting[some["child"]]])
    return pd.concat(kept) if kept else audits, frames


def _are_resting(tables: Tables, cycle: str) -> Flags:
    """Whether each child was audited, by any route, in the cycles before one in which no second audit is selected.

    One answer per child, by their numbers; the last, of a child who is not known, is no.
    """
    before = months_up_to(months_after(cycle, -1), tables.rules.draw_child_rest_months)
    flags = np.zeros(len(known_in_audits(tables, CHILD)) + 1, dtype=bool)
    flags[numbers_of(tables, "audits", CHILD)[is_of_cycles(tables, before)]] = True
    flags[NO_AUDIT] = False
    return flags


def _month_end_before(days: "NDArray[np.datetime64]", begins: date) -> object:
    """The newest day of the caseload before a cycle; where there is none, the earliest; of no caseload, none."""
    if not len(days):
        return None
    first = pd.Timestamp(begins).to_datetime64()
    return days[max(int(np.searchsorted(days, first, side="left")) - 1, 0)]


def _about(records: DataFrame, theme: str, rules: Rules) -> DataFrame:
    """The records that a theme is about."""
    statuses = rules.theme_statuses.get(theme)
    return records if statuses is None else records[records["case_status"].isin(statuses)]


def _is_of_theme(audits: DataFrame, rules: Rules) -> "Series[bool]":
    """Whether each audit's record has a status that its theme is about."""
    fits: Series[bool] = ~audits["theme_code"].isin(list(rules.theme_statuses))
    for theme, statuses in rules.theme_statuses.items():
        fits |= (audits["theme_code"] == theme) & audits["case_status"].isin(statuses)
    return fits


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
