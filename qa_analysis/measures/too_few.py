"""Which groups are too few to be told of, and which others go with them so that no subtraction tells of them."""

from collections.abc import Hashable

from pandas import Series


def hidden_groups(sizes: "Series[float]", floor: int) -> list[Hashable]:
    """The groups of too few cases, and the next smallest until they are several of enough cases together."""
    ordered = sizes.sort_values(kind="stable")
    many = int((ordered < floor).sum())
    while many and many < len(ordered) and (many < 2 or ordered.iloc[:many].sum() < floor):
        many += 1
    return list(ordered.index[:many])
