"""How far two graders agree, from a square table of counts: rows the auditor, columns the panel, best grade first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from pandas import Series

from qa_analysis.stats.estimate import Estimate, Floats, undefined
from qa_analysis.stats.proportions import LEVEL, clopper_pearson, hypergeometric_limits, wilson, wilson_limits

Vector = Sequence[Any] | NDArray[Any] | Series
Chance = Callable[[Floats, Floats], float]
Weights = Literal["unweighted", "linear", "quadratic"]
Metric = Literal["nominal", "ordinal", "interval", "ratio"]

NO_PAIRS = "no pairs of grades"
SAME_GRADE = "every grade is the same, so agreement cannot be separated from chance"
TINY = 1e-12  # below this a variance, or what chance leaves over, is rounding


def counts(auditor: Vector, panel: Vector, *, grades: Sequence[object]) -> NDArray[np.int64]:
    """How often each grade of the auditor met each grade of the panel.

    A square table over all grades of the scale, whether or not they occur; a pair with a grade missing is left out.
    """
    rows, columns = _codes(auditor, grades), _codes(panel, grades)
    both = (rows >= 0) & (columns >= 0)
    cells = rows[both].astype(np.int64) * len(grades) + columns[both]
    return np.bincount(cells, minlength=len(grades) ** 2).reshape(len(grades), len(grades)).astype(np.int64)


def exact(table: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """The share of grades that the panel upheld, with Wilson's interval.

    Wilson (1927), J. Am. Stat. Assoc. 22:209-212.
    """
    cells = _square(table)
    if not cells.sum():
        return undefined(0, NO_PAIRS, method="Wilson")
    return wilson(float(np.trace(cells)), float(cells.sum()), level=level)


def within_one(table: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """The share of grades that the panel upheld or moved by one, with the exact interval.

    Clopper & Pearson (1934), Biometrika 26:404-413: near 1, where this share lies, Wilson's interval covers too little.
    """
    cells = _square(table)
    near = cells[_distance(len(cells)) <= 1].sum()
    if not cells.sum():
        return undefined(0, NO_PAIRS, method="Clopper-Pearson")
    return clopper_pearson(round(near), round(cells.sum()), level=level)


def cohen_kappa(table: ArrayLike, *, weights: Weights = "unweighted", level: float = LEVEL) -> Estimate:
    """Agreement beyond what the two graders' own mixes of grades would give by chance.

    Cohen (1960), Educ. Psychol. Meas. 20:37-46; (1968), Psychol. Bull. 70:213-220. Close to zero, however often the
    two agree, when nearly all grades are alike (Feinstein & Cicchetti 1990). It cannot be below -1, nor can its limits.
    """
    found = _corrected(table, weights, _cohen_chance, level=level, method=f"Cohen's kappa, {weights}")
    found = replace(found, lower=max(found.lower, -1.0))
    if weights != "quadratic":
        return found
    return _widened(found, _square(table), lambda cells: _value(cells, weights, _cohen_chance), level)


def gwet_ac(table: ArrayLike, *, weights: Weights = "unweighted", level: float = LEVEL) -> Estimate:
    """Agreement beyond chance, where chance is guessing on the hard cases: AC1, or AC2 with weights.

    Gwet (2008), Br. J. Math. Stat. Psychol. 61:29-48. AC2's interval is Wilson's on (AC2 + 1) / 2 with the number of
    cases that gives it Gwet's large-sample variance.
    """
    name = "Gwet's AC1" if weights == "unweighted" else f"Gwet's AC2, {weights}"
    found = _corrected(table, weights, _gwet_chance, level=level, method=name)
    if weights == "unweighted" or not found.value < 1 - TINY:
        return found
    lower, upper = _rescaled(_square(table), agreement_weights(len(_square(table)), weights), found.value, level)
    return Estimate(found.value, lower, upper, found.n, method=name)


def brennan_prediger(table: ArrayLike, *, weights: Weights = "unweighted", level: float = LEVEL) -> Estimate:
    """Agreement beyond what graders who picked every grade equally often would reach.

    Brennan & Prediger (1981), Educ. Psychol. Meas. 41:687-699.
    """
    return _corrected(table, weights, _even_chance, level=level, method=f"Brennan-Prediger, {weights}")


def pabak(table: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """Kappa adjusted for prevalence and bias: Brennan and Prediger's coefficient by its other name.

    Byrt, Bishop & Carlin (1993), J. Clin. Epidemiol. 46:423-429; for two grades 2 x agreement - 1.
    """
    return brennan_prediger(table, level=level)


def krippendorff_alpha(table: ArrayLike, *, metric: Metric = "ordinal", level: float = LEVEL) -> Estimate:
    """One less the disagreement seen over that expected if grades were dealt out anew.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, with its correction for few cases. The ordinal
    metric counts the grades that lie between two grades, so it is not a set of fixed weights.
    """
    cells, method = _square(table), f"Krippendorff's alpha, {metric}"
    value, note = _alpha(cells + cells.T, metric)
    n = round(cells.sum())
    if note:
        return undefined(n, note, method=method)
    lower, upper = _alpha_limits(cells, metric if value < 1 else "nominal", level)
    found = Estimate(value, max(lower, min(-1.0, value)), upper, n, method=method)
    if metric == "nominal":
        return found
    return _widened(found, cells, lambda left: _alpha(left + left.T, metric)[0], level)


def alpha_of_ratings(ratings: ArrayLike, *, grades: int, metric: Metric = "ordinal") -> Estimate:
    """Krippendorff's alpha of any number of graders: a row per case, a column per grader, grades 1 to `grades`, or nan.

    Krippendorff (2011), as above. No interval: none holds for the few graders of a panel.
    """
    marks = np.asarray(ratings, dtype=float)
    given = np.stack([(marks == grade).sum(axis=1) for grade in range(1, grades + 1)], axis=1).astype(float)
    given = given[given.sum(axis=1) > 1]
    pairs = (given[:, :, None] * given[:, None, :]) - given[:, :, None] * np.eye(grades)
    value, note = _alpha((pairs / (given.sum(axis=1) - 1)[:, None, None]).sum(axis=0), metric)
    note = note or "no interval is given for more than two graders"
    return Estimate(value, np.nan, np.nan, len(given), method=f"Krippendorff's alpha, {metric}", note=note)


def whole_month(
    referred_upheld: int, referred: int, sample_upheld: int, sample: int, audits: int, *, level: float = LEVEL
) -> Estimate:
    """The share of all the month's grades that the panel would have upheld.

    Every referred audit was moderated, and `sample` of the others at random. The limits are the exact hypergeometric
    ones of the others (Buonaccorsi 1987): a statement about this month's audits, not about auditing in general.
    """
    method, rest = "census of referred and random sample, hypergeometric limits", audits - referred
    note = _why_not(referred_upheld, referred, sample_upheld, sample, rest)
    if note:
        return undefined(max(audits, 0), note, method=method)
    upheld = referred_upheld + (rest * sample_upheld / sample if sample else 0)
    fewest, most = hypergeometric_limits(sample_upheld, sample, rest, level=level)
    lower, upper = (referred_upheld + fewest) / audits, (referred_upheld + most) / audits
    return Estimate(upheld / audits, lower, upper, audits, method=method)


def whole_month_ac1(referred: ArrayLike, sample: ArrayLike, audits: int, *, level: float = LEVEL) -> Estimate:
    """Gwet's AC1 of the whole month, from the table of the referred audits and that of the random sample.

    The limits of `whole_month` carried through AC1, chance taken from the table weighted up to all audits.
    """
    census, drawn, method = _square(referred), _square(sample), "Gwet's AC1 of the whole month"
    (kept, referrals), (upheld, draws) = ((round(np.trace(part)), round(part.sum())) for part in (census, drawn))
    share = whole_month(kept, referrals, upheld, draws, audits, level=level)
    if share.note:
        return undefined(share.n, share.note, method=method)
    weighted = census + drawn * ((audits - census.sum()) / drawn.sum() if drawn.sum() else 0)
    return replace(carried_ac1(share, weighted), n=audits, method=method)


def carried_ac1(share: Estimate, weighted: ArrayLike) -> Estimate:
    """A share upheld and its limits carried through AC1, with chance from a table weighted up to all audits."""
    cells, method = _square(weighted), "Gwet's AC1, weighted"
    if np.isnan(share.value) or not cells.sum():
        return undefined(share.n, share.note or NO_PAIRS, method=method)
    chance = _gwet_chance(cells / cells.sum(), np.eye(len(cells)))
    value, lower, upper = (float((x - chance) / (1 - chance)) for x in (share.value, share.lower, share.upper))
    return Estimate(value, lower, upper, share.n, method=method, note=share.note)


def agreement_weights(grades: int, weights: Weights) -> Floats:
    """How nearly two grades agree: 1 on the diagonal, zero at the ends of the scale."""
    distance = _distance(grades) / max(grades - 1, 1)
    return {"unweighted": np.eye(grades), "linear": 1 - distance, "quadratic": 1 - distance**2}[weights]


def _corrected(table: ArrayLike, weights: Weights, chance: Chance, *, level: float, method: str) -> Estimate:
    """(observed - chance) / (1 - chance), with the Wilson limits of the observed agreement carried through."""
    cells = _square(table)
    n, value = round(cells.sum()), _value(cells, weights, chance)
    if np.isnan(value):
        return undefined(n, SAME_GRADE if n else NO_PAIRS, method=method)
    if value > 1 - TINY and weights != "unweighted":
        # All agree: the weights no longer say anything, and the limits are those of the unweighted coefficient.
        plain = _corrected(table, "unweighted", chance, level=level, method=method)
        return replace(plain, value=value)
    p, w = cells / cells.sum(), agreement_weights(len(cells), weights)
    lower, upper = _carried(p, w, n, chance(p, w), level)
    return Estimate(value, lower, upper, n, method=method)


def _value(cells: Floats, weights: Weights, chance: Chance) -> float:
    """(observed - chance) / (1 - chance), nan where there are no pairs or chance leaves nothing over."""
    if cells.sum() == 0:
        return np.nan
    p, w = cells / cells.sum(), agreement_weights(len(cells), weights)
    expected = chance(p, w)
    return float(((p * w).sum() - expected) / (1 - expected)) if 1 - expected > TINY else np.nan


def _carried(p: Floats, w: Floats, n: float, expected: float, level: float) -> tuple[float, float]:
    """Wilson's limits of the observed agreement, as limits of the coefficient; chance is taken as known."""
    observed = float((p * w).sum())
    variance = float((p * w**2).sum()) - observed**2
    worth = n * observed * (1 - observed) / variance if variance > TINY else n
    limits = wilson_limits(observed, worth, level=level)
    lower, upper = (float((limit - expected) / (1 - expected)) for limit in limits)
    return lower, upper


