"""A month as it is told of one service or one team: what the edition of the whole says of it, and nothing else.

Nothing is measured anew, so no figure of a place can tell more than the managers' edition does, whatever section asks
for it (docs/decisions/035).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.scope import ENTITY, LEVEL, NAMES_OFFERED, SERVICE, TEAM, Scope
from qa_analysis.disclosure.told_before import NAMED
from qa_analysis.errors import WrongUse
from qa_analysis.measures.figure import NOT_RECORDED, dimensions, joined, parts
from qa_analysis.month.figures import NO_FIGURES, Figures
from qa_analysis.month.month import NONE_RESTATED, Month

COLUMNS: Final = {"service": SERVICE, "team": TEAM}
KNOWN_BY: Final = ("audits_of_place", "actions_open", "indicator_months")  # what names places


@dataclass(frozen=True, repr=False)
class PlaceMonth(Month):
    """The month of one service or team. `whole` is the month that it was taken from, to hold the place against."""

    whole: Month | None = None


def places_of(month: Month, kind: str) -> tuple[str, ...]:
    """The services, or teams, of which there is an audit of the year, an open record, an action or an indicator."""
    return tuple(sorted(name for name in _named(month, COLUMNS[kind]) if name != NOT_RECORDED))


def of_place(month: Month, *, service: str = "", team: str = "") -> Month:
    """The month of a service or a team; with neither, the month itself.

    Raises:
        WrongUse: there is no such place, or both are given: a team is named by itself.
    """
    if service.strip() and team.strip():
        raise WrongUse("Give a service or a team, not both: a team is named by itself.")
    for kind, name in (("service", service.strip()), ("team", team.strip())):
        if name:
            return _narrowed(month, kind, known_place(month, kind, name))
    return month


def _narrowed(month: Month, kind: str, name: str) -> PlaceMonth:
    teams, held = _teams(month, kind, name), {part: getattr(month, part) for part in Month.__dataclass_fields__}
    rows = {part: _rows(one, kind, name, teams) for part, one in held.items() if isinstance(one, DataFrame)}
    beyond = {part: held[part].iloc[:0] for part in ("quotations", "restated_rows")}
    figures, scope = OfPlace(month.held, COLUMNS[kind], name, teams), Scope(**{kind: name})
    narrower: dict[str, Any] = {**held, **rows, **beyond, "held": figures, "restated": NONE_RESTATED, "scope": scope}
    return PlaceMonth(**narrower, whole=month)


def _rows(table: DataFrame, kind: str, name: str, teams: frozenset[str]) -> DataFrame:
    """The rows of a table that are of the place, or of a service's teams; a table that knows no places stays whole."""
    if COLUMNS[kind] in table:
        return table[table[COLUMNS[kind]] == name].reset_index(drop=True)
    if not {LEVEL, ENTITY} <= set(table):
        return table
    own = (table[LEVEL] == kind) & (table[ENTITY] == name)
    return table[own | ((table[LEVEL] == TEAM) & table[ENTITY].isin(teams))].reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class OfPlace:
    """The figures by one place, as if nothing else were: those of a service by its teams stay by team."""

    whole: Figures
    column: str
    name: str
    teams: frozenset[str]
    _made: dict[str, DataFrame] = field(default_factory=dict)

    @cached_property
    def every(self) -> DataFrame:
        """All that are told of the place. One row per figure."""
        return self._told(self.whole.every)

    def of(self, measure: str) -> DataFrame:
        """Those of one measure. One row per figure."""
        if measure not in self._made:
            self._made[measure] = self._told(self.whole.of(measure))
        return self._made[measure]

    def _told(self, figures: DataFrame) -> DataFrame:
        """Each figure once: what a team has within the service goes before what it has everywhere."""
        by = [(str(by), rows) for by, rows in figures.groupby("by", sort=False)]
        own = [_without(rows, name, self.column, self.name) for name, rows in by if self.column in dimensions(name)]
        found = [rows for rows in (*own, *self._of_teams(by)) if len(rows)]
        if not found:
            return NO_FIGURES
        return pd.concat(found).drop_duplicates(NAMED).sort_index().reset_index(drop=True)

    def _of_teams(self, by: Sequence[tuple[str, DataFrame]]) -> Iterator[DataFrame]:
        """The figures by team of a service's own teams, as they are."""
        for name, rows in by:
            if self.teams and TEAM in dimensions(name) and SERVICE not in dimensions(name):
                yield rows[_part(rows["group"], name, TEAM).isin(self.teams)]


def _without(figures: DataFrame, by: str, column: str, name: str) -> DataFrame:
    """The figures of one value of a dimension, with that dimension taken away."""
    likely = figures[figures["group"].str.contains(name, regex=False)]
    rest = {row: _rest(by, group, column, name) for row, group in likely["group"].items()}
    chosen = likely.loc[[row for row, left in rest.items() if left is not None]]
    left = Series({row: rest[row] for row in chosen.index}, index=chosen.index, dtype="str")
    return chosen.assign(by=joined(tuple(one for one in dimensions(by) if one != column)), group=left)


def _rest(by: str, group: str, column: str, name: str) -> str | None:
    """What is left of a group without one of its values; None where that value is another."""
    names = dimensions(by)
    if {SERVICE, TEAM} <= set(names):  # both may have a plus in them, so they are told apart by the one that is known
        return _beside(group, name, is_first=names[0] == column)
    at, values = names.index(column), parts(by, group)
    return joined((*values[:at], *values[at + 1 :])) if values[at] == name else None


def _beside(group: str, name: str, *, is_first: bool) -> str | None:
    """The other of a service and a team that are named together; None where neither is of that name."""
    other = group.removeprefix(f"{name}+") if is_first else group.removesuffix(f"+{name}")
    return None if other == group else other


def _part(groups: Series, by: str, column: str) -> Series:
    """The value of one dimension in each group."""
    at = dimensions(by).index(column)
    return groups if len(dimensions(by)) == 1 else groups.map(lambda group: parts(by, group)[at])


def _teams(month: Month, kind: str, name: str) -> frozenset[str]:
    """The teams of a service, as the year's audits and the newest caseload know them."""
    if kind != "service":
        return frozenset()
    found = month.over_time("audits_of_place", by=(SERVICE, TEAM))["group"]
    others = (_beside(group, name, is_first=True) for group in found)
    return frozenset(team for team in others if team is not None)


def _named(month: Month, column: str) -> set[str]:
    return {name for measure in KNOWN_BY for name in _values(month.held.of(measure), column)}


def _values(figures: DataFrame, column: str) -> Iterator[str]:
    for by, rows in figures.groupby("by"):
        if column in dimensions(str(by)) and not {SERVICE, TEAM} <= set(dimensions(str(by))):
            yield from _part(rows["group"], str(by), column).unique()


def known_place(month: Month, kind: str, given: str) -> str:
    """The name as the data have it, whatever its capitals.

    Raises:
        WrongUse: there is no such name.
    """
    given = "".join(letter for letter in given if letter.isprintable())  # as the month's tables are written
    exact = places_of(month, kind)
    names = {name.casefold(): name for name in exact}
    if given in exact or given.casefold() in names:
        return given if given in exact else names[given.casefold()]
    close = [names[name] for name in get_close_matches(given.casefold(), names, n=3)] or exact[:NAMES_OFFERED]
    raise WrongUse(f'There is no {kind} "{given}" in the month. Did you mean: {", ".join(close)}?')
