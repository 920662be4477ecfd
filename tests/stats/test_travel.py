"""The direction of travel: limits of each stretch, classes of each month, the newest signal and since when."""

import numpy as np
import pytest
from oracles import cases, numbers

from qa_analysis.dates import months_after
from qa_analysis.stats.direction.choosing import Chart
from qa_analysis.stats.direction.series import Point, Series, shares
from qa_analysis.stats.direction.travel import Travel, classify, compute

WAVERING = [50.0, 52, 49, 53, 51, 54, 50, 52, 51, 53, 50, 50]  # their mean is 51.25


def months(number: int) -> list[str]:
    return [months_after("2022-06", place) for place in range(number)]


def measured(*values: float, **more) -> Series:
    known = {month: Point(value) for month, value in zip(months(len(values)), values, strict=True) if value == value}
    return Series(known, "measurement", **more)


def told(*values: float, better="higher", target=None, **more) -> Travel:
    return classify(compute(measured(*values, **more)), better=better, target=target)


@pytest.mark.parametrize("case", cases("spc.json"))
def test_where_the_chart_is_an_xmr_chart_every_point_is_that_of_the_reference(case) -> None:
    inputs, y = case["inputs"], numbers(case["inputs"]["y"])
    if not inputs["screen_outliers"] or inputs["fix_after_n_points"] or inputs["rebase"]:
        return
    known = np.flatnonzero(np.isfinite(y))
    if len(known) != 12 or known[0] > 0:  # with more, limits are fixed on the first twelve, which is a choice of ours
        return
    better = {"increase": "higher", "decrease": "lower", "neutral": "neither"}[inputs["improvement_direction"]]
    assert list(told(*y, better=better).causes) == case["expected"]["special_cause_type"]


def test_a_change_that_lasts_is_a_signal_since_its_first_month_and_not_hidden_in_its_own_limits() -> None:
    found = told(*WAVERING, *[value + 8 for value in WAVERING[:8]])
    assert (found.variation, found.since) == ("improvement", "2023-06")
    assert told(*WAVERING, *[value + 8 for value in WAVERING[:8]], better="lower").variation == "concern"
    assert told(*WAVERING, *[value + 8 for value in WAVERING[:8]], better="neither").variation == "neutral_high"


def test_no_signal_is_a_normal_answer() -> None:
    found = told(*WAVERING, *WAVERING)
    assert (found.variation, found.since, found.is_signal) == ("common_cause", "", False)


def test_a_trend_is_coloured_by_its_direction_on_either_side_of_the_mean() -> None:
    rising = [*[60, 40] * 6, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54]
    up, down = told(*rising), told(*[100 - value for value in rising], better="higher")
    assert set(up.classes[12:]) == {"improvement"}
    assert set(down.classes[12:]) == {"concern"}
    assert up.since == "2023-05"  # where it turns


def test_each_stretch_has_its_own_limits_and_none_reaches_across_a_break() -> None:
    later = [value + 20 for value in WAVERING]
    found = told(*WAVERING, *later, breaks=("2023-06",))
    assert found.limits.of("centre").tolist() == pytest.approx([51.25] * 12 + [71.25] * 12)
    assert not found.is_signal
    assert told(*WAVERING, *later).is_signal


def test_a_rebase_and_a_fixed_baseline_go_together() -> None:
    later = [value + 20 for value in WAVERING]
    found = told(*WAVERING, *later, *[value + 9 for value in later], breaks=("2023-06",))
    assert found.limits.of("centre")[-1] == pytest.approx(71.25)  # the first twelve since the break, not all 24
    assert (found.variation, found.since) == ("improvement", "2024-06")


def test_assurance_is_that_of_the_last_stretch() -> None:
    later = [value + 20 for value in WAVERING]
    assert told(*WAVERING, *later, breaks=("2023-06",), target=60).assurance == "consistent_pass"
    assert told(*WAVERING, target=60).assurance == "consistent_fail"
    assert told(*WAVERING, target=60, better="lower").assurance == "consistent_pass"
    assert told(*WAVERING, target=51).assurance == "inconsistent"
    assert told(*WAVERING, target=51, better="neither").assurance == ""
    assert told(*WAVERING[:8], target=60).assurance == ""