def _widened(found: Estimate, cells: Floats, value_of: Callable[[Floats], float], level: float) -> Estimate:
    """The limits, or where they are wider Wilson's on (value + 1) / 2 with the jackknife's variance.

    Weights that forgive small moves make carried limits too narrow, and the jackknife's are so where few grades differ.
    """
    if np.isnan(found.value) or found.value > 1 - TINY:
        return found
    middle, variance = np.clip((found.value + 1) / 2, 0, 1), _jackknife(cells, value_of)
    worth = 4 * middle * (1 - middle) / variance if found.n * variance > TINY and 0 < middle < 1 else found.n
    lower, upper = (2 * float(limit) - 1 for limit in wilson_limits(middle, worth, level=level))
    return replace(found, lower=min(found.lower, lower), upper=max(found.upper, upper))


def _jackknife(cells: Floats, value_of: Callable[[Floats], float]) -> float:
    """The variance of a coefficient from leaving out each pair in turn; pairs of a cell are alike, so once per cell."""
    n, filled = cells.sum(), np.argwhere(cells > 0)
    weights = np.array([cells[tuple(cell)] for cell in filled])
    without = np.array([value_of(_less_one(cells, *cell)) for cell in filled])
    return float((n - 1) / n * (weights * (without - weights @ without / n) ** 2).sum())


