"""Whatever was supplied is charted: no gap, break or scale stops a page, and no limit reaches across a break."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from warned import NO_WARNING

from qa_analysis.dates import months_after
from qa_analysis.stats.direction.chance import expected_of
from qa_analysis.stats.direction.series import Kind, Point, Series
from qa_analysis.stats.direction.travel import classify, compute

pytestmark = NO_WARNING
MONTHS = [months_after("2022-06", place) for place in range(40)]
OTHER = {"improvement": "concern", "concern": "improvement"}


@st.composite
def series(draw: st.DrawFn) -> Series:
    kind: Kind = draw(st.sampled_from(["share", "rate", "count", "measurement"]))
    largest = draw(st.sampled_from([1, 6, 30, 500]))
    points = {}
    for month in MONTHS[: draw(st.integers(1, 40))]:
        if draw(st.booleans()) or not points:
            whole = draw(st.integers(1, largest))
            part = draw(st.integers(0, whole if kind == "share" else 2 * largest))
            points[month] = Point(float(part)) if kind == "measurement" else Point(part / whole, part, whole)
    chosen = st.lists(st.sampled_from(MONTHS), max_size=3).map(tuple)
    return Series(points, kind, draw(chosen), draw(chosen), draw(chosen), per_worker=draw(st.sampled_from([1, 3])))


@given(series(), st.sampled_from([None, 0.0, 0.8, 50.0]))
@settings(max_examples=150, deadline=None)
def test_every_series_is_charted_and_judged(held: Series, target: float | None) -> None:
    up, down = (classify(compute(held), better=better, target=target) for better in ("higher", "lower"))
    assert len(up.causes) == len(up.classes) == len(held.periods) == len(up.limits.of("upper"))
    assert [OTHER.get(one, one) for one in up.classes] == list(down.classes)
    assert (up.since == "") == (not up.is_signal)
    assert up.since == "" or up.since in held.periods
    assert 0 <= expected_of([up]) < 0.2


@given(series())
@settings(max_examples=60, deadline=None)
def test_what_comes_before_a_break_changes_nothing_after_it(held: Series) -> None:
    start = held.periods[len(held.periods) // 2]
    whole = Series(held.points, held.kind, (start,), held.ghosts, held.provisional)
    later = {month: point for month, point in held.points.items() if month >= start}
    first = min(later, default="")
    if first != start:
        return  # a gap at the break belongs to the stretch, and takes nothing from it
    alone = Series(later, held.kind, (), held.ghosts, held.provisional)
    both = [compute(one).of("upper")[-len(alone.periods) :] for one in (whole, alone)]
    np.testing.assert_array_equal(*both)
