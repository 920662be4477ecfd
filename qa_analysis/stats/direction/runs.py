"""Runs about the median: whether a short series wanders further from its middle than chance alone would let it.

Anhøj & Olesen (2014), Run charts revisited, PLoS ONE 9(11); as the R package qicharts2 codes the rules.
"""

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import scipy  # its parts load when they are first used: a notebook that tells a month uses none
from numpy.typing import ArrayLike, NDArray

from qa_analysis.stats.control_charts import COMMON
from qa_analysis.stats.estimate import Floats

CROSSING_RISK = 0.05  # of so few crossings where nothing changed


@dataclass(frozen=True)
class Runs:
    """How long the longest run is, how often the median is crossed, and what chance alone seldom goes beyond."""

    useful: int  # points that are not on the median
    longest: int
    longest_usual: int
    crossings: int
    fewest_usual: int

    @property
    def is_long(self) -> bool:
        """Whether the longest run is longer than chance alone would make it."""
        return self.longest > self.longest_usual

    @property
    def is_seldom_crossed(self) -> bool:
        """Whether the median is crossed less often than chance alone would."""
        return self.crossings < self.fewest_usual

    @property
    def is_signal(self) -> bool:
        """Whether either rule holds."""
        return self.is_long or self.is_seldom_crossed


def anhoej(y: ArrayLike) -> Runs:
    """The runs of a series about its median; points on it, and missing ones, are left out."""
    side = _side(np.asarray(y, dtype=float))
    lengths = [len(list(run)) for _, run in groupby(side[side != 0])]
    useful = sum(lengths)
    return Runs(
        useful,
        longest=max(lengths, default=0),
        longest_usual=round(np.log2(useful)) + 3 if useful else 0,
        crossings=max(len(lengths) - 1, 0),
        fewest_usual=int(scipy.stats.binom.ppf(CROSSING_RISK, useful - 1, 0.5)) if useful > 1 else 0,
    )


def run_causes(y: Floats) -> NDArray[np.object_]:
    """The signal of each point of a short series: those of a run that is too long, or the last run of too few."""
    side, found = _side(y), anhoej(y)
    causes, places = np.full(len(y), COMMON, dtype=object), np.flatnonzero(side)
    runs = [[int(place) for place in run] for _, run in groupby(places, key=lambda place: side[place])]
    for number, run in enumerate(runs):
        is_last = number == len(runs) - 1
        if (found.is_long and len(run) > found.longest_usual) or (found.is_seldom_crossed and is_last):
            rule = "Long Run" if len(run) > found.longest_usual else "Few Crossings,"
            causes[run] = f"{rule} {'Above' if side[run[0]] > 0 else 'Below'} Median"
    return causes


def _side(y: Floats) -> Floats:
    """1 above the median, -1 below it, 0 on it or where nothing is known."""
    known = y[~np.isnan(y)]
    return np.nan_to_num(np.sign(y - np.median(known))) if len(known) else np.zeros(len(y))
