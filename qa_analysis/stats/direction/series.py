"""A figure month by month as it was supplied: its gaps, its breaks, and the points that are shown but not used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan, nan
from typing import Literal

import numpy as np

from qa_analysis.dates import months_between
from qa_analysis.stats.control_charts import Bools
from qa_analysis.stats.estimate import Floats

Kind = Literal["share", "rate", "count", "measurement"]
FEW = 5  # cases: a point of fewer is shown, and no limit rests on it


@dataclass(frozen=True)
class Point:
    """One month's figure: `value` alone, or with what was counted and out of how many."""

    value: float
    numerator: float = nan
    denominator: float = nan


@dataclass(frozen=True, eq=False)
class Series:
    """Consecutive months with a point or a gap each.

    A new stretch begins at each of `breaks`. `ghosts` are shown, and take part in no limit and no rule; a
    `provisional` one may still change: it is judged, and no limit rests on it.
    """

    points: Mapping[str, Point]
    kind: Kind
    breaks: tuple[str, ...] = ()
    ghosts: tuple[str, ...] = ()
    provisional: tuple[str, ...] = ()
    per_worker: float = 1  # cases of one worker in a month, on average

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """Every month from the first to the last, those without a point among them."""
        return months_between(min(self.points), max(self.points)) if self.points else ()

    def of(self, name: Literal["value", "numerator", "denominator"]) -> Floats:
        """One number of each month, blank where there is none."""
        return np.array([getattr(self.points[one], name) if one in self.points else nan for one in self.periods])

    @cached_property
    def is_ghost(self) -> Bools:
        """Whether each month is shown and not used: it was named, or rests on under five cases. One answer a month."""
        few = self.of("denominator") < FEW if self.kind == "share" else np.zeros(len(self.periods), dtype=bool)
        return np.isin(self.periods, self.ghosts) | few

    def stretches(self) -> Iterator[slice]:
        """The places of the months between two breaks, the earliest first; a gap at a break belongs to the later."""
        periods = self.periods
        starts = sorted({0, *(sum(period < start for period in periods) for start in self.breaks)} - {len(periods)})
        yield from (slice(*ends) for ends in zip(starts, [*starts[1:], len(periods)], strict=True))


def shares(parts: Mapping[str, tuple[float, float]]) -> dict[str, Point]:
    """The points of a share or a rate, each from what was counted and out of how many. A month out of zero is a gap."""
    return {
        period: Point(part / whole, part, whole)
        for period, (part, whole) in parts.items()
        if whole > 0 and not isnan(part)
    }
