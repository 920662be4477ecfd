from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.stats.association import together


def test_two_things_together_as_often_as_by_chance_have_a_lift_of_one() -> None:
    link = together(10, 20, 50, 100)
    assert link.lift.value == pytest.approx(1.0)
    assert link.lift.lower < 1 < link.lift.upper
    assert link.lift.p == pytest.approx(1.0)
    assert link.jaccard.value == pytest.approx(10 / 60)


def test_fishers_lady_tasting_tea() -> None:
    # Fisher (1935), The Design of Experiments: three of four cups right both ways, two-sided 34/70.
    assert together(3, 4, 4, 8).lift.p == pytest.approx(34 / 70)


def test_always_together_is_clear_and_never_together_has_no_upper_limit() -> None:
    always, never = together(12, 12, 12, 100), together(0, 20, 30, 100)
    assert always.lift.p < 0.001
    assert always.lift.lower > 1
    assert never.lift.value == 0
    assert never.lift.p < 0.01
    assert isnan(never.lift.upper)
    assert never.lift.note == "never together: no upper limit"


def test_what_was_never_or_always_found_has_no_lift() -> None:
    assert together(0, 0, 5, 20).lift.note == "one of the two was never found"
    assert together(5, 20, 5, 20).lift.note == "one of the two was always found"
    assert isnan(together(5, 20, 5, 20).lift.value)


@given(st.data(), st.integers(1, 200))
def test_the_interval_holds_the_figure_and_sides_may_be_swapped(data: st.DataObject, n: int) -> None:
    left, right = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    both = data.draw(st.integers(max(0, left + right - n), min(left, right)))
    link = together(both, left, right, n)
    turned = together(both, right, left, n)
    assert [link.lift.value, link.lift.p] == pytest.approx([turned.lift.value, turned.lift.p], nan_ok=True)
    if both and not isnan(link.lift.value):
        assert 0 < link.lift.lower <= link.lift.value + 1e-12
        assert link.lift.value <= link.lift.upper + 1e-12
        assert 0 <= link.lift.p <= 1