def test_a_short_stretch_after_a_break_is_judged_by_runs_and_keeps_the_limits_of_the_one_before() -> None:
    found = told(*WAVERING, *WAVERING[:8], breaks=("2023-06",))
    assert [part.choice.chart for part in found.limits.stretches] == [Chart.XMR, Chart.RUN]
    assert found.months_known == 8
    assert told(*WAVERING, *WAVERING[:3], breaks=("2023-06",)).variation == ""


def test_an_empty_month_is_a_gap_and_joins_nothing() -> None:
    found = told(*WAVERING, 52, 53, 52, np.nan, 53, 52, 53)
    assert found.limits.series.periods == tuple(months(19))
    assert np.isnan(found.limits.series.of("value")[15])
    assert set(found.classes[12:]) == {"common_cause"}  # three and three in a row, not seven


def test_a_ghost_is_shown_and_takes_no_part() -> None:
    plain, ghostly = told(*WAVERING, 52), told(*WAVERING, 99, 52, ghosts=("2023-06",))
    assert ghostly.limits.series.of("value")[12] == 99
    assert ghostly.causes[12] == "Common Cause"
    assert ghostly.limits.of("upper")[-1] == plain.limits.of("upper")[-1]
    early = told(*WAVERING[:3], 99, *WAVERING[3:], ghosts=("2022-09",))
    assert early.limits.of("centre")[-1] == pytest.approx(51.25)


def test_a_share_of_under_five_cases_is_a_ghost() -> None:
    parts = {month: (30.0, 40.0) for month in months(13)}
    held = Series(shares({**parts, "2023-07": (0.0, 4.0)}), "share")
    found = classify(compute(held), better="higher")
    assert found.variation == ""
    assert found.months_known == 13


def test_a_provisional_month_is_judged_and_no_limit_rests_on_it() -> None:
    final = told(*WAVERING[:11], 90)
    provisional = told(*WAVERING[:11], 90, provisional=("2023-05",))
    assert provisional.limits.stretches[-1].choice == final.limits.stretches[-1].choice


def test_figures_that_never_vary_have_no_limits_and_say_so() -> None:
    found = told(*[7.0] * 14, target=8)
    assert found.choice.chart == Chart.LINE
    assert "the same" in found.choice.why
    assert (found.variation, found.assurance) == ("", "")


def test_many_cases_of_which_none_was_missed_have_exact_limits_and_a_fall_is_seen() -> None:
    parts = {month: (300.0, 300.0) for month in months(24)}
    found = classify(compute(Series(shares(parts), "share")), better="higher", target=0.9)
    assert (found.choice.chart, found.variation, found.assurance) == (Chart.P, "common_cause", "consistent_pass")
    fallen = classify(compute(Series(shares({**parts, "2024-06": (290, 300)}), "share")), better="higher")
    assert fallen.variation == "concern"
    none = Series({month: Point(0.0, 0.0, 1.0) for month in months(24)}, "count")
    assert classify(compute(none), better="lower", target=1.0).variation == "common_cause"


def test_a_percentage_near_its_end_is_not_flagged_for_being_at_it() -> None:
    parts = {month: (29.0 if place == 3 else 30.0, 30.0) for place, month in enumerate(months(24))}
    found = classify(compute(Series(shares(parts), "share")), better="higher")
    assert found.choice.chart == Chart.P
    assert set(found.classes) == {"common_cause"}


def test_the_limits_of_an_xmr_chart_are_not_cut_off_at_the_whole() -> None:
    hits = zip(months(12), [54, 48, 55, 47] * 3, strict=True)
    held = Series(shares({month: (hit, 60) for month, hit in hits}), "share")
    found = classify(compute(held), better="higher", target=1.0)
    assert found.choice.chart == Chart.XMR
    assert found.limits.of("upper")[-1] > 1
    assert found.assurance == "inconsistent"
