"""Which services, teams and roles may be told of in a wave: no sum or difference is of fewer than the floor.

The floor holds for a reader who knows one person's answers, such as a Team Manager their own: everything that can be
worked out from what is told rests on one form more than the floor (docs/decisions/046). Between two waves nobody's
forms can be told apart, so the worst is taken: that everybody answered both times, and as before. Then a difference
tells of who came and who left, and those must be as many.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.figure import NOT_RECORDED
from qa_analysis.measures.staff_survey.waves import PLACES, Wave, waves
from qa_analysis.stats.small_sums import telling_of_few

Group = tuple[str, str]  # a dimension and its value; the whole has neither
WHOLE: Final[Group] = ("", "")
NOW: Final = [f"{name}_now" for name in PLACES]
THEN: Final = [f"{name}_then" for name in PLACES]
FORMS: Final = ""  # who answered at all, as if it were a question
_ORDER: Final[Mapping[str, int]] = {"": 0, "service_area": 1, "team": 2, "role": 2}  # what is told first


@dataclass(frozen=True, eq=False)
class Told:
    """What may be told of each wave, question by question."""

    waves: Sequence[Wave]
    floor: int
    _found: dict[object, frozenset[Group]] = field(default_factory=dict)

    @property
    def fewest(self) -> int:
        """How many forms everything rests on at least: the floor, and one whose answers a reader knows."""
        return self.floor + 1

    def of(self, wave: Wave, question: str = FORMS) -> frozenset[Group]:
        """The groups that may be told of in a wave, of one question or of who answered."""
        forms = _asked(wave, question)
        sizes = forms.groupby(list(PLACES)).size()
        earlier = [
            (one, self.of(one, question)) for one in self.waves if one.month < wave.month and _asked(one, question).size
        ]
        key = (wave.month, tuple(sizes.items()), tuple((one.month, told) for one, told in earlier))
        if key not in self._found:
            self._found[key] = self._safe(wave, forms, earlier)
        return self._found[key]

    def _safe(self, wave: Wave, forms: DataFrame, earlier: Sequence[tuple[Wave, frozenset[Group]]]) -> frozenset[Group]:
        """The groups of enough forms, the whole first and then the largest, each where no sum tells of too few."""
        sizes = {group: len(some) for group, some in groups_of(wave, forms).items() if len(some) >= self.fewest}
        told: list[Group] = []
        for group in sorted(sizes, key=lambda group: (_ORDER[group[0]], -sizes[group], group)):
            if not self._tells_of_few(wave, forms, [*told, group], earlier):
                told.append(group)
        return frozenset(told)

    def _tells_of_few(
        self, wave: Wave, forms: DataFrame, groups: Sequence[Group], earlier: Sequence[tuple[Wave, frozenset[Group]]]
    ) -> bool:
        """Whether any sum or difference of some groups tells of too few.

        Looked at are the forms, the people who could have filled one in, and those of each earlier wave beside them.
        """
        for cells, before in self._looked_at(wave, forms, earlier):
            sums = [_counted(cells, group, "_now") for group in groups]
            sums += [_counted(cells, group, "_then") for group in sorted(before)]
            if _tells(tuple(map(tuple, sums)), tuple(cells["size"]), self.fewest):
                return True
        return False

    def _looked_at(
        self, wave: Wave, forms: DataFrame, earlier: Sequence[tuple[Wave, frozenset[Group]]]
    ) -> Iterator[tuple[DataFrame, frozenset[Group]]]:
        """The cells that a reader may subtract from each other, with what they know of the wave before."""
        yield _sized(forms.add_suffix("_now"), NOW), frozenset()
        if wave.people is None or not wave.is_of_list:
            return
        now = wave.people.set_index("worker_id").add_suffix("_now")
        held = [(one.people, told) for one, told in earlier if told and one.people is not None and one.is_of_list]
        for people, told in held:
            then = people.set_index("worker_id").add_suffix("_then")
            yield _sized(pd.concat([then, now], axis=1), [*THEN, *NOW]), told
        if not held:
            yield _sized(now, NOW), frozenset()


@lru_cache(maxsize=1024)  # the same waves are told of month after month
def _tells(sums: tuple[tuple[float, ...], ...], sizes: tuple[int, ...], fewest: int) -> bool:
    """Whether any combination of some sums is of fewer than that."""
    return telling_of_few(np.array(sums), sizes, fewest=fewest) is not None


@lru_cache(maxsize=2)  # three measures ask of the same month
def told_in(tables: Tables) -> Told:
    """What may be told of the waves of a month."""
    return Told(waves(tables), tables.rules.staff_survey_floor)


def groups_of(wave: Wave, rows: DataFrame) -> dict[Group, DataFrame]:
    """The rows of each group that could be told of: the whole, and where the staff list knows them every place."""
    found = {WHOLE: rows}
    if wave.is_of_list:
        for by in PLACES:
            found |= {(by, str(name)): some for name, some in rows.groupby(by) if name != NOT_RECORDED}
    return found


def _asked(wave: Wave, question: str) -> DataFrame:
    return wave.forms if question == FORMS else wave.answers[wave.answers["question"] == question]


def _counted(cells: DataFrame, group: Group, when: str) -> NDArray[np.float64]:
    """Whether each cell is of a group; of the whole of a wave, whether it is of anybody then in post."""
    by, name = group
    column = cells[f"{by or PLACES[0]}{when}"]
    return np.where(column.eq(name) if by else column.notna(), 1.0, 0.0)


def _sized(people: DataFrame, places: Sequence[str]) -> DataFrame:
    """How many there are in each place, or went from one to another, came or left. One row per cell."""
    return people.groupby(list(places), dropna=False).size().reset_index(name="size")
