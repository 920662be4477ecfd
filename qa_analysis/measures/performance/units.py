"""What kind of figure an indicator is, read from its own numbers: a share, a rate, a count, or a value alone."""

from dataclasses import dataclass
from math import nan

import numpy as np
from pandas import DataFrame

from qa_analysis.measures.performance.readings import Known
from qa_analysis.stats.direction.series import Kind, Point

FACTORS = (1.0, 100.0, 1_000.0, 10_000.0, 100_000.0)  # per one, per cent, and per so many children
CLOSE = 0.02  # of a factor, by which rounded values may differ from it
PER_CENT = 100.0


@dataclass(frozen=True)
class Unit:
    """A kind of figure, and what the quotient of its numbers is multiplied by to give the value that was supplied."""

    kind: Kind
    factor: float = 1

    def known(self, value: float, part: float, whole: float) -> Known | None:
        """A figure from what a row holds; None where that gives none. A share is from 0 to 1."""
        if self.kind in ("share", "rate"):
            return Known(self.told * part / whole, part, whole) if whole > 0 and part == part else None
        held = part if self.kind == "count" else value
        return Known(held, held if self.kind == "count" else nan) if held == held else None

    def target(self, written: float) -> float:
        """A target in the figure's own unit: 85 per cent of a share is 0.85."""
        is_per_cent = self.kind == "share" and (self.factor == PER_CENT or written > 1)
        return written / PER_CENT if is_per_cent else written

    def point(self, known: Known) -> Point:
        """A figure as a chart takes it: the exposure of a rate is in the unit that the rate is per."""
        whole = 1.0 if self.kind == "count" else known.denominator / self.told
        return Point(known.value, known.numerator, whole)

    @property
    def told(self) -> float:
        """What the quotient is multiplied by in figures: shares are told from 0 to 1."""
        return 1 if self.kind == "share" else self.factor


def unit_of(rows: DataFrame) -> Unit:
    """The unit of one indicator, from all its rows."""
    part, whole, value = (rows[name].to_numpy(dtype=float) for name in ("numerator", "denominator", "value"))
    counted = np.isfinite(part) & np.isfinite(whole) & (whole > 0)
    if not counted.any():
        return Unit("measurement" if np.isfinite(value).any() or not np.isfinite(part).any() else "count")
    factor = _factor(value[counted], part[counted] / whole[counted])
    is_part = bool((part[counted] <= whole[counted]).all())
    if is_part and factor in (None, 1.0, PER_CENT):
        return Unit("share", factor or PER_CENT)
    return Unit("rate", factor or 1)


def _factor(value: "np.typing.NDArray[np.float64]", quotient: "np.typing.NDArray[np.float64]") -> float | None:
    """What quotients were multiplied by; None where no value tells."""
    told = np.isfinite(value) & (quotient > 0)
    if not told.any():
        return None
    times = float(np.median(value[told] / quotient[told]))
    return next((factor for factor in FACTORS if abs(times / factor - 1) < CLOSE), None)
