"""Whatever the council, no weighing of what two waves tell leaves fewer than nine, tried over every set of people."""

from itertools import combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas import DataFrame

from qa_analysis.measures.staff_survey.told import Group, Told
from qa_analysis.measures.staff_survey.waves import Wave

SERVICES = {"A": "S", "B": "S", "C": "T"}
Post = tuple[str, str]  # team and role
Move = tuple[Post | None, Post | None]
FEWEST = 9
POSTS: tuple[Post | None, ...] = (None, *product(SERVICES, ("worker", "manager")))
MOVES = st.tuples(st.sampled_from(POSTS), st.sampled_from(POSTS))


def wave_of(month: str, moves: dict[Move, int], *, now: bool) -> Wave:
    """A wave in which everybody in post answered."""
    rows, number = [], 0
    for move, many in moves.items():
        for _ in range(many):
            number += 1
            if (post := move[now]) is not None:
                rows.append({"worker_id": f"w{number}", "response_id": f"r{number}", "question": "q", "team": post[0],
                             "role": post[1], "service_area": SERVICES[post[0]]})  # fmt: skip
    columns = ["worker_id", "response_id", "question", "team", "role", "service_area"]
    frame = DataFrame(rows, columns=columns)
    return Wave(month, frame, frame)


def counts(group: Group, post: Post | None) -> float:
    """Whether somebody in a post counts in a group."""
    if post is None:
        return 0.0
    by, name = group
    return float({"": "", "team": post[0], "role": post[1], "service_area": SERVICES[post[0]]}[by] == name)


def leaves_few(moves: dict[Move, int], then: frozenset[Group], now: frozenset[Group]) -> bool:
    """Whether a weighing of all sums of both waves leaves fewer than nine people, and some."""
    told = [[counts(group, move[0]) for move in moves] for group in then]
    told += [[counts(group, move[1]) for move in moves] for group in now]
    sums, sizes = np.array(told).reshape(len(told), len(moves)), list(moves.values())
    rank = np.linalg.matrix_rank(sums) if told else 0
    for many in range(1, len(sizes) + 1):
        for some in combinations(range(len(sizes)), many):
            if sum(sizes[place] for place in some) < FEWEST:
                others = [place for place in range(len(sizes)) if place not in some]
                if (np.linalg.matrix_rank(sums[:, others]) if others else 0) < rank:
                    return True
    return False


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(MOVES, st.sampled_from([1, 2, 4, 9, 15]), min_size=2, max_size=9))
def test_two_waves_of_places_and_roles_leave_nobody_alone(moves: dict[Move, int]) -> None:
    moves.pop((None, None), None)
    then, now = wave_of("2022-11", moves, now=False), wave_of("2023-11", moves, now=True)
    held = Told([wave for wave in (then, now) if len(wave.forms)], FEWEST - 1)
    told = [held.of(wave) if len(wave.forms) else frozenset[Group]() for wave in (then, now)]
    assert not leaves_few(moves, *told)


def test_a_council_of_large_teams_that_nobody_comes_to_or_leaves_is_told_of_in_full() -> None:
    moves: dict[Move, int] = {((team, role), (team, role)): 12 for team in SERVICES for role in ("worker", "manager")}
    then, now = wave_of("2022-11", moves, now=False), wave_of("2023-11", moves, now=True)
    held = Told([then, now], FEWEST - 1)
    places = {("", ""), ("service_area", "S"), ("service_area", "T"), *(("team", team) for team in SERVICES)}
    assert held.of(then) == places | {("role", "manager")}, "workers are all others, so they are known too"
    assert held.of(now) == places, "roles are told of in one wave of two"
