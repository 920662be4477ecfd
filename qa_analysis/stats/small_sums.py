"""Whether sums that were told, added and subtracted however they are weighed, leave the sum of a few people alone.

Everybody counts in two sums at most: that of their team now and that of their team before, or that of their team and
that of their role. So people are lines between the groups they count in, or between one group and nothing. Weights
under which most people cancel put each group on one side or the other, and who does not cancel is whoever lies between
the sides: the least that any weighing leaves is the smallest cut of that graph.
"""

from collections.abc import Hashable, Mapping

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

Group = Hashable
NOTHING: None = None  # no sum counts them
People = Mapping[tuple[Group, Group], int]  # how many count in both groups, or in one and in NOTHING
Weights = NDArray[np.int64]


def left_over(people: People, *, fewest: int) -> frozenset[Group]:
    """Groups on one side of a cut of fewer than `fewest` people, but of some; none where there is no such cut.

    Stoer and Wagner 1997, A simple min-cut algorithm, stopped at the first cut that is small enough. A part of the
    graph that nobody joins to the rest tells nothing new and is looked at by itself.
    """
    names, weights = _graph(people)
    _, parts = scipy.sparse.csgraph.connected_components(weights, directed=False)
    for part in np.unique(parts):
        places = np.flatnonzero(parts == part)
        side = _small_side(weights[np.ix_(places, places)], fewest)
        if side:
            chosen = {names[places[place]] for place in side}
            return frozenset(chosen if NOTHING not in chosen else {names[place] for place in places} - chosen)
    return frozenset()


def between(people: People, one: Group, other: Group) -> int:
    """How many people at least lie between two groups, whichever side each of the others is on (maximum flow)."""
    names, weights = _graph(people)
    if one not in names or other not in names:
        return 0
    graph = scipy.sparse.csr_matrix(weights.astype(np.int32))
    return int(scipy.sparse.csgraph.maximum_flow(graph, names.index(one), names.index(other)).flow_value)


def _graph(people: People) -> tuple[list[Group], Weights]:
    """The groups, and how many people lie between each two of them."""
    names = list(dict.fromkeys(name for pair in people for name in pair))
    place = {name: number for number, name in enumerate(names)}
    weights = np.zeros((len(names), len(names)), dtype=np.int64)
    for (one, other), many in people.items():
        if one != other:
            weights[place[one], place[other]] += many
            weights[place[other], place[one]] += many
    return names, weights


def _small_side(weights: Weights, fewest: int) -> list[int]:
    """The places on one side of the first cut found of fewer than that; none where every cut has as many."""
    weights, merged = weights.copy(), [[place] for place in range(len(weights))]
    left = list(range(len(weights)))
    while len(left) > 1:
        order, reach = [left[0]], weights[left[0]].copy()
        while len(order) < len(left):
            others = [place for place in left if place not in order]
            last = max(others, key=lambda place: reach[place])
            cut = int(reach[last])
            order.append(last)
            reach += weights[last]
        if cut < fewest:
            return merged[order[-1]]
        before, last = order[-2], order[-1]
        merged[before] += merged[last]
        weights[before] += weights[last]
        weights[:, before] += weights[:, last]
        weights[before, before] = 0
        left.remove(last)
    return []
