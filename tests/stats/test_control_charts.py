import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import cases, numbers
from warned import NO_WARNING

from qa_analysis.stats.control_charts import p_chart, variation, xmr

pytestmark = NO_WARNING

STEADY = [38, 44, 41, 47, 40, 43, 45, 39, 46, 42, 41, 44]
COMMON = "Common Cause"

series = st.lists(st.one_of(st.integers(0, 12), st.none()), max_size=40).map(numbers)


def charted(case) -> pd.DataFrame:
    inputs = case["inputs"]
    return xmr(
        numbers(inputs["y"]),
        improvement=inputs["improvement_direction"],
        fix_after=inputs["fix_after_n_points"],
        rebase=[inputs["dates"].index(date) for date in inputs["rebase"] if date in inputs["dates"]],
        target=inputs["target"],
        screen_outliers=inputs["screen_outliers"],
    )


@pytest.mark.parametrize("case", cases("spc.json"))
def test_the_limits_are_those_of_the_reference(case) -> None:
    chart, expected = charted(case), case["expected"]
    for ours, theirs in (("mean", "mean"), ("lower", "lpl"), ("upper", "upl")):
        assert chart[ours].tolist() == pytest.approx(numbers(expected[theirs]).tolist(), abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("case", cases("spc.json"))
def test_the_signals_are_those_of_the_reference(case) -> None:
    chart, expected = charted(case), case["expected"]
    assert chart["special_cause"].tolist() == expected["special_cause_type"]
    assert chart["point_type"].tolist() == expected["point_type"]
    assert variation(chart) == expected["variation_icon_last_point"]
    if case["inputs"]["target"] is not None:
        assert (chart["assurance"].iloc[-1] or None) == expected["assurance"]


@pytest.mark.parametrize("case", cases("extra.json", "p_chart"))
def test_a_p_chart_is_that_of_the_reference(case) -> None:
    chart = p_chart(case["x"], case["n"])
    assert chart["mean"].iloc[0] == pytest.approx(case["center"], abs=1e-7)
    assert chart["lower"].tolist() == pytest.approx(case["lcl"], abs=1e-7)
    assert chart["upper"].tolist() == pytest.approx(case["ucl"], abs=1e-7)


def test_the_limits_of_the_making_data_count_workbook() -> None:
    # NHS England, Making Data Count, Excel tool: no screening of outliers; mean 1.94, limits -3.06 and 6.95.
    chart = xmr([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], screen_outliers=False)
    assert chart.loc[0, ["mean", "lower", "upper"]].tolist() == pytest.approx([1.94, -3.06, 6.95], abs=5e-3)
    assert chart.index[chart["special_cause"] != COMMON].tolist() == [4]


def test_an_outlying_step_is_left_out_of_the_limits_once() -> None:
    # Steps of 1 fifteen times, 8 and 9: their mean is 32 / 17, and 3.267 times that is 6.1.
    chart = xmr([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    assert chart["upper"].iloc[0] - chart["mean"].iloc[0] == pytest.approx(2.66)


def test_two_of_three_points_beyond_two_thirds_of_the_way_to_a_limit_are_a_signal() -> None:
    baseline = [0, 40] * 6  # mean 20, limits 106.4 away, two thirds of the way 70.9
    near = xmr([*baseline, 0, 92, 30, 92, 0], fix_after=12)["special_cause"]
    assert near.iloc[12:].tolist() == [COMMON, "2 in 3 Above CL", COMMON, "2 in 3 Above CL", COMMON]
    assert xmr([*baseline, 0, 90, 30, 90, 0], fix_after=12)["special_cause"].eq(COMMON).all()
    assert xmr([*baseline, 0, 92, 10, 92, 0], fix_after=12)["special_cause"].eq(COMMON).all()


def test_a_chart_has_the_columns_others_rely_on() -> None:
    assert list(xmr(STEADY).columns) == ["y", "mean", "lower", "upper", "special_cause", "point_type"]


def test_seven_rising_points_are_a_trend_and_six_are_not() -> None:
    rising = [40, 50, 45, 41, 42, 43, 44, 46, 47, 48, 42, 49, 44]
    chart = xmr(rising)
    assert chart.index[chart["special_cause"] == "7 Point Trend (Increasing)"].tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert xmr(rising, improvement="decrease")["point_type"].iloc[5] == "special_cause_concern"
    shorter = [40, 50, 45, 41, 42, 43, 44, 46, 47, 42, 49, 44]
    assert not xmr(shorter)["special_cause"].str.contains("Trend").any()


def test_a_tie_breaks_a_trend() -> None:
    assert not xmr([40, 50, 45, 41, 42, 43, 43, 44, 46, 47, 42, 49])["special_cause"].str.contains("Trend").any()


def test_the_point_where_a_trend_turns_takes_the_direction_it_leaves_in() -> None:
    chart = xmr([0, 40] * 6 + [*range(10, 17), *range(15, 9, -1)], fix_after=12)
    assert chart["special_cause"].iloc[12:18].eq("7 Point Trend (Increasing)").all()
    assert chart["special_cause"].iloc[18:].eq("7 Point Trend (Decreasing)").all()


def test_seven_points_on_one_side_are_a_shift_and_one_on_the_mean_breaks_it() -> None:
    shifted = [1, 9, 1, 9, 1, 6, 6, 6, 6, 6, 6, 6]
    assert xmr(shifted)["special_cause"].iloc[5:].eq("7 Points Above CL").all()
    broken = xmr([1, 9] * 6 + [6, 6, 6, 5, 6, 6, 6], fix_after=12)
    assert broken["mean"].iloc[0] == 5
    assert broken["special_cause"].eq(COMMON).all()


def test_a_shift_may_be_asked_to_last_longer() -> None:
    shifted = [1, 9, 1, 9, 1, 6, 6, 6, 6, 6, 6, 6]
    assert xmr(shifted, shift_length=8)["special_cause"].eq(COMMON).all()


def test_limits_fixed_on_the_first_year_do_not_hide_a_change() -> None:
    later = [50, 52, 49, 53, 51, 54, 50, 52]
    fixed = xmr([*STEADY, *later], fix_after=12)
    assert fixed["mean"].iloc[-1] == pytest.approx(np.mean(STEADY))
    assert fixed["point_type"].iloc[-8:].eq("special_cause_improvement").all()


def test_a_rebase_starts_everything_anew() -> None:
    later = [value + 20 for value in STEADY]
    chart = xmr([*STEADY, *later], rebase=[12])
    assert chart["mean"].tolist() == pytest.approx([42.5] * 12 + [62.5] * 12)
    assert chart["special_cause"].eq(COMMON).all()
    pd.testing.assert_frame_equal(xmr(STEADY, rebase=[0, 99, -1]), xmr(STEADY))


def test_a_missing_month_is_no_signal_and_breaks_a_run() -> None:
    shifted = [1, 9, 1, 9, 1, 6, 6, 6, np.nan, 6, 6, 6, 6]
    assert xmr(shifted)["special_cause"].eq(COMMON).all()


@pytest.mark.parametrize("value", [40, 40.1, 1 / 3, 0.07])
def test_a_constant_series_has_no_limits_and_no_signal(value) -> None:
    chart = xmr([value] * 14)
    assert chart["lower"].isna().all()
    assert chart["special_cause"].eq(COMMON).all()
    assert xmr([value] * 14, screen_outliers=False)["special_cause"].eq(COMMON).all()


@pytest.mark.parametrize("y", [[], [40], [np.nan], [np.nan, np.nan, 3]])
def test_too_little_to_draw_limits_from_is_no_error(y) -> None:
    chart = xmr(y, target=50)
    assert len(chart) == len(y)
    assert chart["lower"].isna().all()
    assert chart["point_type"].eq("common_cause").all()
    assert variation(chart) == ("common_cause" if y else "")


@pytest.mark.parametrize(
    ("target", "up", "down"),
    [
        (20, "consistent_pass", "consistent_fail"),
        (42, "inconsistent", "inconsistent"),
        (70, "consistent_fail", "consistent_pass"),
    ],
)
def test_assurance_asks_whether_the_limits_clear_the_target(target, up, down) -> None:
    assert xmr(STEADY, target=target)["assurance"].iloc[-1] == up
    assert xmr(STEADY, target=target, improvement="decrease")["assurance"].iloc[-1] == down
    assert xmr(STEADY, target=target, improvement="neutral")["assurance"].iloc[-1] == ""


def test_a_month_without_cases_has_no_share_on_a_p_chart() -> None:
    chart = p_chart([3, 0, 4], [10, 0, 10])
    assert chart["y"].isna().tolist() == [False, True, False]
    assert chart["mean"].iloc[0] == pytest.approx(0.35)
    assert p_chart([], []).empty


@given(series, st.sampled_from([None, 6, 12]), st.booleans())
@settings(max_examples=300)
def test_every_point_is_classed_as_the_written_rules_say(y, fix_after, screen) -> None:
    chart = xmr(y, fix_after=fix_after, screen_outliers=screen)
    assert chart["special_cause"].tolist() == by_the_rules(
        y, chart["mean"].iloc[0] if len(y) else np.nan, chart["upper"].iloc[0] if len(y) else np.nan
    )


@given(series)
@settings(max_examples=100)
def test_a_series_upside_down_has_the_opposite_signals(y) -> None:
    there, back = xmr(y), xmr(-y, improvement="decrease")
    assert there["point_type"].tolist() == back["point_type"].tolist()


def by_the_rules(y, mean, upper) -> list[str]:
    """The class of each point, by the rules read aloud: outside, trend, two in three, shift."""
    half = upper - mean
    n, side = len(y), [0 if np.isnan(v - mean) else int(np.sign(v - mean)) for v in y]
    outside = [abs(v - mean) > half and not np.isclose(abs(v - mean), half, rtol=1e-12, atol=0) for v in y]
    near = [not o and abs(v - mean) > half * 2 / 3 + 1e-9 for o, v in zip(outside, y, strict=True)]
    trend = [0] * n
    for first in range(n - 6):
        steps = [y[i + 1] - y[i] for i in range(first, first + 6)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            for i in range(first, first + 7):
                trend[i] = 1
    named = []
    for i in range(n):
        where = "Above" if side[i] > 0 else "Below"
        threes = [range(j, j + 3) for j in range(i - 2, i + 1) if j >= 0 and j + 3 <= n]
        sevens = [range(j, j + 7) for j in range(i - 6, i + 1) if j >= 0 and j + 7 <= n]
        if outside[i]:
            named.append(f"{where} {'UCL' if side[i] > 0 else 'LCL'}")
        elif trend[i]:
            step = y[i + 1] - y[i] if i + 1 < n and trend[i + 1] else y[i] - y[i - 1]
            named.append(f"7 Point Trend ({'Increasing' if step > 0 else 'Decreasing'})")
        elif near[i] and any(abs(sum(side[j] for j in t)) == 3 and sum(near[j] for j in t) >= 2 for t in threes):
            named.append(f"2 in 3 {where} CL")
        elif any(abs(sum(side[j] for j in s)) == 7 for s in sevens):
            named.append(f"7 Points {where} CL")
        else:
            named.append(COMMON)
    return named
