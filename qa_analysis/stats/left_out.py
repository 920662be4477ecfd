"""How likely it is that somebody's records are left out of a year of audits: exact, without any simulation.

A team is due a share of each month's audits. Controlled rounding gives it that number rounded down or up, each with the
chance that makes the expected number exact, month by month. Within the team every record is as likely as any other, and
none is selected twice in the year: the chance that none of some records is among those selected is hypergeometric.
"""

import numpy as np
import scipy
from numpy.typing import ArrayLike

from qa_analysis.stats.estimate import Floats

MONTHS = 12


def in_year(due: ArrayLike, *, months: int = MONTHS) -> tuple[Floats, Floats]:
    """How many audits teams may have in a year, and how likely each number is. One row per team, one column each.

    `due` is what each team is due in a month, which may be a part of one audit.
    """
    monthly = np.asarray(due, dtype=float)[:, None]
    whole, part = np.floor(monthly), monthly - np.floor(monthly)
    more = np.arange(months + 1)[None, :]
    chances: Floats = scipy.stats.binom.pmf(more, months, part)
    return months * whole + more, chances


def chance_of_none(mine: ArrayLike, of: ArrayLike, due: ArrayLike, *, months: int = MONTHS) -> Floats:
    """The chance that none of `mine` records of a team with `of` records is audited in a year. One value per row."""
    own, every = (np.asarray(sizes, dtype=float)[:, None] for sizes in (mine, of))
    selected, chances = in_year(due, months=months)
    selected = np.minimum(selected, every)
    others = np.maximum(every - own - selected, 0)
    missed = np.exp(_log_factorial(every - own) - _log_factorial(others) - _log_factorial(every)
                    + _log_factorial(every - selected))  # fmt: skip
    none: Floats = (chances * np.where(selected <= every - own, missed, 0)).sum(axis=1)
    return none


def expected_without(of: ArrayLike, due: ArrayLike, *, months: int = MONTHS) -> float:
    """How many records are expected to have no audit in a year, over all teams."""
    selected, chances = in_year(due, months=months)
    every = np.asarray(of, dtype=float)[:, None]
    return float((chances * (every - np.minimum(selected, every))).sum())


def _log_factorial(of: Floats) -> Floats:
    logs: Floats = scipy.special.gammaln(of + 1)
    return logs
