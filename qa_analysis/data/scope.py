"""A place narrower than the whole: the rows of one service or one team, in every dataset that can be told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract
from qa_analysis.data.tables import Tables
from qa_analysis.errors import WrongUse

SERVICE, TEAM = "service_area", "team"
LEVEL, ENTITY = "level", "entity"  # of datasets whose records are of the whole, of a service or of a team
PLACED: Final = ("audits", "caseload", "staff", "conferences", "findings")  # what other records refer to
NAMES_OFFERED = 12  # a longer list is not read


@dataclass(frozen=True)
class Scope:
    """The service and the team that figures are of; both blank: the whole."""

    service: str = ""
    team: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.service or self.team)

    @property
    def words(self) -> str:
        """The place as a cover says it: "Safeguarding, North"; nothing for the whole."""
        return ", ".join(filter(None, (self.service, self.team)))


WHOLE: Final = Scope()


def narrowed(tables: Tables, contracts: Mapping[str, Contract], scope: Scope) -> Tables:
    """The tables with the rows of a place alone. One row per row of the place.

    A record goes by its own service and team; where it has none, by the worker it names or by the record it refers to
    (a moderation by its audit). What can belong to no place, such as a decision of the Senior Management Team, stays.

    Raises:
        WrongUse: no audit is of that service or team; the nearest names are offered.
    """
    if scope.is_whole:
        return tables
    named = Scope(
        _named("service", scope.service, tables.audits[SERVICE]), _named("team", scope.team, tables.audits[TEAM])
    )
    teams, frames = _teams(tables, named), dict(tables.frames)
    for name in sorted(frames, key=lambda name: name not in PLACED):  # what others go by comes first
        frame, contract = frames[name], contracts[name]
        by_own, by_link = _own(frame, named, teams), _linked(frame, contract, frames)
        belongs = by_own is not None or by_link is not None
        known = pd.Series(pd.NA, index=frame.index, dtype="boolean")
        for answer in (by_own, by_link):
            known = known if answer is None else known.fillna(answer)
        frames[name] = frame[known.fillna(not belongs).astype(bool)]
    return replace(tables, frames=MappingProxyType(frames))


def _named(kind: str, given: str, known: Series) -> str:
    """The name as the data have it, whatever its capitals.

    Raises:
        WrongUse: there is no such name.
    """
    if not given:
        return ""
    names = {str(name).casefold(): str(name) for name in known.dropna().unique()}
    if (wanted := given.strip().casefold()) in names:
        return names[wanted]
    close = [names[name] for name in get_close_matches(wanted, names, n=3)] or sorted(names.values())[:NAMES_OFFERED]
    raise WrongUse(f'No audit is of a {kind} "{given}". Did you mean: {", ".join(close)}?')


def _teams(tables: Tables, scope: Scope) -> set[str]:
    """The teams of the place, as any dataset says that knows both."""
    if scope.team:
        return {scope.team}
    known = [frame[[SERVICE, TEAM]] for frame in tables.frames.values() if {SERVICE, TEAM} <= set(frame)]
    every = pd.concat(known, ignore_index=True)
    return set(every.loc[every[SERVICE] == scope.service, TEAM].dropna())


def _own(frame: DataFrame, scope: Scope, teams: set[str]) -> Series | None:
    """Whether each record says itself to be of the place, blank where it does not say; None where it never could."""
    if {LEVEL, ENTITY} <= set(frame):
        return _at_level(frame, scope, teams)
    said = []
    if scope.service and SERVICE in frame:
        said.append((frame[SERVICE] == scope.service).astype("boolean").mask(frame[SERVICE].isna()))
    if TEAM in frame and (scope.team or SERVICE not in frame):
        said.append(frame[TEAM].isin(teams).astype("boolean").mask(frame[TEAM].isna()))
    return None if not said else said[0] & said[-1]


def _at_level(frame: DataFrame, scope: Scope, teams: set[str]) -> Series:
    """Whether a record of a level, such as a team's indicator, is of the place or of a team in it."""
    of_team = (frame[LEVEL] == TEAM) & frame[ENTITY].isin(teams)
    is_service = (frame[LEVEL] == "service") & (frame[ENTITY] == scope.service)
    return (of_team | (is_service & (not scope.team))).fillna(False).astype("boolean")


def _linked(frame: DataFrame, contract: Contract, frames: Mapping[str, DataFrame]) -> Series | None:
    """Whether the worker a record names, or the record it refers to, is of the place; None where there is neither."""
    if "worker_id" in frame and TEAM not in frame:
        return frame["worker_id"].isin(_workers(frames)).astype("boolean")
    links = [column for column in contract.columns if column.references and column.name in frame]
    if not links:
        return None
    dataset, _, key = str(links[0].references).partition(".")
    return frame[links[0].name].isin(frames[dataset][key]).astype("boolean") if dataset in frames else None


def _workers(frames: Mapping[str, DataFrame]) -> set[str]:
    """Who holds a post in the place, or was the key worker of an audit there."""
    posts = set(frames["staff"]["worker_id"].dropna()) if "staff" in frames else set()
    return posts | set(frames["audits"]["key_worker_id"].dropna())
