"""What a statistic hands back: a number with its interval, or a test, and why either is missing."""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, how sure we are of it, and how many cases it rests on.

    Where something is undefined it is `nan`, and `note` says why in plain words.
    """

    value: float
    lower: float
    upper: float
    n: int
    p: float = nan
    method: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """The outcome of a test: how far the data lie from "no difference", and how often chance alone would do that."""

    __test__ = False  # so that pytest does not take it for a test case

    statistic: float
    df: float
    p: float
    note: str = ""


def undefined(n: int, note: str, *, method: str = "") -> Estimate:
    """An estimate that cannot be had, with the reason."""
    return Estimate(nan, nan, nan, n, method=method, note=note)
