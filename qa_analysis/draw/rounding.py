"""Controlled rounding at random: whole numbers of audits whose average over many draws is exactly what is due.

Rounding by the largest remainder would give a team that is due a fifth of an audit a month none, ever. Here the shares
are laid end to end and counted where an offset made of the seed falls into them: each share becomes one of the two
whole numbers around it, so does every run of neighbours (a service, a theme), and the sum stays exact.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from math import floor


def rounded(shares: Sequence[Fraction], offset: Fraction) -> list[int]:
    """Each share as a whole number. One number per share, in their order."""
    reached = [floor(whole + offset) for whole in accumulate(shares, initial=Fraction(0))]
    return [after - before for before, after in pairwise(reached)]


def by_remainder(shares: Mapping[str, Fraction], whole: int) -> dict[str, int]:
    """Each share as a whole number by the largest remainder, for what may not be left to chance. Name -> number."""
    given = {name: floor(share) for name, share in shares.items()}
    most = sorted(shares, key=lambda name: (given[name] - shares[name], name))
    for name in most[: whole - sum(given.values())]:
        given[name] += 1
    return given


def chance_of_first(share: Fraction, first: int) -> Fraction:
    """The chance of each of so many records that come first, where a share of them and of others is taken."""
    if not first:
        return Fraction(0)
    whole, part = floor(share), share - floor(share)
    return ((1 - part) * min(whole, first) + part * min(whole + 1, first)) / first


def chance_of_last(share: Fraction, first: int, last: int) -> Fraction:
    """The chance of each of so many records that are taken only once those that come first are used up."""
    return (share - chance_of_first(share, first) * first) / last if last else Fraction(0)
