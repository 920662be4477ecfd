"""What was supplied for an indicator, a place and a month: a figure, or why there is none, which is never a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import nan

from qa_analysis.english import listed


@dataclass(frozen=True)
class Known:
    """A figure in its own unit; with what was counted and out of how many where that was supplied."""

    value: float
    numerator: float = nan
    denominator: float = nan


class Unknown(StrEnum):
    """Why there is no figure."""

    SUPPRESSED = "suppressed or not readable"
    TOO_FEW = "not shown: too few cases"
    NOT_SUPPLIED = "not supplied"


Reading = Known | Unknown


@dataclass(frozen=True)
class Total:
    """The figure of several places together, or the places for want of which there is none."""

    reading: Reading
    lacking: tuple[str, ...] = ()  # in words: "Safeguarding not supplied"


def added(parts: Mapping[str, Reading], *, factor: float = 1) -> Total:
    """Places together: what was counted in all of them, out of all their cases; a mean of shares is never taken.

    Where a place is lacking there is no total: a sum without it would look like one of fewer cases. `factor` is what
    the quotient is multiplied by in the figure's unit, such as 10,000.
    """
    if len(parts) == 1:
        return Total(next(iter(parts.values())))
    lacking = tuple(f"{place} {one}" for place, one in parts.items() if isinstance(one, Unknown))
    held = [one for one in parts.values() if isinstance(one, Known)]
    if lacking or not held:
        whys = set(parts.values()) - set(held) or {Unknown.NOT_SUPPLIED}
        worst = (Unknown.NOT_SUPPLIED, Unknown.SUPPRESSED, Unknown.TOO_FEW)
        return Total(next(why for why in worst if why in whys), lacking)
    part, whole = sum(one.numerator for one in held), sum(one.denominator for one in held)
    if not whole > 0 or part != part:
        return Total(Unknown.NOT_SUPPLIED, (f"{listed(list(parts))} have no numbers of cases to add",))
    return Total(Known(factor * part / whole, part, whole))
