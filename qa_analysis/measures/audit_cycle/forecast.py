"""Who would have had no audit in a year, with so many audits a month selected at random, and how many would do."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Final

import numpy as np
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audit_cycle.coverage_of_year import newest_caseload
from qa_analysis.measures.audits.volumes import audits_of
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import OPEN_RECORDS, RANDOM
from qa_analysis.stats.estimate import Floats
from qa_analysis.stats.left_out import MONTHS, chance_of_none, expected_without

TEAMS, WORKERS, RECORDS = "teams", "key workers", "open records"
SURE: Final = 0.95  # of every team, that it is seen; and the share of key workers expected to be seen
OTHER_SIZES: Final = (10, 20, 30, 40, 60, 80, 100, 150)  # audits a month, beside as many as are done now
METHOD = "exact: controlled rounding by team, hypergeometric within it"


@dataclass(frozen=True, eq=False)
class Caseload:
    """The records that can be selected, by team and by key worker. `teams` and `workers` have one row each: records."""

    teams: Floats  # records of each team
    workers: DataFrame  # records, and of how many in the team; one row per key worker and team

    @staticmethod
    def of(records: DataFrame) -> "Caseload":
        """The caseload of some open records."""
        held = records.dropna(subset="team")
        sizes = held.groupby("team").size()
        workers = held.dropna(subset="key_worker_id").groupby(["team", "key_worker_id"]).size().rename("records")
        named = workers.reset_index()
        return Caseload(np.asarray(sizes, dtype=np.float64), named.assign(of=named["team"].map(sizes)))

    @cached_property
    def records(self) -> float:
        """How many records can be selected."""
        return float(self.teams.sum())

    @cached_property
    def people(self) -> int:
        """How many key workers have any of them."""
        return int(self.workers["key_worker_id"].nunique())

    def without(self, size: float) -> dict[str, float]:
        """How many teams, key workers and records are expected to have no audit in a year, with so many a month."""
        due = size * self.teams / self.records
        return {
            TEAMS: float(self.missed_teams(size).sum()),
            WORKERS: self.missed_workers(size),
            RECORDS: expected_without(self.teams, due),
        }

    def missed_teams(self, size: float) -> Floats:
        """The chance of each team to have no audit in a year."""
        return chance_of_none(self.teams, self.teams, size * self.teams / self.records)

    def missed_workers(self, size: float) -> float:
        """How many key workers are expected to have none; of one in several teams the chances are multiplied."""
        every = self.workers["of"].to_numpy(dtype=float)
        none = chance_of_none(self.workers["records"].to_numpy(dtype=float), every, size * every / self.records)
        return float(self.workers.assign(none=none).groupby("key_worker_id")["none"].prod().sum())

    def needed(self) -> dict[str, int]:
        """The fewest audits a month with which each team is all but sure to be seen, and nearly all key workers are.

        For every record it is a twelfth of them all, which holds only where no other is audited twice.
        """
        sizes, few = range(1, int(self.records) + 1), (1 - SURE) * max(self.people, 1)
        teams = bisect_left(sizes, True, key=lambda size: bool(self.missed_teams(size).max() <= 1 - SURE))
        workers = bisect_left(sizes, True, key=lambda size: self.missed_workers(size) <= few)
        return {TEAMS: teams + 1, WORKERS: workers + 1, RECORDS: ceil(self.records / MONTHS)}


@declares(
    Measure(
        "random_audits_a_month",
        title="Audits selected at random in a month",
        family=family.AUDIT_CYCLE,
        counts="the mean number of audits selected at random in each of the last three cycles, to a whole audit",
        unit="audits",
    ),
    Measure(
        "expected_without_audit",
        title="Expected to have no audit in a year",
        family=family.AUDIT_CYCLE,
        counts="how many teams, key workers and open records would have had no audit after twelve months, with so many "
        "audits a month selected at random; the denominator is how many there are",
        by="who+audits a month",
        limits="a forecast and no count: it takes the caseload of the newest month end to stay as it is, every record "
        "of a team to be as likely as the others and none to be audited twice, and audits to be spread over teams by "
        "their records; restricted records are left out; sparing workers audited the month before leaves out fewer",
        unit="expected number",
    ),
    Measure(
        "audits_to_reach",
        title="Audits a month that would reach everyone",
        family=family.AUDIT_CYCLE,
        counts="the fewest audits a month, selected at random, with which each team is 95% likely to have an audit "
        "within twelve months, with which 95% of key workers can be expected to have one, and a twelfth of all open "
        "records, with which each could have one",
        by="who",
        limits="as for the number expected to have none; no target",
        unit="audits",
    ),
)
def forecast(tables: Tables) -> list[Figure]:
    """Who would be left out with so many audits a month, and how many would do. One figure per group and number."""
    held = newest_caseload(tables)
    size = audits_a_month(tables)
    if held is None or not size:
        return []
    can_be_selected = held[~held["is_restricted"].fillna(False).astype(bool)]
    caseload = Caseload.of(can_be_selected)
    if not caseload.records:
        return []
    labels = {"period": tables.month, "population": OPEN_RECORDS}
    there = {TEAMS: len(caseload.teams), WORKERS: caseload.people, RECORDS: caseload.records}
    lately = period_of(tables.rules.cycles_up_to(tables.month, POOLED_CYCLES))
    rows = [count("random_audits_a_month", size, unit="audits", period=lately, population=RANDOM)]
    for each in sorted({size, *(other for other in OTHER_SIZES if other <= caseload.records / MONTHS)}):
        rows += [
            count(
                "expected_without_audit", without, unit="expected number", by=("who", "audits a month"),
                group=(who, str(each)), **labels,
            ).but(denominator=there[who], method=METHOD)
            for who, without in caseload.without(each).items()
            if there[who]
        ]  # fmt: skip
    needed = caseload.needed()
    rows += [
        count("audits_to_reach", needed[who], unit="audits", by="who", group=who, **labels).but(method=METHOD)
        for who in needed
        if there[who]
    ]
    return rows


def audits_a_month(tables: Tables) -> int:
    """How many audits were selected at random in a month of the last three cycles, to a whole audit."""
    cycles = tables.rules.cycles_up_to(tables.month, POOLED_CYCLES)
    lately = audits_of(tables, cycles)
    return int(np.floor((lately["selection_route"] == "random").sum() / len(cycles) + 0.5))
