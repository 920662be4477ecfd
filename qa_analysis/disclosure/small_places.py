"""What managers may be told of a service or a team: nothing that rests on too few, and nothing that gives it away.

The floor is the rule `floor` of framework.yaml for managers, the same as for questions of one's own. It is applied
where figures are made, to every figure by service or team whoever made it (docs/decisions/027): what is told is over
the year that moves on by whole quarters, and only where all editions together give nobody away (`editions`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_between
from qa_analysis.disclosure.editions import PLACE, Cycles, Editions, OfWhole, Told
from qa_analysis.framework import MANAGERS, Rules
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import (
    ACTIONS,
    ALERTS,
    AUDITS,
    COMPLAINTS,
    CONFERENCES,
    DATA_QUALITY,
    DECISIONS,
    FOR_EVERYONE,
    GRADES,
    INDICATORS,
    MODERATION,
    NARRATIVES,
    OBSERVATIONS,
    PRACTICE_WEEK,
    SERVICE_PLAN,
    STAFF_SURVEY,
    Family,
)
from qa_analysis.measures.figure import TOO_FEW, dimensions, parts
from qa_analysis.measures.grades.grades import RUN_CHART_CYCLES, graded
from qa_analysis.measures.moderation.agreement import of_route, pairs
from qa_analysis.measures.moderation.panel_movement import WIDENED
from qa_analysis.measures.populations import BELOW_GOOD_HEADLINE
from qa_analysis.measures.safeguarding_unit.cases import alert_cases, conference_cases

NOT_OF_CHILDREN: Final = (  # tasks, records, or rounded
    ACTIONS, DECISIONS, DATA_QUALITY, NARRATIVES, SERVICE_PLAN, *FOR_EVERYONE,
)  # fmt: skip
NOT_OF_PRACTICE: Final = (  # how many there were, what is no audit's, and what keeps to the floor itself
    *NOT_OF_CHILDREN, AUDITS, COMPLAINTS, INDICATORS, OBSERVATIONS, PRACTICE_WEEK, STAFF_SURVEY,
)  # fmt: skip
OF_GRADED: Final = (BELOW_GOOD_HEADLINE,)  # how many there are tells of grades, whatever is counted of them
WEIGHINGS: Final = ("graded", "upheld", "lowered", "audited", "conferred", "alerted")
NUMBERS: Final = ["numerator", "denominator", "value", "lower", "upper"]


def withheld(figures: DataFrame, hidden: "Series[bool]", note: str) -> DataFrame:
    """The figures, the hidden ones without their numbers and with the reason. One row per figure, as before."""
    return figures.assign(
        **{name: figures[name].mask(hidden) for name in NUMBERS},
        note=figures["note"].mask(hidden, note),
        verdict=figures["verdict"].mask(hidden, TOO_FEW),
        reasons=figures["reasons"].mask(hidden, ""),
    )


def is_of_place(figures: DataFrame) -> "Series[bool]":
    """Whether each figure is by service or team, and of what was found there. One answer per figure."""
    of_place = figures["by"].map(lambda by: not set(PLACE).isdisjoint(dimensions(by))).astype(bool)
    family = figures["measure"].map(lambda name: declared()[name].family if name in declared() else None)
    return of_place & ~family.isin(NOT_OF_PRACTICE)


def each_cycle(month: str, rules: Rules) -> Iterator[Cycles]:
    """What an edition tells of the whole where it draws a run chart: each cycle of it."""
    yield from ((cycle,) for cycle in rules.cycles_up_to(month, RUN_CHART_CYCLES))


def month_and_year(month: str, rules: Rules) -> Iterator[Cycles]:
    """What an edition tells of grades that the panel upheld, of the whole: the month, and the year as of the others."""
    yield (month,)
    yield from year(month, rules)


def year(month: str, rules: Rules) -> Iterator[Cycles]:
    """What an edition tells of the panel's decisions of the whole: the year, and all before and since a break."""
    yield rules.cycles_up_to(month, rules.rolling_cycles)
    every = months_between(rules.first_cycle, month)
    for widened in (cycle for cycle, name in rules.breaks.items() if name == WIDENED):
        yield tuple(cycle for cycle in every if cycle < widened)
        yield tuple(cycle for cycle in every if cycle >= widened)


