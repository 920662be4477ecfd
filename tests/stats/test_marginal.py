from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases, same
from scipy.stats import binomtest
from warned import NO_WARNING

from qa_analysis.stats.marginal import (
    bowker,
    mean_shift,
    moves,
    share_lowered,
    sign_flip_test,
    sign_test,
    stuart_maxwell,
)
from qa_analysis.stats.proportions import wilson

pytestmark = NO_WARNING

VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]

tables = st.lists(st.integers(0, 9), min_size=16, max_size=16).map(lambda cells: np.array(cells).reshape(4, 4))


@pytest.mark.parametrize("case", cases("marginal_homogeneity.json"))
def test_the_margins_are_tested_as_in_the_reference(case) -> None:
    found, expected = stuart_maxwell(case["inputs"]["table"]), case["expected"]
    assert found.df == expected["stuart_maxwell_df"]
    assert same(found.statistic, expected["stuart_maxwell"], within=1e-6)
    assert same(found.p, expected["stuart_maxwell_p"], within=1e-6)


@pytest.mark.parametrize("case", cases("marginal_homogeneity.json"))
def test_symmetry_is_tested_as_in_the_reference(case) -> None:
    found, expected = bowker(case["inputs"]["table"]), case["expected"]
    assert found.df == expected["bowker_df_nonempty"]
    assert same(found.statistic, expected["bowker"], within=1e-6)
    assert same(found.p, expected["bowker_p"], within=1e-6)


@pytest.mark.parametrize("case", cases("marginal_homogeneity.json"))
def test_direction_is_tested_as_in_the_reference(case) -> None:
    table, expected = case["inputs"]["table"], case["expected"]
    assert moves(table) == (expected["panel_worse"], expected["unchanged"], expected["panel_better"])
    for name, test in (("sign_test_p", sign_test), ("signflip_exact_p", sign_flip_test)):
        if name in expected:
            assert same(test(table).p, expected[name], within=1e-6), name


def test_the_margins_of_unaided_vision_differ() -> None:
    found = stuart_maxwell(VISION)  # Stuart (1955), Biometrika 42:412-416
    assert (found.statistic, found.df) == (pytest.approx(11.957, abs=5e-4), 3)


def test_unaided_vision_is_not_symmetric() -> None:
    found = bowker(VISION)  # Bishop, Fienberg & Holland (1975), Discrete Multivariate Analysis, 8.2: 19.11
    assert (found.statistic, found.df) == (pytest.approx(19.107, abs=5e-4), 6)


def test_two_psychiatrists_use_their_diagnoses_unequally() -> None:
    # Fleiss & Everitt (1971), Br. J. Math. Stat. Psychol. 24:117-123; Fleiss (1981), 8.4: 14.00 on two degrees.
    found = stuart_maxwell([[35, 5, 0], [15, 20, 5], [10, 5, 5]])
    assert (found.statistic, found.df) == (pytest.approx(14.0), 2)


def test_two_grades_make_it_mcnemars_test() -> None:
    # Agresti (1990), Categorical Data Analysis, 10.1: approval of the Prime Minister, 17.36.
    table = [[794, 150], [86, 570]]
    assert stuart_maxwell(table).statistic == pytest.approx(17.36, abs=5e-3)
    assert bowker(table).statistic == pytest.approx(17.36, abs=5e-3)


@pytest.mark.parametrize("table", [np.zeros((4, 4)), np.diag([2, 5, 6, 3])])
def test_where_nothing_moved_there_is_nothing_to_test(table) -> None:
    for test in (stuart_maxwell, bowker, sign_test, sign_flip_test):
        found = test(table)
        assert isnan(found.statistic) and isnan(found.p)
        assert (found.df, found.note) == (0, "no grade was changed")
    assert isnan(share_lowered(table).value)
    assert share_lowered(table).note == "no grade was changed"


@pytest.mark.parametrize(
    ("lowered", "raised", "exact", "mid"), [(5, 0, 2 / 32, 1 / 32), (6, 0, 2 / 64, 1 / 64), (1, 1, 1, 1)]
)
def test_five_lowered_and_none_raised_is_the_least_that_can_tell(lowered, raised, exact, mid) -> None:
    table = [[0, lowered], [raised, 4]]
    assert sign_test(table).p == pytest.approx(exact)
    assert sign_test(table, mid_p=True).p == pytest.approx(mid)


