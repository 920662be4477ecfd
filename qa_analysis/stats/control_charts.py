"""Control charts: whether a run of figures shows a signal or only its ordinary ups and downs.

The rules of XmR charts are those of the NHS programme Making Data Count as the R package NHSRplotthedots 0.2.2 codes
them.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from pandas import DataFrame

from qa_analysis.stats.estimate import Floats

Bools = NDArray[np.bool_]
Improvement = Literal["increase", "decrease", "neutral"]

LIMIT = 2.66  # 3 / 1.128: three standard deviations, from the mean moving range of two (Wheeler 1993)
NEAR = 2 / 3  # of the way to a limit
SCREEN = 3.267  # a moving range this many times the mean is left out (upper limit of the range chart)
RUN = 7  # points in a row that make a shift or a trend
COMMON = "Common Cause"
TAIL = 0.00135  # of a normal distribution beyond three standard deviations: the risk taken on each side


def xmr(
    y: ArrayLike,
    *,
    improvement: Improvement = "increase",
    fix_after: int | None = None,
    rebase: Sequence[int] = (),
    target: float | None = None,
    screen_outliers: bool = True,
    shift_length: int = RUN,
    trend_length: int = RUN,
) -> DataFrame:
    """Each figure with its process limits and whether it is a signal, and of which kind.

    One row per figure, in the order given: y, mean, lower, upper, special_cause, point_type. `fix_after` takes mean and
    limits from that many first points; `rebase` holds the places (from 0) at which everything starts anew; a `target`
    adds the column `assurance`. Limits are not cut off at 0 or 1.
    """
    values = np.asarray(y, dtype=float)
    starts = sorted({0, *(place for place in rebase if 0 <= place < len(values))})
    parts = [
        _chart(part, fix_after=fix_after, screen_outliers=screen_outliers, shift=shift_length, trend=trend_length)
        for part in np.split(values, starts[1:])
    ]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    chart = DataFrame(dict(zip(("y", "mean", "lower", "upper", "special_cause"), columns, strict=True)))
    chart["point_type"] = [point_type(cause, improvement) for cause in chart["special_cause"]]
    return chart if target is None else chart.assign(assurance=_assurance(chart, target, improvement))


def variation(chart: DataFrame) -> str:
    """What the last point says: common_cause, improvement, concern, neutral_high or neutral_low."""
    return str(chart["point_type"].iloc[-1]).removeprefix("special_cause_") if len(chart) else ""


def p_chart(x: ArrayLike, n: ArrayLike) -> DataFrame:
    """Shares against limits that widen where there are fewer cases. One row per share: y, mean, lower, upper.

    Shewhart's p chart as in Montgomery (2009), Introduction to Statistical Quality Control, chapter 7.
    """
    hits, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    known = sizes > 0
    shares = np.divide(hits, sizes, out=np.full(len(sizes), np.nan), where=known)
    mean = hits[known].sum() / sizes[known].sum() if known.any() else np.nan
    half = 3 * np.sqrt(mean * (1 - mean) / np.where(known, sizes, np.nan))
    return DataFrame(
        {"y": shares, "mean": mean, "lower": np.clip(mean - half, 0, 1), "upper": np.clip(mean + half, 0, 1)}
    )


def binomial_chart(x: ArrayLike, n: ArrayLike, *, fix_after: int | None = None) -> DataFrame:
    """Shares against the range that chance alone seldom leaves at their own n. One row: y, mean, lower, upper.

    Exact limits of the binomial distribution, each passed at most once in 740 where nothing changes. They reach 0 or 1
    where so few cases could show nothing. `fix_after` takes the mean from that many first shares.
    """
    hits, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=int)
    good, whole = hits[:fix_after].sum(), sizes[:fix_after].sum()
    share = (good + 0.5) / (whole + 1)  # so that a baseline without a single good case does not rule one out
    limits = [(fewest(size, share), size - fewest(size, 1 - share)) for size in sizes]
    lower, upper = (np.array(ends) / sizes for ends in zip(*limits, strict=True))
    return DataFrame({"y": hits / sizes, "mean": good / whole, "lower": lower, "upper": upper})


def fewest(size: int, share: float, *, tail: float = TAIL) -> int:
    """The smallest count that is not too small to be chance."""
    return int(np.argmax(scipy.special.bdtr(np.arange(size + 1), size, share) >= tail))


def _chart(
    y: Floats, *, fix_after: int | None, screen_outliers: bool, shift: int, trend: int
) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.object_]]:
    """The columns y, mean, lower, upper and special cause of one stretch between rebases."""
    baseline = y[:fix_after]
    mean, half = _mean(baseline), LIMIT * _moving_range(baseline, screen_outliers)
    causes = _special_causes(y, mean, half, shift=shift, trend=trend)
    return y, np.full(len(y), mean), np.full(len(y), mean - half), np.full(len(y), mean + half), causes


def _moving_range(y: Floats, screen_outliers: bool) -> float:
    """The mean step between neighbours; outlying steps are left out once."""
    ranges = np.abs(np.diff(y))
    ranges = ranges[~np.isnan(ranges)]
    return _mean(ranges[ranges < SCREEN * _mean(ranges)] if screen_outliers else ranges)


def _mean(values: Floats) -> float:
    """The mean of what is known, corrected once for rounding, so that equal values lie on their mean."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan")
    return float(known.mean() + (known - known.mean()).mean())


