"""What a chart cannot show: where so few cases lie so near an end that no month could signal an improvement."""

from dataclasses import dataclass
from typing import Literal

from qa_analysis.stats.control_charts import TAIL

THREE_SIGMA_SQUARED = 9
POOLED = (3, 6, 12, 24)  # months: a quarter, half a year, a year, two years


@dataclass(frozen=True)
class Silent:
    """A usual share of so many cases a month, and how many months together could show what one cannot; 0: none."""

    share: float
    n: float
    months: int


def cannot_show_improvement(
    share: float, n: float, *, better: Literal["higher", "lower"], is_exact: bool = False
) -> Silent | None:
    """Whether no month could lie beyond the limit on the better side, even with no miss at all; None where one could.

    Three standard deviations reach 1 where p >= n / (n + 9), and 0 where p <= 9 / (n + 9). Exact limits
    (`is_exact`) reach it where chance alone gives such a month more than once in 740.
    """
    best = share if better == "higher" else 1 - share
    reaches = _exactly_reaches if is_exact else _reaches
    if not reaches(best, n):
        return None
    return Silent(share, n, next((months for months in POOLED if not reaches(best, months * n)), 0))


def _reaches(best: float, n: float) -> bool:
    return best * (n + THREE_SIGMA_SQUARED) >= n - 1e-9  # as p >= n / (n + 9), without its rounding


def _exactly_reaches(best: float, n: float) -> bool:
    return bool(best**n >= TAIL)
