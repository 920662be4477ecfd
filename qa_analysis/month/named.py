"""A month with its names: what lists for named people are made from. It never reaches a notebook."""

from collections.abc import Mapping
from dataclasses import dataclass

from pandas import DataFrame

from qa_analysis.data.identity import Identities
from qa_analysis.data.tables import Tables

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, eq=False)
class Named:
    """The tables with pseudonyms, their data quality issues (one row per issue), and the way back to names."""

    tables: Tables
    issues: DataFrame
    names: Mapping[str, str]
    identities: Identities

    def person(self, who: object) -> str:
        """A worker by name, or by the identifier they are known by."""
        if not isinstance(who, str):
            return NOT_RECORDED
        return self.names.get(who) or self.identities.originals.get(who, who)


def names_of_staff(staff: DataFrame | None, identities: Identities) -> dict[str, str]:
    """The name of each worker, by pseudonym; none where staff were not supplied."""
    if staff is None:
        return {}
    named = staff.dropna(subset=["worker_id", "name"]).drop_duplicates("worker_id", keep="last")
    return dict(zip(named["worker_id"], identities.original(named["name"]), strict=True))
