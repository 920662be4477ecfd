from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases, numbers, same
from scipy.stats import hypergeom
from warned import NO_WARNING

from qa_analysis.stats.agreement import (
    alpha_of_ratings,
    brennan_prediger,
    cohen_kappa,
    counts,
    exact,
    gwet_ac,
    krippendorff_alpha,
    pabak,
    whole_month,
    whole_month_ac1,
    within_one,
)
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import clopper_pearson, hypergeometric_limits, wilson

pytestmark = NO_WARNING

GRADES = ["outstanding", "good", "requires improvement", "inadequate"]
WEIGHTS = {"unw": "unweighted", "lin": "linear", "quad": "quadratic"}
COEFFICIENTS = {"kappa": cohen_kappa, "gwet": gwet_ac, "bp": brennan_prediger}
METRICS = ["nominal", "ordinal", "interval"]

tables = st.lists(st.integers(0, 12), min_size=16, max_size=16).map(lambda cells: np.array(cells).reshape(4, 4))
sparse = st.lists(st.sampled_from([0, 0, 0, 0, 1, 2]), min_size=16, max_size=16).map(
    lambda cells: np.array(cells).reshape(4, 4)
)


def everything(table) -> dict[str, Estimate]:
    return {
        "exact": exact(table),
        "within one": within_one(table),
        "pabak": pabak(table),
        **{f"{n} {w}": f(table, weights=w) for n, f in COEFFICIENTS.items() for w in WEIGHTS.values()},
        **{f"alpha {metric}": krippendorff_alpha(table, metric=metric) for metric in METRICS},
    }


@pytest.mark.parametrize("case", cases("agreement.json"))
def test_the_share_upheld_is_that_of_the_reference(case) -> None:
    table, expected = case["inputs"]["table"], case["expected"]
    upheld, near = exact(table), within_one(table)
    assert upheld.n == expected["n"]
    assert same(upheld.value, expected["exact_agreement"], within=1e-9)
    assert same(near.value, expected["within_one"], within=1e-9)
    if expected["n"]:
        shares = {
            "exact_agreement_wilson": upheld,
            "exact_agreement_clopper_pearson": clopper_pearson(expected["n_agree"], expected["n"]),
            "within_one_wilson": wilson(round(expected["within_one"] * expected["n"]), expected["n"]),
        }
        for name, share in shares.items():
            assert [share.lower, share.upper] == pytest.approx(expected[name], abs=1e-9), name


@pytest.mark.parametrize("case", cases("agreement.json"))
@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_a_coefficient_is_that_of_the_reference(case, weights, coefficient) -> None:
    found = COEFFICIENTS[coefficient](case["inputs"]["table"], weights=WEIGHTS[weights])
    assert same(found.value, case["expected"][f"{coefficient}_{weights}"], within=1e-6)


@pytest.mark.parametrize("case", cases("agreement.json"))
@pytest.mark.parametrize("metric", METRICS)
def test_alpha_is_that_of_the_reference(case, metric) -> None:
    found = krippendorff_alpha(case["inputs"]["table"], metric=metric)
    assert same(found.value, case["expected"][f"alpha_{metric}"], within=1e-6)


@pytest.mark.parametrize("case", cases("agreement.json"))
def test_paired_grades_make_the_table_of_the_reference(case) -> None:
    if "ratings" not in case["inputs"]:
        return
    made = counts(*case["inputs"]["ratings"], grades=range(1, case["q"] + 1))
    assert made.tolist() == case["inputs"]["table"]


@pytest.mark.parametrize("case", cases("agreement_multirater.json"))
@pytest.mark.parametrize("metric", [*METRICS, "ratio"])
def test_alpha_of_several_graders_is_that_of_the_reference(case, metric) -> None:
    ratings = [numbers(row) for row in case["inputs"]["ratings_subject_by_rater"]]
    found = alpha_of_ratings(ratings, grades=len(case["inputs"]["categories"]), metric=metric)
    assert same(found.value, case["expected"][f"alpha_{metric}"], within=1e-9)


@pytest.mark.parametrize("case", cases("recommended_intervals.json", "agreement_intervals"))
@pytest.mark.parametrize(
    ("name", "coefficient", "weights"),
    [
        ("recommended_ac1", gwet_ac, "unweighted"),
        ("recommended_ac2_linear", gwet_ac, "linear"),
        ("recommended_kappa_unw", cohen_kappa, "unweighted"),
        ("recommended_kappa_lin", cohen_kappa, "linear"),
    ],
)
def test_an_interval_is_that_of_the_reference(case, name, coefficient, weights) -> None:
    found = coefficient(case["inputs"]["table"], weights=weights)
    expected = case["expected"][name] or [None, None]
    assert same(found.lower, expected[0], within=1e-6)
    assert same(found.upper, expected[1], within=1e-6)