def _special_causes(y: Floats, mean: float, half: float, *, shift: int, trend: int) -> NDArray[np.object_]:
    """The kind of signal of each point of an XmR chart."""
    outside = (y > mean + half) | (y < mean - half)
    near = (y > mean + NEAR * half) | (y < mean - NEAR * half)
    return special_causes(y, side=np.sign(y - mean), outside=outside, near=near, shift=shift, trend=trend)


def special_causes(
    y: Floats, *, side: Floats, outside: Bools, near: Bools, shift: int = RUN, trend: int = RUN
) -> NDArray[np.object_]:
    """The kind of signal of each point. Where several hold: outside, then trend, then two in three, then shift.

    `side` is 1 above the centre, -1 below it, and 0 or blank on it; `near` is beyond two thirds of the way to a limit.
    """
    near = near & ~outside
    trending = _in_trend(y, trend)
    where = np.where(side > 0, "Above", "Below")
    return np.select(
        [outside, trending, near & _in_two_of_three(near, side), _in_shift(side, shift)],
        [
            np.where(side > 0, "Above UCL", "Below LCL"),
            np.where(_rising(y, trending), f"{trend} Point Trend (Increasing)", f"{trend} Point Trend (Decreasing)"),
            np.char.add(np.char.add("2 in 3 ", where), " CL"),
            np.char.add(np.char.add(f"{shift} Points ", where), " CL"),
        ],
        default=COMMON,
    ).astype(object)


def _in_shift(side: Floats, length: int) -> Bools:
    """Points in a run that long, all strictly on one side of the mean."""
    return _in_runs(side > 0, length) | _in_runs(side < 0, length)


def _in_trend(y: Floats, length: int) -> Bools:
    """Points in a run that long, each strictly beyond the one before."""
    steps, trending = np.diff(y), np.zeros(len(y), dtype=bool)
    for moving in (steps > 0, steps < 0):
        part = _in_runs(moving, length - 1)
        trending[:-1] |= part
        trending[1:] |= part
    return trending


def _rising(y: Floats, trending: Bools) -> Bools:
    """Whether a point of a trend rises: the step out of it if the next is of a trend too, else the step into it."""
    steps = np.diff(y)
    into, out = np.append(0, steps), np.append(steps, 0)
    return np.where(trending & np.append(trending[1:], False), out, into) > 0


def _in_two_of_three(near: Bools, side: Floats) -> Bools:
    """Points of a stretch of three on one side of the mean, at least two of them near a limit."""
    if len(side) < 3:
        return np.zeros(len(side), dtype=bool)
    same = np.abs(sliding_window_view(side, 3).sum(axis=1)) == 3
    close = sliding_window_view(near, 3).sum(axis=1) >= 2
    return _covered(np.flatnonzero(same & close), 3, len(side))


def _in_runs(holds: Bools, length: int) -> Bools:
    """Places within a run of at least that many in which something holds."""
    if len(holds) < length:
        return np.zeros(len(holds), dtype=bool)
    return _covered(np.flatnonzero(sliding_window_view(holds, length).all(axis=1)), length, len(holds))


def _covered(starts: NDArray[np.intp], length: int, places: int) -> Bools:
    """All places of the windows of that length that start where told."""
    covered = np.zeros(places, dtype=bool)
    covered[(starts[:, None] + np.arange(length)).ravel()] = True
    return covered


def point_type(cause: str, improvement: Improvement) -> str:
    """The class of a signal, seen from the direction that is good."""
    if cause == COMMON:
        return "common_cause"
    high = "Above" in cause or "Increasing" in cause
    if improvement == "neutral":
        return f"special_cause_neutral_{'high' if high else 'low'}"
    return "special_cause_improvement" if high == (improvement == "increase") else "special_cause_concern"


def _assurance(chart: DataFrame, target: float, improvement: Improvement) -> list[str]:
    """Whether a process within its limits would always, never or sometimes meet the target; empty if neutral."""
    if improvement == "neutral":
        return [""] * len(chart)
    good_above = improvement == "increase"
    return [
        "consistent_fail" if (target > upper if good_above else target < lower)
        else "consistent_pass" if (target < lower if good_above else target > upper)
        else "inconsistent"
        for lower, upper in zip(chart["lower"], chart["upper"], strict=True)
    ]  # fmt: skip
