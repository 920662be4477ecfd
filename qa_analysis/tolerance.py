"""How much of the data may be set aside before a run stops: a rule of framework.yaml (docs/decisions/022)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from qa_analysis.errors import WrongUse


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


def tolerance_of(entry: Mapping[str, Any]) -> Tolerance:
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
