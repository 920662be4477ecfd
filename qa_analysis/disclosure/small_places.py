"""What managers may be told of a service or a team: nothing that rests on too few, and nothing that gives it away.

The floor is the rule `floor` of framework.yaml for managers, the same as for questions of one's own. It is applied
where figures are made, to every figure by service or team whoever made it (docs/decisions/027): what is told is over
the year that moves on by whole quarters, and only where all editions together give nobody away (`editions`).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.editions import PLACE, Editions, Told
from qa_analysis.framework import MANAGERS
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import (
    ACTIONS,
    AUDITS,
    DATA_QUALITY,
    DECISIONS,
    GRADES,
    INDICATORS,
    MODERATION,
    NARRATIVES,
    SHARED_EDITION,
    Family,
)
from qa_analysis.measures.figure import TOO_FEW, dimensions, parts
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.moderation.agreement import of_route, pairs
from qa_analysis.measures.populations import BELOW_GOOD_HEADLINE

NOT_OF_CHILDREN: Final = (ACTIONS, DECISIONS, DATA_QUALITY, NARRATIVES, SHARED_EDITION)  # tasks, records, or rounded
NOT_OF_PRACTICE: Final = (*NOT_OF_CHILDREN, AUDITS, INDICATORS)  # how many audits were done, and what is no audit's
OF_GRADED: Final = (BELOW_GOOD_HEADLINE,)  # how many there are tells of grades, whatever is counted of them
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


@dataclass(frozen=True, eq=False)
class Places:
    """The services and teams of a council, and what may be told of each in one edition."""

    tables: Tables

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
        if family == GRADES:
            return self.graded.told
        return self.moderated.told if family == MODERATION else self.audited.told

    @cached_property
    def graded(self) -> Editions:
        """What all editions tell of audits graded good or better."""
        audits = graded(self._headline, "overall_grade", self.tables.rules)
        return Editions.of(audits, self.tables, audits["is_good"])

    @cached_property
    def moderated(self) -> Editions:
        """What they tell of the audits that the panel graded too, drawn at random."""
        tables = self.tables
        cycles = tuple(tables.audits["cycle_month"].dropna().unique())
        drawn = of_route(pairs(tables, cycles), tables, random_only=True)["audit_id"]
        return Editions.of(tables.audits[tables.audits["audit_id"].isin(drawn)], tables)

    @cached_property
    def audited(self) -> Editions:
        """What they tell of headline audits, such as the themes found in them."""
        return Editions.of(self._headline, self.tables)

    @cached_property
    def _headline(self) -> DataFrame:
        audits = self.tables.audits
        return audits[audits["selection_route"].isin(self.tables.rules.headline_routes)]
