"""Which chart suits a figure: one rule, and a sentence that says why."""

import pytest

from qa_analysis.stats.direction.choosing import Chart, choose_chart

ALIKE, FAR_APART = [60.0] * 24, [10.0, 40.0] * 12


@pytest.mark.parametrize(
    ("chart", "choice"),
    [
        (Chart.LINE, choose_chart("share", ALIKE[:5], 5, share=0.8)),
        (Chart.RUN, choose_chart("share", ALIKE[:6], 6, share=0.8)),
        (Chart.RUN, choose_chart("measurement", None, 11)),
        (Chart.XMR, choose_chart("measurement", None, 12)),
        (Chart.XMR, choose_chart("share", ALIKE, 24, share=0.8)),
        (Chart.XMR, choose_chart("share", None, 24)),
        (Chart.P, choose_chart("share", FAR_APART, 24, share=0.5)),
        (Chart.P, choose_chart("share", ALIKE, 24, share=0.95)),
        (Chart.P_LANEY, choose_chart("share", ALIKE, 24, share=0.8, per_worker=2.5)),
        (Chart.P_LANEY, choose_chart("share", [250.0] * 24, 24, share=0.8)),
        (Chart.U, choose_chart("count", [1.0] * 24, 24, share=3)),
        (Chart.U, choose_chart("rate", [100.0, 300.0] * 12, 24, share=0.2)),
        (Chart.XMR, choose_chart("count", [1.0] * 24, 24, share=30)),
        (Chart.U_LANEY, choose_chart("rate", [400.0] * 24, 24, share=0.6)),
        (Chart.FUNNEL, choose_chart("share", [3.0, 40.0], 2, across="places")),
    ],
)
def test_kind_cases_and_months_choose_the_chart(chart: Chart, choice) -> None:
    assert choice.chart == chart
    assert choice.why.endswith(".")


def test_two_cases_of_one_worker_are_still_taken_as_independent() -> None:
    assert choose_chart("share", ALIKE, 24, share=0.8, per_worker=2).chart == Chart.XMR


def test_cases_of_twice_the_number_still_share_one_pair_of_limits() -> None:
    assert choose_chart("share", [40.0, 80.0] * 12, 24, share=0.5).chart == Chart.XMR
    assert choose_chart("share", [40.0, 81.0] * 12, 24, share=0.5).chart == Chart.P
