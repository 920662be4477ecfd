"""How many of the signals on a page chance alone would give: by the rules' own rate on series that never change."""

from collections.abc import Iterable, Mapping

from qa_analysis.stats.direction.choosing import Chart
from qa_analysis.stats.direction.travel import Travel

# The newest month of a series in which nothing changed is flagged so often, by how many months are known: the largest
# rate among the processes of benchmarks/chart_alarms.py (--series 1500, seed 2022), which docs/direction.md prints.
NEWEST_FLAGGED: Mapping[Chart, Mapping[int, float]] = {
    Chart.XMR: {12: 0.018, 18: 0.059, 24: 0.070, 36: 0.073},
    Chart.P: {12: 0.003, 18: 0.012, 24: 0.013, 36: 0.017},
    Chart.U: {12: 0.002, 18: 0.018, 24: 0.018, 36: 0.018},
    Chart.P_LANEY: {12: 0.013, 18: 0.054, 24: 0.054, 36: 0.055},
    Chart.U_LANEY: {12: 0.010, 18: 0.047, 24: 0.058, 36: 0.066},
    Chart.RUN: {6: 0.0, 10: 0.010},
}


def expected_false_flags(charts: Iterable[tuple[Chart, int]]) -> float:
    """How many of these charts would flag their newest month if nothing had changed in any: each with its months."""
    return sum(false_flag_rate(chart, months) for chart, months in charts)


def expected_of(travels: Iterable[Travel]) -> float:
    """The same of figures that have been charted, where their newest month was judged."""
    return expected_false_flags((one.choice.chart, one.months_known) for one in travels if one.variation)


def false_flag_rate(chart: Chart, months: int) -> float:
    """The rate of one chart with so many months: that of the longest length simulated that it reaches."""
    rates = NEWEST_FLAGGED.get(chart, {})
    return next((rates[length] for length in sorted(rates, reverse=True) if length <= months), 0.0)
