"""Signals on series that never change: no more often than the rate that pages are told by, and that rate adds up."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator, default_rng

from qa_analysis.dates import months_after
from qa_analysis.stats.direction.chance import expected_false_flags, expected_of, false_flag_rate
from qa_analysis.stats.direction.choosing import Chart
from qa_analysis.stats.direction.series import Kind, Point, Series
from qa_analysis.stats.direction.travel import Travel, classify, compute

MONTHS = [months_after("2022-06", place) for place in range(24)]
SERIES = 250
ERROR = 3  # standard errors of a simulated rate


def shares(share: float, low: int, high: int) -> Callable[[Generator], list[Point]]:
    def made(random: Generator) -> list[Point]:
        sizes = random.integers(low, high + 1, 24)
        return [Point(hit / n, hit, n) for hit, n in zip(random.binomial(sizes, share), sizes, strict=True)]

    return made


def events(random: Generator) -> list[Point]:
    return [Point(float(hit), float(hit), 1.0) for hit in random.poisson(2.5, 24)]


def values(random: Generator) -> list[Point]:
    return [Point(value) for value in random.normal(20, 3, 24)]


UNCHANGED: tuple[tuple[Chart, Kind, Callable[[Generator], list[Point]]], ...] = (
    (Chart.XMR, "measurement", values),
    (Chart.XMR, "share", shares(0.7, 40, 70)),
    (Chart.P, "share", shares(0.85, 8, 40)),
    (Chart.P, "share", shares(0.97, 20, 30)),
    (Chart.U, "rate", events),
    (Chart.P_LANEY, "share", shares(0.8, 250, 350)),
)


@pytest.mark.parametrize(("chart", "kind", "made"), UNCHANGED)
def test_a_series_that_never_changes_is_flagged_no_more_often_than_published(chart, kind, made) -> None:
    random = default_rng(17)
    found = [charted(kind, made(random)) for _ in range(SERIES)]
    assert np.mean([one.choice.chart == chart for one in found]) > 0.9
    published = false_flag_rate(chart, 24)
    assert np.mean([one.is_signal for one in found]) <= published + ERROR * np.sqrt(published / SERIES)


def test_a_hundred_figures_of_two_years_on_xmr_charts_show_about_seven_signals_by_chance() -> None:
    assert expected_false_flags([(Chart.XMR, 24)] * 100) == pytest.approx(7.0)
    assert expected_false_flags([]) == 0


def test_the_rate_is_that_of_the_longest_length_simulated_that_a_series_reaches() -> None:
    assert false_flag_rate(Chart.XMR, 23) == false_flag_rate(Chart.XMR, 18) < false_flag_rate(Chart.XMR, 24)
    assert false_flag_rate(Chart.XMR, 500) == false_flag_rate(Chart.XMR, 36)
    assert false_flag_rate(Chart.LINE, 24) == 0


def test_a_figure_that_was_not_judged_counts_for_none() -> None:
    points = values(default_rng(1))
    steady, unjudged = charted("measurement", points), charted("measurement", points, ghosts=(MONTHS[-1],))
    assert steady.choice.chart == unjudged.choice.chart == Chart.XMR
    assert expected_of([steady, unjudged]) == false_flag_rate(Chart.XMR, 24)


def charted(kind: Kind, points: list[Point], *, ghosts: tuple[str, ...] = ()) -> Travel:
    held = Series(dict(zip(MONTHS, points, strict=True)), kind, ghosts=ghosts)
    return classify(compute(held), better="higher")
