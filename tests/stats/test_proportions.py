from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import cases
from warned import NO_WARNING

from qa_analysis.stats.proportions import (
    benjamini_hochberg,
    boschloo,
    clopper_pearson,
    effective_n,
    holm,
    hypergeometric_limits,
    newcombe,
    newcombe_limits,
    poisson_rate,
    two_phase,
    wilson,
    wilson_limits,
)

pytestmark = NO_WARNING

# Newcombe (1998), Stat. Med. 17:873-890, Table II, method 10.
NEWCOMBE = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0)),
    ((10, 10, 0, 10), (0.6075, 1.0)),
]

parts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
p_values = st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=12)


@pytest.mark.parametrize("case", cases("extra.json", "one_proportion"))
def test_a_share_has_the_limits_of_the_reference(case) -> None:
    for name, interval in (("wilson", wilson), ("clopper_pearson", clopper_pearson)):
        found = interval(case["x"], case["n"])
        assert [found.lower, found.upper] == pytest.approx(case[name], abs=1e-9), name


@pytest.mark.parametrize("case", cases("two_proportions.json"))
def test_a_difference_is_that_of_the_reference(case) -> None:
    found, expected = newcombe(**case["inputs"]), case["expected"]
    assert found.value == pytest.approx(expected["diff"], abs=1e-9)
    assert [found.lower, found.upper] == pytest.approx(expected["newcombe"], abs=1e-6)


@pytest.mark.parametrize("case", cases("two_proportions.json"))
def test_an_exact_test_is_that_of_the_reference(case) -> None:
    if "boschloo_p_doubled_one_sided" in case["expected"]:
        found = boschloo(**case["inputs"])
        assert found.p == pytest.approx(case["expected"]["boschloo_p_doubled_one_sided"], abs=3e-4)


@pytest.mark.parametrize("case", cases("recommended_intervals.json", "newcombe_p"))
def test_the_p_value_of_a_difference_is_that_of_the_reference(case) -> None:
    found = newcombe(**case["inputs"], level=0.90)
    assert found.p == pytest.approx(case["expected"]["newcombe_p"], abs=1e-6)
    assert [found.lower, found.upper] == pytest.approx(case["expected"]["newcombe_90"], abs=1e-6)


@pytest.mark.parametrize("case", cases("extra.json", "finite_population"))
def test_the_limits_of_a_finite_month_are_those_of_the_reference(case) -> None:
    assert hypergeometric_limits(case["x"], case["n"], case["N"]) == (case["K_low"], case["K_high"])


@pytest.mark.parametrize("case", cases("extra.json", "p_adjust"))
def test_adjusted_p_values_are_those_of_the_reference(case) -> None:
    assert holm(case["p"]) == pytest.approx(case["holm"], abs=1e-7)
    assert benjamini_hochberg(case["p"]) == pytest.approx(case["BH"], abs=1e-7)


@pytest.mark.parametrize("case", cases("recommended_intervals.json", "two_phase_good"))
def test_good_on_the_panels_standard_is_that_of_the_reference(case) -> None:
    found = two_phase(case["good_auditor_all"], case["N"], referred=case["referred"], sample=case["sample"])
    assert found.value == pytest.approx(case["expected"]["estimate"], abs=1e-9)
    assert (found.upper - found.lower) / 2 == pytest.approx(case["expected"]["half_width"], abs=1e-9)