@dataclass(frozen=True, eq=False)
class Places:
    """The services and teams of a council, and what may be told of each in one edition.

    `before` is what weighings of the very same records came to, by their names: those are not done again.
    """

    tables: Tables
    before: Mapping[str, frozenset[Told]] = field(default_factory=dict)

    def without_small(self, figures: DataFrame) -> DataFrame:
        """The figures, those by service or team withheld that may not be told. One row per figure, as before."""
        floor = self.tables.rules.floor[MANAGERS]
        family = figures["measure"].map(lambda name: declared()[name].family)
        asked = figures[is_of_place(figures)]
        may = [
            self._may(GRADES if whose in OF_GRADED else family[row], by, group, period, of)
            for row, by, group, period, of, whose in zip(
                asked.index,
                *(asked[name] for name in ("by", "group", "period", "denominator", "population")),
                strict=True,
            )
        ]
        hidden = Series(False, index=figures.index)
        hidden[asked.index] = ~np.array(may, dtype=bool)
        return withheld(
            figures,
            hidden,
            f"not shown: services and teams are told of over a year, to the end of a quarter, from {floor.children} "
            f"children and {floor.people} workers",
        )

    def _may(self, family: Family, by: str, group: str, period: str, of: float) -> bool:
        """Whether one figure may be told: of one place, of a period that was weighed, and of enough cases."""
        named = [(name, part) for name, part in zip(dimensions(by), parts(by, group), strict=True) if name in PLACE]
        is_enough = not of < self.tables.rules.floor[MANAGERS].children
        return is_enough and len(named) == 1 and (*named[0], period) in self._told(family)

    def _told(self, family: Family) -> frozenset[Told]:
        """What may be told of the cases that the figures of a family rest on."""
        if family == MODERATION:
            return self._by("upheld") & self._by("lowered")
        return self._by({GRADES: "graded", CONFERENCES: "conferred", ALERTS: "alerted"}.get(family, "audited"))

    def _by(self, weighing: str) -> frozenset[Told]:
        """What a weighing lets be told; done when it is first asked for, if it was not before."""
        if weighing in self.before:
            return self.before[weighing]
        held: Editions = getattr(self, weighing)
        return held.told

    def weighed(self) -> dict[str, frozenset[Told]]:
        """What the weighings done by now let be told, by their names."""
        return {name: self._by(name) for name in WEIGHINGS if name in self.before or name in vars(self)}

    @cached_property
    def graded(self) -> Editions:
        """What all editions tell of audits graded good or better."""
        audits = graded(self._headline, "overall_grade", self.tables.rules)
        return Editions.of(audits, self.tables, each_cycle, known_on=audits["audited_on"], marked=audits["is_good"])

    @cached_property
    def upheld(self) -> Editions:
        """What they tell of the grades that the panel upheld, of audits drawn at random."""
        return self._decided(month_and_year, self._drawn["steps"] == 0)

    @cached_property
    def lowered(self) -> Editions:
        """What they tell of those that it lowered, which the whole's own figures give for the year alone."""
        return self._decided(year, self._drawn["steps"] > 0)

    def _decided(self, of_whole: OfWhole, marked: "Series[bool]") -> Editions:
        """What they tell of the panel's decisions: of services, and of each decision from its day on."""
        known_on = self._drawn[["audited_on", "moderated_on"]].max(axis=1)
        return Editions.of(self._drawn, self.tables, of_whole, known_on=known_on, marked=marked, by=("service_area",))

    @cached_property
    def _drawn(self) -> DataFrame:
        """The panel's decisions on audits drawn at random, each with its audit."""
        cycles = tuple(self.tables.audits["cycle_month"].dropna().unique())
        drawn = of_route(pairs(self.tables, cycles), self.tables, random_only=True)
        return self.tables.audits.merge(drawn[["audit_id", "moderated_on", "steps"]], on="audit_id")

    @cached_property
    def audited(self) -> Editions:
        """What they tell of headline audits, such as the themes found in them."""
        return Editions.of(self._headline, self.tables, each_cycle, known_on=self._headline["audited_on"])

    @cached_property
    def conferred(self) -> Editions:
        """What they tell of conferences and reviews, which are no audits: their own cases are weighed."""
        return self._of_unit(conference_cases(self.tables))

    @cached_property
    def alerted(self) -> Editions:
        """What they tell of practice alerts, by their own cases."""
        return self._of_unit(alert_cases(self.tables))

    def _of_unit(self, cases: DataFrame) -> Editions:
        """What they tell of the unit's cases, of which the whole is told month by month."""
        return Editions.of(cases, self.tables, each_cycle, known_on=cases["known_on"])

    @cached_property
    def _headline(self) -> DataFrame:
        audits = self.tables.audits
        return audits[audits["selection_route"].isin(self.tables.rules.headline_routes)]
