"""What leaves a council for a comparison: counts of its published month, rounded and above the threshold, and no row.

Everything told of councils beside each other is made of what this module hands on and of nothing else, so that it
tells no more of a council than these rounded counts do (docs/decisions/055).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Final

from qa_analysis.council import own_of
from qa_analysis.dates import ends_of, months_between
from qa_analysis.errors import Refusal
from qa_analysis.framework import Rules, rules_for
from qa_analysis.measures.figure import TOO_FEW, Figure, figures_of
from qa_analysis.measures.populations import SHARED, random_third
from qa_analysis.measures.shared_edition.protected import ALMOST_ALL, FEW, protected_share
from qa_analysis.month.files import read_measures
from qa_analysis.protection import Protection

UPHELD, LOWERED = "agreement_exact", "moderation_lowered"
ALERTS, CHILDREN = "shared_unit_alerts", "shared_unit_children"
PER: Final = 100  # children
YOUNG, NOT_GIVEN = "the council is younger than the period", "not given"
WORDS: Final = (FEW, ALMOST_ALL, TOO_FEW, YOUNG, NOT_GIVEN)


@dataclass(frozen=True)
class Published:
    """A council's published month as far as a comparison needs it: its figures and the rules that protect them."""

    council: str
    month: str
    figures: tuple[Figure, ...]
    rules: Rules
    since: str = ""  # the first month that the council as it is now has; blank: it was always so


@dataclass(frozen=True)
class Part:
    """A council's part in one comparison: x of n, made of rounded counts alone.

    `moved` is the sum of the squares of single cases. `rounding` is what rounding adds to the variance of x, and of n;
    x may be made of n itself, so that x and `shift` times n rest on other counts.
    """

    period: str
    x: float
    n: float
    moved: float
    rounding: tuple[float, float]
    shift: float = 0.0


def read_published(folder: Path, council: str, month: str, measures: Sequence[str], since: str = "") -> Published:
    """The figures of these measures in a published month's folder.

    Raises:
        ValueError: they cannot be read.
    """
    try:
        about = json.loads((folder / "tables" / "month.json").read_text(encoding="utf-8"))
        rules = rules_for(month, own=own_of(about.get("council", {})))
        table = read_measures(folder / "tables")
        ends = table["period"].map(lambda period: ends_of(period)[1] == month).astype(bool)
        held = table[table["measure"].isin(measures) & ends]
        return Published(council, month, tuple(figures_of(held)), rules, since)
    except (OSError, ValueError, KeyError, AttributeError, TypeError, Refusal) as fault:
        raise ValueError(f"{council}: the tables of {folder.name} cannot be read") from fault


def of_share(published: Published, measure: str, by: str = "", group: str = "") -> Part | str:
    """A share of the shared edition as its two rounded counts; a word where the council gives none."""
    figure = _only(published, measure, SHARED, by, group)
    if figure is None:
        return NOT_GIVEN
    held = published.rules.shared_edition
    if isnan(figure.value) or not _are_protected(figure.numerator, figure.denominator, held):
        return figure.verdict if figure.verdict in WORDS else NOT_GIVEN
    blur = rounding_of(held)
    return _aged(published, Part(figure.period, figure.numerator, figure.denominator, figure.numerator, (blur, blur)))


def of_lowered_less_raised(published: Published, measure: str = LOWERED) -> Part | str:
    """Grades lowered less grades raised, of those moderated at random; a word where the council gives none.

    There are too few grades raised to be told of by themselves. Here they are what is left of the rounded grades
    moderated when the rounded ones lowered and upheld are taken away, which may be several less or more than there are.
    """
    lowered, upheld = (_only(published, name, random_third(published.rules)) for name in (measure, UPHELD))
    if lowered is None or upheld is None or isnan(lowered.numerator) or lowered.denominator != upheld.denominator:
        return NOT_GIVEN
    held = published.rules.shared_edition
    told = [protected_share(int(one.numerator), int(one.denominator), held) for one in (lowered, upheld)]
    if word := next((one.word for one in told if one.word), ""):
        return word
    down, same, every = told[0].numerator, told[1].numerator, told[0].denominator
    if every - max(down, same) < held.hidden_to + held.nearest:  # the rest is then above the threshold, too
        return TOO_FEW
    up, blur = every - down - same, rounding_of(held)
    return _aged(published, Part(lowered.period, down - up, every, down + max(up, 0.0), (5 * blur, blur), shift=1.0))


def of_alerts(published: Published, measure: str = ALERTS) -> Part | str:
    """Practice alerts, formal and informal, to hundreds of children and months; a word where the council gives none.

    Each kind is told rounded and their sum is not: it is the sum of the rounded ones.
    """
    alerts = [figure for figure in published.figures if (figure.measure, figure.population) == (measure, SHARED)]
    children = [figure for figure in published.figures if (figure.measure, figure.population) == (CHILDREN, SHARED)]
    if not alerts or not children or len({figure.period for figure in (*alerts, *children)}) > 1:
        return NOT_GIVEN
    held = published.rules.shared_edition
    tallies = [figure.value for figure in (*alerts, *children)]
    if any(isnan(tally) for tally in tallies) or not all(_is_rounded(tally, held) for tally in tallies):
        return TOO_FEW
    period, months = alerts[0].period, len(months_between(*ends_of(alerts[0].period)))
    raised, over = sum(figure.value for figure in alerts), months / PER
    exposed, blur = over * sum(figure.value for figure in children), rounding_of(held)
    if exposed < over * held.share_from:
        return TOO_FEW
    rounding = (len(alerts) * blur, len(children) * blur * over**2)
    return _aged(published, Part(period, raised, exposed, raised, rounding))


def rounding_of(held: Protection) -> float:
    """The variance of a count about the one it is rounded to, each count that looks like it being as likely."""
    return (held.nearest**2 - 1) / 12


def _only(published: Published, measure: str, population: str, by: str = "", group: str = "") -> Figure | None:
    """The one figure of that name of the whole council, or of a part that is no place and no person."""
    wanted = (measure, population, tuple(filter(None, (by,))), tuple(filter(None, (group,))))
    found = [one for one in published.figures if (one.measure, one.population, one.by, one.group) == wanted]
    return found[0] if len(found) == 1 else None


def _are_protected(part: float, whole: float, held: Protection) -> bool:
    """Whether two counts are as the shared edition tells them: above the threshold and rounded."""
    is_told = whole >= held.share_from and held.hidden_to < part < whole
    return is_told and _is_rounded(part, held) and _is_rounded(whole, held)


def _is_rounded(tally: float, held: Protection) -> bool:
    return tally == 0 or (tally > held.hidden_to and tally % held.nearest == 0)


def _aged(published: Published, part: Part) -> Part | str:
    """The part, unless its period begins before the council as it is now: no figure spans a merger."""
    return YOUNG if published.since and ends_of(part.period)[0] < published.since else part
