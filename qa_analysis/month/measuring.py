"""A month measured from its rows: of the whole, or of one service or team."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import Contract
from qa_analysis.data.scope import WHOLE, Scope, narrowed
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.dates import parse_month
from qa_analysis.disclosure.small_groups import refuse_few, without_small_groups
from qa_analysis.disclosure.small_places import Places
from qa_analysis.disclosure.weighed import weighed_before
from qa_analysis.framework import rules_for
from qa_analysis.measures.actions.decisions import decisions
from qa_analysis.measures.catalogue import Maker, figures_by, known, makers_of, of_month
from qa_analysis.measures.figure import frame_of
from qa_analysis.measures.performance.lines import without_small_places
from qa_analysis.measures.quality.reliability import PLACE, ROW_PLACE, reliability
from qa_analysis.measures.quality.set_aside import set_aside
from qa_analysis.month.month import NONE_RESTATED, Month
from qa_analysis.month.narratives import of_month as narratives_of_month
from qa_analysis.month.quotations import of_year
from qa_analysis.month.rows import Rows


def month_of(
    rows: Rows, month: str, *, as_at: date | None = None, scope: Scope = WHOLE, places: Places | None = None
) -> Month:
    """The month of a place, as known on a day (by default the rule's).

    Who opens several places of one month and day gives their `weighed` places, which are worked out once for all.

    Raises:
        WrongUse: there is no audit of the month, or no such place.
        DisclosureFailed: the place has too few children or workers for figures of its own.
    """
    of_whole = places or weighed(rows, month, as_at=as_at)
    return told(narrowed(of_whole.tables, rows.contracts, scope), rows, scope=scope, places=of_whole)


def weighed(rows: Rows, month: str, *, as_at: date | None = None) -> Places:
    """What may be told of every service and team in the month, as known on a day (by default the rule's).

    Raises:
        WrongUse: there is no audit of the month.
    """
    rules = rules_for(parse_month(month), own=rows.own)
    day = as_at or rules.as_at(month)
    tables = tables_as_at(rows.frames, rows.contracts, month=month, as_at=day, rules=rules)
    return Places(tables, weighed_before(rows.weighing, tables))


def told(tables: Tables, rows: Rows, *, scope: Scope = WHOLE, places: Places | None = None) -> Month:
    """The month's figures, issues, decisions and quotations, with nothing in them that names a person.

    What may be told of a service or team is decided by the `places` of the whole, so that every edition tells the same.
    """
    issues, aside = known_by(tables, rows), rows.aside
    if not scope.is_whole:
        refuse_few(tables, scope)
        tables = without_small_places(tables, places.tables if places else tables)
        aside = of_place(rows.aside, scope)
        elsewhere = _places(rows.aside.drop(index=aside.index))
        issues = issues[issues["row"].notna() & ~_places(issues).isin(elsewhere)]
    return Month(
        month=tables.month,
        as_at=tables.as_at.date(),
        rules=tables.rules,
        supplied=tuple(tables.frames),
        held=Measured(tables, issues, rows.contracts, scope, aside, places or Places(tables)),
        quality=publishable(issues, rows.contracts),
        decisions=decisions(tables),
        extracts=rows.extracts,
        restated=NONE_RESTATED,
        quotations=of_year(rows.quotations, tables),
        narratives=narratives_of_month(rows.told_narratives, tables),
        scope=scope,
    )


NAMED_BY = ["measure", "period", "population", "by", "group"]  # no two figures have all of them alike


@dataclass(frozen=True, eq=False)
class Measured:
    """Figures measured when they are first asked for, each function of the catalogue at most once."""

    tables: Tables
    issues: DataFrame
    contracts: Mapping[str, Contract]
    scope: Scope
    aside: DataFrame
    places: Places
    _made: dict[object, DataFrame] = field(default_factory=dict)
    _of: dict[str, DataFrame] = field(default_factory=dict)

    @property
    def every(self) -> DataFrame:
        """Every figure, family by family. One row per figure."""
        return pd.concat([*map(self._by, of_month()), self._reliability], ignore_index=True)

    def of(self, measure: str) -> DataFrame:
        """The figures of one measure. One row per figure."""
        if measure not in self._of:
            makers = makers_of(known(measure))
            found = [*map(self._by, makers)] if makers else [self._reliability]
            self._of[measure] = pd.concat([table[table["measure"] == measure] for table in found], ignore_index=True)
        return self._of[measure]

    def _by(self, maker: Maker) -> DataFrame:
        if maker not in self._made:
            self._made[maker] = self._told(figures_by(maker, self.tables))
        return self._made[maker]

    @cached_property
    def _reliability(self) -> DataFrame:
        figures = [
            *reliability(self.tables, self.issues, self.contracts),
            *set_aside(self.tables, self.issues, self.aside),
        ]
        return self._told(frame_of(figures, as_at=self.tables.as_at))

    def _told(self, figures: DataFrame) -> DataFrame:
        """Each figure once, by the rule of small places; those of a place by the rule of small groups as well.

        In a council's first cycle its year is its month: the figures of both are the same.
        """
        if figures.empty:
            return figures
        once = self.places.without_small(figures.drop_duplicates(NAMED_BY, ignore_index=True))
        return once if self.scope.is_whole else without_small_groups(once, self.tables)


def known_by(tables: Tables, rows: Rows) -> DataFrame:
    """The issues of the records that are told of: those of records that happened later are left to their owners' lists.

    One row per issue. An issue of a whole file or sheet is one of the whole, and of no service or team.
    """
    if rows.issues.empty:
        return rows.issues
    others = [
        frame.drop(index=tables.frames[name].index)[list(ROW_PLACE)].set_axis(PLACE, axis=1).assign(dataset=name)
        for name, frame in rows.frames.items()
    ]
    of_others = pd.MultiIndex.from_frame(pd.concat(others)[["dataset", *PLACE]])
    own = rows.issues[["dataset", *PLACE]].assign(sheet=rows.issues["sheet"].fillna(""))
    return rows.issues[~pd.MultiIndex.from_frame(own).isin(of_others)]


def _places(rows: DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[["dataset", *PLACE]].assign(sheet=rows["sheet"].fillna("")))


def of_place(aside: DataFrame, scope: Scope) -> DataFrame:
    """The records set aside that say themselves to be of a place. One row per record."""
    named = {"service_area": scope.service, "team": scope.team}
    chosen = [aside[column].str.casefold() == name.casefold() for column, name in named.items() if name]
    return aside[pd.concat(chosen, axis=1).all(axis=1)]


def publishable(issues: DataFrame, contracts: Mapping[str, Contract]) -> DataFrame:
    """The issues without owners, and without the keys of datasets whose key is a person. One row per issue."""
    names_person = {
        name for name, contract in contracts.items() if any(contract.column(part).person for part in contract.key)
    }
    keys = issues["key"].mask(issues["dataset"].isin(names_person))
    return (
        issues.assign(key=keys)
        .drop(columns="owner")
        .sort_values(["dataset", "rule", "file", "sheet", "row", "column"], kind="stable", ignore_index=True)
    )