def test_lowered_means_the_panel_gave_the_worse_grade() -> None:
    table = [[0, 3, 0], [1, 5, 0], [0, 0, 2]]
    assert moves(table) == (3, 7, 1)
    assert (sign_test(table).statistic, sign_test(table).df) == (3, 4)
    assert share_lowered(table).value == 0.75


def test_a_move_of_two_grades_counts_twice() -> None:
    table = np.zeros((3, 3), dtype=int)
    table[0, 2], table[1, 0], table[2, 1] = 2, 2, 1  # 2 x 2 grades down, 3 x 1 up: the sum is 1 of 7
    found = sign_flip_test(table)
    # Of the 32 ways to turn five moves of 2, 2, 1, 1, 1 the sum is never 0, so a sum of 1 or more is certain.
    assert (found.statistic, found.df, found.p) == (1, 5, pytest.approx(1))


def test_a_million_pairs_are_tested() -> None:
    table = np.array([[0, 300_000], [298_000, 402_000]])
    assert sign_flip_test(table).p == pytest.approx(sign_test(table).p, rel=0.02)
    assert stuart_maxwell(table).p == pytest.approx(sign_test(table).p, rel=0.02)


@given(tables)
@settings(max_examples=150)
def test_swapping_the_graders_keeps_every_p_value(table) -> None:
    for test in (stuart_maxwell, bowker, sign_test, sign_flip_test):
        assert test(table).p == pytest.approx(test(table.T).p, abs=1e-9, nan_ok=True)
        assert isnan(test(table).p) == bool(test(table).note)


@given(tables)
@settings(max_examples=60)
def test_a_symmetric_table_shows_no_difference(table) -> None:
    even = table + table.T
    if np.triu(even, 1).any():
        assert stuart_maxwell(even).statistic == pytest.approx(0, abs=1e-9)
        assert bowker(even).statistic == 0
        assert sign_test(even).p == sign_test(even, mid_p=True).p == 1


@given(st.integers(0, 30), st.integers(0, 30))
def test_where_all_moves_are_of_one_grade_both_sign_tests_agree(lowered, raised) -> None:
    if lowered + raised:
        table = [[3, lowered], [raised, 5]]
        assert sign_flip_test(table).p == pytest.approx(sign_test(table).p)
        assert sign_test(table, mid_p=True).p <= binomtest(lowered, lowered + raised).pvalue


@given(tables)
@settings(max_examples=60)
def test_the_grades_may_be_renamed_without_changing_the_margins(table) -> None:
    order = [2, 0, 3, 1]
    renamed = table[np.ix_(order, order)]
    for test in (stuart_maxwell, bowker):
        assert test(renamed).statistic == pytest.approx(test(table).statistic, nan_ok=True, abs=1e-8)
        assert test(renamed).df == test(table).df


# How far ------------------------------------------------------------------------------------------------------------


def test_the_mean_shift_counts_a_move_of_two_grades_twice() -> None:
    table = np.diag([0, 10, 6, 0])
    table[1, 3], table[2, 1] = 2, 2  # two good audits found inadequate, two better than they were graded
    found = mean_shift(table)
    assert found.value == pytest.approx((2 * 2 - 2) / 20)
    assert found.lower < 0 < found.value < found.upper


def test_grades_none_of_which_moved_may_still_move_elsewhere() -> None:
    found = mean_shift(np.diag([0, 10, 10, 0]))
    high = wilson(0, 20).upper
    assert found.value == 0
    assert (found.lower, found.upper) == pytest.approx((-np.sqrt(high**2), np.sqrt(high**2)))


def test_turning_the_table_turns_the_shift() -> None:
    table = np.array([[3, 2, 0, 0], [1, 9, 4, 1], [0, 0, 8, 2], [0, 0, 0, 1]])
    down, up = mean_shift(table), mean_shift(table.T)
    assert (down.value, down.lower, down.upper) == pytest.approx((-up.value, -up.upper, -up.lower))


def test_no_pairs_have_no_shift() -> None:
    found = mean_shift(np.zeros((4, 4)))
    assert np.isnan(found.value)
    assert found.note == "no pairs of grades"