def _less_one(cells: Floats, row: int, column: int) -> Floats:
    left = cells.copy()
    left[row, column] = max(left[row, column] - 1, 0)
    return left


def _rescaled(cells: Floats, w: Floats, value: float, level: float) -> tuple[float, float]:
    """Wilson's limits on (AC2 + 1) / 2, the number of cases being what gives it Gwet's variance."""
    n, p, q = cells.sum(), cells / cells.sum(), len(cells)
    pi, factor = (p.sum(axis=0) + p.sum(axis=1)) / 2, w.sum() / (q * (q - 1))
    influence = (w - (1 - value) * factor * (1 - pi[:, None] - pi[None, :])) / (1 - _gwet_chance(p, w))
    variance = (p * influence**2).sum() - (p * influence).sum() ** 2
    middle = (value + 1) / 2
    worth = n * middle * (1 - middle) / (variance / 4) if variance > TINY and 0 < middle < 1 else n
    lower, upper = (2 * limit - 1 for limit in wilson_limits(middle, worth, level=level))
    return float(lower), float(upper)


def _alpha(coincidences: Floats, metric: Metric) -> tuple[float, str]:
    """Krippendorff's alpha of a coincidence matrix, or why there is none."""
    given = coincidences.sum(axis=0)
    delta = _disagreement(given, metric)
    expected = given @ delta @ given
    if given.sum() == 0:
        return np.nan, NO_PAIRS
    if expected == 0:
        return np.nan, SAME_GRADE
    return float(1 - (given.sum() - 1) * (coincidences * delta).sum() / expected), ""