@pytest.mark.parametrize("case", cases("extra.json", "stratified_agreement"))
def test_the_whole_month_is_that_of_the_reference(case) -> None:
    found = whole_month(case["agree_referred"], case["R"], case["agree_sample"], case["m"], case["N"])
    assert found.value == pytest.approx(case["estimate"], abs=1e-7)
    assert [found.lower, found.upper] == pytest.approx([case["exact_low"], case["exact_high"]], abs=1e-7)


@pytest.mark.parametrize("case", cases("recommended_intervals.json", "whole_month_ac1"))
def test_ac1_of_the_whole_month_is_that_of_the_reference(case) -> None:
    inputs, expected = case["inputs"], case["expected"]
    referred, sample = (
        counts(*zip(*inputs[part], strict=True), grades=[1, 2, 3, 4]) for part in ("referred_pairs", "sample_pairs")
    )
    found = whole_month_ac1(referred, sample, inputs["N"])
    assert found.value == pytest.approx(expected["ac1"], abs=1e-6)
    assert [found.lower, found.upper] == pytest.approx([expected["ac1_low"], expected["ac1_high"]], abs=1e-6)


@pytest.mark.parametrize(
    ("table", "agreement", "kappa"),
    [
        ([[40, 9], [6, 45]], 0.85, 0.70),
        ([[80, 10], [5, 5]], 0.85, 0.32),
        ([[45, 15], [25, 15]], 0.60, 0.13),
        ([[25, 35], [5, 35]], 0.60, 0.26),
    ],
)
def test_kappa_falls_for_the_same_agreement_where_grades_are_uneven(table, agreement, kappa) -> None:
    # Feinstein & Cicchetti (1990), J. Clin. Epidemiol. 43:543-549: the two paradoxes.
    assert exact(table).value == pytest.approx(agreement)
    assert cohen_kappa(table).value == pytest.approx(kappa, abs=0.005)


def test_ac1_holds_where_kappa_falls_below_nought() -> None:
    table = [[118, 5], [2, 0]]  # Gwet (2002), Statistical Methods for Inter-Rater Reliability Assessment 1
    assert cohen_kappa(table).value == pytest.approx(-0.0234, abs=5e-5)
    assert gwet_ac(table).value == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[38, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]], 0.208),
        ([[5, 3, 0, 0], [3, 11, 4, 0], [2, 13, 3, 4], [1, 2, 4, 14]], 0.297),
    ],
)
def test_kappa_of_two_neurologists(table, kappa) -> None:
    # Landis & Koch (1977), Biometrics 33:159-174: diagnosis of multiple sclerosis, Winnipeg and New Orleans.
    assert cohen_kappa(table).value == pytest.approx(kappa, abs=5e-4)


def test_weighted_kappa_of_two_radiologists() -> None:
    # Altman (1991), Practical Statistics for Medical Research, 14.3; Stata [R] kappa, rate2: 85 xeromammograms.
    table = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
    found = [cohen_kappa(table, weights=weights).value for weights in WEIGHTS.values()]
    assert found == pytest.approx([0.4728, 0.5684, 0.6714], abs=5e-5)


def test_ac1_and_ac2_of_two_abstractors() -> None:
    # R irrCAC 1.0, gwet.ac1.table(cont3x3abstractors): Gwet (2014), Handbook of Inter-Rater Reliability.
    table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
    ac1, ac2 = gwet_ac(table), gwet_ac(table, weights="linear")
    assert (ac1.value, ac2.value) == pytest.approx((0.84933, 0.90002), abs=5e-6)
    error = 0.0292756  # the standard error of AC2 there: the interval is Wilson's with as many cases as give it that
    middle, worth = (ac2.value + 1) / 2, (1 - ac2.value**2) / error**2
    scaled = wilson(middle * worth, worth)
    assert (ac2.lower, ac2.upper) == pytest.approx((2 * scaled.lower - 1, 2 * scaled.upper - 1), abs=1e-6)


def test_the_limits_of_ac1_are_those_of_the_share_upheld_carried_through() -> None:
    table = [[0] * 4, [0, 0, 1, 0], [0, 1, 13, 0], [0] * 4]
    upheld, ac1 = exact(table), gwet_ac(table)
    chance = (2 * 14 / 15 * 1 / 15) / 3  # each grade's share times the rest, over one less than the grades
    carried = [(limit - chance) / (1 - chance) for limit in (upheld.value, upheld.lower, upheld.upper)]
    assert [ac1.value, ac1.lower, ac1.upper] == pytest.approx(carried)


def test_within_one_forgives_one_step_and_not_two() -> None:
    table = [[0, 1, 1, 1], [0, 5, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]]
    found = within_one(table)
    assert found.value == 0.7
    assert (found.lower, found.upper) == (clopper_pearson(7, 10).lower, clopper_pearson(7, 10).upper)


