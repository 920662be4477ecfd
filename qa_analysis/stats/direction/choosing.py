"""Which chart suits a figure, and why: one rule for every indicator (docs/decisions/031)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np

from qa_analysis.stats.direction.series import Kind


class Chart(StrEnum):
    """The charts there are."""

    LINE = "line without limits"
    RUN = "run chart"
    XMR = "XmR chart"
    P = "p chart with exact limits"
    U = "u chart with exact limits"
    P_LANEY = "Laney p′ chart"
    U_LANEY = "Laney u′ chart"
    FUNNEL = "funnel with exact limits"


@dataclass(frozen=True)
class Choice:
    """A chart, and why it is the one, in a sentence."""

    chart: Chart
    why: str


FEWEST_POINTS = 6  # months; under them there is nothing to call usual
FIRM = 12  # months from which limits are firm: a year, which they are then fixed on
LARGE = 200  # cases a month; from there months differ by more than chance whatever is done (Laney 2002)
TOGETHER = 2  # cases of one worker in a month, on average; with more they do not vary independently
TWOFOLD = 2  # largest number of cases over smallest; beyond it one pair of limits does not suit every month
EXPECTED = 5  # cases on either side; under them a normal approximation is wrong


def choose_chart(
    kind: Kind,
    n: Sequence[float] | None,
    points: int,
    *,
    share: float = np.nan,
    per_worker: float = 1,
    across: Literal["time", "places"] = "time",
) -> Choice:
    """The chart for a figure of a kind, with so many cases a month (`n`; none known: None) and so many months.

    `share` is the usual share, or the usual rate. `across` places instead of months there is one answer, the funnel.
    """
    if across == "places":
        return Choice(Chart.FUNNEL, "Places differ in their number of cases, so each has exact limits for its own.")
    if points < FEWEST_POINTS:
        return Choice(Chart.LINE, f"Fewer than {FEWEST_POINTS} months: too few to say what is usual.")
    if points < FIRM:
        return Choice(
            Chart.RUN,
            f"Fewer than {FIRM} months: limits would not be firm, so runs about the median decide (Anhøj rules).",
        )
    if n is None or kind == "measurement" or not _are_counts(n):
        return Choice(Chart.XMR, "No numbers of cases are known, so limits rest on how far neighbouring months differ.")
    return _by_cases(kind, np.asarray(n, dtype=float), share, per_worker)


def _by_cases(kind: Kind, n: "np.typing.NDArray[np.float64]", share: float, per_worker: float) -> Choice:
    """The chart of a figure whose numbers of cases are known."""
    laney, exact = (Chart.P_LANEY, Chart.P) if kind == "share" else (Chart.U_LANEY, Chart.U)
    usual = float(np.median(n)) * (1 if kind == "share" else share)
    if per_worker > TOGETHER:
        return Choice(laney, "Several cases come from one worker, so months differ by more than chance alone.")
    if usual >= LARGE:
        return Choice(laney, f"{LARGE} cases a month or more: months differ by more than chance alone.")
    if n.max() > TWOFOLD * n.min():
        return Choice(exact, "Numbers of cases differ more than twofold, so each month has limits for its own number.")
    if usual * (min(share, 1 - share) if kind == "share" else 1) < EXPECTED:
        return Choice(exact, f"Fewer than {EXPECTED} cases a month are usual on one side, so limits are exact.")
    return Choice(Chart.XMR, "Numbers of cases are similar, so limits rest on how far neighbouring months differ.")


def _are_counts(n: Sequence[float]) -> bool:
    """Whether these are numbers of cases, from one on."""
    sizes = np.asarray(n, dtype=float)
    return bool(len(sizes) and np.isfinite(sizes).all() and (sizes > 0).all())
