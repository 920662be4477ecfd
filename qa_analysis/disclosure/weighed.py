"""What may be told of services and teams, as it was weighed when a month was published: it is kept beside its rows.

Weighing takes longer than everything else of a service's month together, and of the same rows, month, day, rules and
program it comes to the same.
"""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.editions import Told
from qa_analysis.disclosure.small_places import Places

_OF: Final = ["program", "rules", "month", "as_at"]  # with another of these it is weighed anew
_TOLD: Final = ["by", "group", "period"]  # blank where a weighing lets nothing be told
_NOTHING: Final[Told] = ("", "", "")


def none_weighed() -> DataFrame:
    """Nothing weighed yet. No row."""
    return DataFrame(columns=[*_OF, "weighing", *_TOLD], dtype="str")


def kept_weighing(places: Places) -> DataFrame:
    """What has been weighed of the places of a month. One row per place and period told of by a weighing."""
    rows = [
        [*_of(places.tables), name, *told]
        for name, held in places.weighed().items()
        for told in (sorted(held) or [_NOTHING])
    ]
    return DataFrame(rows, columns=list(none_weighed()), dtype="str")


def weighed_before(kept: DataFrame, tables: Tables) -> Mapping[str, frozenset[Told]]:
    """What each weighing told, where it was of this month and day, by these rules and this program; none otherwise."""
    same = kept[(kept[_OF] == _of(tables)).all(axis=1)]
    return {
        str(name): frozenset((by, group, period) for by, group, period in rows[_TOLD].to_numpy()) - {_NOTHING}
        for name, rows in same.groupby("weighing")
    }


def _of(tables: Tables) -> list[str]:
    return [version("qa-analysis"), str(tables.rules.version), tables.month, tables.as_at.date().isoformat()]
