"""Places beside each other: Spiegelhalter's formulas written out once more in plain Python, on small literal tables."""

from math import sqrt

import pytest

from qa_analysis.stats.direction.over_dispersed import additive_funnel, clustered_ratio

X = [40, 60, 30, 90, 20, 85]
N = [100, 120, 80, 150, 90, 100]
T_OF_FIVE = 2.5705818366147395  # the 97.5th percentile of Student's t, five degrees of freedom (any printed table)


def quantile(values: list[float], part: float) -> float:
    """R's type 7."""
    ordered, place = sorted(values), part * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def written_out(x: list[int], n: list[int], rounding: float) -> tuple[float, float, list[tuple[float, float, str]]]:
    """The centre, tau squared, and each place's limits and side."""
    centre = sum(x) / sum(n)
    s = [sqrt(centre * (1 - centre) / m + rounding / m**2) for m in n]
    z = [(k / m - centre) / one for k, m, one in zip(x, n, s, strict=True)]
    low, high = quantile(z, 0.1), quantile(z, 0.9)
    phi = sum(min(max(one, low), high) ** 2 for one in z) / len(z)
    w = [1 / one**2 for one in s]
    beyond = len(z) * phi - (len(z) - 1)
    tau2 = beyond / (sum(w) - sum(one**2 for one in w) / sum(w)) if beyond > 0 else 0.0
    rows = []
    for k, m, one in zip(x, n, s, strict=True):
        half = 3 * sqrt(one**2 + tau2)
        side = "above" if k / m > centre + half else "below" if k / m < centre - half else ""
        rows.append((centre - half, centre + half, side))
    return centre, tau2, rows


@pytest.mark.parametrize(
    ("x", "n", "rounding"),
    [
        (X, N, 0.0),
        (X, N, 5.0),
        ([50, 55, 45, 52], [100, 100, 100, 100], 0.0),
        ([20, 200, 195, 205, 190, 210, 200, 198, 202, 204, 199, 380], [400] * 12, 2.0),
    ],
)
def test_the_funnel_is_that_of_the_formulas_written_out(x: list[int], n: list[int], rounding: float) -> None:
    centre, tau2, rows = written_out(x, n, rounding)
    found = additive_funnel(x, n, spread=centre * (1 - centre), rounding=rounding)
    assert found["centre"].tolist() == pytest.approx([centre] * len(x))
    assert found["between"].tolist() == pytest.approx([tau2] * len(x))
    assert found["lower"].tolist() == pytest.approx([row[0] for row in rows])
    assert found["upper"].tolist() == pytest.approx([row[1] for row in rows])
    assert found["outside"].tolist() == [row[2] for row in rows]


def test_where_places_differ_by_chance_alone_nothing_is_added() -> None:
    found = additive_funnel([50, 55, 45, 52], [100] * 4, spread=0.25)
    assert found["between"].tolist() == [0.0] * 4
    assert found["outside"].tolist() == [""] * 4


def test_one_place_far_out_is_named_and_does_not_widen_the_limits_until_it_is_within() -> None:
    x = [200, 195, 205, 190, 210, 200, 198, 202, 204, 199, 201, 380]
    found = additive_funnel(x, [400] * 12, spread=0.25)
    assert found["outside"].tolist() == [""] * 11 + ["above"]
    assert found["between"].iloc[0] < 0.001  # 0.016 if it counted for all that it is


def test_places_that_all_differ_by_far_more_than_chance_are_not_all_called_out() -> None:
    found = additive_funnel([300, 350, 400, 450, 500, 550, 600, 650], [1000] * 8, spread=0.25)
    assert found["between"].iloc[0] > 0.005
    assert found["outside"].tolist() == [""] * 8


def test_the_regions_range_counts_places_and_not_cases() -> None:
    ratio = sum(X) / sum(N)
    squares = sum((x - ratio * n) ** 2 for x, n in zip(X, N, strict=True))
    half = T_OF_FIVE * sqrt(6 / 5 * squares) / sum(N)
    found = clustered_ratio(X, N)
    assert (found.value, found.lower, found.upper) == pytest.approx((ratio, ratio - half, ratio + half))
    assert found.n == 6
    hundredfold = clustered_ratio([100 * x for x in X], [100 * n for n in N])
    assert (hundredfold.lower, hundredfold.upper) == pytest.approx((found.lower, found.upper))


def test_one_place_has_no_range() -> None:
    assert clustered_ratio([1], [2]).note == "one place has nobody to be compared with"
