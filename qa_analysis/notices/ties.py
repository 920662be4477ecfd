"""Decides between what is alike in everything else, by the draw's seed: the same seed, the same choice."""

import hashlib
from typing import Final

TICKETS: Final = 2**16  # numbers enough that two choices are next to never alike


def ticket(seed: str, *parts: str) -> int:
    """A number that the seed and what it is for alone decide."""
    text = "\x1f".join((seed, *parts)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:4], "big") % TICKETS
