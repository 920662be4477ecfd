"""A weighing of sums that leaves few people is found wherever there is one, and nowhere else."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.stats.small_sums import NOTHING, between, left_over

Edges = Mapping[tuple[str | None, str | None], int]


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ({("whole", NOTHING): 30}, set()),
        ({("whole", NOTHING): 8}, {"whole"}),
        ({("whole", NOTHING): 9}, set()),
        ({("team", NOTHING): 20, ("rest of the service", NOTHING): 5}, {"rest of the service"}),
        ({("then", "now"): 20, (NOTHING, "now"): 1, ("then", NOTHING): 1}, {"then", "now"}),
        ({("then", "now"): 20}, set()),
        ({("a", "managers"): 1, ("a", NOTHING): 12, ("b", "managers"): 12, ("b", NOTHING): 1}, {"b", "managers"}),
    ],
)  # fmt: skip
def test_few_are_found_as_a_rest_as_those_who_came_and_left_and_across_two_ways_to_divide(
    people: Edges, found: set[str]
) -> None:
    assert left_over(people, fewest=9) == found


def test_between_two_groups_lie_those_whom_no_choice_of_sides_cancels() -> None:
    people = {("a", "managers"): 3, ("a", NOTHING): 12, ("b", "managers"): 20, ("b", NOTHING): 4}
    assert between(people, "managers", NOTHING) == 3 + 4
    assert between(people, "managers", "nobody") == 0


def leaves_few(people: Edges, fewest: int) -> bool:
    """The same by trying every set of people: a weighing leaves it where the others lose no rank without it."""
    groups = sorted({name for pair in people for name in pair if name is not None})
    sums = np.array([[float(name in pair and pair[0] != pair[1]) * (1 if pair[0] == name else -1) for pair in people]
                     for name in groups])  # fmt: skip
    sizes, rank = list(people.values()), np.linalg.matrix_rank(sums) if sums.size else 0
    for many in range(1, len(sizes) + 1):
        for some in combinations(range(len(sizes)), many):
            others = [place for place in range(len(sizes)) if place not in some]
            left = np.linalg.matrix_rank(sums[:, others]) if others else 0
            if sum(sizes[place] for place in some) < fewest and left < rank:
                return True
    return False


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_it_finds_what_trying_every_set_of_people_finds(data: st.DataObject) -> None:
    sides = [st.sampled_from([*names, None]) for names in ("abc", "xyz")]
    people = data.draw(st.dictionaries(st.tuples(*sides), st.integers(1, 12), min_size=1, max_size=7))
    people.pop((None, None), None)
    assert bool(left_over(people, fewest=9)) == leaves_few(people, 9)
