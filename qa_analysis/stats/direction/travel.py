"""The direction of travel of one figure: limits computed, then each point classed, and nothing drawn.

Classes and assurance are those of NHS England, Making Data Count; docs/direction.md says where this leaves that tool.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qa_analysis.stats.control_charts import COMMON, Improvement, point_type, special_causes
from qa_analysis.stats.direction.choosing import FIRM, Chart, Choice, choose_chart
from qa_analysis.stats.direction.ranges import Range, usual_range
from qa_analysis.stats.direction.runs import run_causes
from qa_analysis.stats.direction.series import Series
from qa_analysis.stats.estimate import Floats

Better = Literal["higher", "lower", "neither"]
Variation = Literal["improvement", "concern", "neutral_high", "neutral_low", "common_cause", ""]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent", ""]
ALIKE = "The figure was the same in nearly every month"
WITHOUT_SPREAD = {  # the chart instead, where months do not differ and these have no limits
    Chart.XMR: Choice(Chart.LINE, f"{ALIKE}, so no limits can be drawn."),
    Chart.P_LANEY: Choice(Chart.P, f"{ALIKE}, so limits are exact."),
    Chart.U_LANEY: Choice(Chart.U, f"{ALIKE}, so limits are exact."),
}
IMPROVEMENT: dict[Better, Improvement] = {"higher": "increase", "lower": "decrease", "neither": "neutral"}


@dataclass(frozen=True, eq=False)
class Stretch:
    """The months between two breaks, their chart, and the usual range it gives them."""

    months: slice
    choice: Choice
    range: Range


@dataclass(frozen=True, eq=False)
class Limits:
    """A series with the usual range of each of its stretches."""

    series: Series
    stretches: tuple[Stretch, ...]

    def of(self, name: Literal["centre", "lower", "upper"]) -> Floats:
        """One line of the chart, a number a month."""
        return self._whole[name]

    @cached_property
    def _whole(self) -> dict[str, Floats]:
        names = ("centre", "lower", "upper")
        return {name: np.concatenate([getattr(part.range, name) for part in self.stretches]) for name in names}


@dataclass(frozen=True, eq=False)
class Travel:
    """What the limits say: of each point, of the newest one and since when, and of the target."""

    limits: Limits
    causes: tuple[str, ...]
    classes: tuple[str, ...]
    variation: Variation  # "" where the newest month has no point, or too few months are known
    since: str  # the first month of the signal that holds in the newest one; "" without a signal
    assurance: Assurance  # "" without a target, without firm limits, or where neither way is better

    @property
    def choice(self) -> Choice:
        """The chart of the newest stretch, and why."""
        return self.limits.stretches[-1].choice

    @property
    def is_signal(self) -> bool:
        """Whether the newest month lies within a signal."""
        return self.variation not in ("", "common_cause")

    @property
    def months_known(self) -> int:
        """The months of the newest stretch that limits and rules look at."""
        return int(np.isfinite(_used(self.limits.series)[self.limits.stretches[-1].months]).sum())


def compute(series: Series) -> Limits:
    """The usual range of each stretch of a series, each from its own months alone."""
    return Limits(series, tuple(_stretch(series, months) for months in series.stretches()))


def classify(limits: Limits, *, better: Better, target: float | None = None) -> Travel:
    """What the limits say of each point and of the newest, seen from the way that is better."""
    used = _used(limits.series)
    causes = np.concatenate([_causes(part, used[part.months]) for part in limits.stretches])
    classes = [point_type(str(cause), IMPROVEMENT[better]).removeprefix("special_cause_") for cause in causes]
    last = limits.stretches[-1]
    is_known = bool(np.isfinite(used[-1])) and last.choice.chart != Chart.LINE
    lasting = _lasting(classes[last.months]) if is_known else 0
    return Travel(
        limits=limits,
        causes=tuple(str(cause) for cause in causes),
        classes=tuple(classes),
        variation=classes[-1] if is_known else "",  # type: ignore[arg-type]
        since=limits.series.periods[-lasting] if lasting else "",
        assurance=_assurance(last, better, target),
    )


def _stretch(series: Series, months: slice) -> Stretch:
    """The chart of some months, with its range; another where they do not differ at all."""
    used = np.isfinite(_used(series)[months])
    y, x, n = (np.where(used, series.of(name)[months], np.nan) for name in ("value", "numerator", "denominator"))
    choice = _choice(series, y, x, n)
    baseline = np.where(np.isin(series.periods[months], series.provisional), np.nan, y)
    places = np.flatnonzero(np.isfinite(baseline))
    fix_after = int(places[FIRM - 1]) + 1 if len(places) >= FIRM else None
    found = usual_range(choice.chart, y, x, n, fix_after=fix_after)
    if choice.chart in WITHOUT_SPREAD and not (found.upper > found.lower).any():
        choice = WITHOUT_SPREAD[choice.chart]
        found = usual_range(choice.chart, y, x, n, fix_after=fix_after)
    return Stretch(months, choice, found)


def _choice(series: Series, y: Floats, x: Floats, n: Floats) -> Choice:
    known = np.isfinite(y)
    sizes = n[known] if series.kind in ("share", "rate") else np.ones(int(known.sum()))
    share = float(np.nansum(x) / np.nansum(n)) if np.nansum(n) else float("nan")
    counted = None if np.isnan(sizes).any() or np.isnan(x[known]).any() else sizes.tolist()
    return choose_chart(series.kind, counted, int(known.sum()), share=share, per_worker=series.per_worker)


def _used(series: Series) -> Floats:
    """The values that limits and rules look at; blank where there is a gap or a ghost."""
    return np.where(series.is_ghost, np.nan, series.of("value"))


def _causes(part: Stretch, y: Floats) -> NDArray[np.object_]:
    """The kind of signal of each month of a stretch."""
    if part.choice.chart == Chart.RUN:
        return run_causes(y)
    if part.choice.chart == Chart.LINE:
        return np.full(len(y), COMMON, dtype=object)
    return special_causes(y, side=part.range.side, outside=part.range.outside(y), near=part.range.near(y))


def _lasting(classes: list[str]) -> int:
    """For how many months up to the newest the same signal has held."""
    newest = classes[-1]
    if newest == "common_cause":
        return 0
    return next((back for back, one in enumerate(reversed(classes)) if one != newest), len(classes))


def _assurance(last: Stretch, better: Better, target: float | None) -> Assurance:
    """Whether the process within the limits of the last stretch would always, never or sometimes meet the target."""
    if target is None or np.isnan(target) or better == "neither" or last.choice.chart in (Chart.LINE, Chart.RUN):
        return ""
    lower, upper = (ends[np.isfinite(ends)][-1] for ends in (last.range.lower, last.range.upper))
    if target > upper:
        return "consistent_fail" if better == "higher" else "consistent_pass"
    if target < lower:
        return "consistent_pass" if better == "higher" else "consistent_fail"
    return "inconsistent"
