"""Who can be certain of what, held against trying every way to fill the cells."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas import DataFrame

from qa_analysis.disclosure.certainty import Certainty, Telling, Witnesses
from qa_analysis.disclosure.readers import readers_of

CELLS = 5


def some_sums(most):
    return st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=CELLS, max_size=CELLS).map(np.array), max_size=most)


rows = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from("AB"), st.sampled_from("abcd"), st.sampled_from("xyz"), st.booleans()),
    min_size=1,
    max_size=7,
).map(lambda some: DataFrame(some, columns=["cell", "own_team", "child", "person", "marked"]))  # fmt: skip


def of_rows(rows, asked, whole=()):
    cases = np.bincount(rows["cell"], minlength=CELLS).astype(float)
    marked = np.bincount(rows["cell"], weights=rows["marked"], minlength=CELLS)
    asked = np.array(asked).reshape(-1, CELLS)
    return Certainty(asked, cases, marked, list(whole), readers_of(rows, CELLS))


def ways(weighed, number, told):
    """Every way to fill the cells that fits what was told and what a reader knows."""
    reader = weighed.readers[number]
    least, most = reader.marked, weighed.cases - reader.cases + reader.marked
    each = product(*(range(int(low), int(high) + 1) for low, high in zip(least, most, strict=True)))
    sums = [*weighed.whole, *told]
    return [way for way in map(np.array, each) if all(one @ way == one @ weighed.marked for one in sums)]


def certain_by_trying(weighed, told):
    every = ((number, place) for number in range(len(weighed.readers)) for place in range(len(weighed.asked)))
    return {
        (number, place)
        for number, place in every
        if weighed.asked[place] @ (weighed.cases - weighed.readers[number].cases) > 0
        and len({float(weighed.asked[place] @ way) for way in ways(weighed, number, told)}) == 1
    }


@given(rows, some_sums(4), some_sums(2), some_sums(4))
@settings(max_examples=30, deadline=None)
def test_certain_is_what_all_ways_to_fill_the_cells_agree_in(rows, asked, whole, told):
    weighed = of_rows(rows, asked, whole)
    for some in (told, told[1:], told):  # what was found of more sums, or of fewer, is made use of
        by_trying = certain_by_trying(weighed, some)
        found = set(weighed.certain(some, weighed.every))
        assert found <= by_trying
        to_all = {place for number, place in by_trying if number == 0}
        assert all((0, place) in found for place in to_all)
        for number, place in by_trying - found:  # somebody who knows more is certain of it too: they are asked instead
            assert place in to_all or any((other, place) in found for other in weighed.readers[number].within)


@given(rows, some_sums(3), some_sums(3), some_sums(4))
@settings(max_examples=30, deadline=None)
def test_the_first_sum_that_tells_is_the_first_one_by_one(rows, asked, before, new):
    weighed = of_rows(rows, asked)
    hidden = weighed.every - set(weighed.certain(before, weighed.every))
    alone = of_rows(rows, asked)
    by_one = next(
        (many for many in range(len(new)) if any(True for _ in alone.certain([*before, *new[: many + 1]], hidden))),
        len(new),
    )
    assert weighed.safe(before, new, hidden) == by_one


def test_who_knows_most_is_asked():
    """A child of one team, audited there once: the team's reader is asked of every month but the team's own."""
    rows = DataFrame(
        [(0, "A", "a", "x", True), (0, "A", "b", "y", False), (1, "B", "c", "z", True), (1, "B", "d", "z", True)],
        columns=["cell", "own_team", "child", "person", "marked"],
    )
    weighed = of_rows(rows, [np.array([1.0, 0, 0, 0, 0]), np.array([0, 1.0, 0, 0, 0])])
    known = [tuple(reader.cases[:2]) for reader in weighed.readers]
    assert known == [(0, 0), (2, 0), (0, 2), (1, 0), (1, 0), (0, 1), (0, 1)]  # who audited z knows as B does
    assert weighed.every == {(0, 0), (0, 1), (1, 1), (2, 0), (3, 0), (4, 0), (5, 1), (6, 1)}


def test_a_witness_serves_whom_it_fits_under_the_sums_that_it_leaves():
    asked, cases, marked = np.eye(3), np.full(3, 2.0), np.array([1.0, 1.0, 0.0])
    seen = Witnesses(asked, cases, marked)
    seen.add(np.array([[0.0, 2.0, 0.0]]))
    nobody, one_of_the_first = readers_of(
        DataFrame({"cell": [0], "own_team": ["A"], "child": ["a"], "person": ["x"], "marked": [True]}), 3
    )
    told, more = Telling([np.array([1.0, 1, 0])]), Telling([np.array([1.0, 1, 0]), np.array([0.0, 1, 1])])
    assert seen.of(told, 0, nobody).tolist() == [True, True]
    assert seen.of(told, 1, one_of_the_first).tolist() == [True, False]  # they know that one of the first is marked
    assert seen.of(more, 0, nobody).tolist() == [True, False]
    seen.add(np.array([[0.0, 2.0, 0.0], [1.0, 1.0, 1.0]]))
    assert seen.of(told, 0, nobody).tolist() == [True, True, True, True]


def test_what_some_sums_made_certain_is_open_again_without_them():
    """Two cells of one case each, one marked of both: with the first told the second is certain, else it is not."""
    rows = DataFrame(
        [(0, "A", "a", "x", True), (1, "B", "b", "y", False), (2, "C", "c", "z", True)],
        columns=["cell", "own_team", "child", "person", "marked"],
    )
    first, both = np.array([1.0, 0, 0, 0, 0]), np.array([1.0, 1, 0, 0, 0])
    weighed = of_rows(rows, [np.array([0, 1.0, 0, 0, 0])])
    asked = frozenset({(0, 0)})
    assert [*weighed.certain([both, first], asked)] == [(0, 0)]
    assert [*weighed.certain([both], asked)] == []
    assert [*weighed.certain([both, first], asked)] == [(0, 0)]
