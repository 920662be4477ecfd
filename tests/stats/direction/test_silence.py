"""Where no month could signal an improvement, and how many months together could."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.stats.direction.funnel import funnel
from qa_analysis.stats.direction.silence import Silent, cannot_show_improvement


def test_sixteen_cases_a_month_cannot_rise_above_64_per_cent_and_a_quarter_can_up_to_84() -> None:
    assert cannot_show_improvement(0.63, 16, better="higher") is None
    assert cannot_show_improvement(0.64, 16, better="higher") == Silent(0.64, 16, 3)
    assert cannot_show_improvement(0.84, 16, better="higher") == Silent(0.84, 16, 3)
    assert cannot_show_improvement(0.85, 16, better="higher") == Silent(0.85, 16, 6)


def test_a_share_that_should_fall_is_the_mirror_image() -> None:
    assert cannot_show_improvement(0.37, 16, better="lower") is None
    assert cannot_show_improvement(0.36, 16, better="lower") == Silent(0.36, 16, 3)


def test_where_two_years_together_could_not_either_that_is_said() -> None:
    assert cannot_show_improvement(0.999, 16, better="higher") == Silent(0.999, 16, 0)
    assert cannot_show_improvement(1.0, 16, better="higher") == Silent(1.0, 16, 0)


@given(st.integers(3, 60), st.floats(0.02, 0.98))
def test_exact_limits_are_silent_exactly_where_a_month_without_a_miss_is_within_them(n: int, share: float) -> None:
    silent = cannot_show_improvement(share, n, better="higher", is_exact=True)
    assert (silent is None) == bool(funnel([n], [n], share=share)["can_be_above"].iloc[0])


@pytest.mark.parametrize(("share", "n"), [(n / (n + 9), n) for n in range(1, 60)])
def test_the_boundary_itself_is_silent_whatever_its_rounding(share: float, n: int) -> None:
    assert cannot_show_improvement(share, n, better="higher") is not None
    assert cannot_show_improvement(1 - share, n, better="lower") is not None
