"""How long things take when some are not finished yet."""

from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from pandas import DataFrame

from qa_analysis.stats.estimate import Estimate, Floats, undefined
from qa_analysis.stats.proportions import LEVEL, deviate, wilson_limits

NO_CASES = "no cases"
FEW_AT_RISK = 5  # fewer under observation on the day make it too early to say
HALF = 0.5 + 1e-9  # a curve that touches a half through rounding has touched it


class _Curve(NamedTuple):
    """The Kaplan-Meier curve at each time at which anything happened."""

    time: Floats
    at_risk: Floats
    events: Floats
    survival: Floats
    spread: Floats  # Greenwood's sum: the variance of log survival
    known: Floats  # cases whose state at that time is known: done before it, or still watched


def kaplan_meier(time: ArrayLike, event: ArrayLike, *, level: float = LEVEL) -> DataFrame:
    """The share not yet done by each time, unfinished cases counted for as long as they were watched.

    One row per time at which a case was done or last seen: time, at_risk, events, survival, lower, upper. Kaplan &
    Meier (1958), J. Am. Stat. Assoc. 53:457-481; log-log limits, Kalbfleisch & Prentice (1980); where the curve is
    still 1 or already 0, Wilson's on the cases whose state at that time is known.
    """
    curve = _curve(time, event)
    lower, upper = _limits(curve, level)
    return DataFrame(
        {
            "time": curve.time,
            "at_risk": curve.at_risk.astype(np.int64),
            "events": curve.events.astype(np.int64),
            "survival": curve.survival,
            "lower": lower,
            "upper": upper,
        }
    )


def completed_by(time: ArrayLike, event: ArrayLike, day: float, *, level: float = LEVEL) -> Estimate:
    """The share done by a day, that day included: one less the Kaplan-Meier curve.

    Sources as for `kaplan_meier`. `note` says when too few were watched for so long.
    """
    curve, method = _curve(time, event), "Kaplan-Meier, log-log limits"
    n = _cases(curve)
    if n == 0:
        return undefined(0, NO_CASES, method=method)
    then = _at(curve, day)
    lower, upper = (1 - float(limit[0]) for limit in reversed(_limits(then, level)))
    note = _too_early(then, float(curve.time[-1]), day)
    return Estimate(1 - float(then.survival[0]), lower, upper, n, method=method, note=note)


def median_time(time: ArrayLike, event: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """The time by which half are done, and the times at which the curve's own limits pass a half.

    Brookmeyer & Crowley (1982), Biometrics 38:29-41, with log-log limits. `nan` where a curve never gets so low.
    """
    curve, method = _curve(time, event), "Kaplan-Meier median, log-log limits"
    n = _cases(curve)
    if n == 0:
        return undefined(0, NO_CASES, method=method)
    value, lower, upper = (_first(curve.time, line) for line in (curve.survival, *_log_log(curve, level)))
    note = "fewer than half are done" if np.isnan(value) else ""
    if not note and (np.isnan(lower) or np.isnan(upper)):
        note = "too few cases to bound the median on both sides"
    return Estimate(value, lower, upper, n, method=method, note=note)


def _curve(time: ArrayLike, event: ArrayLike) -> _Curve:
    """The product-limit curve; cases without a time are left out."""
    days, done = np.asarray(time, dtype=float), np.asarray(event, dtype=bool)
    watched = ~np.isnan(days)
    times, place = np.unique(days[watched], return_inverse=True)
    at_risk = np.asarray(np.bincount(place, minlength=len(times))[::-1].cumsum()[::-1], dtype=float)
    events = np.asarray(np.bincount(place, weights=done[watched], minlength=len(times)), dtype=float)
    left = at_risk * (at_risk - events)
    greenwood = np.divide(events, left, out=np.full(len(times), np.inf), where=left > 0)
    known = at_risk + np.cumsum(events) - events
    return _Curve(times, at_risk, events, np.cumprod(1 - events / at_risk), np.cumsum(greenwood), known)


def _at(curve: _Curve, day: float) -> _Curve:
    """The curve on one day, on which nothing need have happened. One row."""
    by, before = np.searchsorted(curve.time, day, side="right"), np.searchsorted(curve.time, day, side="left")
    at_risk = curve.at_risk[before : before + 1] if before < len(curve.time) else np.zeros(1)
    events = curve.events[before:by].sum(keepdims=True)
    survival = curve.survival[by - 1 : by] if by else np.ones(1)
    spread = curve.spread[by - 1 : by] if by else np.zeros(1)
    known = curve.events[:before].sum(keepdims=True) + at_risk
    return _Curve(np.array([float(day)]), at_risk, events, survival, spread, known)


def _cases(curve: _Curve) -> int:
    return round(curve.at_risk[0]) if len(curve.time) else 0


def _limits(curve: _Curve, level: float) -> tuple[Floats, Floats]:
    """The log-log limits; at 0 and 1, where they do not exist, Wilson's on the cases whose state is known."""
    lower, upper = _log_log(curve, level)
    flat = np.isnan(lower) & (curve.known > 0)
    fewest, most = wilson_limits(1 - curve.survival[flat], curve.known[flat], level=level)
    lower[flat], upper[flat] = 1 - most, 1 - fewest
    return lower, upper


def _log_log(curve: _Curve, level: float) -> tuple[Floats, Floats]:
    """Limits symmetric on the scale log(-log S), nan where S is 0 or 1."""
    lower, upper = np.full((2, len(curve.time)), nan)
    inside = (curve.survival > 0) & (curve.survival < 1)
    s = curve.survival[inside]
    half = deviate(level) * np.sqrt(curve.spread[inside]) / -np.log(s)
    lower[inside], upper[inside] = s ** np.exp(half), s ** np.exp(-half)
    return lower, upper


def _first(times: Floats, line: Floats) -> float:
    """The first time at which a line is down to a half."""
    down = np.flatnonzero(line <= HALF)
    return float(times[down[0]]) if len(down) else nan


def _too_early(then: _Curve, longest: float, day: float) -> str:
    """Whether the figure leans on too few cases watched until the day; empty if not, or if all are done."""
    if then.survival[0] == 0:
        return ""
    if then.known[0] == 0:
        return f"no case was watched until day {day:g}, nor done before"
    if longest < day:
        return f"no open case was watched until day {day:g}, so the curve is carried on from day {longest:g}"
    few = round(then.at_risk[0])
    return f"too early to be precise: {few} watched until day {day:g}" if few < FEW_AT_RISK else ""
