"""What kind of figure an indicator is, read from its own numbers."""

import pytest
from pandas import DataFrame

from qa_analysis.measures.performance.readings import Known
from qa_analysis.measures.performance.units import Unit, unit_of

NO = float("nan")


def rows(*numbers: tuple[float, float, float]) -> DataFrame:
    return DataFrame(numbers, columns=["numerator", "denominator", "value"], dtype="float64")


@pytest.mark.parametrize(
    ("unit", "held"),
    [
        (Unit("share", 100), rows((72, 83, 86.7), (60, 80, 75))),
        (Unit("share", 1), rows((72, 83, 0.867), (60, 80, 0.75))),
        (Unit("share", 100), rows((72, 83, NO), (60, 80, NO))),
        (Unit("rate", 10_000), rows((550, 57_000, 96.5), (540, 57_100, 94.6))),
        (Unit("rate", 1), rows((90, 40, 2.25), (10, 40, 0.25))),
        (Unit("rate", 1), rows((90, 40, NO), (10, 40, NO))),
        (Unit("count"), rows((7, NO, NO), (9, NO, NO))),
        (Unit("measurement"), rows((NO, NO, 16.5))),
        (Unit("measurement"), rows((NO, 0, 16.5))),
    ],
)
def test_its_own_numbers_tell(unit: Unit, held: DataFrame) -> None:
    assert unit_of(held) == unit


def test_a_share_is_told_from_0_to_1_and_so_is_its_target() -> None:
    share = Unit("share", 100)
    assert share.known(86.7, 72, 80) == Known(0.9, 72, 80)
    assert (share.target(85), share.target(1), Unit("share", 1).target(0.85)) == (0.85, 0.01, 0.85)
    assert share.known(86.7, NO, 80) is None
    assert share.known(0, 0, 0) is None


def test_the_exposure_of_a_rate_is_in_the_unit_it_is_per() -> None:
    rate = Unit("rate", 10_000)
    point = rate.point(Known(96.5, 550, 57_000))
    assert (point.numerator, point.denominator) == (550, 5.7)