@pytest.mark.parametrize(
    ("successes", "n", "score", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_a_share_has_its_published_limits(successes, n, score, exact) -> None:
    # Newcombe (1998), Stat. Med. 17:857-872, Table I, methods 3 and 5.
    for found, limits in ((wilson(successes, n), score), (clopper_pearson(successes, n), exact)):
        assert (found.lower, found.upper) == pytest.approx(limits, abs=5e-5)


@pytest.mark.parametrize(("counts", "limits"), NEWCOMBE)
def test_a_difference_has_its_published_limits(counts, limits) -> None:
    found = newcombe(*counts)
    # The paper cuts some figures where it might have rounded them, hence one unit of the last place.
    assert (found.lower, found.upper) == pytest.approx(limits, abs=1e-4)


def test_the_p_values_of_a_published_family() -> None:
    # Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289-300, section 3.2: four of fifteen pass, three by Holm.
    ten_thousandths = [1, 4, 19, 95, 201, 278, 298, 344, 459, 3240, 4262, 5719, 6528, 7590, 10_000]
    p = np.array(ten_thousandths) / 10_000
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4
    assert (holm(p) <= 0.05).sum() == 3


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_a_share_of_nothing_is_not_a_number(interval) -> None:
    found = interval(0, 0)
    assert isnan(found.value) and isnan(found.lower) and isnan(found.upper)
    assert found.note == "no cases"


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
@pytest.mark.parametrize(("successes", "n"), [(5, 4), (-1, 4), (0, -1)])
def test_what_is_no_part_of_a_whole_is_not_a_number(interval, successes, n) -> None:
    assert isnan(interval(successes, n).value)
    assert interval(successes, n).note == "not a part of a whole"


@pytest.mark.parametrize("counts", [(0, 0, 3, 5), (3, 5, 0, 0), (0, 0, 0, 0)])
def test_a_difference_with_nothing_on_one_side_is_not_a_number(counts) -> None:
    found = newcombe(*counts)
    assert isnan(found.value) and isnan(found.p)
    assert found.note
    assert boschloo(*counts).note


def test_a_difference_of_nothing_good_and_nothing_good_is_bounded() -> None:
    found = newcombe(0, 10, 0, 10)
    assert (found.value, found.p) == (0, 1)
    assert boschloo(0, 10, 0, 10).p == 1


def test_a_clustered_count_is_worth_fewer() -> None:
    assert effective_n(40, mean_cluster=1.6, icc=0.2) == pytest.approx(35.7, abs=0.05)
    assert wilson(28 * 35.7 / 40, 35.7).lower < wilson(28, 40).lower


def test_holm_leaves_out_what_has_no_p_value() -> None:
    assert holm([0.01, float("nan"), 0.04]) == pytest.approx([0.02, float("nan"), 0.04], nan_ok=True)
    assert isnan(benjamini_hochberg([float("nan")])[0])
    assert len(holm([])) == len(benjamini_hochberg([])) == 0


@given(p_values, st.randoms())
def test_adjusting_keeps_the_order_and_never_lowers(p, random) -> None:
    values = np.array(p)
    for adjust in (holm, benjamini_hochberg):
        adjusted = adjust(values)
        known = ~np.isnan(values)
        assert (np.isnan(adjusted) == ~known).all()
        assert (adjusted[known] >= values[known] - 1e-12).all()
        assert (adjusted[known] <= 1).all()
        order = random.sample(range(len(p)), len(p))
        assert adjust(values[order]) == pytest.approx(adjusted[order], nan_ok=True)


@given(parts, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_a_share_lies_in_its_interval(part, level) -> None:
    for interval in (wilson, clopper_pearson):
        found = interval(*part, level=level)
        assert 0 <= found.lower <= found.value <= found.upper <= 1
        assert found.lower < found.upper
        other = interval(part[1] - part[0], part[1], level=level)
        assert (other.lower, other.upper) == pytest.approx((1 - found.upper, 1 - found.lower), abs=1e-9)


@given(parts, parts)
def test_a_difference_turned_round_is_its_mirror_image(first, second) -> None:
    there, back = newcombe(*first, *second), newcombe(*second, *first)
    assert (there.value, there.lower, there.upper) == pytest.approx((-back.value, -back.upper, -back.lower), abs=1e-12)
    assert there.p == pytest.approx(back.p)
    assert -1 <= there.lower <= there.value <= there.upper <= 1


@given(parts, parts)
def test_the_interval_and_the_p_value_never_disagree(first, second) -> None:
    found = newcombe(*first, *second)
    if abs(found.p - 0.05) > 1e-6:
        assert (found.p < 0.05) == (found.lower > 0 or found.upper < 0)


def test_limits_of_many_at_once_are_those_of_each() -> None:
    x1, x2 = np.arange(6)[:, None], np.arange(4)[None, :]
    lower, upper = newcombe_limits(x1, 5, x2, 3)
    single = newcombe(4, 5, 1, 3)
    assert (lower.shape, lower[4, 1], upper[4, 1]) == ((6, 4), single.lower, single.upper)
    assert wilson_limits([0.2, 0.5], [10, 20])[0][1] == wilson(10, 20).lower


def test_nothing_moved_in_the_sample_still_leaves_doubt() -> None:
    found = two_phase(10, 20, referred=[], sample=[(1, 1), (0, 0), (1, 1), (0, 0), (1, 1), (1, 1)])
    assert found.value == 0.5
    # Of 20 audits, 6 drawn: were 6 of the 20 changed, six draws would miss them all one time in thirteen; of 7, in 23.
    assert (found.lower, found.upper) == pytest.approx((0.2, 0.8))


def test_one_random_moderation_that_moved_gives_no_interval() -> None:
    found = two_phase(10, 20, referred=[(1, 0)], sample=[(1, 0)])
    assert found.value == 0
    assert isnan(found.lower) and "no interval" in found.note


@pytest.mark.parametrize(
    ("audits", "sample", "reason"),
    [(0, [], "no cases"), (20, [], "no audit was moderated at random"), (1, [(1, 1), (0, 0)], "more drawn than held")],
)
def test_a_standard_that_cannot_be_told_says_why(audits, sample, reason) -> None:
    found = two_phase(0, audits, referred=[], sample=sample)
    assert isnan(found.value)
    assert found.note == reason


def test_a_month_moderated_in_full_is_known_exactly() -> None:
    found = two_phase(2, 3, referred=[(1, 0)], sample=[(1, 1), (0, 0)])
    assert (found.value, found.lower, found.upper) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [(0, 0.0, 3.689), (1, 0.025, 5.572), (3, 0.619, 8.767), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_a_rates_limits_are_those_of_the_published_tables(events: int, lower: float, upper: float) -> None:
    """Garwood (1936), Biometrika 28:437-442: the limits of a Poisson mean, as every table of them has it."""
    found = poisson_rate(events, 200, per=100)
    assert (found.value, found.n) == (events / 2, 200)
    assert (found.lower, found.upper) == pytest.approx((lower / 2, upper / 2), abs=5e-4)


def test_a_rate_of_nothing_that_could_happen_is_undefined() -> None:
    assert poisson_rate(0, 0).note == "no cases"
