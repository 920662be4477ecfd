"""Places added up: what was counted out of all cases, never a mean of shares, and no total where a place is lacking."""

import pytest

from qa_analysis.measures.performance.readings import Known, Total, Unknown, added

NORTH, SOUTH = Known(0.9, 9, 10), Known(0.5, 45, 90)


def test_a_total_is_what_was_counted_out_of_all_cases_and_not_the_mean_of_shares() -> None:
    assert added({"North": NORTH, "South": SOUTH}) == Total(Known(0.54, 54, 100))  # the mean would be 0.7


def test_a_rate_keeps_what_it_is_per() -> None:
    total = added({"North": Known(30, 3, 1_000), "South": Known(10, 3, 3_000)}, factor=10_000)
    assert total.reading == Known(15, 6, 4_000)


@pytest.mark.parametrize("why", list(Unknown))
def test_a_place_that_is_lacking_never_vanishes_from_a_total(why: Unknown) -> None:
    total = added({"North": NORTH, "South": why})
    assert isinstance(total.reading, Unknown)
    assert total.lacking == (f"South {why}",)


def test_what_is_suppressed_is_not_what_was_not_supplied() -> None:
    assert added({"North": NORTH, "South": Unknown.SUPPRESSED}).reading == Unknown.SUPPRESSED
    assert added({"North": NORTH, "South": Unknown.NOT_SUPPLIED}).reading == Unknown.NOT_SUPPLIED
    assert added({}).reading == Unknown.NOT_SUPPLIED


def test_values_without_numbers_of_cases_are_not_averaged() -> None:
    total = added({"North": Known(16.0), "South": Known(20.0)})
    assert total.reading == Unknown.NOT_SUPPLIED
    assert total.lacking == ("North and South have no numbers of cases to add",)
    assert added({"North": Known(16.0)}) == Total(Known(16.0))
