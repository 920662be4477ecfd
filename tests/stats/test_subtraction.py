"""What published sums give away: the cases on which other tools were found to fail, each as its literal table."""

import numpy as np
import pytest

from qa_analysis.stats.subtraction import Counts, Reach, Sum, Untold

MANY = 99.0


def marks(cells: str) -> Sum:
    """The cells that a sum counts: "110" counts the first two of three."""
    return np.array([float(mark) for mark in cells])


def counts(told: dict[str, int], parts: list[int], *, most: float = MANY, least: int = 0) -> list[Reach]:
    """Between which counts each of some cells lies, where these sums of them were told and none is under `least`."""
    true = np.array(parts, dtype=float) - least
    sums = [marks(cells) for cells in told]
    values = np.array([told[cells] - least * cells.count("1") for cells in told], dtype=float)
    held = Counts(np.full(len(parts), most - least), sums, values, values)
    return [(low + least, high + least) for low, high in held.reaches(list(np.eye(len(parts))), true)]


def test_a_nought_told_of_a_sum_tells_of_each_of_its_parts() -> None:
    """SdcTools issue 194, case 1: 0 = x + x + 0, both withheld cells are nought."""
    assert counts({"111": 0, "001": 0}, [0, 0, 0]) == [(0, 0), (0, 0), (0, 0)]


def test_withheld_cells_that_are_one_at_least_are_solved_by_whole_numbers() -> None:
    """SdcTools issue 194, case 3: 15 = 10 + 3 + x + x with x of one at least, both are one."""
    assert counts({"1111": 15, "1000": 10, "0100": 3}, [10, 3, 1, 1], least=1)[2:] == [(1, 1), (1, 1)]
    assert counts({"1111": 15, "1000": 10, "0100": 3}, [10, 3, 1, 1])[2:] == [(0, 2), (0, 2)]


def test_whole_numbers_tell_where_fractions_would_not() -> None:
    """2x + y = 2 with y of at most one: a half would fit, but of whole numbers x = 1 and y = 0 alone."""
    sums, values = [np.array([2.0, 1.0])], np.array([2.0])
    held = Counts(np.array([9.0, 1.0]), sums, values, values)
    assert held.reaches([marks("10"), marks("01")], np.array([1.0, 0.0])) == [(1, 1), (0, 0)]


def test_parts_that_fit_as_fractions_alone_do_not_fit() -> None:
    """a + b = b + c = a + c = 1: three halves; of whole numbers none."""
    sums, values = [marks("110"), marks("011"), marks("101")], np.ones(3)
    assert Counts(np.ones(3), sums, values, values).fitting() is None


@pytest.mark.parametrize("own", [0, 1, 2])
def test_whoever_knows_their_own_of_three_does_not_know_the_others_two(own: int) -> None:
    """SdcTable issue 135: three contributors, each of whom knows themselves; two are left, of whom a sum is known."""
    known = np.eye(3)[own]
    held = Counts(
        np.ones(3), [marks("111"), known], np.array([1 + known[0], known[0]]), np.array([1 + known[0], known[0]])
    )
    others = [place for place in range(3) if place != own]
    true = known * known[0] + np.eye(3)[others[0]]
    assert held.reaches([np.eye(3)[place] for place in others], true) == [(0, 1), (0, 1)]


def test_tables_protected_one_by_one_are_solved_together() -> None:
    """SdcTable issue 136: each of two linked tables hides two cells, which alone is enough; together none is hidden."""
    first, second = {"1110": 9, "0010": 4}, {"0111": 9, "0001": 2}
    parts = [2, 3, 4, 2]
    assert counts(first, parts)[:2] == [(0, 5), (0, 5)]
    assert counts(first | second, parts)[:2] == [(2, 2), (3, 3)]


def test_a_rounded_sum_is_any_count_that_looks_alike() -> None:
    held = Counts(np.array([9.0, 9.0]), [marks("11")], np.array([8.0]), np.array([12.0]))
    assert held.reaches([marks("10"), marks("11")], np.array([5.0, 5.0])) == [(0, 9), (8, 12)]


def test_sums_that_contradict_each_other_say_nothing() -> None:
    held = Counts(np.array([4.0]), [marks("1"), marks("1")], np.array([1.0, 3.0]), np.array([1.0, 3.0]))
    assert held.reach(marks("1")) == (0, 4)


def test_what_several_sums_leave_open_is_what_they_leave_one_after_another() -> None:
    sums = [marks("1100"), marks("0110"), marks("1010"), marks("1100")]
    one_by_one = Untold.of(4)
    for each in sums:
        one_by_one = one_by_one.told(each)
    np.testing.assert_allclose(Untold.of(4).after(sums).left, one_by_one.left, atol=1e-9)
    assert Untold.of(4).after(sums).tells_of([0])
    assert not Untold.of(4).after(sums).tells_of([3])
