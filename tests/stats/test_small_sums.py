"""A combination of sums that tells of few is found wherever there is one, and nowhere else."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa_analysis.stats.small_sums import telling_of_few

WHOLE, SERVICE, TEAM = [1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0]
SIZES = [20, 5, 20, 20]


@pytest.mark.parametrize(
    ("sums", "found"),
    [
        ([WHOLE], None),
        ([WHOLE, SERVICE], None),
        ([WHOLE, SERVICE, TEAM], [1, 2]),  # the service less its one large team is the small one
        ([WHOLE, TEAM, [0, 0, 1, 1]], [0, 1, 2]),
        ([[0, 1, 0, 0]], [0]),
        ([[0, 0, 0, 0]], None),
    ],
)
def test_a_small_team_is_found_in_what_is_left_of_larger_ones(sums: list[list[int]], found: list[int] | None) -> None:
    told = telling_of_few(np.array(sums, dtype=float), SIZES, fewest=9)
    assert (None if told is None else told.tolist()) == found


def test_a_sum_of_enough_people_is_safe_and_of_one_fewer_is_not() -> None:
    assert telling_of_few(np.array([[1.0]]), [9], fewest=9) is None
    assert telling_of_few(np.array([[1.0]]), [8], fewest=9) is not None


def test_two_ways_to_divide_the_same_people_are_looked_at_together() -> None:
    by_team, by_role = [[1, 1, 0], [0, 0, 1]], [[1, 0, 0], [0, 1, 1]]
    assert telling_of_few(np.array([by_team[0], by_role[0]], dtype=float), [12, 3, 12], fewest=9) is not None


def tells(sums: NDArray[np.float64], sizes: list[int], fewest: int) -> bool:
    """The same by trying every set of cells: a combination lies in it where the others lose no rank without it."""
    cells, rank = range(len(sizes)), np.linalg.matrix_rank(sums) if sums.size else 0
    for many in range(1, len(sizes) + 1):
        for some in combinations(cells, many):
            others = [cell for cell in cells if cell not in some]
            left = np.linalg.matrix_rank(sums[:, others]) if others else 0
            if sum(sizes[cell] for cell in some) < fewest and left < rank:
                return True
    return False


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_it_finds_what_trying_every_set_of_cells_finds(data: st.DataObject) -> None:
    cells = data.draw(st.integers(1, 6))
    sizes = data.draw(st.lists(st.integers(1, 12), min_size=cells, max_size=cells))
    rows = st.lists(st.sampled_from([0.0, 1.0]), min_size=cells, max_size=cells)
    sums = np.array(data.draw(st.lists(rows, min_size=1, max_size=5)))
    assert (telling_of_few(sums, sizes, fewest=9) is not None) == tells(sums, sizes, 9)