def _alpha_limits(cells: Floats, metric: Metric, level: float) -> tuple[float, float]:
    """Wilson's limits of the agreement that the metric sees, carried through alpha; chance is taken as known."""
    given = cells.sum(axis=0) + cells.sum(axis=1)
    delta = _disagreement(given, metric)
    expected = given @ delta @ given / (given.sum() * (given.sum() - 1))
    return _carried(cells / cells.sum(), 1 - delta / delta.max(), cells.sum(), 1 - expected / delta.max(), level)


def _disagreement(given: Floats, metric: Metric) -> Floats:
    """How far apart two grades are; on the ordinal metric by the grades given between them."""
    if metric == "nominal":
        return 1.0 - np.eye(len(given))
    steps = np.arange(1.0, len(given) + 1)
    places = np.cumsum(given) - given / 2 if metric == "ordinal" else steps
    gap = np.subtract.outer(places, places) / (np.add.outer(steps, steps) if metric == "ratio" else 1)
    return np.asarray(gap**2)


def _cohen_chance(p: Floats, w: Floats) -> float:
    return float(p.sum(axis=1) @ w @ p.sum(axis=0))


def _gwet_chance(p: Floats, w: Floats) -> float:
    if len(p) == 1:
        return 1.0
    pi, q = (p.sum(axis=0) + p.sum(axis=1)) / 2, len(p)
    return float(w.sum() / (q * (q - 1)) * (pi * (1 - pi)).sum())


def _even_chance(p: Floats, w: Floats) -> float:
    return float(w.mean())


def _why_not(referred_upheld: int, referred: int, sample_upheld: int, sample: int, rest: int) -> str:
    """Why the whole month cannot be told from its moderated part; empty if it can."""
    if referred + rest <= 0:
        return "no audits"
    if not (0 <= referred_upheld <= referred and 0 <= sample_upheld <= sample <= rest):
        return "not a part of the month's audits"
    return "no audit was moderated at random" if sample == 0 < rest else ""


def _square(table: ArrayLike) -> Floats:
    """The table as numbers; anything but a square of counts is a mistake of the caller."""
    cells = np.asarray(table, dtype=float)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or not (cells >= 0).all():
        raise ValueError("a table of agreement is a square of counts: rows the auditor, columns the panel")
    return cells


def _distance(grades: int) -> NDArray[np.int64]:
    return np.abs(np.subtract.outer(np.arange(grades), np.arange(grades)))


def _codes(values: Vector, grades: Sequence[object]) -> NDArray[np.int64]:
    """The place of each value on the scale, -1 where it is missing."""
    return np.asarray(pd.Index(list(grades)).get_indexer(pd.Index(values)), dtype=np.int64)
