"""Two limits of framework.yaml: on how few a figure of a place may rest, and how much of the data may be set aside."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from qa_analysis.errors import WrongUse

FEWEST_OF = {"children": 2, "people": 1, "auditors": 2, "cycles": 2, "step": 2}  # below, nobody is kept from view


@dataclass(frozen=True)
class Floor:
    """What a figure of a place rests on at least, for one audience (docs/decisions/027)."""

    children: int
    people: int  # whose work it is
    auditors: int  # who graded, where figures are by their role
    cycles: int  # a service or a team is told of over so many cycles together
    step: int  # which move on by so many: at a quarter's end, a half-year's, a year's

    def is_reached(self, *, children: int, people: int) -> bool:
        """Whether so many children and people are enough to be told of."""
        return children >= self.children and people >= self.people


@dataclass(frozen=True)
class Tolerance:
    """How much of the data may be set aside before a run stops (docs/decisions/022)."""

    share: float  # of a core dataset's rows, or of the cycle's audits, that cannot be used
    rows: int  # so many never stop a run by themselves
    links: float  # the least share of rows whose link finds its record
    optional_links: float  # the same of a link that a record can do without, where the cause is not known
    keys: float  # the least share of rows whose key is no other row's

    def is_beyond(self, unusable: int, records: int) -> bool:
        """Whether more cannot be used than may be set aside."""
        return unusable > self.rows and unusable > self.share * records


def tolerance(entry: Mapping[str, Any]) -> Tolerance:
    """How much may be set aside.

    Raises:
        WrongUse: a part is missing or unknown, or is no share or number of rows.
    """
    parts = [field.name for field in fields(Tolerance)]
    if stray := sorted(set(entry) ^ set(parts)):
        raise WrongUse(f'framework.yaml: set_aside holds {", ".join(parts)} and no more; look at "{stray[0]}"')
    if type(entry["rows"]) is not int or entry["rows"] < 0:
        raise WrongUse(f"framework.yaml: rows of set_aside is not a number of rows: {entry['rows']}")
    if wrong := [part for part in parts if part != "rows" and not _is_share(entry[part])]:
        raise WrongUse(f"framework.yaml: {wrong[0]} of set_aside is not a share from 0 to 1: {entry[wrong[0]]}")
    return Tolerance(**entry)


def _is_share(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def floors(entry: Mapping[str, Any], audience: str) -> Mapping[str, Floor]:
    """The floor of each audience, of which there is one.

    Raises:
        WrongUse: an audience or a part is missing or unknown, or a part is no whole number that protects anybody.
    """
    parts = [field.name for field in fields(Floor)]
    if set(entry) != {audience}:
        raise WrongUse(f"framework.yaml: floor is of {audience} and of no other audience")
    for held in entry.values():
        if stray := sorted(set(held) ^ set(parts)):
            raise WrongUse(f'framework.yaml: floor holds {", ".join(parts)} and no more; look at "{stray[0]}"')
        if wrong := [part for part in FEWEST_OF if type(held[part]) is not int or held[part] < FEWEST_OF[part]]:
            fewest = FEWEST_OF[wrong[0]]
            raise WrongUse(f"framework.yaml: {wrong[0]} of floor, {audience}, is no whole number of {fewest} or more")
        if held["cycles"] % held["step"] or 12 % held["step"]:  # so that it ends in the same months every year
            raise WrongUse(f"framework.yaml: step of floor, {audience}, does not divide its cycles and a year")
    return MappingProxyType({audience: Floor(**entry[audience])})
