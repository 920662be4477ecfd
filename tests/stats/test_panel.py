import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.stats.panel import corrected, partly_pooled, stratified
from qa_analysis.stats.proportions import wilson

CERTAIN = (np.array([1.0, 1.0, 0.0, 0.0]), np.full(4, 1e9))  # a panel that never changes a grade


def test_each_moderated_audit_stands_for_those_of_its_stratum() -> None:
    found = stratified([4, 6], [4, 3], [1, 3])  # all of four referred, half of six others
    assert found.value == pytest.approx((1 + 6) / 10)
    assert (found.n, found.note) == (7, "")


def test_a_month_moderated_whole_is_certain() -> None:
    found = stratified([4, 6], [4, 6], [1, 3])
    assert (found.value, found.lower, found.upper) == (0.4, 0.4, 0.4)


def test_one_stratum_of_a_large_population_is_wilson() -> None:
    found, plain = stratified([10**9], [20], [15]), wilson(15, 20)
    assert (found.lower, found.upper) == pytest.approx((plain.lower, plain.upper), abs=1e-6)


def test_a_finite_stratum_leaves_less_to_doubt() -> None:
    small, large = stratified([30], [20], [15]), stratified([3000], [20], [15])
    assert small.upper - small.lower < large.upper - large.lower


def test_a_stratum_of_which_none_was_seen_is_taken_to_be_as_the_others_and_said() -> None:
    found = stratified([10, 10], [5, 0], [4, 0])
    assert found.value == pytest.approx(0.8)
    assert found.note == "1 of 2 strata had none moderated"


@pytest.mark.parametrize(
    ("strata", "note"),
    [(([], [], []), "no audits"), (([0], [0], [0]), "no audits"), (([5, 2], [0, 2], [0, 1]), "no audit was moderated")],
)
def test_nothing_to_go_by_is_undefined_with_the_reason(strata: tuple[list[int], ...], note: str) -> None:
    found = stratified(*strata)
    assert np.isnan([found.value, found.lower, found.upper]).all()
    assert found.note.startswith(note)


@given(st.lists(st.tuples(st.integers(2, 40), st.integers(1, 40), st.integers(0, 40)), min_size=1, max_size=12))
def test_the_interval_holds_the_value_and_stays_a_share(strata: list[tuple[int, int, int]]) -> None:
    audits, seen, kept = (list(part) for part in zip(*strata, strict=True))
    seen = [min(a, s) for a, s in zip(audits, seen, strict=True)]
    kept = [min(s, k) for s, k in zip(seen, kept, strict=True)]
    found = stratified(audits, seen, kept)
    assert -1e-12 <= found.lower <= found.value + 1e-12
    assert found.value - 1e-12 <= found.upper <= 1 + 1e-12


def test_an_areas_habit_is_drawn_towards_that_of_all_areas() -> None:
    good, pairs = [[0, 8, 0, 0], [0, 0, 0, 0]], [[0, 10, 10, 0], [0, 0, 10, 0]]
    (own, _), (poor, _) = (partly_pooled(good, pairs, row=row, alike=10) for row in (0, 1))
    of_good = (8 + 8.5 / 11) / 11  # all areas: 8 of 10, and one pair like its side of the line
    assert own[1] == pytest.approx((8 + 10 * of_good) / 20)
    assert poor[1] == pytest.approx(of_good)  # the second area has no good audit of its own
    assert own[2] < 0.05


def test_a_grade_never_drawn_takes_the_habit_of_its_side_of_the_line() -> None:
    habit, worth = partly_pooled([[0, 30, 1, 0]], [[0, 30, 30, 0]], row=0)
    assert habit[0] > 0.9
    assert habit[3] < 0.1
    assert worth[0] < worth[1]


def test_a_panel_that_changes_nothing_corrects_nothing() -> None:
    found = corrected([2, 8, 10, 0], [0, 0, 0, 0], 0, 0, CERTAIN)
    plain = wilson(10, 20)
    assert found.value == 0.5
    assert (found.lower, found.upper) == pytest.approx((plain.lower, plain.upper), abs=0.03)


def test_what_the_panel_saw_counts_as_it_said() -> None:
    found = corrected([0, 10, 0, 0], [0, 5, 0, 0], 3, 5, CERTAIN)  # ten unseen good; of ten seen three good
    assert found.value == pytest.approx(13 / 20)


def test_habits_known_from_few_pairs_widen_the_interval() -> None:
    habit = np.array([0.9, 0.7, 0.1, 0.0])
    few, many = (corrected([0, 20, 20, 0], [0, 0, 0, 0], 0, 0, (habit, np.full(4, float(pairs)))) for pairs in (8, 500))
    assert few.value == many.value == pytest.approx(0.4)
    assert few.upper - few.lower > 1.3 * (many.upper - many.lower)


def test_a_month_all_alike_is_not_certain() -> None:
    found = corrected([0, 0, 12, 0], [0, 0, 0, 0], 0, 0, CERTAIN)
    assert (found.value, found.lower) == (0.0, 0.0)
    assert 0.1 < found.upper < 0.4


def test_no_audits_have_no_share() -> None:
    found = corrected([0] * 4, [0] * 4, 0, 0, CERTAIN)
    assert np.isnan(found.value)
    assert found.note == "no audits"
