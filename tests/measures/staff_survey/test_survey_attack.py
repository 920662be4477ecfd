"""Whoever holds all figures of two waves, and knows one person's answers, works out nobody else's few answers.

The attacker tries every whole number: how many of each few people agree, for all that was printed to be true. Everybody
answered both times and as before, which tells the most.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from survey_council import MANAGER, NOW, SERVICES, STAFF, THEN, WORKER, answer_of, in_wave, surveyed

from qa_analysis.measures.figure import Figure
from qa_analysis.measures.staff_survey.answers import survey_answers

FLOOR = 8
Vector = NDArray[np.float64]
Printed = tuple[str, str, str, int]  # wave, dimension, value, how many agree
Cell = tuple[tuple[str, str] | None, tuple[str, str] | None]  # team and role then, and now


def printed(figures: Iterable[Figure]) -> Iterator[Printed]:
    """What a page says of the agreement of each group."""
    for one in figures:
        if one.measure == "staff_survey_agree" and one.is_given:
            by, group = (one.by[-1], one.group[-1]) if len(one.by) > 1 else ("", "")
            yield one.period, by, group, int(one.numerator)


def everything() -> set[Printed]:
    """What a page would say if nothing were left out."""
    tally: Counter[tuple[str, str, str]] = Counter()
    for wave in (THEN, NOW):
        for place, one in in_wave(wave, STAFF):
            for by, group in (("", ""), *((name, one[name]) for name in ("team", "role", "service_area"))):
                tally[wave, by, group] += answer_of(place) >= 4
    return {(*key, many) for key, many in tally.items()}


@cache
def held() -> frozenset[Printed]:
    """What the reports of both years print."""
    return frozenset(one for month in (THEN, NOW) for one in printed(survey_answers(surveyed(month))))


def cells_of(known: str) -> tuple[dict[Cell, int], int]:
    """How many people are in each cell without the one who is known, and where that one is."""
    waves = {
        wave: {one["worker_id"]: (one["team"], one["role"]) for _, one in in_wave(wave, STAFF)} for wave in (THEN, NOW)
    }
    tally = Counter((waves[THEN].get(one["worker_id"]), waves[NOW].get(one["worker_id"])) for one in STAFF
                    if one["worker_id"] != known)  # fmt: skip
    return dict(tally), next((place for place, one in enumerate(STAFF) if one["worker_id"] == known), -1)


def is_in(place: tuple[str, str] | None, by: str, group: str) -> bool:
    """Whether somebody at a place counts among a group of the page."""
    if place is None:
        return False
    return {"": "", "team": place[0], "role": place[1], "service_area": SERVICES[place[0]]}[by] == group


def worked_out(pages: Iterable[Printed], known: str = "") -> list[str]:
    """The few people, fewer than the floor and the one who is known, of whom only one number can agree."""
    cells, place = cells_of(known)
    rows, totals = [], []
    for wave, by, group, agree in pages:
        rows.append([float(is_in(cell[wave == NOW], by, group)) for cell in cells])
        mine = next(((one["team"], one["role"]) for at, one in in_wave(wave, STAFF) if at == place), None)
        totals.append(agree - (is_in(mine, by, group) and answer_of(place) >= 4))
    sizes = np.array(list(cells.values()), dtype=float)
    told = LinearConstraint(np.array(rows), totals, totals)
    return [
        name
        for name, asked in few_of(cells, FLOOR + (not known)).items()
        if len({_furthest(way * asked, told, sizes) for way in (1, -1)}) == 1
    ]


def few_of(cells: dict[Cell, int], fewest: int) -> dict[str, Vector]:
    """The cells, teams and roles of either wave of fewer people than that: which cells each holds."""
    asked = {str(cell): np.array([float(one == cell) for one in cells]) for cell in cells}
    for when, wave in enumerate((THEN, NOW)):
        for by, groups in (("team", SERVICES), ("role", (MANAGER, WORKER)), ("service_area", set(SERVICES.values()))):
            for group in groups:
                asked[f"{wave} {group}"] = np.array([float(is_in(cell[when], by, group)) for cell in cells])
    sizes = np.array(list(cells.values()))
    return {name: one for name, one in asked.items() if 0 < one @ sizes < fewest}


def _furthest(aim: Vector, told: LinearConstraint, sizes: Vector) -> int:
    """The count that fits all that is printed and lies furthest one way."""
    found = milp(aim, constraints=told, bounds=Bounds(0, sizes), integrality=np.ones(len(sizes)))
    assert found.x is not None, "the true answers fit what is printed"
    return round(float(np.abs(aim) @ found.x))


MANAGERS = [one["worker_id"] for one in STAFF if one["role"] == MANAGER]


def test_nobody_who_holds_both_waves_works_out_the_answers_of_few() -> None:
    assert worked_out(held()) == []


@pytest.mark.parametrize("known", MANAGERS)
def test_a_team_manager_who_knows_their_own_answers_works_out_no_more(known: str) -> None:
    assert worked_out(held(), known) == []


def test_the_same_attack_finds_who_came_and_a_small_team_where_nothing_is_left_out() -> None:
    found = worked_out(everything())
    assert {"(None, ('Ash', 'social worker'))", "2022-11 Cedar", "2023-11 Cedar", "2022-11 team manager"} <= {*found}


def test_the_page_still_tells_of_both_waves_and_of_some_places() -> None:
    told = {(wave, by, group) for wave, by, group, _ in held()}
    assert {
        (THEN, "", ""),
        (THEN, "service_area", "Front"),
        (THEN, "service_area", "Back"),
        (THEN, "team", "Dell"),
    } <= told