def test_alpha_of_two_observers() -> None:
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A and B.
    two = counts(list("0100000010"), list("1110010000"), grades=["0", "1"])
    five = counts(list("aabbdcccedda"), list("babbbccceddd"), grades=list("abcde"))
    assert krippendorff_alpha(two, metric="nominal").value == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha(five, metric="nominal").value == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(
    ("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_four_observers_with_gaps(metric, alpha) -> None:
    # Krippendorff (2011), section C: four observers, twelve units, missing marks.
    observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    ratings = [[float(mark) if mark.isdigit() else np.nan for mark in unit] for unit in zip(*observers, strict=True)]
    found = alpha_of_ratings(ratings, grades=5, metric=metric)
    assert found.value == pytest.approx(alpha, abs=5e-4)
    assert isnan(found.lower)
    assert "more than two graders" in found.note


@pytest.mark.parametrize("table", [np.zeros((4, 4)), np.zeros((1, 1))])
def test_nothing_moderated_is_not_a_number_and_says_so(table) -> None:
    for name, found in everything(table).items():
        assert isnan(found.value), name
        assert isnan(found.lower), name
        assert found.n == 0, name
        assert found.note == "no pairs of grades", name


def test_one_grade_only_leaves_kappa_and_alpha_undefined_but_not_ac1() -> None:
    table = np.zeros((4, 4), dtype=int)
    table[2, 2] = 12
    for coefficient in (cohen_kappa, krippendorff_alpha):
        assert isnan(coefficient(table).value)
        assert "every grade is the same" in coefficient(table).note
    assert gwet_ac(table).value == 1
    assert gwet_ac(table).lower == pytest.approx(wilson(12, 12).lower)


def test_a_scale_of_one_grade_defines_nothing_beyond_chance() -> None:
    assert exact([[7]]).value == 1
    for coefficient in (cohen_kappa, gwet_ac, brennan_prediger, krippendorff_alpha):
        assert isnan(coefficient([[7]]).value)
        assert coefficient([[7]]).note


def test_an_auditor_who_gives_one_grade_has_a_kappa_of_nought() -> None:
    table = [[0, 0, 0, 0], [0, 0, 0, 0], [0, 4, 7, 1], [0, 0, 0, 0]]
    assert cohen_kappa(table).value == pytest.approx(0)
    assert gwet_ac(table).value == pytest.approx(0.5294, abs=5e-5)


@pytest.mark.parametrize("n", [1, 2, 5, 15])
def test_perfect_agreement_of_few_is_never_certain(n) -> None:
    for name, found in everything(np.diag([0, n, 1, 0])).items():
        assert found.value == pytest.approx(1), name
        assert found.upper == pytest.approx(1), name
        assert found.lower <= wilson(n + 1, n + 1).lower + 1e-9 or name == "within one", name


def test_ac2_of_perfect_agreement_has_the_limits_of_ac1() -> None:
    table = np.diag([2, 5, 6, 3])
    assert gwet_ac(table, weights="linear").lower == pytest.approx(gwet_ac(table).lower)
    assert cohen_kappa(table, weights="linear").lower == pytest.approx(cohen_kappa(table).lower)


def test_a_missing_or_unknown_grade_drops_its_pair() -> None:
    auditor = ["good", None, "good", float("nan"), "not applicable", "inadequate"]
    panel = ["good", "good", None, "inadequate", "good", "requires improvement"]
    table = counts(auditor, panel, grades=GRADES)
    assert table.sum() == 2
    assert table[1, 1] == table[3, 2] == 1


def test_no_pairs_at_all_make_an_empty_table() -> None:
    assert counts([], [], grades=GRADES).tolist() == np.zeros((4, 4)).tolist()


@pytest.mark.parametrize("table", [[[1, 2, 3]], [[1, -1], [0, 1]], [1, 2], [[1, float("nan")], [0, 1]]])
def test_what_is_not_a_square_of_counts_is_a_mistake_of_the_caller(table) -> None:
    with pytest.raises(ValueError, match="square of counts"):
        gwet_ac(table)


def test_a_million_pairs_are_counted_and_bounded() -> None:
    table = np.array([[21000, 7400, 900, 100], [6300, 301000, 68800, 2900], [500, 52100, 370200, 24200]])
    table = np.vstack([table, [60, 1800, 21740, 121000]])
    grades = np.repeat(np.arange(16), table.ravel())
    assert counts(grades // 4, grades % 4, grades=range(4)).tolist() == table.tolist()
    for name, found in everything(table).items():
        assert found.n == 1_000_000, name
        assert 0 < found.upper - found.lower < 0.004, name


@given(tables | sparse)
@settings(max_examples=150)
def test_a_number_lies_in_its_interval_and_a_gap_has_a_reason(table) -> None:
    for name, found in everything(table).items():
        assert isnan(found.value) == bool(found.note), name
        if not found.note:
            assert found.lower - 1e-9 <= found.value <= found.upper + 1e-9, name
            assert found.upper <= 1 + 1e-9, name
            assert found.upper > found.lower, name


@given(tables)
@settings(max_examples=60)
def test_swapping_the_graders_or_turning_the_scale_round_changes_nothing(table) -> None:
    there = everything(table)
    for turned in (table.T, table[::-1, ::-1]):
        for name, found in everything(turned).items():
            ours = [there[name].value, there[name].lower, there[name].upper]
            assert [found.value, found.lower, found.upper] == pytest.approx(ours, abs=1e-7, nan_ok=True), name


@given(st.lists(st.tuples(st.sampled_from([*GRADES, None]), st.sampled_from([*GRADES, None]))), st.randoms())
@settings(max_examples=60)
def test_the_order_of_the_pairs_does_not_matter(pairs, random) -> None:
    shuffled = random.sample(pairs, len(pairs))
    first, second = (counts([a for a, _ in given], [p for _, p in given], grades=GRADES) for given in (pairs, shuffled))
    assert first.tolist() == second.tolist()
    assert first.sum() == sum(None not in pair for pair in pairs)


@given(tables)
@settings(max_examples=60)
def test_weights_only_forgive(table) -> None:
    # Every weight is at least the unweighted one, so the agreement the coefficient sees can only rise.
    po = [brennan_prediger(table, weights=weights) for weights in WEIGHTS.values()]
    if not po[0].note:
        chance = [1 / 4, 7 / 12, 13 / 18]
        observed = [found.value * (1 - e) + e for found, e in zip(po, chance, strict=True)]
        assert observed[0] <= observed[1] + 1e-9 <= observed[2] + 2e-9
        assert observed[0] == pytest.approx(exact(table).value)


def test_pabak_of_two_grades_is_twice_the_agreement_less_one() -> None:
    assert pabak([[40, 9], [6, 45]]).value == pytest.approx(2 * 0.85 - 1)


def test_the_whole_month_weighs_the_random_third_up_to_the_unreferred() -> None:
    # 40 audits: 8 referred, 2 of them upheld; of the other 32, 11 drawn, 4 of them upheld.
    found = whole_month(2, 8, 4, 11, 40)
    assert found.value == pytest.approx((2 + 32 * 4 / 11) / 40)
    assert found.n == 40


def test_a_month_moderated_in_full_has_no_doubt() -> None:
    found = whole_month(2, 3, 5, 7, 10)
    assert (found.value, found.lower, found.upper) == (0.7, 0.7, 0.7)
    assert whole_month(2, 3, 0, 0, 3).value == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ((0, 0, 0, 0, 0), "no audits"),
        ((2, 3, 0, 0, 20), "no audit was moderated at random"),
        ((2, 3, 0, 18, 20), "not a part of the month's audits"),
        ((4, 3, 1, 5, 20), "not a part of the month's audits"),
    ],
)
def test_a_month_that_cannot_be_told_says_why(inputs, reason) -> None:
    found = whole_month(*inputs)
    assert isnan(found.value)
    assert found.note == reason


@given(st.integers(1, 60), st.data())
@settings(max_examples=100)
def test_the_whole_month_lies_between_its_limits(audits, data) -> None:
    referred = data.draw(st.integers(0, audits - 1))
    sample = data.draw(st.integers(1, audits - referred))
    upheld, kept = data.draw(st.integers(0, referred)), data.draw(st.integers(0, sample))
    found = whole_month(upheld, referred, kept, sample, audits)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


@pytest.mark.parametrize(("total", "drawn"), [(12, 4), (20, 7), (30, 10)])
def test_hypergeometric_limits_hold_the_truth_nineteen_times_in_twenty(total, drawn) -> None:
    limits = [hypergeometric_limits(found, drawn, total) for found in range(drawn + 1)]
    for truth in range(total + 1):
        chances = hypergeom.pmf(np.arange(drawn + 1), total, truth, drawn)
        assert sum(p for p, (low, high) in zip(chances, limits, strict=True) if low <= truth <= high) >= 0.95 - 1e-12


def test_two_pairs_that_could_not_be_further_apart_have_limits_and_no_warning() -> None:
    table = [[0, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0]]
    for name, found in everything(np.array(table)).items():
        assert np.isnan(found.value) or found.lower <= found.value <= found.upper <= 1, name


def test_ac2_of_full_agreement_takes_the_limits_of_ac1_whatever_the_rounding() -> None:
    table = np.diag([36, 63, 71, 19])  # AC2 comes out a rounding error below one
    assert gwet_ac(table, weights="linear").lower == pytest.approx(gwet_ac(table).lower)
