"""Which services, teams and roles may be told of in a wave: no sum or difference is of fewer than the floor.

The floor holds for a reader who knows one person's answers, such as a Team Manager their own: everything that can be
worked out from what is told rests on one form more than the floor (docs/decisions/046). Between two waves nobody's
forms can be told apart, so the worst is taken: that everybody answered both times, and as before. Then a difference
tells of who came and who left, and those must be as many.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.audits.linked import remembered
from qa_analysis.measures.figure import NOT_RECORDED
from qa_analysis.measures.staff_survey.waves import PLACES, Wave, waves
from qa_analysis.stats.small_sums import NOTHING, People, between, left_over

Group = tuple[str, str]  # a dimension and its value; the whole has neither
Place = tuple[str, str, str]  # somebody's service, team and role
Earlier = Sequence[tuple[Wave, frozenset[Group]]]  # what was told of each earlier wave
Moves = Mapping[tuple[Place | None, Place | None], int]  # how many went from one place to another, came or left
WHOLE: Final[Group] = ("", "")
ROLE: Final = "role"
FORMS: Final = ""  # who answered at all, as if it were a question
_ORDER: Final[Mapping[str, int]] = {"": 0, "service_area": 1, "team": 2, ROLE: 3}  # what is told first


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
        earlier = [
            (one, self.of(one, question)) for one in self.waves if one.month < wave.month and _asked(one, question).size
        ]
        places = _counted(forms)
        key = (wave.month, tuple(places.items()), tuple((one.month, told) for one, told in earlier))
        if key not in self._found:
            self._found[key] = self._safe(wave, forms, places, earlier)
        return self._found[key]

    def _safe(self, wave: Wave, forms: DataFrame, places: Mapping[Place, int], earlier: Earlier) -> frozenset[Group]:
        """The groups of enough forms, the whole first and then the largest, each where no sum tells of too few."""
        sizes = {group: len(some) for group, some in groups_of(wave, forms).items() if len(some) >= self.fewest}
        is_known = wave.people is not None and wave.is_of_list
        seen = Seen(
            [places, *([_counted(wave.people)] if is_known and wave.people is not None else [])],
            [(_moves(one, wave), told) for one, told in earlier if told and one.is_of_list and is_known],
            self.fewest,
        )
        told: frozenset[Group] = frozenset()
        for group in sorted(sizes, key=lambda group: (_ORDER[group[0]], -sizes[group], group)):
            if seen.is_safe(told | {group}):
                told |= {group}
        return told


@dataclass(frozen=True, eq=False)
class Seen:
    """What a reader can subtract from each other: places in a wave, and moves since each earlier one with what it told.

    Without roles every combination is looked at (`left_over`). Roles are told of in a wave where no earlier one told of
    any: two waves of both, places and roles, would tell of who came to a team and to a role at once.
    """

    counted: Sequence[Mapping[Place, int]]  # the forms, and the people who could have filled one in
    moved: Sequence[tuple[Moves, frozenset[Group]]]
    fewest: int

    def is_safe(self, told: frozenset[Group]) -> bool:
        """Whether no sum or difference of what is told, then and now, is of too few."""
        roles = {group for group in told if group[0] == ROLE}
        if roles and any(group[0] == ROLE for _, before in self.moved for group in before):
            return False
        return (
            not any(left_over(_nested(places, told, roles), fewest=self.fewest) for places in self.counted)
            and all(self._is_enough(_nested(places, told, roles), roles) for places in self.counted)
            and all(self._is_safe_since(moves, before, told, roles) for moves, before in self.moved)
        )

    def _is_safe_since(
        self, moves: Moves, before: frozenset[Group], told: frozenset[Group], roles: Iterable[Group]
    ) -> bool:
        """The same of two waves: who came and left between any places, and roles against the places of both."""
        then = {group for group in before if group[0] == ROLE}
        return (
            not left_over(_between_waves(moves, before, told), fewest=self.fewest)
            and self._is_enough(_by_both(moves, before, told, then, now=False), then)
            and self._is_enough(_by_both(moves, before, told, roles, now=True), roles)
        )

    def _is_enough(self, people: People, roles: Iterable[Group]) -> bool:
        """Whether each role lies apart from the others by enough people, whatever is subtracted of places."""
        return all(between(people, role, NOTHING) >= self.fewest for role in roles)


@remembered  # three measures ask of the same month
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


def _counted(people: DataFrame) -> Counter[Place]:
    """How many there are in each place."""
    return Counter(people[list(PLACES)].itertuples(index=False, name=None))


def _moves(before: Wave, now: Wave) -> Moves:
    """How many of the staff lists of two waves went from each place to each, came or left."""
    places = [_by_person(wave.people) for wave in (before, now) if wave.people is not None]
    was, is_now = places
    return Counter((was.get(who), is_now.get(who)) for who in was.keys() | is_now.keys())


def _by_person(people: DataFrame) -> dict[str, Place]:
    return dict(zip(people["worker_id"], people[list(PLACES)].itertuples(index=False, name=None), strict=True))


def _block(place: Place | None, told: Iterable[Group]) -> Group | None:
    """The smallest group of places that is told of and holds somebody; what is left of a larger one stands for it."""
    if place is None:
        return NOTHING
    options: list[Group] = [("team", place[1]), ("service_area", place[0]), WHOLE]
    return next((group for group in options if group in told), NOTHING)


def _role(place: Place, roles: Iterable[Group]) -> Group | None:
    group = (ROLE, place[2])
    return group if group in roles else NOTHING


def _nested(places: Mapping[Place, int], kept: Iterable[Group], roles: Iterable[Group] = ()) -> People:
    """How many count in each group of places, and in a role that is told of besides."""
    people = Counter[tuple[object, object]]()
    for place, many in places.items():
        people[_block(place, kept), _role(place, roles)] += many
    return people


def _between_waves(moves: Moves, told: Iterable[Group], kept: Iterable[Group]) -> People:
    """How many count in a group then and in one now."""
    people = Counter[tuple[object, object]]()
    for (was, now), many in moves.items():
        before, after = _block(was, told), _block(now, kept)
        people[before and ("then", before), after and ("now", after)] += many
    return people


def _by_both(
    moves: Moves, before: Iterable[Group], told: Iterable[Group], roles: Iterable[Group], *, now: bool
) -> People:
    """How many count in a role of one wave and in the places of both; any sum of such pairs may be known."""
    people = Counter[tuple[object, object]]()
    for places, many in moves.items():
        place, both = places[now], (_block(places[0], before), _block(places[1], told))
        if place is not None:
            people[NOTHING if both == (NOTHING, NOTHING) else both, _role(place, roles)] += many
    return people
