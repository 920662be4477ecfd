"""Each record's ticket in the draw: SHA-256 of the seed's own SHA-256 with the record's number after it.

So do Rivest's consistent sampler and the election audits that use it. The first hash has one length, so that nothing
need stand between the two; records are drawn in the order of their tickets, and one more record changes nobody's order.
"""

import hashlib
from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Digests = NDArray[np.uint64]
_WORDS = 4  # of 64 bits in a SHA-256


def hashed(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def ticket(seed: str, number: str) -> str:
    """The ticket of one record; both in their canonical spelling."""
    return hashed(hashed(seed) + number)


def digests(seed: str, numbers: Iterable[str]) -> Digests:
    """The tickets of many records as whole numbers, the weightiest first. One row of four per record."""
    begun, sha256 = hashed(seed).encode(), hashlib.sha256
    held = b"".join([sha256(begun + number.encode()).digest() for number in numbers])
    return np.frombuffer(held, dtype=">u8").astype(np.uint64).reshape(-1, _WORDS)


def written(tickets: Digests) -> list[str]:
    """Tickets as people compare them: 64 hexadecimal digits each."""
    text = tickets.astype(">u8").tobytes().hex()
    return [text[place : place + 64] for place in range(0, len(text), 64)]


def in_order(tickets: Digests, *before: NDArray[np.generic]) -> NDArray[np.intp]:
    """The places of the records in the order of their tickets, after those columns, the first of which weighs most.

    The first 64 of 256 bits nearly always settle it; where two tickets share them, all are looked at.
    """
    order = np.lexsort((tickets[:, 0], *before[::-1]))
    first = tickets[order, 0]
    if (first[1:] == first[:-1]).any():
        return np.lexsort((*tickets.T[::-1], *before[::-1]))
    return order


def offset(seed: str) -> Fraction:
    """Where the systematic rounding of an allocation begins: a number from 0 up to 1, made of the seed alone."""
    return Fraction(int(ticket(seed, "allocation"), 16), 2**256)
